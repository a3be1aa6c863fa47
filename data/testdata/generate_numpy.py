"""Writes testdata/numpy/plain.npz, packed.npz and cube.npy (made with NumPy 1.24.2)."""
import numpy as np

arrays = {
    "matrix": np.array([[1, 2.5, -3], [4, 5, 6]]),
    "fortran": np.asfortranarray([[1, 2.5, -3], [4, 5, 6]]),
    "cube": np.arange(24.0).reshape(2, 3, 4),
    "h0": np.arange(3.0).reshape(1, 1, 3),
    "vector": np.array([1.5, -2]),
    "number": np.array(0.25),
    "none": np.zeros((0, 3)),
    "big_endian": np.array([[1, 2], [3, 4]], ">i4"),
    "complexm": np.array([[1 + 2j, 3 - 4j]]),
    "flag": np.array([True, False]),
    "i8": np.array([-128, 127], np.int8),
    "u64": np.array([0, 2**64 - 1], np.uint64),
    "f32": np.array([1.5, -0.25], np.float32),
    "f16": np.array([1.5], np.float16),
    "text": np.array("naïve Ĵ τ 𝒙"),
    "bytes": np.array(b"rates"),
    "names": np.array(["one", "three"]),
    "rnn.weight_hh_l0": np.array([[1, 2], [3, 4]], np.float32),
    "objects": np.array([{"a": 1}], object),
    "records": np.array([(1, 2.0)], [("a", "i4"), ("b", "f8")]),
}
np.savez("numpy/plain.npz", **arrays)
np.savez_compressed("numpy/packed.npz", **arrays)
np.save("numpy/cube.npy", arrays["cube"])
