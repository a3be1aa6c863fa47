"""Writes testdata/h5py/hostile73.mat: kilobytes that would become gigabytes (made with h5py 3.7.0)."""
import h5py
import numpy as np

from generate73 import Writer

w = Writer("h5py/hostile73.mat", libver="latest")
f = w.file
refs = f.create_group("#refs#")
packing = {"compression": "gzip", "compression_opts": 9}


def cells(group, name, targets):
    settings = packing if len(targets) > 2 else {}
    d = group.create_dataset(name, data=np.array([[t.ref for t in targets]], h5py.ref_dtype), **settings)
    return w.mark(d, "cell")


zeros = w.mark(refs.create_dataset("zeros", data=np.zeros((1, 100_000)), **packing), "double")
w.mark(f.create_dataset("zeros", data=np.zeros((1, 9_200_000)), chunks=(1, 1_000_000), **packing), "double")
cells(f, "same", [zeros] * 10_000)  # one array, ten thousand times
one = w.mark(refs.create_dataset("one", data=np.ones((1, 2000))), "double")
for level in range(30):  # each cell holds the one before twice: 2^30 of the first
    one = cells(f if level == 29 else refs, "twice" if level == 29 else f"c{level}", [one, one])
deep = w.write(refs, "bottom", 1.0)
for level in range(70):
    deep = cells(f if level == 69 else refs, "deep" if level == 69 else f"d{level}", [deep])
w.write(f, "small", 7.0)
w.close()
