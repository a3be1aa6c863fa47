"""The trained spiking network on its own, in Brian2's C++ standalone mode.

Learned feedback, y = w [s; f] acting through u, is part of the weights: a
spike of neuron j moves neuron i's slow current by J0s + u w_s and its fast
one by J0f + J_mu + u w_f. That is the same network, and spares Brian2 the
factors.
"""
import json
import os
import subprocess
import time

import pair
import numpy as np


class Trained:
    """What our side has saved, learned feedback folded into the weights."""

    def __init__(self, path):
        with np.load(path) as f:
            config = json.loads(bytes(f["config.json"]))
            n = len(f["v"])
            # Row i holds the weights onto neuron i.
            self.slow, self.fast = f["slow"] + f["u"] @ f["w"][:, :n], f["fast"] + f["u"] @ f["w"][:, n:]
            self.bias, self.v, self.s, self.f = f["bias"], f["v"], f["s"], f["f"]
        self.n, self.config, self.dt = n, config["Config"], config["Shape"]["Dt"]
        self.lif = self.config["Neuron"]["LIF"]

    def steps(self, count):
        """Simulates in NumPy, to compare with: steps and neurons of all spikes."""
        c, lif = self.config, self.lif
        decay, slow, fast = (np.exp(-self.dt / tau) for tau in (lif["Tau"], c["TauSlow"], c["TauFast"]))
        v, i_slow, i_fast = self.v.copy(), self.slow @ self.s, self.fast @ self.f
        spikes = []
        for step in range(count):
            to = i_slow + i_fast - self.bias
            v = to + (v - to) * decay
            fired = v >= lif["Threshold"]
            v[fired] = lif["Reset"]
            i_slow = slow * i_slow + self.slow[:, fired].sum(axis=1)
            i_fast = fast * i_fast + self.fast[:, fired].sum(axis=1)
            spikes += [[step, i] for i in np.flatnonzero(fired).tolist()]
        return spikes


def build(net, seconds, times=False):
    import brian2 as b
    c, lif = net.config, net.lif
    b.defaultclock.dt = net.dt * b.second
    constants = {
        "tau_m": lif["Tau"] * b.second, "tau_s": c["TauSlow"] * b.second, "tau_f": c["TauFast"] * b.second,
        "threshold": lif["Threshold"], "reset": lif["Reset"],
    }
    neurons = b.NeuronGroup(
        net.n,
        """dv/dt = (i_slow + i_fast - bias - v) / tau_m : 1
           di_slow/dt = -i_slow / tau_s : 1
           di_fast/dt = -i_fast / tau_f : 1
           bias : 1 (constant)""",
        threshold="v >= threshold", reset="v = reset", method="exponential_euler", namespace=constants)
    neurons.v, neurons.bias = net.v, net.bias
    neurons.i_slow, neurons.i_fast = net.slow @ net.s, net.fast @ net.f
    synapses = b.Synapses(neurons, neurons, "w_slow : 1\nw_fast : 1",
                          on_pre="i_slow_post += w_slow\ni_fast_post += w_fast")
    synapses.connect()  # all to all, presynaptic neuron by presynaptic neuron
    synapses.w_slow, synapses.w_fast = net.slow.T.ravel(), net.fast.T.ravel()
    monitor = b.SpikeMonitor(neurons, record=times)
    # Brian2's step: state update, threshold, synapses, reset; as ours.
    network = b.Network(neurons, synapses, monitor)
    network.run(seconds * b.second)
    return monitor


def prepare(params):
    import brian2 as b
    folder = params["folder"]
    b.set_device("cpp_standalone", build_on_run=False, directory=folder)
    b.prefs.devices.cpp_standalone.openmp_threads = 0
    net, seconds = Trained(params["model"]), params["seconds"]
    monitor = build(net, seconds)
    start = time.perf_counter()
    b.device.build(directory=folder, compile=True, run=False, with_output=False)
    info = {"build_seconds": time.perf_counter() - start}

    def run():
        subprocess.run(["./main"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        with open(os.path.join(folder, "results", "last_run_info.txt")) as f:
            elapsed = float(f.read().split()[0])  # of the run alone, without setting up
        b.get_device().has_been_run = True  # counts lie in the results now
        return {"seconds": elapsed, "units": 2.0 * net.n * float(np.sum(monitor.count[:]))}

    run()  # warm-up
    return "Brian2 %s, C++ standalone" % b.__version__, info, run


def check(params):
    import brian2 as b
    b.prefs.codegen.target = "numpy"
    net = Trained(params["model"])
    monitor = build(net, params["steps"] * net.dt, times=True)
    steps = np.rint(np.array(monitor.t[:]) / net.dt).astype(int)  # at whose beginnings Brian2 puts them
    neurons = np.array(monitor.i[:])
    order = np.lexsort((neurons, steps))
    return {"brian": np.column_stack((steps, neurons))[order].tolist(), "numpy": net.steps(params["steps"])}


if __name__ == "__main__":
    pair.serve(prepare, check)
