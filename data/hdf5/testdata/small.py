# Writes the small files that the package's own tests read; h5py 3.7, HDF5 1.10.
import gzip, os
import h5py, numpy as np

def session(name):
    """A session in the manner of NWB."""
    with h5py.File(name, "w", track_order=True) as f:
        f.attrs["session"] = "a session of three units"
        units = f.create_group("units", track_order=True)
        units.attrs["colnames"] = np.array(["spike_times", "quality"], dtype=h5py.string_dtype())
        trains = [np.arange(n) * 0.25 + n / 100 for n in (40, 0, 25)]
        times = units.create_dataset("spike_times", data=np.concatenate(trains), chunks=(16,), compression="gzip", shuffle=True)
        times.attrs["unit"] = "seconds"
        times.attrs["resolution"] = 1 / 30000
        index = units.create_dataset("spike_times_index", data=np.cumsum([len(t) for t in trains]).astype("u1"))
        index.attrs["target"] = times.ref
        units["quality"] = np.array(["good", "noise", "good"], dtype=h5py.string_dtype())
        trials = f.create_group("intervals/trials", track_order=True)
        trials["start_time"] = [0.5, 3.5, 7.0]
        trials["stop_time"] = [3.0, 6.5, np.nan]
        trials["correct"] = np.array([True, False, True])
        trials["target"] = np.array([(1, 0.5), (2, -0.5), (3, 0)], dtype=[("id", "i4"), ("x", "f8")])
        f["latest"] = h5py.SoftLink("/intervals/trials")
        f["circle"] = h5py.SoftLink("/circle")
        f["elsewhere"] = h5py.ExternalLink("other.h5", "/x")

def arrays(name, libver):
    """One array in all layouts that the version has."""
    a = np.arange(11 * 7 * 5, dtype="f8").reshape(11, 7, 5)
    with h5py.File(name, "w", libver=libver) as f:
        def add(name, data=a, **settings):
            f.create_dataset(name, data=data, **settings)
        def low(name, dcpl, data):
            d = h5py.h5d.create(f.id, name, h5py.h5t.IEEE_F64LE, h5py.h5s.create_simple(data.shape), dcpl)
            d.write(h5py.h5s.ALL, h5py.h5s.ALL, data)
        add("contiguous")
        add("big_endian", a.astype(">f8"))
        add("float32", a.astype("f4"))
        add("int16", a.astype("i2"))
        p = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        p.set_layout(h5py.h5d.COMPACT)
        low(b"compact", p, a)
        p = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        p.set_chunk((4, 3, 5))
        p.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
        low(b"implicit", p, a)
        add("single", chunks=a.shape, compression="gzip")
        add("fixed", chunks=(3, 4, 2))
        add("fixed_packed", chunks=(4, 4, 5), compression="gzip", shuffle=True, fletcher32=True)
        add("extensible", chunks=(3, 4, 2), maxshape=(11, None, 5))
        add("extensible_packed", chunks=(2, 7, 5), maxshape=(None, 7, 5), compression="lzf")
        add("tree", chunks=(3, 4, 2), maxshape=(None, None, 5))
        add("tree_packed", chunks=(3, 7, 5), maxshape=(None, None, 5), compression="gzip")
        d = f.create_dataset("holes", a.shape, chunks=(3, 4, 2), fillvalue=-1.5)
        d[4:6, 2:5] = a[4:6, 2:5]
        f.create_dataset("never", (11, 7, 5), dtype="i2", fillvalue=3)
        f.create_dataset("enormous", (1 << 40,), chunks=(1 << 10,), dtype="f8", fillvalue=2.5)
        f.create_dataset("scaled", data=np.arange(100), scaleoffset=0, chunks=(50,))
        layout = h5py.VirtualLayout(shape=(11,), dtype="f8")
        layout[:] = h5py.VirtualSource(".", "contiguous", shape=(11, 7, 5))[:, 0, 0]
        if libver == "latest":
            f.create_virtual_dataset("virtual", layout)

def large(name):
    """Many chunks, and all in one."""
    with h5py.File(name, "w", libver="latest") as f:
        a = np.full(1 << 21, 0.1)
        f.create_dataset("long", data=a, chunks=(1 << 14,), compression="gzip", shuffle=True)
        f.create_dataset("one", data=a, chunks=a.shape, compression="gzip")

def pack(name):
    with open(name, "rb") as plain, gzip.GzipFile(name + ".gz", "wb", mtime=0) as packed:
        packed.write(plain.read())
    os.remove(name)

session("session.h5")
arrays("arrays_old.h5", "earliest")
arrays("arrays_new.h5", "latest")
large("large.h5")
for name in ("arrays_old.h5", "arrays_new.h5", "large.h5"):
    pack(name)
