"""Writes numpy/headers.json: .npy files with headers that no NumPy writes
itself, and what numpy.load makes of each: shape and values in MATLAB's order,
or that it refuses."""
import io
import json
import struct

import numpy as np

F8 = np.array([[1.0, 2.5, -3.0], [4.0, 5.0, 6.0]])
BODY = F8.tobytes()
GOOD = "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }"

files = {}


def add(name, header, body=BODY, version=(1, 0), end="\n"):
    text = (header + end).encode("utf8" if version == (3, 0) else "latin1")
    length = struct.pack("<H" if version[0] == 1 else "<I", len(text))
    files[name] = b"\x93NUMPY" + bytes(version) + length + text + body


add("as NumPy writes it", GOOD)
add("shape first", "{'shape': (2, 3), 'descr': '<f8', 'fortran_order': False, }")
add("order first", "{'fortran_order': False, 'shape': (2, 3), 'descr': '<f8'}")
add("no final comma", "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3)}")
add("no blanks", "{'descr':'<f8','fortran_order':False,'shape':(2,3)}")
add("many blanks", "  { 'descr' : '<f8' ,\n\t'fortran_order' : False , 'shape' : ( 2 , 3 , ) , }  ")
add("double quotes", '{"descr": "<f8", "fortran_order": False, "shape": (2, 3), }')
add("mixed quotes", "{\"descr\": '<f8', 'fortran_order': False, \"shape\": (2, 3)}")
add("texts of Python 2", "{u'descr': u'<f8', u'fortran_order': False, u'shape': (2, 3)}")
add("long integers", "{'descr': '<f8', 'fortran_order': False, 'shape': (2L, 3L), }")
add("long integer", "{'descr': '<f8', 'fortran_order': False, 'shape': (6L,), }")
add("no end of line", GOOD, end="")
add("version 2", GOOD, version=(2, 0))
add("version 3", GOOD, version=(3, 0))
add("version 4", GOOD, version=(4, 0))
add("version 1.1", GOOD, version=(1, 1))
add("by columns", "{'descr': '<f8', 'fortran_order': True, 'shape': (2, 3), }", F8.T.tobytes())
add("big endian", "{'descr': '>f8', 'fortran_order': False, 'shape': (2, 3), }", F8.astype(">f8").tobytes())
add("native", "{'descr': '=f8', 'fortran_order': False, 'shape': (2, 3), }")
add("no order of bytes", "{'descr': 'f8', 'fortran_order': False, 'shape': (2, 3), }")
add("named float64", "{'descr': 'float64', 'fortran_order': False, 'shape': (2, 3), }")
add("named d", "{'descr': '<d', 'fortran_order': False, 'shape': (2, 3), }")
add("one number", "{'descr': '<f8', 'fortran_order': False, 'shape': (), }", BODY[:8])
add("vector", "{'descr': '<f8', 'fortran_order': False, 'shape': (6,), }")
add("three dimensions", "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 2, 3), }")
add("nothing", "{'descr': '<f8', 'fortran_order': False, 'shape': (0, 3), }", b"")
for kind in ("b1", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f2", "f4", "f8"):
    values = [0, 1, 1, 0] if kind == "b1" else [0, 1, 100, 27]
    if kind[0] == "f":
        values = [0.5, -2.25, np.inf, 6e-8]
    for order in "<>":
        descr = np.dtype(order + kind).str
        add(f"{order}{kind}", f"{{'descr': '{descr}', 'fortran_order': False, 'shape': (4,), }}",
            np.array(values, dtype=descr).tobytes())

add("no tuple", "{'descr': '<f8', 'fortran_order': False, 'shape': (6), }")
add("a list", "{'descr': '<f8', 'fortran_order': False, 'shape': [2, 3], }")
add("negative", "{'descr': '<f8', 'fortran_order': False, 'shape': (-2, -3), }")
add("a fraction", "{'descr': '<f8', 'fortran_order': False, 'shape': (2.0, 3), }")
add("order as a number", "{'descr': '<f8', 'fortran_order': 0, 'shape': (2, 3), }")
add("order as a text", "{'descr': '<f8', 'fortran_order': 'False', 'shape': (2, 3), }")
add("another key", "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), 'units': 'mV'}")
add("no shape", "{'descr': '<f8', 'fortran_order': False, }")
add("no descr", "{'fortran_order': False, 'shape': (2, 3), }")
add("not closed", "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), ")
add("more after it", GOOD + " 7")
add("no dictionary", "('<f8', False, (2, 3))")
add("empty", "{}")
add("no commas", "{'descr': '<f8' 'fortran_order': False 'shape': (2, 3)}")
add("unknown type", "{'descr': '<q9', 'fortran_order': False, 'shape': (2, 3), }")
add("no type", "{'descr': '', 'fortran_order': False, 'shape': (2, 3), }")
add("objects", "{'descr': '|O', 'fortran_order': False, 'shape': (2, 3), }")
add("cut", GOOD, BODY[:-1])
add("beyond all memory", "{'descr': '<f8', 'fortran_order': False, 'shape': (4611686018427387904, 4), }")

out = []
for name, raw in files.items():
    entry = {"name": name, "file": raw.hex()}
    try:
        a = np.load(io.BytesIO(raw))
        entry["shape"] = list(a.shape)
        entry["values"] = [repr(float(v)) for v in a.flatten(order="F")]
    except Exception as e:  # NumPy's own are of several kinds
        entry["refused"] = type(e).__name__
    out.append(entry)
with open("numpy/headers.json", "w") as f:
    json.dump(out, f, indent=1)
    f.write("\n")
