"""What h5py reads from HDF5 files, for the tests of the reader in Go.

    python3 truth.py FOLDER FILE...

writes FOLDER/NAME.json.gz for each file: every object by its address, every
link, attribute, class, shape and element. A value has the shape of its type:

    i, u, f   integers and floats, 8 bytes each, little-endian, base64
    b         bytes as stored (opaque), base64
    s         strings; each character stands for one byte
    m         the members of a compound
    a         the elements of an array type, all in one
    l         the elements of each variable-length sequence
    r         addresses of the objects that references point to, null of none
    same      the address of a dataset of the same elements

and "stored" is how the SHA-256 of all elements begins, as they are in the file.
"""
import base64
import gzip
import hashlib
import json
import os
import sys

import h5py
import numpy as np
from h5py import h5a, h5d, h5o, h5p, h5r, h5s, h5t

ORDERS = {h5t.ORDER_LE: "little", h5t.ORDER_BE: "big", h5t.ORDER_NONE: "none", h5t.ORDER_VAX: "vax"}
CLASSES = {
    h5t.INTEGER: "integer", h5t.FLOAT: "float", h5t.TIME: "time", h5t.STRING: "string", h5t.BITFIELD: "bitfield",
    h5t.OPAQUE: "opaque", h5t.COMPOUND: "compound", h5t.REFERENCE: "reference", h5t.ENUM: "enum", h5t.VLEN: "vlen", h5t.ARRAY: "array",
}
LAYOUTS = {h5d.COMPACT: "compact", h5d.CONTIGUOUS: "contiguous", h5d.CHUNKED: "chunked", 3: "virtual"}
UNREADABLE = {4: "szip", 5: "nbit", 6: "scaleoffset"}


def latin(b):
    return b.decode("latin-1")


def describe(t):
    """The type as the file has it."""
    c = t.get_class()
    d = {"class": CLASSES[c], "size": t.get_size()}
    if c in (h5t.INTEGER, h5t.FLOAT):
        d["order"] = ORDERS[t.get_order()]
    if c == h5t.INTEGER:
        d["signed"] = t.get_sign() == h5t.SGN_2
    if c in (h5t.INTEGER, h5t.FLOAT) and (t.get_precision() != 8 * t.get_size() or t.get_offset() != 0):
        d["precision"], d["bitoffset"] = t.get_precision(), t.get_offset()
    if c == h5t.STRING:
        d["variable"] = t.is_variable_str()
        d["utf8"] = t.get_cset() == h5t.CSET_UTF8
        d["pad"] = t.get_strpad()
    if c == h5t.COMPOUND:
        d["members"] = [{"name": latin(t.get_member_name(i)), "offset": t.get_member_offset(i), "type": describe(t.get_member_type(i))}
                        for i in range(t.get_nmembers())]
    if c == h5t.ENUM:
        d["enum"] = [{"name": latin(t.get_member_name(i)), "value": int(t.get_member_value(i))} for i in range(t.get_nmembers())]
    if c in (h5t.ENUM, h5t.VLEN, h5t.ARRAY):
        d["base"] = describe(t.get_super())
    if c == h5t.ARRAY:
        d["dims"] = list(t.get_array_dims())
    if c == h5t.OPAQUE:
        d["tag"] = latin(t.get_tag())
    return d


def b64(a):
    return base64.b64encode(np.ascontiguousarray(a).tobytes()).decode()


def value(t, flat, file):
    """The elements of a flat array that has been read from a type t."""
    c = t.get_class()
    if c == h5t.INTEGER:
        return {"i": b64(flat.astype("<i8"))} if t.get_sign() == h5t.SGN_2 else {"u": b64(flat.astype("<u8"))}
    if c == h5t.BITFIELD:
        return {"u": b64(flat.astype("<u8"))}
    if c == h5t.ENUM:
        return value(t.get_super(), flat.astype("i1") if flat.dtype == bool else flat, file)
    if c == h5t.FLOAT:
        with np.errstate(all="ignore"):
            return {"f": b64(flat.astype("<f8"))}
    if c == h5t.STRING:
        return {"s": [latin(x if isinstance(x, bytes) else x.encode() if isinstance(x, str) else b"") for x in flat]}
    if c == h5t.OPAQUE:
        return {"b": b64(flat)}
    if c == h5t.COMPOUND:
        if flat.dtype.kind == "c":
            parts = [flat.real, flat.imag]
        else:
            parts = [flat[n] for n in flat.dtype.names]
        return {"m": [value(t.get_member_type(i), np.asarray(p).reshape(-1), file) for i, p in enumerate(parts)]}
    if c == h5t.ARRAY:
        return {"a": value(t.get_super(), flat, file)}
    if c == h5t.VLEN:
        base = t.get_super()
        out = []
        for x in flat:
            x = np.asarray(x) if x is not None and not (isinstance(x, int) and x == 0) else np.zeros(0, base.dtype)
            if base.get_class() in (h5t.INTEGER, h5t.FLOAT):
                x = x.view(base.dtype)  # h5py leaves the file's order, and calls it this machine's
            out.append(value(base, x.reshape(-1), file))
        return {"l": out}
    if c == h5t.REFERENCE:
        if t.equal(h5t.STD_REF_DSETREG):
            return {"region": len(flat)}
        return {"r": [address(h5r.dereference(r, file.id)) if r else None for r in flat]}
    raise ValueError("class %d" % c)


def address(oid):
    return str(h5o.get_info(oid).addr)


def special(t):
    """Tells whether NumPy has no type for t, and HDF5 must convert it."""
    c = t.get_class()
    return c == h5t.INTEGER and t.get_size() not in (1, 2, 4, 8) or c == h5t.FLOAT and (
        t.get_precision() != 8 * t.get_size() or (t.get_size(), t.get_ebias()) not in ((2, 15), (4, 127), (8, 1023)))


def read(oid, file, refuses=None):
    """Type, lengths and elements of a dataset or an attribute, or the word for what is not read."""
    t, space = oid.get_type(), oid.get_space()
    out = {"type": describe(t)}
    kind = space.get_simple_extent_type()
    if kind == h5s.NULL:
        return out | {"dims": None}
    shape = space.get_simple_extent_dims()
    out["dims"] = list(shape)
    if kind == h5s.SIMPLE and isinstance(oid, h5d.DatasetID):
        out["max"] = [-1 if m == h5s.UNLIMITED else m for m in space.get_simple_extent_dims(True)]
    if t.get_class() == h5t.TIME:
        refuses = "time"
    if refuses:
        return out | {"refuses": refuses}
    if special(t):
        memory = h5t.NATIVE_INT64 if t.get_class() == h5t.INTEGER and t.get_sign() else h5t.NATIVE_UINT64
        memory = h5t.NATIVE_DOUBLE if t.get_class() == h5t.FLOAT else memory
        dtype = memory.dtype
        out["may_refuse"] = True
    else:
        dtype, memory = t.dtype, h5t.py_create(t.dtype)
    extra = ()
    if dtype.subdtype is not None:
        dtype, extra = dtype.subdtype
    a = np.zeros(shape + extra, dtype=dtype)
    if a.size:
        oid.read(h5s.ALL, h5s.ALL, a, memory) if isinstance(oid, h5d.DatasetID) else oid.read(a, memory)
    out["value"] = value(t, a.reshape(-1), file)
    if plain(t) and not special(t) and t.get_class() != h5t.COMPOUND:
        out["stored"] = hashlib.sha256(np.ascontiguousarray(a).tobytes()).hexdigest()[:16]
    return out


def plain(t):
    """Tells whether NumPy holds the elements of a type as the file does."""
    c = t.get_class()
    if c in (h5t.ARRAY, h5t.ENUM):
        return plain(t.get_super())
    return c in (h5t.INTEGER, h5t.FLOAT) and t.get_precision() == 8 * t.get_size() or c == h5t.OPAQUE


def attributes(oid, file):
    out = {}
    for i in range(h5a.get_num_attrs(oid)):
        a = h5a.open(oid, index=i)
        out[latin(a.name)] = read(a, file)
    return out


def dataset(oid, file):
    p = oid.get_create_plist()
    out = {"layout": LAYOUTS[p.get_layout()], "filters": [p.get_filter(i)[0] for i in range(p.get_nfilters())]}
    if out["layout"] == "chunked":
        out["chunks"] = list(p.get_chunk())
    words = [UNREADABLE[f] for f in out["filters"] if f in UNREADABLE] if oid.get_storage_size() else []
    if out["layout"] == "virtual":
        words.append("virtual")
    if p.get_layout() == h5d.CONTIGUOUS and p.get_external_count():
        words.append("external")
    return out | read(oid, file, words[0] if words else None)


def links(gid, file, pending):
    """The links of a group, in the order of their creation where it is kept."""
    names = []
    tracked = gid.get_create_plist().get_link_creation_order() if not isinstance(gid, h5py.h5f.FileID) else 0
    order = h5py.h5.INDEX_CRT_ORDER if tracked & h5p.CRT_ORDER_TRACKED else h5py.h5.INDEX_NAME
    gid.links.iterate(names.append, idx_type=order)
    out = []
    for name in names:
        info = gid.links.get_info(name)
        link = {"name": latin(name)}
        if info.type == h5py.h5l.TYPE_HARD:
            oid = h5o.open(gid, name)
            link |= {"kind": "hard", "to": address(oid)}
            pending.append(oid)
        elif info.type == h5py.h5l.TYPE_SOFT:
            link |= {"kind": "soft", "to": None, "target": latin(gid.links.get_val(name))}
            try:
                link["to"] = address(h5o.open(gid, name))
            except Exception:  # it dangles, or leads in a circle
                pass
        else:
            link |= {"kind": "external"}
        out.append(link)
    return out


def truth(path):
    with h5py.File(path, "r") as file:
        root = h5o.open(file.id, b"/")
        out = {"file": os.path.basename(path), "userblock": file.userblock_size, "root": address(root), "objects": {}}
        pending, seen = [root], {}
        while pending:
            oid = pending.pop()
            key = address(oid)
            if key in out["objects"]:
                continue
            o = out["objects"][key] = {"attributes": attributes(oid, file)}
            if isinstance(oid, h5d.DatasetID):
                o |= {"kind": "dataset"} | dataset(oid, file)
                first = seen.setdefault(json.dumps(o.get("value")), key)
                if first != key and "value" in o:
                    o["value"] = {"same": first}
            elif isinstance(oid, h5t.TypeID):
                o |= {"kind": "type", "type": describe(oid)}
            else:
                o |= {"kind": "group", "links": links(oid, file, pending)}
        return out


def encoded(path):
    return json.dumps(truth(path), separators=(",", ":")).encode()


def write(path, folder):
    name = os.path.join(folder, os.path.basename(path) + ".json.gz")
    with open(name, "wb") as f:
        f.write(gzip.compress(encoded(path), mtime=0))


if __name__ == "__main__":
    for file in sys.argv[2:]:
        write(file, sys.argv[1])
