package nef_test

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/floats/scalar"

	"github.com/spikewalk/spikewalk/neuro/nef"
)

// One spike leaves the closed form behind, wherever in its step it fell, for
// the double exponential (either way round), nearly equal time constants and
// the alpha function; its area is 1.
func TestTwoSynapseResponse(t *testing.T) {
	const dt = 1e-4
	for _, tau := range [][2]float64{{0.005, 0.1}, {0.1, 0.005}, {0.02, 0.02}, {0.02, 0.02 * (1 + 1e-9)}} {
		for _, age := range []float64{0, 3e-5, dt} {
			syn, err := nef.NewTwoSynapse(2, tau[0], tau[1], dt)
			if err != nil {
				t.Fatal(err)
			}
			closed := func(s float64) float64 {
				if scalar.EqualWithinRel(tau[0], tau[1], 1e-6) {
					return s * math.Exp(-s/tau[0]) / (tau[0] * tau[0])
				}
				return (math.Exp(-s/tau[1]) - math.Exp(-s/tau[0])) / (tau[1] - tau[0])
			}
			spikes := []nef.Spike{{Neuron: 1, Age: age}}
			area := 0.0
			for step := range 30_000 {
				syn.Step(spikes)
				spikes = nil
				if want := closed(age + float64(step)*dt); !scalar.EqualWithinAbsOrRel(syn.Activity[1], want, 1e-9, 1e-7) {
					t.Fatalf("τ = %v, age %g: %g Hz after %d steps, want %g", tau, age, syn.Activity[1], step, want)
				}
				area += syn.Activity[1] * dt
			}
			if !scalar.EqualWithinAbs(area, 1, 1e-3) {
				t.Errorf("τ = %v: area %g", tau, area)
			}
			if syn.Activity[0] != 0 {
				t.Error("a silent neuron has activity")
			}
		}
	}
	if syn, err := nef.NewAlpha(1, 0.02, dt); err != nil || syn.Response(0.02) != math.Exp(-1)/0.02 || syn.Response(-1) != 0 || syn.Response(1e9) != 0 {
		t.Error("the alpha function has its maximum, 1/(e τ), at τ, and is 0 long before and after")
	}
}

// A neuron that fires steadily averages to its rate.
func TestTwoSynapseAveragesToRate(t *testing.T) {
	const dt, rate = 1e-3, 50.0
	lif := nef.MacNeil2011().LIF()
	neurons, _ := nef.NewSpiking(1, lif, dt, nef.SubStep)
	syn, _ := nef.NewTwoSynapse(1, 0.01, 0.1, dt)
	mean := 0.0
	for step := range 11_000 {
		syn.Step(neurons.Step([]float64{lif.Current(rate)}))
		if step >= 1000 {
			mean += syn.Activity[0] / 10_000
		}
	}
	if !scalar.EqualWithinRel(mean, rate, 1e-3) {
		t.Errorf("mean activity %g Hz at %g Hz", mean, rate)
	}
}

func TestBadTwoSynapse(t *testing.T) {
	for _, c := range [][3]float64{{0, 0.1, 1e-3}, {0.1, math.NaN(), 1e-3}, {0.1, 0.1, math.Inf(1)}} {
		if _, err := nef.NewTwoSynapse(1, c[0], c[1], c[2]); err == nil {
			t.Errorf("no error for %v", c)
		}
	}
	if _, err := nef.NewAlpha(0, 0.1, 1e-3); err == nil {
		t.Error("no error without neurons")
	}
}
