"""Writes layouts/session.mat, layouts/session73.mat (version 7.3) and layouts/session.npz: one session in the layouts
that laboratories have. The tests of package data compute the same numbers themselves."""
import sys, numpy as np, scipy.io

T, K, U, C = 60, 4, 3, 2  # rows of 10 ms, trials, units, muscles

def spikes(k, u):  # seconds from the start of the trial
    if (k, u) == (1, 2): return np.zeros((0, 0))
    return np.array([[(i + 1) * 0.05 + 0.01 * u + 0.002 * k for i in range(4 + u + k)]])

emg = np.array([[[k + 10 * c + t / 100 for c in range(C)] for t in range(T)] for k in range(K)])
start = 2.0 * np.arange(K) + 1
stop = start + 0.6
absolute = [np.sort(np.concatenate([start[k] + spikes(k, u).ravel() for k in range(K)])) for u in range(U)]
counts = np.array([[[np.sum(np.floor(spikes(k, u).ravel() / 0.01 + 1e-9) == t) for u in range(U)] for t in range(T)] for k in range(K)])

trial = np.zeros((1, K), dtype=[(n, object) for n in ("spikes", "emg", "start", "stop", "go", "result", "cond")])
cells2 = np.zeros((K, U), dtype=object)
for k in range(K):
    cells = np.zeros((1, U), dtype=object)
    for u in range(U): cells[0, u] = cells2[k, u] = spikes(k, u)
    trial[0, k] = (cells, emg[k], start[k], stop[k], 0.2 + 0.01 * k, "RF"[k % 2], k % 2)
units = np.zeros((1, U), dtype=object)
for u in range(U): units[0, u] = 1000 * absolute[u][:, None]
most = max(map(len, absolute))
padded = np.array([np.concatenate([a, np.full(most - len(a), np.nan)]) for a in absolute])
order = np.argsort(np.concatenate(absolute), kind="stable")
times = np.concatenate(absolute)[order]
ids = np.concatenate([np.full(len(a), 10 * (u + 1), "u2") for u, a in enumerate(absolute)])[order]
D = np.zeros((1, K), dtype=[("xA", object), ("zA", object)])
for k in range(K): D[0, k] = (counts[k] * 100.0, emg[k])
rest = dict(padded=padded, times=times, samples=np.round(times * 30000).astype("i8"), ids=ids, start=start, stop=stop, condition=np.arange(K) % 2,
            go=start + 0.2 + 0.01 * np.arange(K), counts=counts.astype("u1"), emg=emg, flat=emg.transpose(2, 0, 1).reshape(C, K * T))
scipy.io.savemat("layouts/session.mat", dict(rest, trial=trial, units=units, cells=cells2, D=D), do_compression=True, oned_as="column")
np.savez_compressed("layouts/session.npz", stacked=np.concatenate(absolute), index=np.cumsum([len(a) for a in absolute]),
                    names=np.array(["left", "right", "left", "right"]), **rest)

sys.path.insert(0, "../mat/testdata")
from generate73 import Writer
w = Writer("layouts/session73.mat")
for name, value in dict(rest, trial=trial, units=units, cells=cells2, D=D).items():
    w.write(w.file, name, value[:, None] if value.ndim == 1 else value)
w.close()
