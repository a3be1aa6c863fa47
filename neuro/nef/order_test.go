package nef_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/spikewalk/spikewalk/neuro/nef"
	"github.com/spikewalk/spikewalk/neuro/neuron"
)

// Under a smooth current, taken in the middle of each step, the instants of spikes
// within steps converge in second order, and those on the grid in first. Where in a
// step a neuron wakes makes single errors irregular, so that steps far apart are
// compared.
func TestSpikeTimesConvergeInTheirOrder(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	lif := neuron.LIF{Tau: 0.02, Threshold: 1, Refractory: 0.00203} // not a multiple of the steps
	fifth := func(timing nef.SpikeTiming, dt, level, phase float64) float64 {
		neurons, err := nef.NewSpiking(1, lif, dt, timing)
		if err != nil {
			t.Fatal(err)
		}
		spikes := 0
		for step := 0; step < int(2/dt); step++ {
			s := (float64(step) + 0.5) * dt
			for _, k := range neurons.Step([]float64{level + 0.5*math.Sin(2*math.Pi*8*s+phase)}) {
				if spikes++; spikes == 5 {
					return float64(step+1)*dt - k.Age
				}
			}
		}
		t.Fatal("fewer than five spikes")
		return 0
	}
	const n = 40
	var within, grid [2]float64 // mean square errors
	for range n {
		level, phase := 1.8+rng.Float64(), 6*rng.Float64()
		exact := fifth(nef.SubStep, 2e-6, level, phase)
		for i, dt := range []float64{1e-3, 1e-3 / 32} {
			within[i] += math.Pow(fifth(nef.SubStep, dt, level, phase)-exact, 2) / n
			grid[i] += math.Pow(fifth(nef.OnGrid, dt, level, phase)-exact, 2) / n
		}
	}
	slope := func(square [2]float64) float64 { return math.Log(square[0]/square[1]) / (2 * math.Log(32)) }
	if got := slope(within); math.Abs(got-2) > 0.3 {
		t.Errorf("within steps: order %.2f, want 2; errors %g and %g s", got, math.Sqrt(within[0]), math.Sqrt(within[1]))
	}
	if got := slope(grid); math.Abs(got-1) > 0.2 {
		t.Errorf("on the grid: order %.2f, want 1; errors %g and %g s", got, math.Sqrt(grid[0]), math.Sqrt(grid[1]))
	}
	if within[1] > grid[1]/1e6 {
		t.Errorf("errors of %g s within steps and %g s on the grid", math.Sqrt(within[1]), math.Sqrt(grid[1]))
	}
}
