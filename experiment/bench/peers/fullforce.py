"""full-FORCE in NumPy: a target-generating network says what the recurrent
currents of the network proper should be; recurrent and output weights are
learned by recursive least squares with one shared P.
"""
import time

import pair
import numpy as np


class FullForce:
    def __init__(self, params):
        n, rng = params["units"], np.random.default_rng(1)
        given = params.get("weights") or {
            "recurrent": params["gain"] / np.sqrt(n) * rng.standard_normal((n, n)),
            "input": rng.uniform(-1, 1, (n, 1)),
            "target": rng.uniform(-1, 1, (n, 1)),
            "initial": rng.standard_normal(n),
        }
        self.generator, self.input, self.target, initial = (
            np.array(given[name]) for name in ("recurrent", "input", "target", "initial"))
        self.decay = np.exp(-params["dt"] / params["tau"])
        self.xd, self.x = initial.copy(), initial.copy()
        self.recurrent, self.readout = np.zeros((n, n)), np.zeros((1, n))
        self.p = np.eye(n) / params["alpha"]

    def trial(self, inputs, targets, updates, driven=False):
        rd, r = np.tanh(self.xd), np.tanh(self.x)
        for t, learn in enumerate(updates):
            drive = self.generator @ rd + self.target @ targets[t]
            current, z = self.recurrent @ r, self.readout @ r
            if learn:
                px = self.p @ r
                k = px / (1.0 + r @ px)
                self.p -= np.outer(k, px)
                self.recurrent -= np.outer(current - drive, k)
                self.readout -= np.outer(z - targets[t], k)
            outside = self.input @ inputs[t]
            to = (drive if driven else current) + outside
            todrive = drive + outside
            self.x = to + (self.x - to) * self.decay
            self.xd = todrive + (self.xd - todrive) * self.decay
            rd, r = np.tanh(self.xd), np.tanh(self.x)


def trial_of(params):
    return np.array(params["inputs"]), np.array(params["targets"])


def prepare(params):
    net, (inputs, targets), steps = FullForce(params), trial_of(params), params["steps"]
    rng = np.random.default_rng(2)
    net.trial(inputs, targets, np.zeros(steps, bool), driven=True)  # warm-up

    def run():
        flags = np.arange(steps) % 2 == 0
        rng.shuffle(flags)
        start = time.perf_counter()
        net.trial(inputs, targets, flags)
        return {"seconds": time.perf_counter() - start, "units": steps}

    return pair.numpy_name(), {}, run


def check(params):
    net, (inputs, targets) = FullForce(params), trial_of(params)
    net.trial(inputs, targets, np.zeros(len(inputs), bool), driven=True)
    net.trial(inputs, targets, params["updates"])
    return {"recurrent": net.recurrent.tolist(), "readout": net.readout.tolist(), "x": net.x.tolist()}


if __name__ == "__main__":
    pair.serve(prepare, check)
