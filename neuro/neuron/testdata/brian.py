"""Small recurrent networks in Brian2 2.5: prints each spike's step and neuron.

Usage: python3 brian.py network.json... The current is constant within a step, so
that the equations have exact solutions, which Brian2 finds by itself. It puts a
spike at the beginning of the step at whose end it finds it, and counts the
refractory period from there: the same period is one step more of it.
"""
import json
import sys

import brian2 as b
import numpy as np

b.prefs.codegen.target = "numpy"


def spikes(path):
    with open(path) as f:
        net = json.load(f)
    dt = net["Dt"] * b.second
    b.defaultclock.dt = dt
    constants = {name: net[name] for name in ("Rest", "Drive", "Threshold", "Reset", "Increment")}
    constants.update({name: net[name] * b.second for name in ("Tau", "TauAdaptation", "TauSynapse")})
    constants["given"] = b.TimedArray(np.array(net["Input"]), dt=dt)  # steps x neurons
    neurons = b.NeuronGroup(
        len(net["Start"]),
        """dv/dt = (Rest + Drive + current - v - w) / Tau : 1 (unless refractory)
           dw/dt = -w / TauAdaptation : 1
           dg/dt = -g / TauSynapse : 1
           current : 1""",
        threshold="v >= Threshold", reset="v = Reset\nw += Increment", method="exact",
        refractory=net["Refractory"] * b.second + dt, namespace=constants)
    neurons.v = net["Start"]
    neurons.run_regularly("current = given(t, i) + g", when="start")
    synapses = b.Synapses(neurons, neurons, "weight : 1", on_pre="g_post += weight")
    synapses.connect()  # all to all, presynaptic neuron by presynaptic neuron
    synapses.weight = np.array(net["Weights"]).ravel()  # from x to
    monitor = b.SpikeMonitor(neurons)
    b.Network(neurons, synapses, monitor).run(len(net["Input"]) * dt)
    steps, who = np.rint(np.array(monitor.t[:]) / net["Dt"]).astype(int), np.array(monitor.i[:])
    order = np.lexsort((who, steps))
    return np.column_stack((steps, who))[order].tolist()


json.dump([spikes(path) for path in sys.argv[1:]], sys.stdout)
