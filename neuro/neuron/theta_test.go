package neuron_test

import (
	"math"
	"testing"

	"github.com/spikewalk/spikewalk/neuro/neuron"
)

// Under constant I > 0, x(t) = √I tan(√I t/τ + atan(x₀/√I)): a spike each π τ/√I.
func TestThetaIsItsClosedForm(t *testing.T) {
	const dt, steps = 0.001, 2000
	m := neuron.Theta{Tau: 0.013, Scale: 3, Drive: 0.6}
	for _, current := range []float64{-0.59999, 0.1, 1, 7, 90, 900} {
		in := (current + m.Drive) / m.Scale
		root, start := math.Sqrt(in), -0.8
		p := one(t, m, dt, start)
		spikes, phase := 0, math.Atan(math.Tan(start/2)/root)
		for step := 1; step <= steps; step++ {
			spikes += len(times(p, current, 1))
			angle := root*float64(step)*dt/m.Tau + phase
			if want := int(math.Floor(angle/math.Pi + 0.5)); spikes != want {
				t.Fatalf("current %g: %d spikes in %d steps, want %d", current, spikes, step, want)
			}
			if x, want := p.Voltages()[0], 2*math.Atan(root*math.Tan(angle)); apart(x, want) > 1e-9 {
				t.Fatalf("current %g, step %d: θ is %g, want %g", current, step, x, want)
			}
		}
	}
	// It fires once a step at most, and does so under the strongest currents.
	if n := len(times(one(t, m, dt, 0), 1e9, 100)); n != 100 {
		t.Errorf("%d spikes in 100 steps under a huge current", n)
	}
}

// apart is a difference of angles.
func apart(a, b float64) float64 { return math.Abs(math.Remainder(a-b, 2*math.Pi)) }

// Under I < 0, x relaxes to -√|I| from below √|I|, x(t) = -√|I| tanh(√|I| t/τ + c),
// and spikes once from above; under I = 0, x(t) = x₀/(1 - x₀ t/τ).
func TestThetaAtRest(t *testing.T) {
	const dt = 0.0005
	m := neuron.Theta{Tau: 0.01, Scale: 1}
	p, q := one(t, m, dt, 2*math.Atan(1.5)), one(t, m, dt, 2*math.Atan(0.7))
	for step := 1; step <= 200; step++ {
		time := float64(step) * dt / m.Tau
		if len(times(p, -4, 1)) > 0 {
			t.Fatal("a spike from below the threshold")
		}
		if x, want := math.Tan(p.Voltages()[0]/2), -2*math.Tanh(2*time-math.Atanh(0.75)); math.Abs(x-want) > 1e-9 {
			t.Fatalf("step %d: x is %g, want %g", step, x, want)
		}
		fired, want := len(times(q, 0, 1)) > 0, 0.7/(1-0.7*time)
		if crossing := step == int(math.Ceil(1/0.7*m.Tau/dt)); fired != crossing {
			t.Fatalf("step %d: fired: %v, want %v", step, fired, crossing)
		}
		if theta := q.Voltages()[0]; apart(theta, 2*math.Atan(want)) > 1e-9 {
			t.Fatalf("step %d: x is %g, want %g", step, math.Tan(theta/2), want)
		}
	}
	if n := len(times(one(t, m, dt, 2*math.Atan(2.1)), -4, 1000)); n != 1 {
		t.Errorf("%d spikes from above the threshold, want 1", n)
	}
	for _, theta := range []float64{math.Pi, -math.Pi, 3, 3.5, -3.5, 9, -1e6} { // wherever it is put
		for _, current := range []float64{-1e300, -1e6, -1, 0, 1, 1e6, 1e300} {
			p := one(t, m, dt, theta)
			times(p, current, 10)
			if v := p.Voltages()[0]; !(math.Abs(v) <= math.Pi) {
				t.Errorf("from θ %g under %g to %g", theta, current, v)
			}
		}
	}
}
