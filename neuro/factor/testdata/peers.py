"""Components, angles and rotations in NumPy and SciPy: prints problems with answers.

Usage: python3 peers.py SEED. Components are singular vectors of the activity, angles
SciPy's, and rotations a least-squares fit of the free entries of a skew-symmetric
matrix, one column each.
"""
import json
import sys

import numpy as np
from scipy.linalg import subspace_angles

rng = np.random.default_rng(int(sys.argv[1]))


def components(x):
    return np.linalg.svd(x, full_matrices=False)[1:]


def rotations(conditions, k, dt):
    x = np.concatenate(conditions)
    mean = x.mean(0)
    v = components(x - mean)[1][:k].T
    low = [(a - mean) @ v for a in conditions]
    states = np.concatenate([(a[1:] + a[:-1]) / 2 for a in low])
    slopes = np.concatenate([(a[1:] - a[:-1]) / dt for a in low])
    pairs = [(i, j) for i in range(k) for j in range(i)]
    design = np.zeros((slopes.size, len(pairs)))
    for e, (i, j) in enumerate(pairs):
        column = np.zeros_like(slopes)
        column[:, j], column[:, i] = states[:, i], -states[:, j]
        design[:, e] = column.ravel()
    skew = np.zeros((k, k))
    for (i, j), m in zip(pairs, np.linalg.lstsq(design, slopes.ravel(), rcond=None)[0]):
        skew[i, j], skew[j, i] = m, -m
    free = np.linalg.lstsq(states, slopes, rcond=None)[0]
    explained = [1 - ((slopes - states @ m) ** 2).sum() / (slopes**2).sum() for m in (skew, free)]
    speed = np.sort(np.abs(np.linalg.eigvals(skew).imag))[::-1][::2]
    return {"hz": (np.arctan(speed * dt / 2) / (np.pi * dt)).tolist(), "r2": explained}


def problem():
    steps, n = rng.integers(20, 90), rng.integers(3, 20)
    x = rng.normal(size=(steps, n)) @ rng.normal(size=(n, n)) + 3 * rng.normal(size=n)
    s, v = components(x)
    a, b = rng.normal(size=(n, rng.integers(1, n))), rng.normal(size=(n, rng.integers(1, n)))
    k = 2 * int(rng.integers(1, n // 2 + 1))
    conditions = [np.cumsum(rng.normal(size=(rng.integers(8, 40), n)), axis=0) for _ in range(rng.integers(2, 6))]
    return {
        "x": x.tolist(), "variances": (s**2 / steps).tolist(), "first": v[0].tolist(),
        "a": a.tolist(), "b": b.tolist(), "angles": np.sort(subspace_angles(a, b)).tolist(),
        "conditions": [c.tolist() for c in conditions], "components": k, **rotations(conditions, k, 0.01),
    }


json.dump([problem() for _ in range(10)], sys.stdout)
