package neuron_test

import (
	"math"
	"testing"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/neuron"
)

// below returns the voltage after 40 ms under a smooth current that spikes no
// neuron, in steps in each of which the current is that of the given part of it.
func below(t *testing.T, m neuron.Model, dt, part float64, current func(s float64) float64, state ...float64) float64 {
	t.Helper()
	p, in := one(t, m, dt, state...), make([]float64, 1)
	for step := range int(math.Round(0.04 / dt)) {
		in[0] = p.Drive() + current((float64(step)+part)*dt)
		if len(p.Step(in)) > 0 {
			t.Fatalf("%s spikes", neuron.Name(m))
		}
	}
	return p.Voltages()[0]
}

// order is the slope of the logarithm of the error over that of the step, from
// steps each half as long as the one before. The exact value is not known: each
// result is compared with the next, whose difference falls as the error does.
func order(of func(dt float64) float64) float64 {
	a, b, c := of(4e-5), of(2e-5), of(1e-5)
	return math.Log2(math.Abs((a - b) / (b - c)))
}

// Models that are solved exactly for a current that is constant within the step
// converge in first order if that is the current at its beginning, and in second if
// it is the one in its middle. Forward Euler is of first order with either.
func TestModelsConvergeInTheirOrder(t *testing.T) {
	rng := neuro.Stream(1, "order")
	for range 8 {
		phase, tau := uniform(rng, 0, 6), uniform(rng, 0.005, 0.03)
		wave := func(mean, swing float64) func(float64) float64 {
			return func(s float64) float64 { return mean + swing*math.Sin(2*math.Pi*30*s+phase) }
		}
		adaptive := neuron.Adaptive()
		adaptive.LIF.Tau, adaptive.TauAdaptation = tau, 4*tau
		theta := neuron.Quadratic()
		theta.Tau = tau
		rs := neuron.Izhikevich2003()
		for _, c := range []struct {
			model   neuron.Model
			current func(float64) float64
			state   []float64
			middle  float64 // the order with currents in the middle
		}{
			{adaptive.LIF, wave(-5, 4), []float64{-9}, 2},
			{adaptive, wave(-5, 4), []float64{-9, 3}, 2},
			{theta, wave(-20, 15), []float64{-2}, 2},
			{rs, wave(-2, 3), []float64{-65, -13}, 1},
		} {
			for part, want := range map[float64]float64{0: 1, 0.5: c.middle} {
				got := order(func(dt float64) float64 { return below(t, c.model, dt, part, c.current, c.state...) })
				if !(math.Abs(got-want) < 0.2) {
					t.Errorf("%s, currents at %g of a step: order %.3f, want %g", neuron.Name(c.model), part, got, want)
				}
			}
		}
	}
}

// The first spike comes at the end of the step in which it falls: late by less
// than a step, half of one on average, which is first order.
func TestSpikesAreLateByHalfAStep(t *testing.T) {
	m, rng := neuron.DePasquale2023(), neuro.Stream(1, "late")
	for _, dt := range []float64{1e-3, 1e-4} {
		const n = 400
		sum := 0.0
		for range n {
			current := logarithmic(rng, 0.5, 50)
			late := float64(times(one(t, m, dt, m.Reset), current, 100_000)[0])*dt - 1/m.Rate(current)
			if late < -1e-12 || late > dt {
				t.Fatalf("a spike is late by %g s in steps of %g s", late, dt)
			}
			sum += late / dt
		}
		// The standard error of a uniform number's mean is 1/√(12 n).
		if off := sum/n - 0.5; math.Abs(off) > 4/math.Sqrt(12*n) {
			t.Errorf("steps of %g s: late by %g of one on average, want a half", dt, sum/n)
		}
	}
}

// Neurons do not know their numbers: under another order of states and currents
// the same ones spike, to the bit.
func TestNeuronsDoNotKnowTheirNumbers(t *testing.T) {
	for _, m := range models() {
		for _, n := range []int{1, 2, 7, 8, 9, 33, 100} {
			p := population(t, m, n)
			drive(7, 50, p)
			rng := neuro.Stream(uint64(n), "numbers")
			number := rng.Perm(n)
			st := p.State()
			for name, values := range st {
				moved := make([]float64, n)
				for i, to := range number {
					moved[to] = values[i]
				}
				st[name] = moved
			}
			q := population(t, m, n)
			if err := q.Restore(st); err != nil {
				t.Fatal(err)
			}
			current, other := make([]float64, n), make([]float64, n)
			spiked := 0
			for step := range 200 {
				for i := range current {
					current[i] = p.Drive() + 8 + 30*rng.NormFloat64()
					other[number[i]] = current[i]
				}
				fired, want := make([]bool, n), make([]bool, n)
				for _, i := range p.Step(current) {
					want[number[i]], spiked = true, spiked+1
				}
				for _, i := range q.Step(other) {
					fired[i] = true
				}
				for i := range fired {
					if fired[i] != want[i] {
						t.Fatalf("%s, %d neurons, step %d: neuron %d spikes: %v, want %v", neuron.Name(m), n, step, i, fired[i], want[i])
					}
				}
			}
			if spiked == 0 {
				t.Errorf("%s, %d neurons: no spikes", neuron.Name(m), n)
			}
		}
	}
}
