#!/usr/bin/python3
"""Writes the NWB files of the tests into files.zip, with h5py alone: no PyNWB.

session.nwb holds all that is read, in the layouts of the Neural Latents Benchmark
and of FALCON; the others hold one trap each.
"""
import os
import tempfile
import zipfile

import h5py
import numpy as np

text = h5py.string_dtype()
folder = tempfile.TemporaryDirectory()
out = folder.name
opened = []


def new(name, latest=True):
    f = h5py.File(os.path.join(out, name), "w", libver="latest" if latest else "earliest")
    opened.append(f)
    f.attrs["neurodata_type"], f.attrs["namespace"], f.attrs["nwb_version"] = "NWBFile", "core", "2.6.0"
    return f


def typed(o, kind, **attributes):
    o.attrs["neurodata_type"] = kind
    for name, value in attributes.items():
        o.attrs[name] = value
    return o


def group(at, path, kind, **attributes):
    return typed(at.create_group(path), kind, **attributes)


def table(at, path, columns, rows, kind="DynamicTable"):
    g = group(at, path, kind, description="a table")
    g.attrs.create("colnames", columns, dtype=text)
    typed(g.create_dataset("id", data=np.arange(rows) + 10), "ElementIdentifiers")
    return g


def column(g, name, data, dtype=None, description=None, unit=None):
    d = typed(g.create_dataset(name, data=data, dtype=dtype), "VectorData", description=description or "the " + name)
    if unit:
        d.attrs["unit"] = unit
    return d


def index(g, of, ends, dtype="u1", name=None):
    d = g.create_dataset(name or of + "_index", data=np.array(ends), dtype=dtype)
    return typed(d, "VectorIndex", target=g[of].ref)


def series(at, path, data, kind="TimeSeries", rate=None, start=0.0, times=None, unit="V", conversion=None, offset=None, **attributes):
    g = group(at, path, kind, **attributes)
    if data is not None:
        d = g.create_dataset("data", data=data)
        d.attrs["unit"] = unit
        if conversion is not None:
            d.attrs["conversion"] = conversion
        if offset is not None:
            d.attrs["offset"] = offset
    if rate is not None:
        g.create_dataset("starting_time", data=start).attrs["rate"] = rate
    if times is not None:
        t = g.create_dataset("timestamps", data=times)
        t.attrs["interval"], t.attrs["unit"] = 1, "seconds"
    return g


def units(f, times, dtype="u1", more=()):
    g = table(f, "units", ["spike_times", *more], len(times), "Units")
    column(g, "spike_times", np.concatenate([np.asarray(t, float) for t in times]))
    index(g, "spike_times", np.cumsum([len(t) for t in times]), dtype)
    return g


def trials(f, starts, stops, more=(), path="intervals/trials"):
    g = table(f, path, ["start_time", "stop_time", *more], len(starts), "TimeIntervals")
    column(g, "start_time", np.asarray(starts, float))
    column(g, "stop_time", np.asarray(stops, float))
    return g


SPIKES = [[0.1, 0.2, 0.2, 1.5], [], [0.05, 1.75, 2.5], [2.75]]


def session(name, dtype="u1", latest=False):
    f = new(name, latest)
    f["identifier"], f["session_description"], f["timestamps_reference_time"] = "made-up", "reaches that nobody made", "2026-11-29T08:00:00+00:00"
    f["general/session_id"], f["general/lab"], f["general/subject/subject_id"] = "first", "none", "N"
    e = table(f, "general/extracellular_ephys/electrodes", ["location", "group"], 3)
    shank = group(f, "general/extracellular_ephys/shank", "ElectrodeGroup")
    column(e, "location", ["M1", "M1", "PMd"], text)
    column(e, "group", [shank.ref] * 3, h5py.ref_dtype)

    more = ["quality", "heldout", "obs_intervals", "electrodes", "electrode_group", "waveforms", "depth", "position", "serial", "kind"]
    u = units(f, SPIKES, dtype, more)
    column(u, "quality", ["good", "", "mūa", "good"], text)
    column(u, "heldout", np.array([False, True, False, True]))
    column(u, "obs_intervals", np.array([[0, 1], [1, 3], [0, 3], [0, 3.0]]))
    index(u, "obs_intervals", [2, 2, 3, 4], "u4")
    d = column(u, "electrodes", np.array([0, 1, 2, 2]))
    typed(d, "DynamicTableRegion", table=e.ref)
    index(u, "electrodes", [2, 2, 3, 4], "u2")
    column(u, "electrode_group", [shank.ref] * 3 + [h5py.Reference()], h5py.ref_dtype)
    column(u, "waveforms", np.arange(6 * 4).reshape(6, 4).astype("i2"), unit="volts")
    index(u, "waveforms", [2, 4, 6])
    index(u, "waveforms_index", [1, 1, 2, 3], name="waveforms_index_index")
    column(u, "depth", np.array([100, 200, 300, 400], "i2"), unit="um", description="below the pia")
    column(u, "position", np.arange(12).reshape(4, 3).astype("f4"))
    column(u, "serial", np.array([1, 2, 2**53 + 1, -5]))
    d = column(u, "kind", np.array([0, 1, 0, 1], "u1"))
    typed(d, "EnumData", elements=column(u, "kind_elements", ["narrow", "broad"], text).ref)

    cursor = group(f, "processing/behavior", "ProcessingModule")
    vel = series(cursor, "cursor_vel", np.arange(12).reshape(6, 2) - 3, "TimeSeries", times=np.arange(6) * 0.001 + 0.1, unit="m/s",
                 conversion=0.001, offset=0.5, comments="columns=[x,y]", description="velocity")
    pos = series(cursor, "Position/cursor_pos", np.arange(6, dtype="f4"), "SpatialSeries", unit="m")
    pos["timestamps"] = h5py.SoftLink("/processing/behavior/cursor_vel/timestamps")
    copy = group(cursor, "Position/copy", "SpatialSeries")
    copy["data"], copy["timestamps"] = vel["data"], vel["timestamps"]
    cursor["linked"] = h5py.SoftLink("/processing/behavior/cursor_vel")

    for k, muscle in enumerate(["BIC", "DELT", "TRI"]):
        series(f, "acquisition/preprocessed_emg/" + muscle, np.arange(5.0) + 10 * k, times=np.arange(5) * 0.02 + 0.02, unit="mV")
    series(f, "acquisition/eval_mask", np.array([True, False, True, True, False]), times=np.arange(5) * 0.02 + 0.02, unit="none")
    lfp = series(f, "processing/ecephys/LFP/lfp", np.array([[1, -2], [3, 4], [5, 6]], "i2"), "ElectricalSeries", rate=1000.0, start=0.25,
                 conversion=1e-6, offset=0.125)
    lfp["channel_conversion"] = [2.0, 4.0]
    typed(lfp.create_dataset("electrodes", data=[2, 0]), "DynamicTableRegion", table=e.ref)
    series(f, "acquisition/gaps", np.arange(30.0), times=np.r_[np.arange(20) * 0.1, np.arange(10) * 0.1 + 9])
    series(f, "acquisition/gaze/data_of_eye", np.arange(3.0), times=[0.0, 0.3, 0.4])
    series(f, "stimulus/presentation/data_of_eye", np.arange(2.0), rate=10.0)
    series(f, "acquisition/ndx", np.arange(4, dtype="u8"), "TimeSeriesOfAnExtension", rate=2.0, unit="a.u.")

    series(f, "acquisition/video", np.zeros((0, 0, 0), "u1"), "ImageSeries", rate=25.0)["external_file"] = ["video.mp4"]
    series(f, "acquisition/images", np.zeros((2, 3, 4), "u1"), "ImageSeries", rate=25.0)
    series(f, "acquisition/notes", None, "AnnotationSeries", times=[1.0]).create_dataset("data", data=["begun"], dtype=text)
    series(f, "acquisition/nothing", None, rate=1.0)
    f["acquisition/elsewhere"] = h5py.ExternalLink("other.nwb", "/acquisition/x")

    more = ["split", "success", "go_cue_time", "target_pos", "corners", "words", "tries", "series", "block", "epoch_ref"]
    t = trials(f, [0, 1, 2], [0.9, 1.8, 2.9], more)
    column(t, "split", ["train", "val", "none"], text)
    column(t, "success", np.array([True, False, True]))
    column(t, "go_cue_time", [0.25, np.nan, 2.5])
    column(t, "target_pos", np.arange(8.0).reshape(4, 2))
    index(t, "target_pos", [1, 1, 4])
    column(t, "corners", np.arange(12).reshape(3, 4))
    column(t, "words", ["a", "b", "", "d"], text)
    index(t, "words", [2, 2, 4], "u8")
    column(t, "tries", np.array([True, False]))
    index(t, "tries", [0, 1, 2])
    pair = np.dtype([("idx_start", "i4"), ("count", "i4"), ("timeseries", h5py.ref_dtype)])
    rows = np.empty(3, pair)
    for k in range(3):
        rows[k] = (k, 2, vel.ref)
    column(t, "series", rows, pair)
    index(t, "series", [1, 2, 3])
    column(t, "block", np.array([1, 2, 2], "u1"))
    column(t, "epoch_ref", np.arange(24.0).reshape(3, 2, 4))
    g = trials(f, [0], [3], ["label"], "intervals/epochs")
    column(g, "label", ["all"], text)


session("session.nwb", latest=True)
session("session_old.nwb", "u2")

# Units.
for width in ["u2", "u4", "u8"]:
    f = new("index_%s.nwb" % width)
    units(f, SPIKES, width)
f = new("index_decreases.nwb")
g = table(f, "units", ["spike_times"], 3, "Units")
column(g, "spike_times", np.arange(5.0))
index(g, "spike_times", [3, 2, 5])
f = new("index_beyond.nwb")
g = table(f, "units", ["spike_times"], 3, "Units")
column(g, "spike_times", np.arange(5.0))
index(g, "spike_times", [3, 4, 6])
f = new("index_short.nwb")
g = table(f, "units", ["spike_times"], 3, "Units")
column(g, "spike_times", np.arange(5.0))
index(g, "spike_times", [3, 4])
f = new("index_lacks.nwb")
g = table(f, "units", ["spike_times"], 3, "Units")
column(g, "spike_times", np.arange(5.0))
index(g, "spike_times", [1, 2, 3])
f = new("no_index.nwb")
g = table(f, "units", ["spike_times"], 3, "Units")
column(g, "spike_times", np.arange(3.0))
units(new("nan_spike.nwb"), [[1.0], [2.0, np.nan]])
units(new("messy_spikes.nwb"), [[-1.0, 0.5, 0.5], [3.0, 2.0], []])
f = new("observed.nwb")
g = units(f, [[0.5, 1.5], [0.5], [1.0]], more=["obs_intervals"])
column(g, "obs_intervals", np.array([[0, 1.0], [2, 1.0]]))
index(g, "obs_intervals", [1, 1, 2])
ticks = np.arange(200)
units(new("milliseconds.nwb"), [ticks * 3600.25, ticks * 3000.5], "u2")
units(new("samples.nwb"), [ticks * 30000 * 25, ticks * 30000 * 20], "u2")
units(new("unix.nwb"), [1.7e9 + ticks * 0.25])
f = new("stated.nwb")
units(f, SPIKES)["spike_times"].attrs["unit"] = "ms"
series(f, "acquisition/x", np.arange(2.0), times=[0.0, 1.0])["timestamps"].attrs["unit"] = "samples"
f["acquisition/x"].attrs["comments"], f["acquisition/x"].attrs["description"] = h5py.Empty(text), 7
f = new("column_short.nwb")
g = units(f, SPIKES, more=["depth"])
column(g, "depth", np.arange(3.0))

# Trials.
f = new("short_session.nwb")
units(f, [ticks * 450.25], "u2")
trials(f, np.arange(9) * 10.0, np.arange(9) * 10.0 + 10)
f = new("long_trials.nwb")
units(f, [np.arange(100) * 9 + 9.5])
trials(f, np.arange(900) * 1000.0, np.arange(900) * 1000.0 + 1000)
f = new("messy_trials.nwb")
g = trials(f, [0, np.nan, 2, 1, 1.5, -3], [1, 2, 1.5, 2, 2.5, -2], ["go_time"])
column(g, "go_time", [0.5, 0.5, 0.5, 0.5, 0.5, 0.5])
units(f, SPIKES)
f = new("no_start.nwb")
g = table(f, "intervals/trials", ["start"], 2)
column(g, "start", np.arange(2.0))
f = new("trials_short.nwb")
g = trials(f, [0, 1, 2], [1, 2, 3], ["a"])
column(g, "a", np.arange(2.0))
f = new("no_trials.nwb")
trials(f, [], [], ["a"])
column(f["intervals/trials"], "a", np.zeros(0))

# Series.
series(new("backwards.nwb"), "acquisition/x", np.arange(4.0), times=[0.0, 0.2, 0.1, 0.3])
series(new("nan_time.nwb"), "acquisition/x", np.arange(4.0), times=[0.0, np.nan, 0.2, 0.3])
series(new("transposed.nwb"), "acquisition/x", np.zeros((2, 4)), times=np.arange(4.0))
series(new("rate_zero.nwb"), "acquisition/x", np.arange(4.0), rate=0.0)
f = new("no_times.nwb")
series(f, "acquisition/x", np.arange(4.0))
f = new("conversions.nwb")
series(f, "acquisition/x", np.zeros((4, 2)), rate=1.0)["channel_conversion"] = [1.0]
for name, times, n, unit in [("times", [0.0, 0.1, 0.25], 3, "mV"), ("rows", [0.0, 0.1], 2, "mV"), ("unit", [0.0, 0.1, 0.2], 3, "uV")]:
    f = new("emg_%s.nwb" % name)
    series(f, "acquisition/emg/A", np.arange(3.0), times=[0.0, 0.1, 0.2], unit="mV")
    series(f, "acquisition/emg/B", np.arange(float(n)), times=times, unit=unit)
f = new("promises.nwb")
for k in range(4):
    f.create_dataset("acquisition/%d/data" % k, shape=(3_000_000,), dtype="f8")
    f["acquisition/%d/starting_time" % k] = 0.0
    f["acquisition/%d/starting_time" % k].attrs["rate"] = 1.0
f = new("equal_times.nwb")
series(f, "acquisition/x", np.arange(5.0), times=[0.0, 0.1, 0.1, 0.2, 0.3])

# Files of another kind.
def plain(name):
    opened.append(h5py.File(os.path.join(out, name), "w", libver="latest"))
    return opened[-1]


f = plain("version1.nwb")
f["nwb_version"], f["identifier"] = "NWB-1.0.6", "old"
f = plain("plain.nwb")
f["x"] = np.arange(3)
f = plain("other_kind.nwb")
f.attrs["neurodata_type"], f.attrs["nwb_version"] = "Subject", "2.6.0"

for f in opened:
    f.close()
with zipfile.ZipFile("files.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as z:
    for name in sorted(os.listdir(out)):
        with open(os.path.join(out, name), "rb") as file:
            z.writestr(zipfile.ZipInfo(name), file.read(), zipfile.ZIP_DEFLATED, 9)
