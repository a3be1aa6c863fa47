"""Writes testdata/scipy/plain.mat, packed.mat and v4.mat (made with SciPy 1.10.1)."""
import numpy as np
import scipy.io
import scipy.sparse

variables = {
    "matrix": np.array([[1, 2.5, -3], [4, 5, 6]]),
    "cube": np.arange(1, 25).reshape(2, 3, 4, order="F") / 8,
    "complexm": np.array([[1 + 2j, 3 - 4j], [-5, 6j]]),
    "flag": np.array([[True, False, True]]),
    "text": "rates to spikes",
    "accents": "naïve Ĵ τ 𝒙",  # counted in code points, one beyond 16 bits
    "rows": np.array(["one  ", "three"]),
    "novec": np.zeros((0, 3)),
    "i8": np.array([[-128, 0, 127]], np.int8),
    "u8": np.array([[0, 128, 255]], np.uint8),
    "i16": np.array([[-32768, 32767]], np.int16),
    "u16": np.array([[0, 65535]], np.uint16),
    "i32": np.array([[-2147483648, 2147483647]], np.int32),
    "u32": np.array([[0, 4294967295]], np.uint32),
    "i64": np.array([[-2**63, -1, 2**63 - 1]], np.int64),
    "u64": np.array([[0, 2**64 - 1]], np.uint64),
    "f32": np.array([[1.5, -0.25, 3e38]], np.float32),
    "odd": np.array([[np.nan, np.inf, -np.inf, -0.0]]),
    "sp": scipy.sparse.csc_matrix(([10, -20, 30.5], ([0, 2, 2], [0, 1, 3])), shape=(3, 5)),
    "spc": scipy.sparse.csc_matrix(([1 + 1j, 2 - 3j], ([1, 0], [0, 2])), shape=(2, 3)),
    "session": {"animal": "B", "emg": np.arange(1.0, 7).reshape(3, 2, order="F"), "nested": {"deep": np.array([1.0, "two"], object)}},
    "trial": np.array([[(0.5, "a"), (1.5, "b"), (2.5, "c")]], dtype=[("start", object), ("name", object)]),
    "cells": np.array([[1.0, "text"], [np.int8(5), np.zeros((0, 0))]], object),
}

if __name__ == "__main__":
    for name, packed in (("plain", False), ("packed", True)):
        path = f"scipy/{name}.mat"
        scipy.io.savemat(path, variables, do_compression=packed, oned_as="row")
        with open(path, "r+b") as f:  # a header without platform and date
            f.write(b"MATLAB 5.0 MAT-file, written by SciPy".ljust(116))

    kept = ("matrix", "complexm", "text", "rows", "i16", "f32", "sp", "spc")  # what version 4 has
    scipy.io.savemat("scipy/v4.mat", {k: variables[k] for k in kept}, format="4", oned_as="row")
