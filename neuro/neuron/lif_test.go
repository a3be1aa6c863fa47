package neuron_test

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/floats/scalar"

	"github.com/spikewalk/spikewalk/neuro/neuron"
)

// one returns a single neuron in the state it has just after a spike.
func one(t *testing.T, m neuron.Model, dt float64, state ...float64) *neuron.Population {
	t.Helper()
	p, err := neuron.New(m, 1, dt)
	if err != nil {
		t.Fatal(err)
	}
	st := p.State()
	st["voltages"][0] = state[0]
	for k, x := range state[1:] {
		st[m.Traits().Variables[k+1].Name][0] = x
	}
	if err := p.Restore(st); err != nil {
		t.Fatal(err)
	}
	return p
}

// times steps under a constant current on top of the drive, and returns the steps, from 1, at
// whose end there was a spike.
func times(p *neuron.Population, current float64, steps int) (at []int) {
	in := make([]float64, 1)
	for step := 1; step <= steps; step++ {
		in[0] = p.Drive() + current
		if len(p.Step(in)) > 0 {
			at = append(at, step)
		}
	}
	return at
}

// Under constant current v(t) = I + (v₀ - I) exp(-t/τ), and spikes come every
// R + ⌈τ ln((I - reset)/(I - threshold))/dt⌉ steps.
func TestLIFIsItsClosedForm(t *testing.T) {
	const dt, steps = 0.001, 3000
	for _, hold := range []float64{0, 0.001, 0.002, 0.0074} {
		for _, current := range []float64{0.01, 0.5, 2, 8, 30, 200, 1e5} {
			m := neuron.DePasquale2016()
			m.Refractory = hold
			level := m.Rest + m.Drive + current
			free := int(math.Ceil(m.Tau * math.Log((level-m.Reset)/(level-m.Threshold)) / dt))
			interval := int(math.Round(hold/dt)) + free
			spikes := times(one(t, m, dt, m.Reset), current, steps)
			if want := 1 + (steps-free)/interval; len(spikes) != want {
				t.Errorf("refractory %g s, current %g: %d spikes, want %d", hold, current, len(spikes), want)
			}
			for k, at := range spikes {
				if want := free + k*interval; at != want {
					t.Fatalf("refractory %g s, current %g: spike %d in step %d, want %d", hold, current, k, at, want)
				}
			}
			// The rate of the equation itself, of which the grid takes off less
			// than a step a spike.
			rate := m.Rate(current)
			if own := (1/rate - m.Refractory) / dt; own > float64(free)+1e-9 || own <= float64(free)-1 {
				t.Errorf("refractory %g s, current %g: %g Hz, %g steps without the period; want just below %d", hold, current, rate, own, free)
			}
		}
	}
	m := neuron.DePasquale2016()
	p := one(t, m, dt, -60)
	for step := 1; step <= 100; step++ {
		times(p, -3, 1)
		want := -58 + (-60+58)*math.Exp(-float64(step)*dt/m.Tau)
		if got := p.Voltages()[0]; math.Abs(got-want) > 1e-9 {
			t.Fatalf("step %d: %g mV, want %g", step, got, want)
		}
	}
}

func TestRateAndCurrentAreInverse(t *testing.T) {
	for _, m := range []neuron.LIF{neuron.DePasquale2016(), neuron.DePasquale2023(), {Tau: 0.1, Threshold: 1, Refractory: 0.002}} {
		for _, rate := range []float64{10, 20, 100, 400} {
			if got := m.Rate(m.Current(rate)); !scalar.EqualWithinRel(got, rate, 1e-9) {
				t.Errorf("%+v: the current for %g Hz gives %g", m, rate, got)
			}
		}
		if got := m.Rate(m.Current(0)); got != 0 {
			t.Errorf("%+v: %g Hz at the threshold", m, got)
		}
	}
	if got := neuron.DePasquale2016().Current(500); !math.IsNaN(got) {
		t.Errorf("a current of %g for one spike each refractory period", got)
	}
}

// A refractory neuron is deaf: whatever comes in, it is exactly at reset for
// two steps after that of the spike, and moves in the third.
func TestRefractoryNeuronsAreHeldAtReset(t *testing.T) {
	adaptive := neuron.AdaptiveLIF{LIF: neuron.DePasquale2016(), TauAdaptation: 0.1, Increment: -3}
	for _, m := range []neuron.Model{neuron.DePasquale2016(), adaptive} {
		const reset = -65
		p := one(t, m, 0.001, append([]float64{reset}, make([]float64, len(m.Traits().Variables)-1)...)...)
		since, spikes := 100, 0
		for step := range 3000 {
			fired := len(times(p, 400*math.Sin(float64(step*step)), 1)) > 0
			since++
			if v := p.Voltages()[0]; since <= 2 && (fired || v != reset) {
				t.Fatalf("%s: step %d, %d after a spike: at %g mV, fired %v", neuron.Name(m), step, since, v, fired)
			} else if since == 3 && v == reset && !fired {
				t.Fatalf("%s: step %d: still held 3 steps after the spike", neuron.Name(m), step)
			}
			if fired {
				since, spikes = 0, spikes+1
			}
		}
		if spikes < 100 {
			t.Errorf("%s: only %d spikes: the test says nothing", neuron.Name(m), spikes)
		}
	}
}
