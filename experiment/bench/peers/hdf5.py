"""A dataset of float64 in an HDF5 file, read as a whole by h5py.

The script writes the file, which both sides then read.
"""
import hashlib
import time

import pair
import h5py
import numpy as np


def write(path, numbers, packed):
    """Writes what an amplifier gives: 16-bit numbers times a step, in volts."""
    rng, block = np.random.default_rng(1), 1 << 20
    # Recordings are packed like this by default: gzip 4 behind shuffle.
    how = {"chunks": (1 << 16,), "compression": "gzip", "compression_opts": 4, "shuffle": True} if packed else {}
    with h5py.File(path, "w") as file:
        data = file.create_dataset("data", (numbers,), "<f8", **how)
        for at in range(0, numbers, block):
            n = min(block, numbers - at)
            data[at:at + n] = np.rint(rng.normal(0, 300, n)) * 1.95e-7


def read(path):
    with h5py.File(path, "r") as file:
        return file["data"][()]


def prepare(params):
    path, numbers = params["path"], params["numbers"]
    write(path, numbers, params["packed"])
    # A number that both sides agree on, in the 53 bits that JSON has for it.
    info = {"bits": float(np.bitwise_xor.reduce(read(path).view("<u8")) >> np.uint64(11))}

    def run():
        start = time.perf_counter()
        data = read(path)
        return {"seconds": time.perf_counter() - start, "units": data.nbytes / 1e6}

    return "h5py %s, HDF5 %s" % (h5py.__version__, h5py.version.hdf5_version), info, run


def check(params):
    write(params["path"], params["numbers"], params["packed"])
    return {"SHA256": hashlib.sha256(read(params["path"]).tobytes()).hexdigest()}


if __name__ == "__main__":
    pair.serve(prepare, check)
