"""The multiply-add peak of one core: OpenBLAS's dgemm on square matrices."""
import time

import pair
import numpy as np


def prepare(params):
    n = params["size"]
    a, b, out = (np.random.default_rng(i).random((n, n)) for i in range(3))
    np.matmul(a, b, out=out)

    def run():
        start = time.perf_counter()
        np.matmul(a, b, out=out)
        return {"seconds": time.perf_counter() - start, "units": 2.0 * n**3}

    return pair.numpy_name(), {}, run


if __name__ == "__main__":
    pair.serve(prepare)
