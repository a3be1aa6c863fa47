"""Writes testdata/h5py/plain.h5: an HDF5 file that is none of MATLAB's (made with h5py 3.7.0)."""
import h5py
import numpy as np

with h5py.File("h5py/plain.h5", "w") as f:
    f["matrix"] = np.array([[1, 2.5, -3], [4, 5, 6]])
    f["cube"] = np.arange(24, dtype=">i2").reshape(2, 3, 4)
    f["vector"] = np.array([2**63 - 1, -(2**63)])
    f["number"] = np.uint8(200)
    f["half"] = np.array([[1.5, np.inf], [-0.0, 2.0**-24]], np.float16)
    f["flags"] = np.array([[True, False], [True, True]])
    f["complex"] = np.array([[1 + 2j, 3 - 4j], [5, 6j]], np.complex64)
    f["text"] = "naïve µV"
    f["fixed"] = np.array([b"left", b"right"])
    f["texts"] = np.array([["a", "b", "c"], ["d", "e", "f"]], h5py.string_dtype())
    f["none"] = np.zeros((0, 3))
    f["null"] = h5py.Empty("f4")
    f["single"] = np.array([[[1.5, 2.5]]], np.float32)
    f["record"] = np.array([(1, 2.0)], [("a", "i4"), ("b", "f8")])
    f["refs"] = np.array([f["text"].ref], h5py.ref_dtype)
    f.create_dataset("lists", (1,), h5py.vlen_dtype(np.int32))[0] = [1, 2]
