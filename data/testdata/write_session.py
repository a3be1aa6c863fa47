#!/usr/bin/python3
"""Writes a synthetic session, which Go saved as .npz, as laboratories' files, with
h5py alone: write_session.py SESSION.npz LAYOUT OUT, LAYOUT being nlb (Neural Latents
Benchmark), falcon or matlab (a MAT-file of version 7.3)."""
import json
import sys

import h5py
import numpy as np

text = h5py.string_dtype()
packed = dict(compression="gzip", compression_opts=9, shuffle=True)
arrays = np.load(sys.argv[1])
about = json.loads(arrays["config.json"].tobytes().rstrip(b"\0"))


def pieces(of, name):
    """Lists that stand end to end."""
    ends = np.cumsum(arrays[name + "_lengths"]).astype(int)
    return [of[a:b] for a, b in zip(np.r_[0, ends[:-1]], ends)]


def columns(table, key):
    for k, c in enumerate(about[key]):
        name = "table_%s_%d" % (table, k)
        values = arrays[name]
        if c["Kind"] == "texts":
            values = [bytes(np.asarray(p, "u1")).decode() for p in pieces(values, name)]
        elif c["Kind"] == "flags":
            values = values.astype(bool)
        yield c["Name"], values, c.get("Description") or c["Name"], c.get("Unit", "")


def spikes():
    times, units = arrays["spike_times"], arrays["spike_units"].astype(int)
    return [times[units == j] for j in range(about["Units"])]


def observed():
    return pieces(arrays["observed"].reshape(-1, 2), "observed")


def typed(o, kind, **attributes):
    o.attrs["neurodata_type"], o.attrs["namespace"] = kind, "hdmf-common" if kind.startswith(("Vector", "Dynamic", "Element")) else "core"
    for name, value in attributes.items():
        o.attrs[name] = value
    return o


def table(f, path, names, rows, kind):
    g = typed(f.create_group(path), kind, description="a table")
    g.attrs.create("colnames", names, dtype=text)
    typed(g.create_dataset("id", data=np.arange(rows)), "ElementIdentifiers")
    return g


def column(g, name, data, description, unit="", **how):
    if isinstance(data, list):
        how["dtype"] = text
    d = typed(g.create_dataset(name, data=data, **how), "VectorData", description=description)
    if unit:
        d.attrs["unit"] = unit
    return d


def index(g, of, lengths):
    typed(g.create_dataset(of + "_index", data=np.cumsum(lengths).astype("u4")), "VectorIndex", target=g[of].ref)


def series(f, path, values, names, unit, parts, times=None, rate=None, **more):
    """Integers of 16 bits, with what makes them values."""
    whole = np.round(values * parts)
    assert np.array_equal(whole / parts, values) and abs(whole).max() < 32768
    g = typed(f.create_group(path), "TimeSeries", description=path, comments="columns=[%s]" % ",".join(names) if names else "none")
    d = g.create_dataset("data", data=whole.astype("i2"), **packed)
    d.attrs["unit"], d.attrs["conversion"], d.attrs["resolution"] = unit, 1 / parts, -1.0
    if times is None:
        g.create_dataset("starting_time", data=0.0).attrs["rate"] = rate
    else:
        t = g.create_dataset("timestamps", data=times, **packed)
        t.attrs["interval"], t.attrs["unit"] = 1, "seconds"
    return g


def nwb(f, falcon):
    typed(f, "NWBFile")
    f.attrs["nwb_version"] = "2.6.0"
    f["identifier"], f["session_description"] = "synthetic", "centre-out reaches that nobody made"
    f["timestamps_reference_time"] = f["session_start_time"] = "2026-11-29T08:00:00+00:00"
    f["general/subject/subject_id"], f["general/session_id"] = about["Provenance"]["Subject"], about["Provenance"]["Session"]
    extra = list(columns("units", "UnitTable"))
    u = table(f, "units", ["spike_times", "obs_intervals"] + [c[0] for c in extra], about["Units"], "Units")
    column(u, "spike_times", np.concatenate(spikes()), "times of spikes", **packed)
    index(u, "spike_times", [len(t) for t in spikes()])
    column(u, "obs_intervals", np.concatenate(observed()), "when the unit was observed")
    index(u, "obs_intervals", [len(o) for o in observed()])
    for c in extra:
        column(u, *c)
    extra = list(columns("trials", "TrialTable"))
    t = table(f, "intervals/trials", [c[0] for c in extra], len(extra[0][1]), "TimeIntervals")
    for c in extra:
        column(t, *c)
    s = about["Series"]
    typed(f.create_group("processing/behavior"), "ProcessingModule", description="behaviour")
    for name, parts in ("hand_pos", 1 << 16), ("hand_vel", 1 << 12):
        series(f, "processing/behavior/" + name, arrays[name], s[name]["Names"], s[name]["Unit"], parts, rate=1 / s[name]["Dt"])
    emg, times = arrays["emg"], arrays["emg_times"]
    if not falcon:
        series(f, "acquisition/emg", emg, s["emg"]["Names"], s["emg"]["Unit"], 1024, times)
        return
    typed(f.create_group("acquisition/preprocessed_emg"), "ProcessingModule", description="one series a muscle")
    for j, name in enumerate(s["emg"]["Names"]):
        series(f, "acquisition/preprocessed_emg/" + name, emg[:, j], None, s["emg"]["Unit"], 1024, times)


def matlab(f):
    """What save -v7.3 writes: axes reversed, cells as references."""
    def variable(at, name, data, kind):
        data = np.asarray(data)
        d = at.create_dataset(name, data=data.T if data.ndim > 1 else data.reshape(1, -1))
        d.attrs["MATLAB_class"] = np.bytes_(kind)
        return d

    refs = f.create_group("#refs#")
    cell = []
    for j, times in enumerate(spikes()):
        if len(times):
            d = variable(refs, "u%d" % j, times, "double")
        else:
            d = refs.create_dataset("u%d" % j, data=np.array([0, 0], "u8"))
            d.attrs["MATLAB_class"], d.attrs["MATLAB_empty"] = np.bytes_("double"), np.uint8(1)
        cell.append(d.ref)
    d = f.create_dataset("spikes", data=np.array(cell, dtype=h5py.ref_dtype).reshape(-1, 1), dtype=h5py.ref_dtype)
    d.attrs["MATLAB_class"] = np.bytes_("cell")
    for name in "emg", "emg_times", "hand_pos", "hand_vel":
        variable(f, name, arrays[name], "double")
    trials = f.create_group("trials")
    trials.attrs["MATLAB_class"] = np.bytes_("struct")
    for name, values, _, _ in columns("trials", "TrialTable"):
        if not isinstance(values, list):
            variable(trials, name, np.asarray(values, float), "double")


if sys.argv[2] == "matlab":
    with h5py.File(sys.argv[3], "w", userblock_size=512) as f:
        matlab(f)
    with open(sys.argv[3], "r+b") as f:
        f.write(b"MATLAB 7.3 MAT-file, Platform: none, Created on: no day HDF5 schema 1.00 .".ljust(116) + bytes(8) + b"\0\2IM")
else:
    with h5py.File(sys.argv[3], "w") as f:
        nwb(f, sys.argv[2] == "falcon")
