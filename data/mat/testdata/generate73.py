"""Writes testdata/h5py/v73.mat: the variables of generate.py in the layout that MATLAB's
save -v7.3 has, and objects that are not read; packed73.mat: the same in chunks, compressed,
as newer versions of the library write them (made with h5py 3.7.0)."""
import h5py
import numpy as np
import scipy.sparse

from generate import variables

CLASSES = {
    "float64": "double", "float32": "single", "bool": "logical", "complex128": "double",
    **{f"{u}int{n}": f"{u}int{n}" for u in ("", "u") for n in (8, 16, 32, 64)},
}


class Writer:
    def __init__(self, path, **settings):
        self.file = h5py.File(path, "w", userblock_size=512, **settings)
        self.packed = "libver" in settings
        self.count = 0

    def reference(self, value):
        refs = self.file.require_group("#refs#")
        name = np.base_repr(self.count + 10, 36).lower()
        self.count += 1
        return self.write(refs, name, value).ref

    def dataset(self, group, name, values, matlab_class, **attributes):
        packing = {"compression": "gzip", "shuffle": True} if self.packed and values.size and values.dtype != h5py.ref_dtype else {}
        d = group.create_dataset(name, data=values, **packing)
        return self.mark(d, matlab_class, **attributes)

    def mark(self, o, matlab_class, **attributes):
        if matlab_class:
            o.attrs["MATLAB_class"] = np.bytes_(matlab_class)
        for key, value in attributes.items():
            o.attrs["MATLAB_" + key] = value
        return o

    def empty(self, group, name, shape, matlab_class, **attributes):
        return self.dataset(group, name, np.array(shape, np.uint64), matlab_class, empty=np.uint8(1), **attributes)

    def references(self, group, name, values, matlab_class):
        refs = np.array([self.reference(v) for v in values.T.ravel()], h5py.ref_dtype).reshape(values.T.shape)
        return self.dataset(group, name, refs, matlab_class)

    def fields(self, o, names):
        letters = np.empty(len(names), object)
        for i, name in enumerate(names):
            letters[i] = np.array([c.encode() for c in name], "S1")
        o.attrs.create("MATLAB_fields", letters, dtype=h5py.vlen_dtype(np.dtype("S1")))
        return o

    def write(self, group, name, v):
        if isinstance(v, float):
            v = np.array([[v]])
        if isinstance(v, str):
            return self.text(group, name, [v])
        if isinstance(v, dict):
            g = self.mark(group.create_group(name), "struct")
            for key, value in v.items():
                self.write(g, key, value)
            return self.fields(g, list(v))
        if scipy.sparse.issparse(v):
            return self.sparse(group, name, v)
        v = np.atleast_2d(v)
        if v.dtype.names:
            g = self.mark(group.create_group(name), "struct")
            for key in v.dtype.names:
                self.references(g, key, v[key], "")
            return self.fields(g, v.dtype.names)
        if v.dtype.kind == "U":
            return self.text(group, name, v.ravel())
        if v.dtype == object:
            return self.references(group, name, v, "cell")
        matlab_class = CLASSES[v.dtype.name]
        if v.size == 0:
            return self.empty(group, name, v.shape, matlab_class)
        if v.dtype == bool:
            return self.dataset(group, name, v.T.astype(np.uint8), "logical", int_decode=np.int32(1))
        return self.dataset(group, name, self.plain(v.T), matlab_class)

    @staticmethod
    def plain(v):
        if v.dtype.kind != "c":
            return v
        pairs = np.empty(v.shape, [("real", "f8"), ("imag", "f8")])
        pairs["real"], pairs["imag"] = v.real, v.imag
        return pairs

    def text(self, group, name, rows):
        units = np.array([np.frombuffer(row.encode("utf-16-le"), np.uint16) for row in rows])
        if units.size == 0:
            return self.empty(group, name, (0, 0), "char", int_decode=np.int32(2))
        return self.dataset(group, name, units.T, "char", int_decode=np.int32(2))

    def sparse(self, group, name, v):
        v = v.tocsc()
        g = self.mark(group.create_group(name), "logical" if v.dtype == bool else "double", sparse=np.uint64(v.shape[0]))
        g["jc"] = v.indptr.astype(np.uint64)
        if v.nnz:
            g["ir"] = v.indices.astype(np.uint64)
            g["data"] = self.plain(v.data.astype(np.uint8) if v.dtype == bool else v.data)
        return g

    def objects(self):
        handle = self.mark(self.file.create_group("handle"), "function_handle", object_decode=np.int32(1))
        self.text(handle, "type", ["simple"])
        self.mark(self.file.create_group("old"), "inline", object_decode=np.int32(2))
        for name, matlab_class in (("tab", "table"), ("str", "string"), ("when", "datetime"), ("map", "containers.Map"), ("own", "Session")):
            self.dataset(self.file, name, np.array([[0xDD000000, 2, 1, 1, 1, 1]], np.uint32), matlab_class, object_decode=np.int32(3))
        self.file.create_group("#subsystem#")
        holder = self.mark(self.file.create_group("holder"), "struct")
        self.dataset(holder, "t", np.array([[0xDD000000]], np.uint32), "table", object_decode=np.int32(3))
        self.write(holder, "x", 7.0)
        self.fields(holder, ["t", "x"])
        self.file["foreign"] = np.arange(3.0)

    def empties(self):
        canonical = self.empty(self.file.require_group("#refs#"), "zz", (0, 0), "canonical empty")
        self.dataset(self.file, "hollow", np.array([[canonical.ref], [canonical.ref], [self.reference(1.0)]], h5py.ref_dtype), "cell")
        self.empty(self.file, "nocells", (0, 4), "cell")
        self.empty(self.file, "notext", (0, 0), "char", int_decode=np.int32(2))
        self.fields(self.empty(self.file, "nostructs", (0, 1), "struct"), ["emg", "t"])
        self.empty(self.file, "nofields", (1, 1), "struct")
        self.write(self.file, "spl", scipy.sparse.csc_matrix(np.array([[True, False], [False, True]])))
        self.write(self.file, "spz", scipy.sparse.csc_matrix((3, 4)))

    def close(self):
        path = self.file.filename
        self.file.close()
        with open(path, "r+b") as f:
            f.write(b"MATLAB 7.3 MAT-file, written by h5py".ljust(116) + bytes(8) + b"\x00\x02IM")


if __name__ == "__main__":
    for path, settings in (("h5py/v73.mat", {}), ("h5py/packed73.mat", {"libver": "latest"})):
        w = Writer(path, **settings)
        for name, value in variables.items():
            w.write(w.file, name, value)
        w.empties()
        w.objects()
        w.close()
