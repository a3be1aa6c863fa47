"""The spiking network with sequential recursive least squares, in NumPy.

A network of LIF neurons, exponential Euler, two synaptic currents that decay
and jump by a column of weights for each spike; the factors y = w [s; f] are
fed back, and w and the output weights W learn by the textbook recursion

    x = P s,  k = x / (1 + s'x),  P -= k x',  w -= e k'.

It starts from a network that our side has saved, so that both do the same.
"""
import json
import time

import pair
import numpy as np


class RLS:
    """The textbook recursion on one regressor."""

    def __init__(self, p):
        self.p = p

    def update(self, s, *targets):
        x = self.p @ s
        k = x / (1.0 + s @ x)
        self.p -= np.outer(k, x)
        for w, e in targets:
            w -= np.outer(e, k)


class Network:
    def __init__(self, path):
        with np.load(path) as f:
            config = json.loads(bytes(f["config.json"]) if "config.json" in f.files else b"{}")
            self.slow, self.fast = np.ascontiguousarray(f["slow"].T), np.ascontiguousarray(f["fast"].T)
            self.u, self.u_in, self.bias = f["u"], f["u_in"], f["bias"]
            self.w, self.readout = f["w"].copy(), f["W"].copy()
            self.v, self.s = f["v"].copy(), np.concatenate([f["s"], f["f"]])
            self.rls, self.readout_rls = RLS(f["P"].copy()), RLS(f["P_out"].copy())
        cfg, dt = config["Config"], config["Shape"]["Dt"]
        self.n = len(self.v)
        lif = cfg["Neuron"]["LIF"]
        self.threshold, self.reset = lif["Threshold"], lif["Reset"]
        self.decay = np.exp(-dt / lif["Tau"])
        self.decay_slow, self.decay_fast = np.exp(-dt / cfg["TauSlow"]), np.exp(-dt / cfg["TauFast"])
        self.decays = np.repeat([self.decay_slow, self.decay_fast], self.n)
        # Row j of slow and fast holds the weights from neuron j.
        self.i_slow = self.s[:self.n] @ self.slow
        self.i_fast = self.s[self.n:] @ self.fast

    def step(self, y, inputs):
        to = self.i_slow + self.i_fast - self.bias + self.u @ y + self.u_in @ inputs
        self.v = to + (self.v - to) * self.decay
        fired = np.flatnonzero(self.v >= self.threshold)
        self.v[fired] = self.reset
        self.i_slow *= self.decay_slow
        self.i_fast *= self.decay_fast
        self.s *= self.decays
        if fired.size:
            self.i_slow += self.slow[fired].sum(axis=0)
            self.i_fast += self.fast[fired].sum(axis=0)
            self.s[fired] += 1
            self.s[self.n + fired] += 1
        return fired.size

    def train(self, trial, updates):
        """Runs the steps for which updates says whether they learn."""
        inputs, factors, targets = trial
        y = self.w @ self.s
        for t, learn in enumerate(updates):
            self.step(y, inputs[t])
            y = self.w @ self.s
            one = np.append(y, 1.0)
            z = self.readout @ one
            if learn:
                self.rls.update(self.s, (self.w, y - factors[t]))
                self.readout_rls.update(one, (self.readout, z - targets[t]))
                y = self.w @ self.s


def half(steps, rng):
    """Learning in exactly half of the steps, in random order."""
    flags = np.arange(steps) % 2 == 0
    rng.shuffle(flags)
    return flags


def trial_of(params):
    return tuple(np.array(params[name]) for name in ("inputs", "factors", "targets"))


def without_temporary(n, repetitions=20):
    """Seconds an update takes if outer products go into a buffer kept for
    them: as far as one gets in NumPy alone."""
    p, buffer, s = np.eye(n), np.empty((n, n)), np.linspace(0, 1, n)
    times = []
    for _ in range(repetitions):
        start = time.perf_counter()
        x = p @ s
        np.multiply.outer(x / (1.0 + s @ x), x, out=buffer)
        np.subtract(p, buffer, out=p)
        times.append(time.perf_counter() - start)
    return float(np.median(times))


def prepare(params):
    net, trial, steps = Network(params["model"]), trial_of(params), params["steps"]
    rng = np.random.default_rng(1)
    net.train(trial, half(min(steps, 20), rng))  # warm-up

    def run():
        flags = half(steps, rng)
        start = time.perf_counter()
        net.train(trial, flags)
        return {"seconds": time.perf_counter() - start, "units": steps}

    return pair.numpy_name(), {"update_without_temporary": without_temporary(2 * net.n)}, run


def check(params):
    net = Network(params["model"])
    net.train(trial_of(params), params["updates"])
    return {"decoder": net.w.tolist(), "readout": net.readout.tolist()}


if __name__ == "__main__":
    pair.serve(prepare, check)
