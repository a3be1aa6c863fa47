package experiment

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/integrator"
)

// scan is what a sequence of saccades would teach if it were let through the
// window: for each neuron i the sum of a_i v dt over the saccades, in Hz, and
// what that would be if the activity stood still during each saccade.
type scan struct{ taught, still []float64 }

// scanning makes saccades to targets uniform in ±40 degrees, half a second
// apart.
func scanning(g *integrator.Integrator, saccades int, seed uint64) (scan, error) {
	n := g.Population.Config.Neurons
	s := scan{make([]float64, n), make([]float64, n)}
	sim, err := g.Simulate(seed)
	if err != nil {
		return s, err
	}
	if err := sim.Hold([]float64{0}, 0.5); err != nil {
		return s, err
	}
	targets := neuro.Stream(seed, "scan targets")
	for range saccades {
		target := integrator.DefaultOculomotor().TargetRange * (2*targets.Float64() - 1)
		if err := s.saccade(g, sim, target); err != nil {
			return s, err
		}
	}
	return s, nil
}

// saccade looks at a target, in degrees, and rests.
func (s *scan) saccade(g *integrator.Integrator, sim *integrator.Simulation, target float64) error {
	dt := g.Config.Step
	amplitude := target - g.Config.Degrees*sim.X()[0]
	pulse := math.Round(integrator.MainSequence(amplitude) / dt)
	moves := amplitude / g.Config.Degrees / pulse // in each step, in units of x
	before := slices.Clone(sim.Activity())
	for range int(pulse) {
		floats.AddScaled(s.taught, moves, sim.Activity())
		floats.AddScaled(s.still, moves, before)
		if err := sim.Step([]float64{moves / dt}); err != nil {
			return err
		}
	}
	for range int(0.5 / dt) {
		if err := sim.Step([]float64{0}); err != nil {
			return err
		}
	}
	return nil
}

// transferOf is what an addition to the decoders adds to the transfer
// function.
func transferOf(g *integrator.Integrator, addition []float64) (integrator.Transfer, error) {
	added, err := integrator.FromDecoders(g.Population, mat.NewDense(len(addition), 1, addition), g.Config)
	if err != nil {
		return integrator.Transfer{}, err
	}
	return added.Transfer()
}
