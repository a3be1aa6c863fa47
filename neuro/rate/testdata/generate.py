"""Writes the networks that Import is tested on, and what they do (NumPy 1.24.2, SciPy 1.10.1).

python3 generate.py, in this folder."""
import numpy as np
import scipy.io

rng = np.random.default_rng(4)


def normal(*shape):
    return rng.normal(size=shape)


# A vanilla network with the names and types of PyTorch's nn.RNN and nn.Linear.
n, steps = 12, 30
f32 = lambda x: x.astype(np.float32)
p = {
    "rnn.weight_ih_l0": f32(normal(n, 3)), "rnn.weight_hh_l0": f32(1.2 * normal(n, n) / np.sqrt(n)),
    "rnn.bias_ih_l0": f32(0.3 * normal(n)), "rnn.bias_hh_l0": f32(0.3 * normal(n)),
    "fc.weight": f32(normal(2, n)), "fc.bias": f32(normal(2)), "h0": f32(normal(1, 1, n)),
}
np.savez("pytorch.npz", **p)
x, h, hs, zs = normal(steps, 3), p["h0"][0, 0].astype(float), [], []
for t in range(steps):
    h = np.tanh(p["rnn.weight_ih_l0"].astype(float) @ x[t] + p["rnn.bias_ih_l0"] + p["rnn.weight_hh_l0"].astype(float) @ h + p["rnn.bias_hh_l0"])
    hs.append(h)
    zs.append(p["fc.weight"].astype(float) @ h + p["fc.bias"])
np.savez("pytorch_run.npz", inputs=x, activity=np.array(hs), outputs=np.array(zs))

# The same kind of network as one matrix of stacked weights by columns, in a
# struct, as the parameters published with DePasquale et al. 2023 are.
n = 10
change, predict, x0 = normal(4 + n + 1, n) / np.sqrt(n), normal(n + 1, 1), 0.1 * normal(1, n)
scipy.io.savemat("stacked.mat", {"trained_params": {"predict": predict, "start": x0, "change": change}}, oned_as="row")
x, h, hs, zs = normal(steps, 4), x0[0], [], []
for t in range(steps):
    h = np.tanh(np.concatenate([x[t], h, [1.0]]) @ change)
    hs.append(h)
    zs.append(np.concatenate([h, [1.0]]) @ predict)
np.savez("stacked_run.npz", inputs=x, activity=np.array(hs), outputs=np.array(zs))

# A leaky network of rectified units, in forward Euler, weights by rows.
n, tau, dt = 9, 0.1, 0.02
net = {"W_rec": 0.8 * normal(n, n) / np.sqrt(n), "W_in": normal(n, 2), "W_out": normal(1, n), "b_rec": normal(1, n), "b_out": 0.5, "x_init": normal(n, 1)}
scipy.io.savemat("leaky.mat", {"model": {"net": net, "epochs": 100}})
x, s, rs, zs = normal(steps, 2), net["x_init"][:, 0], [], []
for t in range(steps):
    r = np.maximum(s, 0)
    rs.append(r)
    zs.append(net["W_out"] @ r + net["b_out"])
    s = s + dt / tau * (-s + net["W_rec"] @ r + net["W_in"] @ x[t] + net["b_rec"][0])
np.savez("leaky_run.npz", inputs=x, activity=np.array(rs), outputs=np.array(zs))

# A full-rank network of lowrank_inference: recurrent weights by rows (its
# program multiplies by their transpose), input and output weights by columns,
# scales for inputs and outputs. z is here that of the state before the step.
n, alpha = 8, 0.2
net = {"wi": normal(2, n), "si": normal(2), "wrec": 1.5 * normal(n, n) / np.sqrt(n), "b": np.zeros(n), "wo": normal(n, 1), "so": normal(1), "h0": 0.5 * normal(n)}
np.savez("lowrank.npz", **net)
x, h, rs, zs = normal(steps, 2), net["h0"], [], []
for t in range(steps):
    r = np.tanh(h)
    rs.append(r)
    zs.append(r @ (net["wo"] * net["so"]))
    h = h + alpha * (-h + r @ net["wrec"].T + x[t] @ (net["wi"].T * net["si"]).T)
np.savez("lowrank_run.npz", inputs=x, activity=np.array(rs), outputs=np.array(zs))

# A keras.layers.SimpleRNN with a Dense readout: everything by columns, as many
# inputs as units, so that no shape says so.
n = 6
net = {"w_in": normal(n, n) / np.sqrt(n), "w_rec": normal(n, n) / np.sqrt(n), "b_rec": 0.3 * normal(n), "w_out": normal(n, 2), "b_out": normal(2)}
np.savez("keras.npz", **net)
x, h, hs, zs = normal(steps, n), np.zeros(n), [], []
for t in range(steps):
    h = np.tanh(x[t] @ net["w_in"] + net["b_rec"] + h @ net["w_rec"])
    hs.append(h)
    zs.append(h @ net["w_out"] + net["b_out"])
np.savez("keras_run.npz", inputs=x, activity=np.array(hs), outputs=np.array(zs))

# Recurrent weights and a readout of one dimension, which says nothing of them;
# beside them what a saved workspace holds. Runs by rows and by columns.
n = 10
net = {"J": 1.5 * normal(n, n) / np.sqrt(n), "w_out": normal(n), "x0": normal(n), "c": 3.0, "h2o.bias": normal(n)}
np.savez("vector.npz", **net)
for name, j in ("rows", net["J"]), ("columns", net["J"].T):
    s, rs, zs = net["x0"], [], []
    for t in range(steps):
        r = np.tanh(s)
        rs.append(r)
        zs.append([net["w_out"] @ r])
        s = s + 0.1 * (-s + j @ r)
    np.savez("vector_" + name + "_run.npz", inputs=np.zeros((steps, 1)), activity=np.array(rs), outputs=np.array(zs))

for name in "stacked.mat", "leaky.mat":
    with open(name, "r+b") as f:  # a header without platform and date
        f.write(b"MATLAB 5.0 MAT-file, written by SciPy".ljust(116))
