"""Reference traces of Izhikevich's neurons: the paper's program with v kept between -100 and 30.

Run: python3 izhikevich.py > izhikevich.json
"""
import json

KINDS = {
    "RS": (0.02, 0.2, -65.0, 8.0),
    "IB": (0.02, 0.2, -55.0, 4.0),
    "CH": (0.02, 0.2, -50.0, 2.0),
    "FS": (0.10, 0.2, -65.0, 2.0),
    "LTS": (0.02, 0.25, -65.0, 2.0),
}
CURRENTS = (-150.0, -5.0, 3.5, 10.0, 14.5)


def trace(kind, current, ms, steps):
    a, b, c, d = KINDS[kind]
    v, u = c, b * c
    vs, us, spikes = [], [], []
    parts = 2 if ms == 1.0 else 1
    for t in range(steps):
        for _ in range(parts):
            v += ms / parts * (0.04 * v**2 + 5 * v + 140 - u + current)
            v = max(-100.0, min(30.0, v))
        u += ms * a * (b * v - u)
        if v >= 30:
            v = c
            u += d
            spikes.append(t)
        vs.append(v)
        us.append(u)
    return {"kind": kind, "A": a, "B": b, "C": c, "D": d, "current": current, "ms": ms,
            "steps": steps, "spikes": spikes, "v": vs[9::10], "u": us[9::10]}


print(json.dumps([trace(k, i, ms, 200) for k in KINDS for i in CURRENTS for ms in (1.0, 0.25)]))
