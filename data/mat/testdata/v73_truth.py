"""Writes the same variables as v5.mat, by scipy.io.savemat, and as v73.mat, by h5py.

    python3 v73_truth.py FOLDER SEED
"""
import os
import sys

import h5py
import numpy as np
import scipy.io
import scipy.sparse

CLASSES = {"double": "f8", "single": "f4", "int8": "i1", "uint8": "u1", "int16": "i2", "uint16": "u2", "int32": "i4", "uint32": "u4",
           "int64": "i8", "uint64": "u8", "logical": "?"}


def numbers(rng, t, shape):
    t = np.dtype(t)
    if t.kind == "f":
        a = rng.standard_normal(shape).astype(t)
        special = rng.random(shape)
        a[special < 0.1], a[special > 0.95] = np.nan, -np.inf
        return a
    if t.kind == "b":
        return rng.random(shape) < 0.5
    info = np.iinfo(t)
    return rng.integers(info.min, info.max, shape, t, endpoint=True)


def some_variables(rng):
    v = {}
    for name, t in CLASSES.items():
        for shape in ((1, 1), (3, 4), (2, 3, 4), (1, 7), (5, 1)):
            v["%s_%s" % (name, "x".join(map(str, shape)))] = numbers(rng, t, shape)
        v[name + "_empty"] = np.zeros((0, 3), t)
    for t in ("f8", "f4"):
        v["complex_" + t] = (numbers(rng, t, (3, 2)) + 1j * rng.standard_normal((3, 2))).astype("c16" if t == "f8" else "c8")
    v["text"], v["accents"], v["nothing"] = "rates to spikes", "naïve Ĵ", ""
    v["rows"] = np.array(["one  ", "three"])
    dense = np.where(rng.random((6, 5)) < 0.3, rng.standard_normal((6, 5)), 0)
    v["sparse"] = scipy.sparse.csc_matrix(dense)
    v["sparse_complex"] = scipy.sparse.csc_matrix(dense + 1j * dense)
    cells = np.empty((2, 3), object)
    for i in range(6):
        cells.flat[i] = [np.eye(2), "text", numbers(rng, "i2", (2, 2)), np.zeros((0, 0)), numbers(rng, "?", (1, 3)), "x"][i]
    v["cells"] = cells
    v["session"] = {"animal": "B", "emg": numbers(rng, "f8", (3, 2)), "nested": {"deep": cells, "n": numbers(rng, "u8", (1, 2))}}
    trials = np.empty((1, 3), [("start", object), ("name", object)])
    for i in range(3):
        trials[0, i] = (numbers(rng, "f8", (1, i + 1)), "trial %d" % i)
    v["trial"] = trials
    return v


class Writer:
    """Writes variables as MATLAB does: axes reversed, what they are in attributes."""

    def __init__(self, file):
        self.file, self.refs = file, file.create_group("#refs#")

    def mark(self, o, cls, empty=False, **more):
        o.attrs["MATLAB_class"] = np.bytes_(cls)
        if empty:
            o.attrs["MATLAB_empty"] = np.uint8(1)
        for name, value in more.items():
            o.attrs[name] = value

    def array(self, group, name, a, cls, **more):
        if a.size == 0:
            self.mark(group.create_dataset(name, data=np.array(a.shape, "u8")), cls, True, **more)
        else:
            packing = {"chunks": a.T.shape, "compression": 3} if a.size > 8 else {}
            self.mark(group.create_dataset(name, data=a.T, **packing), cls, **more)

    def cells(self, group, name, a, cls):
        refs = np.empty(a.shape, object)
        for i in np.ndindex(a.shape):
            key = "r%d" % len(self.refs)
            self.write(self.refs, key, a[i])
            refs[i] = self.refs[key].ref
        d = group.create_dataset(name, data=refs.T, dtype=h5py.ref_dtype)
        if cls:
            self.mark(d, cls)

    def fields(self, group, names):
        list_ = np.empty(len(names), object)
        for i, n in enumerate(names):
            list_[i] = np.array([c.encode() for c in n], "S1")
        group.attrs.create("MATLAB_fields", list_, dtype=h5py.vlen_dtype("S1"))

    def write(self, group, name, v):
        if isinstance(v, dict):
            g = group.create_group(name)
            self.mark(g, "struct")
            self.fields(g, v)
            for key, value in v.items():
                self.write(g, key, value)
        elif scipy.sparse.issparse(v):
            g = group.create_group(name)
            self.mark(g, "double", MATLAB_sparse=np.uint64(v.shape[0]))
            g["data"], g["ir"], g["jc"] = self.complex(v.data), v.indices.astype("u8"), v.indptr.astype("u8")
        elif isinstance(v, str) or v.dtype.kind == "U":
            lines = [v] if isinstance(v, str) else list(v)
            codes = np.array([[ord(c) for c in line] for line in lines], "u2").reshape(len(lines), -1) if lines != [""] else np.zeros((0, 0), "u2")
            self.array(group, name, codes, "char", MATLAB_int_decode=np.int32(2))
        elif v.dtype.names:
            g = group.create_group(name)
            self.mark(g, "struct")
            self.fields(g, v.dtype.names)
            for key in v.dtype.names:
                self.cells(g, key, v[key], None)
        elif v.dtype == object:
            self.cells(group, name, v, "cell")
        elif v.dtype.kind == "b":
            self.array(group, name, v.astype("u1"), "logical", MATLAB_int_decode=np.int32(1))
        else:
            cls = {"f8": "double", "f4": "single", "c16": "double", "c8": "single"}.get(v.dtype.str[1:]) or v.dtype.name
            self.array(group, name, self.complex(v), cls)

    def complex(self, a):
        if a.dtype.kind != "c":
            return a
        out = np.empty(a.shape, [("real", a.real.dtype), ("imag", a.real.dtype)])
        out["real"], out["imag"] = a.real, a.imag
        return out


def main(folder, seed):
    variables = some_variables(np.random.default_rng(int(seed)))
    scipy.io.savemat(os.path.join(folder, "v5.mat"), variables, oned_as="row")
    path = os.path.join(folder, "v73.mat")
    with h5py.File(path, "w", userblock_size=512) as file:
        w = Writer(file)
        for name, v in variables.items():
            w.write(file, name, v)
    with open(path, "r+b") as f:
        f.write(b"MATLAB 7.3 MAT-file".ljust(116) + bytes(8) + b"\x00\x02IM")


if __name__ == "__main__":
    main(*sys.argv[1:])
