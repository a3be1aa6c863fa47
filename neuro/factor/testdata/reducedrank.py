"""Reduced-rank regression in NumPy, to compare factor.ReducedRank with.

    python3 reducedrank.py > reducedrank.json
    python3 reducedrank.py SEED SAMPLES UNITS SIGNALS

prints problems with their answers. The regression is solved by least squares with the
penalty as further rows; then what it fits is cut by singular values.
"""
import json
import sys

import numpy as np


def solve(x, y, rank, ridge):
    mx, my = x.mean(0), y.mean(0)
    n = x.shape[1]
    penalty = ridge * (x - mx).var(0).mean() * len(x)
    xs = np.vstack([x - mx, np.sqrt(penalty) * np.eye(n)])
    ys = np.vstack([y - my, np.zeros((n, y.shape[1]))])
    full = np.linalg.lstsq(xs, ys, rcond=None)[0]
    _, s, vt = np.linalg.svd(xs @ full, full_matrices=False)
    w = full @ vt[:rank].T @ vt[:rank]
    most = min(full.shape)
    return {"weights": w.tolist(), "predicted": ((x - mx) @ w + my).tolist(),
            "explained": (np.cumsum(s[:most] ** 2) / (s ** 2).sum()).tolist()}


seed, t, n, m = [int(a) for a in sys.argv[1:]] or [1, 40, 6, 4]
rng = np.random.default_rng(seed)
latent = rng.normal(size=(t, 2)).cumsum(0)
x = np.round(latent @ rng.normal(size=(2, n)) + 3 * rng.normal(size=(t, n)) + 5, 3)
y = np.round(latent @ rng.normal(size=(2, m)) + rng.normal(size=(t, m)), 3)
print(json.dumps({"x": x.tolist(), "y": y.tolist(), "answers": [
    {"rank": rank, "ridge": ridge, **solve(x, y, rank, ridge)} for rank, ridge in [(1, 0), (2, 0.01), (min(n, m), 0), (3, 1)]]}))
