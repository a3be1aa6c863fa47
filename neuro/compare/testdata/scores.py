"""Scores in NumPy, to compare package compare with.

    python3 scores.py > scores.json     what the tests know without Python
    python3 scores.py SEED SIZE         other problems, SIZE times as large

prints problems with their answers in JSON; null stands for NaN. Nothing here is
shared with the Go code: sums are NumPy's, ridge regression goes by singular
values, Poisson regression by reweighted least squares.
"""
import json
import sys

import numpy as np


def array(x):
    return np.array(x, dtype=float)


def r2(y, p):
    """r2_score of scikit-learn: raw values, uniform average, variance weighted."""
    off = ((y - p) ** 2).sum(0)
    varied = ((y - y.mean(0)) ** 2).sum(0)
    raw, plain = np.full(y.shape[1], np.nan), np.zeros(y.shape[1])
    ok = varied > 0
    raw[ok] = plain[ok] = 1 - off[ok] / varied[ok]
    plain[~ok & (off == 0)] = 1
    weighted = 1 - off[ok].sum() / varied[ok].sum()
    return raw, plain.mean(), weighted


def rows(y, *others):
    """Without the rows where nothing was observed."""
    keep = ~np.isnan(y[:, 0])
    return (y[keep],) + tuple(o[keep] for o in others)


def score_r2(q):
    y, p = rows(array(q["observed"]), array(q["predicted"]))
    raw, mean, weighted = r2(y, p)
    return {"channels": raw, "mean": mean, "weighted": weighted,
            "nmse": ((y - p) ** 2).sum() / (y ** 2).sum(), "left out": len(q["observed"]) - len(y)}


def log_factorial(n):
    table = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, int(n.max()) + 1)))])
    return table[n.astype(int)]


def nll(rates, counts):
    seen = ~np.isnan(counts)
    r, n = rates[seen].copy(), counts[seen]
    r[r == 0] = 1e-9
    return (r - n * np.log(r) + log_factorial(n)).sum()


def bits(rates, counts):
    null = np.tile(np.nanmean(counts, axis=0, keepdims=True), (len(counts), 1))
    return (nll(null, counts) - nll(rates, counts)) / np.nansum(counts) / np.log(2)


def score_bits(q):
    rates, counts = array(q["rates"]), array(q["counts"])
    alone = [bits(rates[:, [j]], counts[:, [j]]) if np.nansum(counts[:, j]) > 0 else np.nan
             for j in range(counts.shape[1])]
    return {"bits": bits(rates, counts), "neurons": alone}


def ridge(x, y, alpha):
    mx, my = x.mean(0), y.mean(0)
    u, s, vt = np.linalg.svd(x - mx, full_matrices=False)
    w = vt.T @ ((s / (s ** 2 + alpha))[:, None] * (u.T @ (y - my)))
    return w, my - mx @ w


def grid(x, y, alphas, folds):
    """GridSearchCV(Ridge(), {"alpha": alphas}, cv=KFold(folds))."""
    sizes = np.full(folds, len(x) // folds)
    sizes[:len(x) % folds] += 1
    scores, at = np.zeros((folds, len(alphas))), 0
    for f, size in enumerate(sizes):
        test = np.zeros(len(x), bool)
        test[at:at + size] = True
        at += size
        for k, alpha in enumerate(alphas):
            w, b = ridge(x[~test], y[~test], alpha)
            scores[f, k] = r2(y[test], x[test] @ w + b)[1]
    mean = scores.mean(0)
    best = alphas[int(mean.argmax())]
    return mean, best, *ridge(x, y, best)


def score_ridge(q):
    y, x = rows(array(q["y"]), array(q["x"]))
    scores, alpha, w, b = grid(x, y, q["alphas"], q["folds"])
    ty, tx = rows(array(q["test y"]), array(q["test x"]))
    return {"scores": scores, "alpha": alpha, "predicted": tx @ w + b, "r2": r2(ty, tx @ w + b)[1]}


def lagged(trials, lag, history):
    """The bins of a trial that are read, and the activity they are read from."""
    t = len(trials[0])
    bins = [k for k in range(t) if 0 <= k - lag - (history - 1) and k - lag < t]
    return bins, np.array([np.concatenate([a[k - lag - h] for h in range(history)]) for a in trials for k in bins])


def score_decoder(q):
    bins, x = lagged([array(a) for a in q["activity"]], q["lag"], q["history"])
    y = np.concatenate([array(b)[bins] for b in q["behaviour"]])
    scores, alpha, w, b = grid(x, y, np.logspace(-4, 0, 9), 5)
    _, tx = lagged([array(a) for a in q["test activity"]], q["lag"], q["history"])
    ty = np.concatenate([array(b)[bins] for b in q["test behaviour"]])
    raw, mean, weighted = r2(ty, tx @ w + b)
    return {"scores": scores, "alpha": alpha, "channels": raw, "mean": mean, "weighted": weighted, "bins": len(bins)}


def poisson(x, n, alpha):
    """PoissonRegressor(alpha) to the last digits: weights, and the offset last."""
    x1 = np.hstack([x, np.ones((len(x), 1))])
    penalty = np.sqrt(len(x) * alpha) * np.eye(x.shape[1], x.shape[1] + 1)
    w = np.zeros(x.shape[1] + 1)
    w[-1] = np.log(n.mean())

    def cost(v):
        return (np.exp(x1 @ v) - n * (x1 @ v)).mean() + alpha / 2 * (v[:-1] ** 2).sum()

    for _ in range(200):
        eta = x1 @ w
        mu = np.exp(eta)
        root, z = np.sqrt(mu), eta + (n - mu) / mu
        a = np.vstack([root[:, None] * x1, penalty])
        new = np.linalg.lstsq(a, np.concatenate([root * z, np.zeros(len(penalty))]), rcond=None)[0]
        while cost(new) > cost(w) + 1e-12:  # a step that is too long is halved
            new = (new + w) / 2
        moved = np.abs(new - w).max()
        w = new
        if moved < 1e-14 * max(1, np.abs(w).max()):
            break
    return w


def regress(x, counts, alpha, tx):
    rates = np.zeros((len(tx), counts.shape[1]))
    for j in range(counts.shape[1]):
        if counts[:, j].sum() > 0:
            w = poisson(x, counts[:, j], alpha)
            rates[:, j] = np.exp(tx @ w[:-1] + w[-1])
    return rates


def score_poisson(q):
    return {"rates": regress(array(q["x"]), array(q["counts"]), q["alpha"], array(q["test x"]))}


def score_cosmoothing(q):
    train, test = array(q["counts"]), array(q["test counts"])
    out = q["held out"]
    held_in = [j for j in range(train.shape[2]) if j not in out]
    reach = int(3 * q["sd"] / q["dt"] + 0.5)
    k = np.exp(-(np.arange(-reach, reach + 1) * q["dt"] / q["sd"]) ** 2 / 2)
    k /= k.sum()

    def inputs(counts):
        smooth = np.apply_along_axis(lambda v: np.convolve(v, k)[reach:reach + len(v)], 1, counts[:, :, held_in])
        return np.log(smooth + 1e-4).reshape(-1, len(held_in))

    def flat(counts):
        return counts[:, :, out].reshape(-1, len(out))

    rates = regress(inputs(train), flat(train), 0.01, inputs(test))
    return {"bits": bits(rates, flat(test)), "rates": rates}


def score_psth(q):
    """eval_psth of nlb_tools."""
    truth, rates, conditions = array(q["truth"]), array(q["rates"]), np.array(q["conditions"])
    y, p = [], []
    for c in range(len(truth)):
        if (conditions == c).any():
            keep = ~np.isnan(truth[c, :, 0])
            y.append(truth[c][keep])
            p.append(rates[conditions == c].mean(0)[keep])
    raw, mean, weighted = r2(np.vstack(y), np.vstack(p))
    return {"channels": raw, "mean": mean, "weighted": weighted}


def score_make_psth(q):
    """_make_psth of nlb_tools: smooth in bins of 1 ms, join, average."""
    counts, conditions = array(q["counts"]), np.array(q["conditions"])
    n, sd = int(6 * q["sd"]), q["sd"]
    k = np.exp(-(np.arange(n) - (n - 1) / 2) ** 2 / (2 * sd ** 2))
    k /= k.sum()
    smooth = np.apply_along_axis(lambda v: np.convolve(v, k)[(n - 1) // 2:(n - 1) // 2 + len(v)], 1, counts)
    window = smooth[:, q["from"]:q["to"]]
    joined = window.reshape(len(window), -1, q["bin"], window.shape[2]).sum(2)
    return {"psth": [joined[conditions == c].mean(0) for c in range(conditions.max() + 1)]}


def score_table(q):
    """The condition mean and chance on held-out trials."""
    train, test = array(q["train"]), array(q["test"])
    tc, sc = np.array(q["conditions"]), np.array(q["test conditions"])
    answer = {}
    for name, p in {"condition mean": [train[tc == c].mean(0) for c in sc], "chance": [train.mean(0)] * len(test)}.items():
        p = array(p)
        y, flat = test.reshape(-1, test.shape[2]), p.reshape(-1, test.shape[2])
        raw, _, weighted = r2(y, flat)
        averages = [np.vstack([v[sc == c].mean(0) for c in sorted(set(q["test conditions"]))]) for v in (test, p)]
        answer[name] = {"nmse": ((y - flat) ** 2).sum() / (y ** 2).sum(), "weighted": weighted, "channels": raw,
                        "averages": r2(*averages)[2],
                        "errors": ((test - p) ** 2).sum((1, 2)) / (test ** 2).sum((1, 2))}
    return answer


def score_files(q):
    scores = [r2(array(y), array(p))[2] for y, p in zip(q["observed"], q["predicted"])]
    return {"mean": np.mean(scores), "sd": np.std(scores)}


def plain(x):
    if isinstance(x, dict):
        return {k: plain(v) for k, v in x.items()}
    if isinstance(x, str):
        return x
    if isinstance(x, (list, tuple, np.ndarray)):
        return [plain(v) for v in x]
    if np.isnan(x):
        return None
    return int(x) if float(x).is_integer() else float(x)


def problems(seed, size):
    """Problems with everything that is odd: gaps, constants, silence."""
    rng = np.random.default_rng(seed)

    def short(x):
        return np.round(x, 3)

    t = 30 * size
    y = short(rng.normal(size=(t, 4)).cumsum(0) + 3)
    p = short(y + rng.normal(size=y.shape))
    y[:, 2], p[:, 2] = 2, 2
    y[:, 3] = 5
    y[7] = np.nan
    t = 40 * size
    rates = short(rng.gamma(1, 0.5, (t, 4)))
    counts = rng.poisson(rates).astype(float)
    counts[:, 1] = 0
    whole = counts[:, [0, 1, 3]].copy()
    counts[5:8, 2], rates[10, 0], rates[6, 2], rates[12, 3] = np.nan, 0, np.nan, 0
    x = short(rng.normal(size=(t + 13, 6)))
    x[:, 5] = short(x[:, 4] + 0.02 * rng.normal(size=len(x)))
    z = short(x @ rng.normal(size=(6, 2)) + 2 * rng.normal(size=(len(x), 2)) + 1)
    z[3] = np.nan
    n = 4 * size
    latent = rng.normal(size=(3 * n, 25, 3)).cumsum(1) * 0.3
    activity = short(latent @ rng.normal(size=(3, 5)) + rng.normal(size=(3 * n, 25, 5)))
    behaviour = short(latent @ rng.normal(size=(3, 2)))
    spikes = rng.poisson(np.exp(0.7 * latent @ rng.normal(size=(3, 6)) - 0.5)).astype(float)
    few = rng.poisson(0.1, (n, 60, 2)).astype(float)
    truth = short(rng.gamma(2, 1, (3, 10, 4)))
    truth[1, 8:] = np.nan
    m = 14 * size
    muscles = short(rng.gamma(2, 1, (m, 9, 3)) + 3 * rng.normal(size=(2, 9, 3))[np.arange(m) % 2])
    decoder = {"score": "decoder", "activity": activity[:2 * n], "behaviour": behaviour[:2 * n],
               "test activity": activity[2 * n:], "test behaviour": behaviour[2 * n:]}
    ridge = {"score": "ridge", "x": x[:t], "y": z[:t], "test x": x[t:], "test y": z[t:]}
    return [
        {"score": "r2", "observed": y, "predicted": p},
        {"score": "bits", "rates": rates, "counts": counts},
        {**ridge, "alphas": np.logspace(-4, 0, 9), "folds": 5},
        {**ridge, "alphas": [1, 10, 100, 1000], "folds": 3},
        {**decoder, "lag": 3, "history": 2},
        {**decoder, "lag": -2, "history": 1},
        {"score": "poisson", "x": x[:t, :3], "counts": whole, "alpha": 0.01, "test x": x[t:, :3]},
        {"score": "cosmoothing", "counts": spikes[:2 * n], "test counts": spikes[2 * n:], "held out": [1, 4], "sd": 0.05, "dt": 0.02},
        {"score": "psth", "truth": truth, "rates": short(rng.gamma(2, 1, (7 * size, 10, 4))), "conditions": [0, 1, 0, 1, 1, 0, 0] * size},
        {"score": "make psth", "counts": few, "conditions": [0, 1, 1, 0] * size, "sd": 4, "from": 15, "to": 45, "bin": 5},
        {"score": "table", "train": muscles[:m - 6], "conditions": np.arange(m - 6) % 2, "test": muscles[m - 6:], "test conditions": np.arange(6) % 2},
        {"score": "files", "observed": muscles[:3], "predicted": short(muscles[:3] + rng.normal(size=(3, 9, 3)))},
    ]


def answer(q):
    return plain(globals()["score_" + q["score"].replace(" ", "_")](q))


if __name__ == "__main__":
    seed, size = [int(a) for a in sys.argv[1:]] or [1, 1]
    asked = [plain(q) for q in problems(seed, size)]
    print("[\n" + ",\n".join(json.dumps({"problem": q, "answer": answer(q)}) for q in asked) + "\n]")
