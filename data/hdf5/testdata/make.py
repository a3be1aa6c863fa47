"""Writes HDF5 files with all that the reader in Go reads, and names.

    python3 make.py FOLDER

writes each file below as the earliest version of the library that can, as
version 1.8, and as the latest would. What h5py has no function for is asked of
the HDF5 library that it has loaded. In this folder,

    python3 make.py --selection

writes selection.zip: some of the files, with what truth.py says of them.
"""
import ctypes
import os
import sys
import tempfile
import zipfile

import h5py
import numpy as np
from h5py import h5d, h5p, h5r, h5s, h5t, h5z

BOUNDS = {"earliest": ("earliest", "latest"), "v108": ("v108", "latest"), "latest": ("latest", "latest")}
FILES = []


def library():
    h5py.get_config()
    with open("/proc/self/maps") as maps:
        loaded = {line.split()[-1] for line in maps if "libhdf5" in line and "_hl" not in line}
    return ctypes.CDLL(loaded.pop())


def c(name, plist, *args):
    """Calls H5name(plist, args...)."""
    kinds = {int: ctypes.c_size_t, bytes: ctypes.c_char_p, ctypes.c_uint: ctypes.c_uint}
    f = getattr(LIB, "H5" + name)
    f.argtypes = [ctypes.c_int64] + [kinds.get(type(a), type(a)) for a in args]
    if f(plist.id, *args) < 0:
        raise RuntimeError(name)


def u(n):
    return ctypes.c_uint(n)


def file(*bounds, **creation):
    """Says that a function fills a file, by which versions, and with which properties of the file."""
    def note(fill):
        for b in bounds or BOUNDS:
            FILES.append((fill.__name__, b, fill, creation))
        return fill
    return note


def create(path, bounds, creation):
    fcpl = h5p.create(h5p.FILE_CREATE)
    for name, args in creation.items():
        if name.startswith("set_"):
            getattr(fcpl, name)(*args)
        else:
            c("Pset_" + name, fcpl, *args)
    fapl = h5p.create(h5p.FILE_ACCESS)
    fapl.set_fclose_degree(h5py.h5f.CLOSE_STRONG)
    known = {"earliest": h5py.h5f.LIBVER_EARLIEST, "v108": h5py.h5f.LIBVER_V18, "v110": h5py.h5f.LIBVER_V110, "latest": h5py.h5f.LIBVER_LATEST}
    fapl.set_libver_bounds(*[known[b] for b in bounds])
    return h5py.File(h5py.h5f.create(path.encode(), h5py.h5f.ACC_TRUNC, fcpl, fapl))


def low(group, name, t, data=None, shape=None, dcpl=None, maximum=None, memory=None):
    """A dataset of a type that h5py would not choose."""
    shape = np.shape(data) if shape is None else shape
    space = h5s.create(h5s.SCALAR) if shape == () else h5s.create_simple(shape, maximum)
    d = h5d.create(group.id, name.encode(), t, space, dcpl)
    if data is not None:
        data = np.ascontiguousarray(data)
        d.write(h5s.ALL, h5s.ALL, data, memory or h5t.py_create(data.dtype))
    return d


def plist(chunk=None, **kw):
    p = h5p.create(h5p.DATASET_CREATE)
    if chunk:
        p.set_chunk(chunk)
    for name, args in kw.items():
        getattr(p, "set_" + name)(*args)
    return p


def noise(n, seed=0):
    """Numbers that pack well, for the files are kept."""
    return np.round(np.random.default_rng(seed).standard_normal(n) * 8) / 8


def number_types():
    for order in "<>":
        for kind in ("i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f2", "f4", "f8"):
            yield np.dtype(order + kind)


def extremes(t):
    if t.kind == "f":
        info = np.finfo(t)
        with np.errstate(all="ignore"):
            return np.array([0, -0.0, 1.5, -2.25, np.nan, np.inf, -np.inf, info.max, info.min, info.tiny, info.tiny / 2, 1 / 3], t)
    info = np.iinfo(t)
    big = [2**53 + 1, 2**62 + 1] if info.max > 2**62 else []
    return np.array([0, 1, 7, info.min, info.max, info.max - 1, *big], t)


@file()
def empty(f):
    pass


@file()
def numbers(f):
    for i, t in enumerate(number_types()):
        name = "%02d %s%d" % (i, {"i": "int", "u": "uint", "f": "float"}[t.kind], 8 * t.itemsize)
        f[name] = extremes(t)
        f["one " + name] = extremes(t)[2]
        f["one " + name].attrs["all"] = extremes(t)
        f.attrs[name] = extremes(t)[-1]


@file()
def strings(f):
    words = [b"", b"a", b"rates", b"to  spik", b" x "]
    for pad in (h5t.STR_NULLTERM, h5t.STR_NULLPAD, h5t.STR_SPACEPAD):
        for cset in (h5t.CSET_ASCII, h5t.CSET_UTF8):
            t = h5t.C_S1.copy()
            t.set_size(9)
            t.set_strpad(pad)
            t.set_cset(cset)
            memory = h5t.py_create(np.dtype("S9"))
            memory.set_cset(cset)
            low(f, "fixed %d %d" % (pad, cset), t, np.array(words, "S9"), memory=memory)
    text = ["", "naïve τ", "𝒙 beyond 16 bits", "a" * 1000, "line\nbreak", "ends "]
    f.create_dataset("utf8", data=text, dtype=h5py.string_dtype())
    f.create_dataset("ascii", data=["", "one", "two"], dtype=h5py.string_dtype("ascii"))
    f.create_dataset("utf8 fixed", data=np.array([s.encode() for s in text[:3]], h5py.string_dtype(length=30)))
    f.create_dataset("matrix", data=[["a", "b"], ["c", ""]], dtype=h5py.string_dtype())
    f.create_dataset("unwritten", (5,), dtype=h5py.string_dtype())
    f.create_dataset("unwritten chunks", (5,), dtype=h5py.string_dtype(), chunks=(2,))[3:4] = "there"
    f["one"] = "a single text"
    f["one empty"] = ""
    f["one fixed"] = np.bytes_("latin \xe9".encode("latin-1"))
    f["one byte"] = np.bytes_("x")
    f.attrs["text"] = "naïve"
    f.attrs["empty"] = ""
    f.attrs["list"] = ["one", "", "three"]
    f.attrs["fixed"] = np.array([b"one", b"three"])
    f.attrs["zero"] = np.zeros(0, "S3")


@file()
def heaps(f):
    """More strings and sequences than one global heap collection holds."""
    f.create_dataset("strings", data=["%d " % i + "x" * (i % 97) for i in range(3000)], dtype=h5py.string_dtype(), chunks=(100,), compression=4)
    f.create_dataset("long", data=["y" * 70000, "", "z" * 5000], dtype=h5py.string_dtype())
    d = f.create_dataset("lists", (1000,), dtype=h5py.vlen_dtype("<f4"))
    for i in range(1000):
        d[i] = noise(i % 13, i)
    for i in range(0, 1000, 3):
        d[i] = noise(i % 7, i)  # again, elsewhere in the heap


@file()
def compounds(f):
    inner = np.dtype([("x", "<f8"), ("y", ">i2")])
    t = np.dtype([("id", "<u8"), ("name", "S5"), ("text", h5py.string_dtype()), ("at", inner), ("row", "<f4", (2, 3)),
                  ("ref", h5py.ref_dtype), ("good", "?"), ("z", "<c16"), ("rows", inner, (2,))])
    a = np.zeros(3, t)
    for i in range(3):
        a[i] = (2**63 + i, b"unit%d" % i, "naïve %d" % i, (i / 3, -i), np.arange(6).reshape(2, 3) + i, f.ref, i % 2 == 0,
                i - 1j, [(1, 2), (3, i)])
    f["table"] = a
    f["one"] = a[1]
    f.create_dataset("chunked", data=np.repeat(a, 7), chunks=(4,), shuffle=True, compression=6)
    f.create_dataset("unwritten", (4,), dtype=t)
    f["table"].attrs["row"] = a[2]
    f["table"].attrs["rows"] = a
    f["aligned"] = np.array([(1, 2.5, 3)], np.dtype([("a", "i1"), ("b", "<f8"), ("c", ">u2")], align=True))
    f["gap"] = np.array([(1, 2)], np.dtype({"names": ["a", "b"], "formats": ["<i2", "<i4"], "offsets": [3, 17], "itemsize": 40}))
    f["backwards"] = np.array([(1, 2)], np.dtype({"names": ["a", "b"], "formats": ["<i2", "<i4"], "offsets": [12, 0], "itemsize": 14}))
    f["many"] = np.zeros(2, np.dtype([("member %d" % i, "<i%d" % 2 ** (i % 4)) for i in range(150)]))
    lists(f)
    f["deep"] = np.zeros(2, np.dtype([("a", [("b", [("c", [("d", [("e", "<f8")])])])])]))


def lists(f):
    """A compound with sequences, handed over as C has them: h5py cannot."""
    t = h5t.create(h5t.COMPOUND, 24)
    t.insert(b"n", 0, h5t.STD_I32LE)
    t.insert(b"list", 8, h5t.vlen_create(h5t.STD_I16BE))
    memory = h5t.create(h5t.COMPOUND, 24)
    memory.insert(b"n", 0, h5t.STD_I32LE)
    memory.insert(b"list", 8, h5t.vlen_create(h5t.STD_I16LE))
    numbers = np.arange(10, dtype="<i2")
    a = np.zeros(4, np.dtype({"names": ["n", "len", "at"], "formats": ["<i4", "<u8", "<u8"], "offsets": [0, 8, 16], "itemsize": 24}))
    a["n"], a["len"], a["at"] = np.arange(4), (3, 0, 10, 1), numbers.ctypes.data
    d = h5d.create(f.id, b"lists", t, h5s.create_simple((4,)))
    LIB.H5Dwrite.argtypes = [ctypes.c_int64] * 5 + [ctypes.c_void_p]
    if LIB.H5Dwrite(d.id, memory.id, 0, 0, 0, a.ctypes.data) < 0:
        raise RuntimeError("H5Dwrite")


@file()
def complexes(f):
    for t in ("<c8", ">c8", "<c16", ">c16"):
        f[t] = (noise(7) + 1j * noise(7, 1)).astype(t)
        f[t].attrs["one"] = np.array(1 - 2j, t)
    f["named"] = np.array([(1, 2), (np.nan, -0.0)], [("real", "<f8"), ("imag", "<f8")])


@file()
def references(f):
    g = f.create_group("g/h")
    d = g.create_dataset("d", data=np.arange(12).reshape(3, 4))
    f["type"] = np.dtype("<f4")
    t = h5py.ref_dtype
    f.create_dataset("refs", data=[f.ref, g.ref, d.ref, f["type"].ref], dtype=t)
    f.create_dataset("matrix", (2, 2), dtype=t)[0, 1] = d.ref
    f.create_dataset("null", (3,), dtype=t)
    f.create_dataset("chunked", (9,), dtype=t, chunks=(2,))[4] = g.ref
    f.create_dataset("one", data=d.ref, dtype=t)
    f.attrs.create("one", g.ref, dtype=t)
    f.attrs.create("two", np.array([d.ref, f.ref], dtype=object), dtype=t)
    own = f.create_dataset("self", (1,), dtype=t)
    own[0] = own.ref
    f.create_dataset("regions", data=[d.regionref[0:2, 1:3]], dtype=h5py.regionref_dtype)
    lists = f.create_dataset("lists", (2,), dtype=h5py.vlen_dtype(t))
    lists[1] = np.array([d.ref, g.ref], dtype=object)


@file()
def enums(f):
    f["bools"] = np.array([True, False, True])
    f["bool"] = np.bool_(True)
    f["bools 2-d"] = np.eye(3, dtype=bool)
    f.attrs["yes"], f.attrs["many"] = np.bool_(True), np.array([False, True])
    for t in ("i1", "<u2", ">i4", "<i8", ">u8"):
        values = {"zero": 0, "one": 1, "naïve": 5, "largest": min(int(np.iinfo(t).max), 2**63 - 1)}
        f.create_dataset(t, data=np.array([0, 5, values["largest"], 3], t), dtype=h5py.enum_dtype(values, basetype=t))
    f.create_dataset("unwritten", (4,), dtype=h5py.enum_dtype({"A": 1, "B": 2}, basetype="i2"))


@file()
def sequences(f):
    for t in ("i1", "<u2", ">i4", "<i8", ">u8", "<f2", "<f4", ">f8"):
        d = f.create_dataset(t, (5,), dtype=h5py.vlen_dtype(t))
        for i, n in enumerate((3, 0, 1, 12)):
            d[i] = extremes(np.dtype(t))[:n]
    d = f.create_dataset("2-d", (2, 3), dtype=h5py.vlen_dtype("<i4"), chunks=(1, 2), compression=1)
    d[0, 1], d[1, 2] = [1, 2], [3]
    d = f.create_dataset("of lists", (2,), dtype=h5py.vlen_dtype(h5py.vlen_dtype("<i4")))
    two = np.empty(2, object)
    two[0], two[1] = np.array([1, 2], "<i4"), np.array([3], "<i4")
    d[0] = d[1] = two
    pair = np.dtype([("at", "<f8"), ("n", ">i2")])
    f.create_dataset("of pairs", (2,), dtype=h5py.vlen_dtype(pair))[:] = 2 * [ np.array([(1.5, 2), (2.5, 3)], pair)]
    one = f.create_dataset("one", (), dtype=h5py.vlen_dtype("<f8"))
    one[()] = np.array([1, 2, np.nan])
    f.attrs.create("lists", np.array([np.array([1, 2, 3]), np.array([4])], object), dtype=h5py.vlen_dtype("<i8"))
    f.create_dataset("letters", (1,), dtype=h5py.vlen_dtype("S1"))[0] = np.array([b"e", b"m", b"g"])


@file()
def arrays(f):
    for name, t in (("ints", np.dtype(("<i4", (3,)))), ("matrices", np.dtype((">f8", (2, 3)))), ("texts", np.dtype(("S4", (2,)))),
                    ("pairs", np.dtype(([("a", "<i2"), ("b", "<f4")], (2,)))), ("bools", np.dtype(("?", (4,))))):
        tid = h5t.py_create(t, logical=True)
        size = int(np.prod(t.shape))
        a = np.zeros(4 * size, t.base)
        if t.base.kind in "if":
            a[:] = np.arange(4 * size)
        elif t.base.kind == "S":
            a[:] = [b"x%d" % i for i in range(4 * size)]
        elif t.base.kind == "b":
            a[::3] = True
        else:
            a["a"], a["b"] = np.arange(8), np.arange(8) / 2
        d = h5d.create(f.id, name.encode(), tid, h5s.create_simple((4,)))
        d.write(h5s.ALL, h5s.ALL, a.reshape((4,) + t.shape), tid)
    of = h5t.array_create(h5t.py_create(h5py.string_dtype(), logical=True), (2,))
    h5d.create(f.id, b"variable texts unwritten", of, h5s.create_simple((3,)))
    twice = h5t.array_create(h5t.array_create(h5t.STD_I16BE, (2,)), (3,))
    d = h5d.create(f.id, b"of arrays", twice, h5s.create_simple((2,)))
    d.write(h5s.ALL, h5s.ALL, np.arange(12, dtype=">i2").reshape(2, 3, 2), twice)
    f.attrs.create("rows", np.arange(6).reshape(2, 3), shape=(2, 3), dtype=np.dtype(("<i4", (3,))))


@file()
def raw(f):
    f["opaque"] = np.array([b"abc\0\1", b"\xff" * 5], "V5")
    f["opaque one"] = np.void(b"bytes as they are")
    for t, n in ((h5t.STD_B8LE, "u1"), (h5t.STD_B16BE, ">u2"), (h5t.STD_B32LE, "<u4"), (h5t.STD_B64BE, ">u8")):
        space = h5s.create_simple((3,))
        d = h5d.create(f.id, ("bits " + n).encode(), t, space)
        d.write(h5s.ALL, h5s.ALL, np.array([0, 1, np.iinfo(n).max - 2], n), t)
    f["opaque"].attrs["o"] = np.void(b"xyz")


@file()
def committed(f):
    f["types/float"] = np.dtype(">f4")
    f["types/pair"] = np.dtype([("a", "<i4"), ("t", h5py.string_dtype())])
    f["types/pair"].attrs["about"] = "a committed type with an attribute"
    f.create_dataset("floats", data=noise(5), dtype=f["types/float"])
    f.create_dataset("pairs", (2,), dtype=f["types/pair"])[0] = (7, "seven")
    f.attrs.create("pair", np.array((8, "eight"), f["types/pair"].dtype), dtype=f["types/pair"])
    f.create_dataset("chunked", data=noise(50), dtype=f["types/float"], chunks=(8,), compression=1)


@file()
def spaces(f):
    f["scalar"] = 2.5
    f["null"] = h5py.Empty("<f8")
    f.attrs["null"] = h5py.Empty("S3")
    for shape in ((0,), (1,), (7,), (3, 4), (3, 0, 2), (2, 3, 4), (2, 1, 3, 2), (2, 3, 2, 3, 2)):
        n = int(np.prod(shape))
        name = "x".join(map(str, shape))
        f[name] = np.arange(n, dtype="<i4").reshape(shape)
        f[name].attrs["same"] = np.arange(n, dtype=">f4").reshape(shape)
        if n:
            f.create_dataset("chunked " + name, data=np.arange(n, dtype=">i4").reshape(shape), chunks=tuple(max(1, (s + 1) // 2) for s in shape),
                             compression=3)
            f.create_dataset("unlimited " + name, data=np.arange(n, dtype="<f8").reshape(shape), maxshape=(None,) * len(shape))
    f.create_dataset("unlimited empty", (0, 4), maxshape=(None, 4), dtype="<f8")
    f.create_dataset("null text", data=h5py.Empty(h5py.string_dtype()))


@file()
def layouts(f):
    t = h5t.IEEE_F64LE
    for name, kind in (("compact", h5d.COMPACT), ("contiguous", h5d.CONTIGUOUS)):
        low(f, name, t, noise(100), dcpl=plist(layout=(kind,)))
        low(f, name + " never written", t, shape=(6,), dcpl=plist(layout=(kind,), fill_value=(np.array(2.5),)))
    for name, when in (("early", h5d.ALLOC_TIME_EARLY), ("late", h5d.ALLOC_TIME_LATE), ("incremental", h5d.ALLOC_TIME_INCR)):
        if name != "incremental":
            low(f, "contiguous " + name, t, noise(10), dcpl=plist(alloc_time=(when,)))
            low(f, "contiguous unwritten " + name, t, shape=(10,), dcpl=plist(alloc_time=(when,), fill_value=(np.array(-1.0),)))
        low(f, "chunked " + name, t, noise(10), dcpl=plist((4,), alloc_time=(when,)))
        low(f, "chunked unwritten " + name, t, shape=(10,), dcpl=plist((4,), alloc_time=(when,), fill_value=(np.array(-1.0),)))
    low(f, "compact matrix", h5t.STD_I16BE, np.arange(20).reshape(4, 5), dcpl=plist(layout=(h5d.COMPACT,)))
    low(f, "largest compact", h5t.STD_U8LE, (np.arange(64000) // 1000).astype("u1"), dcpl=plist(layout=(h5d.COMPACT,)))


def grow(f, name, a, chunk, maximum, **kw):
    """A dataset that was extended bit by bit, as recordings are."""
    d = f.create_dataset(name, (0,) * a.ndim, a.dtype, chunks=chunk, maxshape=maximum, **kw)
    for k in (3, 2, 1):
        shape = tuple(s // k for s in a.shape)
        d.resize(shape)
        d[...] = a[tuple(slice(s) for s in shape)]


@file()
def chunks(f):
    a = np.arange(21 * 13, dtype="<i4").reshape(21, 13)
    for name, kw in (("plain", {}), ("packed", {"compression": 4, "shuffle": True})):
        f.create_dataset("single " + name, data=a, chunks=a.shape, **kw)
        f.create_dataset("fixed " + name, data=a, chunks=(8, 5), **kw)
        grow(f, "rows " + name, a, (8, 5), (None, 13), **kw)
        grow(f, "columns " + name, a, (4, 13), (21, None), **kw)
        grow(f, "both " + name, a, (8, 5), (None, None), **kw)
        f.create_dataset("bounded " + name, data=a, chunks=(8, 5), maxshape=(100, 100), **kw)
        grow(f, "cube " + name, np.arange(7 * 5 * 9, dtype=">f8").reshape(7, 5, 9), (3, 2, 4), (None, None, 9), **kw)
        some = f.create_dataset("some " + name, (100, 40), "<f4", chunks=(7, 6), fillvalue=-3.5, maxshape=(None, None), **kw)
        some[50:55, 11:30], some[99, 39] = 1, 2
        some = f.create_dataset("some rows " + name, (1000,), "<i2", chunks=(7,), fillvalue=9, maxshape=(None,), **kw)
        some[500:505], some[999] = 1, 2
        some = f.create_dataset("some fixed " + name, (1000,), ">i8", chunks=(7,), fillvalue=9, **kw)
        some[500:505], some[999] = 1, 2
    early = plist((8, 5), alloc_time=(h5d.ALLOC_TIME_EARLY,))
    low(f, "implicit", h5t.STD_I32LE, a, dcpl=early)
    low(f, "implicit in part", h5t.STD_I32LE, np.arange(1 << 10).reshape(32, 32), dcpl=early)


@file()
def many_chunks(f):
    """Deep B-trees, paged fixed arrays, extensible arrays with super blocks and pages."""
    n = 5000
    f.create_dataset("fixed", data=noise(n).astype("<f4"), chunks=(1,))
    f.create_dataset("fixed packed", data=np.arange(n, dtype="<i2"), chunks=(2,), shuffle=True, compression=1)
    grow(f, "one unlimited", np.arange(20000, dtype="<i4"), (2,), (None,))
    grow(f, "one unlimited packed", np.arange(n, dtype="<i8"), (2,), (None,), compression=1)
    grow(f, "two unlimited", np.arange(70 * 71, dtype="<i4").reshape(70, 71), (1, 1), (None, None))
    grow(f, "two unlimited packed", np.arange(60 * 60, dtype="<u2").reshape(60, 60), (1, 2), (None, None), fletcher32=True)
    low(f, "implicit", h5t.IEEE_F32LE, noise(3000), dcpl=plist((1,), alloc_time=(h5d.ALLOC_TIME_EARLY,)))
    few(f)


def few(f):
    """A few chunks of very many, so far out that blocks of an extensible array have pages."""
    for name, n, maximum in (("few of many", 200000, (None,)), ("few of many fixed", 20000, None)):
        d = f.create_dataset(name, (n,), ">i2", chunks=(1,), maxshape=maximum, fillvalue=-1)
        d[77], d[n // 2:n // 2 + 100], d[n - 1] = 1, 2, 3


@file("latest")
def indexes(f):
    """Every chunk index of the latest library that has more than one level."""
    low(f, "fixed, paged", h5t.STD_I16LE, np.arange(1100), dcpl=plist((1,)))
    low(f, "implicit", h5t.STD_I16LE, np.arange(1100), dcpl=plist((1,), alloc_time=(h5d.ALLOC_TIME_EARLY,)))
    grow(f, "extensible", np.arange(1000, dtype="<i2"), (2,), (None,))
    grow(f, "tree", np.arange(400, dtype="<i2").reshape(20, 20), (1, 1), (None, None))
    d = f.create_dataset("extensible, paged", (150000,), "i1", chunks=(1,), maxshape=(None,), fillvalue=-1)
    d[149990] = 5


@file()
def filters(f):
    kinds = {"f8": np.cumsum(noise(150)), "i2": (1000 * np.sin(np.arange(150) / 50)).astype("<i2"), "u1": np.arange(150, dtype="u1"),
             "be": np.arange(150, dtype=">i4"), "z": np.arange(100) * (1 + 2j), "random": np.frombuffer(np.random.default_rng(1).bytes(200), "u1")}
    sets = {"gzip %d" % n: {"compression": n} for n in (0, 1, 9)}
    sets |= {"shuffle": {"shuffle": True}, "fletcher32": {"fletcher32": True}, "lzf": {"compression": "lzf"}}
    sets |= {"shuffle gzip": {"shuffle": True, "compression": 4}, "shuffle lzf": {"shuffle": True, "compression": "lzf"},
             "all": {"shuffle": True, "compression": 4, "fletcher32": True}, "all lzf": {"shuffle": True, "compression": "lzf", "fletcher32": True}}
    for name, kw in sets.items():
        for kind, a in kinds.items():
            f.create_dataset("%s %s" % (name, kind), data=a, chunks=(60,), **kw)
    f.create_dataset("text", data=np.array([b"spike", b"rate", b""] * 100, "S7"), chunks=(64,), shuffle=True, compression=9)
    f.create_dataset("odd size", data=np.array([b"abc", b"de\1"] * 100, "V3"), chunks=(11,), shuffle=True, fletcher32=True)
    f.create_dataset("image", data=(np.outer(np.arange(60), np.arange(50)) % 251).astype("u1"), chunks=(16, 17), compression="lzf")
    p = plist((100,))
    p.set_fletcher32()
    p.set_deflate(5)
    p.set_shuffle()  # another order than h5py's
    low(f, "other order", h5t.IEEE_F64LE, np.cumsum(noise(500)), dcpl=p)
    low(f, "packed twice", h5t.IEEE_F64LE, np.zeros(500), dcpl=plist((100,), filter=(h5z.FILTER_DEFLATE, 0, (9,)), deflate=(1,)))


@file()
def masks(f):
    """Chunks that some or all filters were not applied to."""
    import zlib
    a = np.arange(12, dtype="<i4")
    d = f.create_dataset("skipped", (16,), "<i4", chunks=(4,), shuffle=True, compression=4)
    d.id.write_direct_chunk((0,), a[:4].tobytes(), 3)
    d.id.write_direct_chunk((4,), zlib.compress(a[4:8].tobytes()), 1)
    d[8:12] = a[8:12]
    p = plist((4,), filter=(32001, h5z.FLAG_OPTIONAL, (1, 2, 3)))  # Blosc, that is not there
    low(f, "optional, not there", h5t.STD_I32LE, a, dcpl=p)


@file("latest")
def edges(f):
    """Chunks at the edges that are not filtered."""
    a = np.arange(35 * 23, dtype="<i4").reshape(35, 23)
    for name, maximum in (("fixed", None), ("rows", (h5s.UNLIMITED, 23)), ("both", (h5s.UNLIMITED,) * 2), ("exact", None)):
        p = plist((5, 23) if name == "exact" else (8, 5), shuffle=(), deflate=(4,))
        c("Pset_chunk_opts", p, u(2))
        low(f, name, h5t.STD_I32LE, a, dcpl=p, maximum=maximum)
    p = plist((50, 50), deflate=(4,))
    c("Pset_chunk_opts", p, u(2))
    low(f, "single", h5t.STD_I32LE, a[:35], dcpl=plist((35, 23), deflate=(4,)))


@file()
def fills(f):
    for t in dict.fromkeys(number_types()):
        value = extremes(t)[-1]
        f.create_dataset("contiguous " + t.str, (3,), t, fillvalue=value)
        f.create_dataset("chunked " + t.str, (3, 4), t, chunks=(2, 2), fillvalue=value)[2, 3] = 1
    f.create_dataset("default", (4,), "<f8", chunks=(3,))
    f.create_dataset("text", (4,), "S5", chunks=(3,), fillvalue=np.bytes_("none"))[3] = b"some"
    pair = np.dtype([("a", "<i4"), ("b", "S3")])
    f.create_dataset("pair", (3,), pair, chunks=(2,), fillvalue=np.array((7, b"no"), pair))[0] = (1, b"yes")
    low(f, "bools", h5t.py_create(np.dtype("?"), logical=True), shape=(4,), dcpl=plist((3,), fill_value=(np.array(True),)))
    for name, when in (("never", h5d.FILL_TIME_NEVER), ("on allocation", h5d.FILL_TIME_ALLOC), ("if set", h5d.FILL_TIME_IFSET)):
        low(f, "written, " + name, h5t.IEEE_F64LE, noise(6), dcpl=plist((4,), fill_time=(when,), fill_value=(np.array(5.0),)))
        if when != h5d.FILL_TIME_NEVER:  # what such is read as is not defined
            low(f, "unwritten, " + name, h5t.IEEE_F64LE, shape=(6,), dcpl=plist((4,), fill_time=(when,), fill_value=(np.array(5.0),)))


@file()
def attributes(f):
    for n, name in ((5, "few"), (8, "eight"), (9, "nine"), (400, "hundreds")):
        g = f.create_group(name)
        d = f.create_dataset(name + " of a dataset", data=1)
        for i in range(n):
            g.attrs["a%d" % (i * 7919 % n)] = i
            d.attrs["attribute %d" % i] = "text %d" % i
    tracked = f.create_group("tracked", track_order=True)
    for i in (5, 3, 9, 1, *range(20, 40)):
        tracked.attrs["t%d" % i] = float(i)
    g = f.create_group("large")
    g.attrs["60 kB"] = np.arange(7500) // 100 / 8
    g.attrs["naïve τ"] = [1, 2]
    g.attrs[" "] = "a blank"
    g.attrs["n" * 300] = "a long name"
    if f.libver[0] != "earliest":
        g.attrs["400 kB"] = np.arange(50000) // 1000 / 8
    removed = f.create_group("removed")
    for i in range(60):
        removed.attrs["r%d" % i] = np.arange(i)
    for i in range(0, 60, 2):
        del removed.attrs["r%d" % i]
    for i in range(1, 60, 4):
        removed.attrs.modify("r%d" % i, np.arange(i) + 1)
        removed.attrs["r%d" % i] = "text now"


@file()
def groups(f):
    one = f.create_dataset("one", data=1)
    for n in (0, 1, 8, 9, 100):
        g = f.create_group("g%d" % n)
        for i in range(n):
            g["link %d" % (i * 7919 % n)] = one
    for n in (5, 50):
        g = f.create_group("ordered %d" % n, track_order=True)
        for i in range(n):
            g["link %d" % (i * 7 % n)] = one
    g = f
    for i in range(40):
        g = g.create_group("down")
    g = f.create_group("fewer")
    for i in range(100):
        g["l%d" % i] = one
    for i in range(5, 100):
        del g["l%d" % i]


@file()
def many_links(f):
    one = f.create_dataset("one", data=1)
    for n, ordered in ((4000, False), (1500, True)):
        g = f.create_group("g%d" % n, track_order=ordered)
        for i in range(n):
            g["link %d" % (i * 7919 % n)] = one
    fewer = f.create_group("fewer")
    for i in range(1000):
        fewer["l%d" % i] = one
    for i in range(0, 1000, 2):
        del fewer["l%d" % i]


@file()
def links(f):
    d = f.create_dataset("a/b/data", data=[1, 2, 3])
    f["hard"] = d
    f["a/b/up"] = f["a"]
    f["a/root"] = f["/"]
    f["soft"] = h5py.SoftLink("/a/b/data")
    f["a/relative"] = h5py.SoftLink("b/data")
    f["group"] = h5py.SoftLink("/a/b")
    f["through"] = h5py.SoftLink("/group/data")
    f["dangling"] = h5py.SoftLink("/nowhere/at all")
    f["circle 1"], f["circle 2"] = h5py.SoftLink("/circle 2"), h5py.SoftLink("/circle 1")
    f["itself"] = h5py.SoftLink("itself")
    f["dot"] = h5py.SoftLink("./a/./b")
    f["external"] = h5py.ExternalLink("other.h5", "/there")
    f.create_group("naïve τ 𝒙")["inside"] = 1
    f.create_group("n" * 400)["inside"] = 2
    g = f.create_group("mixed")
    for i in range(60):
        g["s%d" % i] = h5py.SoftLink("/a/b/data") if i % 2 else h5py.SoftLink("../nowhere")
    g["external"] = h5py.ExternalLink("other.h5", "/there")


@file()
def unreadable(f):
    """What is named, with the datasets beside it read."""
    f["fine"] = noise(4)
    f.create_dataset("scaleoffset", data=np.arange(100), chunks=(10,), scaleoffset=0)
    if h5z.filter_avail(h5z.FILTER_SZIP):
        f.create_dataset("szip", data=np.arange(1000), chunks=(100,), compression="szip")
    p = plist((10,))
    c("Pset_nbit", p)
    t = h5t.STD_I32LE.copy()
    t.set_precision(17)
    low(f, "nbit", t, np.arange(100), dcpl=p)
    if f.libver[0] == "latest":
        layout = h5py.VirtualLayout((4,), "<f8")
        layout[:] = h5py.VirtualSource("other.h5", "fine", (4,))
        f.create_virtual_dataset("virtual", layout)
    f.create_dataset("external", (4,), "<f8", external=[("other.raw", 0, 32)])
    h5d.create(f.id, b"time", h5t.UNIX_D32LE, h5s.create_simple((2,)))
    f.create_dataset("fine too", data=noise(40), chunks=(7,), compression=1)


@file()
def odd_types(f):
    """Types that no language has: read, or named."""
    for name, size, precision, offset, order in (("17 bits", 4, 17, 3, h5t.ORDER_LE), ("3 bytes", 3, 24, 0, h5t.ORDER_LE), ("5 bytes", 5, 40, 0, h5t.ORDER_BE)):
        t = h5t.STD_I32LE.copy()
        t.set_size(size)
        t.set_precision(precision)
        t.set_offset(offset)
        t.set_order(order)
        low(f, name, t, np.arange(-3, 4))
    t = h5t.IEEE_F32LE.copy()  # bfloat16
    t.set_fields(15, 7, 8, 0, 7)
    t.set_precision(16)
    t.set_size(2)
    t.set_ebias(127)
    low(f, "bfloat16", t, np.array([1.5, -2, 0, np.inf]))
    f["long double"] = np.array([1.5, -2.25, 0], np.longdouble)


@file()
def headers(f):
    """Headers that were continued again and again."""
    d = f.create_dataset("d", data=np.arange(10), track_times=True)
    for i in range(7):
        d.attrs["a%d" % i] = "x" * 30 * i
        f.create_group("g%d" % i)
    for k in range(6):
        for i in range(7):
            d.attrs["a%d" % i] = np.arange(10 * k + i)
    g = f.create_group("g")
    for i in range(7):
        g.attrs["small %d" % i] = i
    for i in range(7):
        g.attrs["small %d" % i] = np.arange(500) // 100
    c("Oset_comment", d.id, b"a comment")
    c("Oset_comment", g.id, b"another")
    kept = h5p.create(h5p.DATASET_CREATE)
    kept.set_obj_track_times(True)
    kept.set_attr_phase_change(300, 200)  # compact, in continuation after continuation
    space = h5s.create_simple((3,))
    many = h5py.Dataset(h5d.create(f.id, b"many", h5t.STD_I32LE, space, kept))
    for i in range(250):
        many.attrs["compact %d" % i] = i


@file(shared_mesg_nindexes=(u(2),), shared_mesg_index=(u(0), u(0x1f), u(20)), shared_mesg_phase_change=(u(20), u(10)))
def shared(f):
    """Messages that many objects share."""
    t = np.dtype([("at", "<f8"), ("name", "S10"), ("z", "<c16")])
    for i in range(40):
        d = f.create_dataset("d%d" % i, (20, 3), t if i % 2 else "<f8", chunks=(5, 3), compression=4, fillvalue=None if i % 2 else -1.5)
        d.attrs["about"] = "the same long text in every one of the datasets of this file"
        d.attrs["this"] = "a text of dataset %d alone, long enough to be shared" % i
        if i % 3:
            d[7] = np.array((i, b"name", 1j), t) if i % 2 else i


@file(set_userblock=(512,))
def userblock_512(f):
    links(f)
    f.create_dataset("chunked", data=noise(100), chunks=(9,), compression=2)
    f.create_dataset("text", data=["one", "two"], dtype=h5py.string_dtype())
    f.create_dataset("ref", data=[f.ref, f["a/b"].ref], dtype=h5py.ref_dtype)


@file("earliest", "latest", set_userblock=(1024,))
def userblock_1024(f):
    userblock_512(f)


@file("v108", "latest", set_userblock=(65536,))
def userblock_65536(f):
    userblock_512(f)


def mixture(f):
    f.create_dataset("chunked", data=noise(1000), chunks=(9,), compression=2)
    grow(f, "grown", np.arange(400).reshape(20, 20), (3, 3), (None, None))
    f.create_dataset("text", data=["one", "two"], dtype=h5py.string_dtype())
    g = f.create_group("g")
    for i in range(100):
        g["l%d" % i] = f["text"]
        g.attrs["a%d" % i] = i
    f.create_dataset("ref", data=[f.ref, g.ref], dtype=h5py.ref_dtype)


@file(set_sizes=(4, 4))
def sizes_4(f):
    mixture(f)


@file(set_sizes=(4, 8))
def sizes_4_8(f):
    mixture(f)


@file("earliest", set_sizes=(2, 2))
def sizes_2(f):
    f["x"] = noise(5)
    f.create_dataset("text", data=["one", "two"], dtype=h5py.string_dtype())


@file("earliest", "v108", sym_k=(u(2), u(2)), istore_k=(u(3),))
def slim_trees(f):
    mixture(f)
    f.create_dataset("many", data=noise(700), chunks=(1,))


@file(file_space_strategy=(ctypes.c_int(1), ctypes.c_bool(True), ctypes.c_ulonglong(1)), file_space_page_size=(ctypes.c_ulonglong(4096),))
def paged(f):
    mixture(f)


@file("latest")
def swmr(f):
    d = f.create_dataset("x", (0,), "<f8", maxshape=(None,), chunks=(10,))
    f.swmr_mode = True
    for i in range(50):
        d.resize((13 * (i + 1),))
        d[13 * i:] = noise(13, i)
        d.flush()


@file()
def resized(f):
    """Datasets that shrank and grew again, and what was deleted."""
    d = f.create_dataset("shrunk", data=np.arange(400).reshape(20, 20), chunks=(3, 3), maxshape=(None, None), fillvalue=-1)
    d.resize((7, 5))
    d = f.create_dataset("grown again", data=np.arange(400).reshape(20, 20), chunks=(3, 3), maxshape=(None, None), fillvalue=-1, compression=1)
    d.resize((7, 5))
    d.resize((25, 22))
    d = f.create_dataset("row", data=np.arange(3000), chunks=(2,), maxshape=(None,), fillvalue=-1)
    d.resize((40,))
    d.resize((4000,))
    f["gone"] = noise(1000)
    del f["gone"]
    f["instead"] = np.arange(500)


@file()
def scales(f):
    d = f.create_dataset("image", data=np.arange(12).reshape(3, 4))
    for i, n in enumerate("yx"):
        f[n] = np.arange(3 + i) / 10
        f[n].make_scale(n + " in seconds")
        d.dims[i].attach_scale(f[n])
        d.dims[i].label = n


def main(folder):
    os.chdir(folder)  # names of external files are kept as they are given
    for name, bounds, fill, creation in FILES:
        f = create("%s-%s.h5" % (name, bounds), BOUNDS[bounds], creation)
        try:
            fill(f)
        except Exception as e:
            raise RuntimeError("%s, %s" % (name, bounds)) from e
        f.close()


def select():
    """Packs a file of each kind with its truth."""
    import truth
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile("selection.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as z:
        here = os.getcwd()
        main(folder)
        os.chdir(here)
        for name in SELECTION:
            path = os.path.join(folder, name + ".h5")
            for entry, content in ((name + ".h5", open(path, "rb").read()), (name + ".h5.json", truth.encoded(path))):
                z.writestr(zipfile.ZipInfo(entry), content, zipfile.ZIP_DEFLATED, 9)


SELECTION = """
    empty-earliest numbers-earliest strings-latest compounds-v108 complexes-latest references-latest enums-earliest sequences-latest
    arrays-earliest raw-latest committed-v108 spaces-latest layouts-latest chunks-earliest chunks-latest indexes-latest masks-latest
    edges-latest fills-earliest links-earliest links-latest unreadable-latest odd_types-latest shared-latest
    userblock_512-latest sizes_2-earliest resized-latest scales-v108 groups-earliest groups-latest
    filters-latest
""".split()
LIB = library()
if __name__ == "__main__":
    if sys.argv[1] == "--selection":
        select()
    else:
        main(sys.argv[1])
