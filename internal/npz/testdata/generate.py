"""Writes archives of one array, x = 0, 1, 2, in all ways that Python's zipfile
has (made with Python 3.11 and NumPy 1.24.2): python3 generate.py, in this folder."""
import io
import zipfile

import numpy as np


class Pipe(io.RawIOBase):
    """Pipe takes bytes and cannot go back, so sizes stand behind the entry."""

    def __init__(self):
        self.content = bytearray()

    def writable(self):
        return True

    def seekable(self):
        return False

    def write(self, b):
        self.content += b
        return len(b)


array = io.BytesIO()
np.save(array, np.arange(3.0))
array = array.getvalue()


def keep(name, content):
    with open(name + ".npz", "wb") as f:
        f.write(content)


for name, wide in ("piped", False), ("piped_wide", True):
    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as z:
        with z.open("x.npy", "w", force_zip64=wide) as f:
            f.write(array)
    keep(name, pipe.content)

np.savez("savez.npz", x=np.arange(3.0))
np.savez_compressed("compressed.npz", x=np.arange(3.0))

b = io.BytesIO()
with zipfile.ZipFile(b, "w") as z:
    z.writestr("x.npy", array)
    z.comment = b"by hand"
keep("comment", b.getvalue())

zipfile.ZIP64_LIMIT, zipfile.ZIP_FILECOUNT_LIMIT = 10, 0  # as if it were huge
b = io.BytesIO()
with zipfile.ZipFile(b, "w") as z:
    z.writestr("x.npy", array)
keep("wide", b.getvalue())
