"""Writes stacked73.mat: stacked.mat in the layout of MATLAB's save -v7.3 (made with h5py 3.7.0)."""
import h5py
import numpy as np
import scipy.io


def write(group, name, value):
    if value.dtype.names:
        o = group.create_group(name)
        o.attrs["MATLAB_class"] = np.bytes_("struct")
        for field in value.dtype.names:
            write(o, field, value[field][0, 0])
    else:
        o = group.create_dataset(name, data=value.T)
        o.attrs["MATLAB_class"] = np.bytes_({"float64": "double", "uint8": "uint8"}[value.dtype.name])


with h5py.File("stacked73.mat", "w", userblock_size=512) as f:
    for name, value in scipy.io.loadmat("stacked.mat").items():
        if not name.startswith("__"):
            write(f, name, value)
with open("stacked73.mat", "r+b") as f:
    f.write(b"MATLAB 7.3 MAT-file, written by h5py".ljust(116) + bytes(8) + b"\x00\x02IM")
