"""The recurrent integrator in weight form, its learning rule and the
oculomotor system around it, in NumPy, from the equations of MacNeil &
Eliasmith (2011) with the compact oculomotor loop that our side uses.
"""
import math
import time

import pair
import numpy as np


class Neurons:
    """Leaky integrate-and-fire neurons with spike times within the step."""

    def __init__(self, c, voltage):
        self.dt, self.tau_rc, self.tau_ref = c["dt"], c["tau_rc"], c["tau_ref"]
        self.decay = math.exp(-self.dt / self.tau_rc)
        self.v, self.wait = voltage, np.zeros(len(voltage))

    def step(self, j):
        """Returns the neurons that fired and how long before the step's end."""
        before = self.wait
        to = j + (self.v - j) * self.decay
        elapsed = np.zeros(len(j))
        held = np.flatnonzero(before > 0)
        if held.size:
            self.wait = np.maximum(before - self.dt, 0.0)
            self.wait[self.wait <= 1e-9 * self.dt] = 0.0
            waking = held[self.wait[held] == 0]
            elapsed[waking] = np.minimum(before[waking], self.dt)
            to[waking] = -j[waking] * np.expm1(-(self.dt - elapsed[waking]) / self.tau_rc)
            still = held[self.wait[held] > 0]
            to[still] = self.v[still]
        fired = np.flatnonzero(to >= 1.0)
        if not fired.size:
            self.v = np.maximum(to, 0.0)
            return fired, None
        jf, vf = j[fired], self.v[fired]
        age = np.maximum(0.0, self.dt - elapsed[fired] - self.tau_rc * np.log1p((1 - vf) / (jf - 1)))
        self.v = np.maximum(to, 0.0)
        self.v[fired] = 0.0
        self.wait[fired] = self.tau_ref - age
        return fired, age


class Integrator:
    def __init__(self, c):
        self.c = c
        voltage = np.array(c["voltage"]) if "voltage" in c else np.random.default_rng(1).random(len(c["bias"]))
        self.neurons = Neurons(c, voltage)
        self.encode, self.bias, self.d = (np.array(c[name]) for name in ("encode", "bias", "decoders"))
        self.omega = np.outer(self.encode, self.d)  # row j: weights onto neuron j
        self.project = self.encode / (self.encode @ self.encode)  # pinv(alpha e)
        self.a, self.x = np.zeros(len(self.bias)), 0.0
        self.decay = math.exp(-c["dt"] / c["tau_syn"])
        self.noise = c["noise"] / math.sqrt(1200 / c["dt"])  # sd of a step's relative change
        self.rng = np.random.default_rng(3)

    def fire(self, current):
        fired, age = self.neurons.step(current)
        self.a *= self.decay
        if fired.size:
            self.a[fired] += np.exp(-age / self.c["tau_syn"]) / self.c["tau_syn"]
        self.x = self.d @ self.a

    def hold(self, x, seconds):
        for _ in range(round(seconds / self.c["dt"])):
            self.fire(self.bias + self.encode * x)

    def learn(self, correction):
        if correction != 0:
            delta = self.c["kappa"] * correction * self.a
            self.d += delta
            self.omega += np.outer(self.encode, delta)

    def disturb(self):
        self.omega *= 1.0 + self.noise * self.rng.standard_normal(self.omega.shape)
        self.d = self.project @ self.omega

    def step(self, v):
        self.fire(self.bias + self.omega @ self.a + self.encode * (self.c["tau_syn"] * v))


class Delay:
    def __init__(self, steps):
        self.line, self.next = [0.0] * max(1, steps), 0

    def oldest(self):
        return self.line[self.next]

    def push(self, value):
        self.line[self.next] = value
        self.next = (self.next + 1) % len(self.line)

    def clear(self):
        self.line = [0.0] * len(self.line)


def main_sequence(amplitude):
    a = abs(amplitude)
    if a <= 5:
        return 0.015
    return (a + 10) * 1e-3 if a <= 10 else 2.05e-3 * a


class Eye:
    """Target, saccades, slow movements and the eyeball, in degrees."""

    def __init__(self, c):
        o, self.dt = c["oculomotor"], c["dt"]
        self.o, self.rng, self.left, self.at = o, np.random.default_rng(2), 0, 0.0
        self.given, self.count = c.get("target"), 0
        self.wrong, self.since, self.on = 0.0, math.inf, False
        self.slow, self.after, self.was = 0.0, math.inf, False
        delay = round(o["VisualDelay"] / self.dt)
        self.seen, self.slip = Delay(delay), Delay(delay)
        self.position = self.velocity = self.x = 0.0

    def target(self):
        if self.given is not None:
            self.at = self.given[self.count]
            self.count += 1
            return
        if self.left == 0:
            self.at = self.rng.uniform(-self.o["TargetRange"], self.o["TargetRange"])
            dwell = self.o["TargetDwell"]
            self.left = max(1, round(self.rng.uniform(dwell["Low"], dwell["High"]) / self.dt))
        self.left -= 1

    def rapid(self, error):
        self.wrong = self.wrong + self.dt if abs(error) > self.o["SaccadeThreshold"] else 0.0
        if self.on:
            self.elapsed += self.dt
            covered = (self.x - self.origin) * math.copysign(1, self.amplitude)
            if covered >= abs(self.amplitude) or self.elapsed > 2 * main_sequence(self.amplitude) - self.dt / 2:
                self.on, self.since = False, 0.0
        else:
            self.since += self.dt
        if (not self.on and self.wrong > self.o["SaccadePatience"]
                and self.since > self.o["VisualDelay"] + self.o["SaccadeRest"]):
            self.on, self.wrong, self.since, self.elapsed = True, 0.0, 0.0, 0.0
            self.amplitude, self.origin = error, self.x
            self.pulse = error / main_sequence(error)
        return self.pulse if self.on else 0.0

    def pursue(self, slip):
        drift = self.slip.oldest()
        self.slip.push(slip + self.slow)
        if self.on:
            pass
        elif self.was:
            self.slow, self.after = 0.0, 0.0
            self.slip.clear()
        else:
            self.after += self.dt
            if self.after > self.o["VisualDelay"] + self.o["SlowSettle"]:
                self.slow += self.dt / self.o["SlowTau"] * (self.o["SlowGain"] * drift - self.slow)
        self.was = self.on
        return self.slow

    def command(self):
        self.target()
        return self.rapid(self.at - self.seen.oldest()) + self.pursue(-self.velocity)

    def move(self, x):
        self.seen.push(self.position)
        self.velocity = (self.x - self.position) / self.o["PlantTau"] + self.slow
        if self.on:
            self.velocity += (x - self.x) / self.dt
        self.position += self.dt * self.velocity
        self.x = x


class Life:
    def __init__(self, c):
        self.c, self.integrator, self.eye = c, Integrator(c), Eye(c)
        self.integrator.hold(0.0, 5 * c["tau_syn"])

    def live(self, seconds):
        degrees = self.c["degrees"]
        for _ in range(round(seconds / self.c["dt"])):
            v = self.eye.command()
            self.integrator.learn(v / degrees if abs(v) < self.c["window"] else 0.0)
            if self.integrator.noise:
                self.integrator.disturb()
            self.integrator.step(v / degrees)
            self.eye.move(degrees * self.integrator.x)


def prepare(params):
    life, seconds = Life(params), params["seconds"]
    life.live(0.05)  # warm-up

    def run():
        start = time.perf_counter()
        life.live(seconds)
        return {"seconds": time.perf_counter() - start, "units": seconds}

    return pair.numpy_name(), {}, run


def check(params):
    life = Life(params)
    life.live(params["seconds"])
    return {"decoders": life.integrator.d.tolist(), "eye": life.eye.position, "x": life.eye.x}


if __name__ == "__main__":
    pair.serve(prepare, check)
