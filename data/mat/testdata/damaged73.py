"""Writes testdata/h5py/damaged73.mat: variables that say what is not so (made with h5py 3.7.0)."""
import h5py
import numpy as np

from generate73 import Writer

w = Writer("h5py/damaged73.mat", libver="latest")
f = w.file


def cell(name, refs):
    return w.dataset(f, name, np.array([refs], h5py.ref_dtype), "cell")


d = cell("loop", [h5py.Reference(), h5py.Reference()])
d[0, 1] = d.ref
w.dataset(f, "notext", np.array([[1.5, 2]]), "char", int_decode=np.int32(2))
w.dataset(f, "norefs", np.array([[1.5, 2]]), "cell")
w.dataset(f, "wide", np.array([[300, 2]], np.int32), "int8")
w.dataset(f, "pairs", np.array([(1, 2)], [("a", "f8"), ("b", "f8")]), "double")
w.dataset(f, "both", np.array([(1, 2)], [("real", "f8"), ("imag", "f8")]), "logical")
w.dataset(f, "texts", np.array([b"abc"]), "double")
w.dataset(f, "half", np.array([[1, 2]], np.float16), "single")
w.empty(f, "full", (2, 3), "double")
w.empty(f, "line", (0,), "double")
w.dataset(f, "long", np.array([0, 2**40], np.uint64), "double", empty=np.uint8(1))
s = w.mark(f.create_group("uneven"), "struct")
w.references(s, "a", np.array([[1.0, 2.0]], object), "")
w.references(s, "b", np.array([[1.0, 2.0, 3.0]], object), "")
s = w.mark(f.create_group("lacking"), "struct")
w.fields(s, ["a"])
w.mark(f.create_group("group"), "double")
w.dataset(f, "flat", np.array([[1.5, 2]]), "struct")
for name, rows, jc, ir in (("sprow", 2, [0, 1], [2]), ("spstart", 2, [0, 2, 1], [0, 1]), ("spfew", 2, [0, 2], [0, 1]), ("sprows", -1, [0], [])):
    g = w.mark(f.create_group(name), "double", sparse=np.int64(rows))
    g["jc"], g["ir"], g["data"] = np.array(jc, np.uint64), np.array(ir, np.uint64), np.ones(1)
w.mark(f.create_group("spnone"), "double", sparse=np.uint64(2))
w.write(f, "after", 7.0)
w.close()
