package macneil2011

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/attractor"
	"github.com/spikewalk/spikewalk/neuro/integrator"
)

// toScan is what targets of saccades are drawn for.
const toScan neuro.Purpose = "scan targets"

// scan is what saccades would teach if they were let through the window: for
// each neuron i the sum of a_i v dt over the saccades, in Hz, and what that
// would be if the activity stood still during each saccade.
type scan struct{ taught, still []float64 }

// scanning looks from the centre at targets uniform within ±reach degrees, and at
// the centre again.
func scanning(g *attractor.Attractor, saccades int, reach float64, seed uint64) (scan, error) {
	draw := neuro.Stream(seed, toScan)
	targets := make([]float64, saccades)
	for i := range saccades - 1 {
		targets[i] = reach * (2*draw.Float64() - 1)
	}
	return scanTargets(g, targets, seed)
}

// scanTargets looks from the centre at the targets, in degrees, one after the
// other. Between saccades the population is held at the target: left alone it
// would drift, and the next saccade would correct that.
func scanTargets(g *attractor.Attractor, targets []float64, seed uint64) (scan, error) {
	n := g.Population.Config.Neurons
	s := scan{make([]float64, n), make([]float64, n)}
	sim, err := g.Simulate(seed)
	if err != nil {
		return s, err
	}
	at := 0.0
	for _, target := range append([]float64{at}, targets...) {
		if target != at {
			if err := s.saccade(sim, g.Config, target-at); err != nil {
				return s, err
			}
		}
		at = target
		if err := sim.Hold([]float64{at / integrator.Degrees}, nil, 5*g.Config.TauSyn); err != nil {
			return s, err
		}
	}
	return s, nil
}

// saccade moves the simulation by an amplitude in degrees.
func (s *scan) saccade(sim *attractor.Simulation, cfg attractor.Config, amplitude float64) error {
	steps := math.Round(integrator.MainSequence(amplitude) / cfg.Step)
	moves := amplitude / integrator.Degrees / steps // in each step, in units of x
	before := slices.Clone(sim.Activity())
	for range int(steps) {
		floats.AddScaled(s.taught, moves, sim.Activity())
		floats.AddScaled(s.still, moves, before)
		if err := sim.Step([]float64{moves / cfg.Step}, nil); err != nil {
			return err
		}
	}
	return nil
}

// transferOf is what an addition to the decoders adds to the transfer
// function.
func transferOf(g *attractor.Attractor, addition []float64) (integrator.Transfer, error) {
	added, err := g.WithDecoders(mat.NewDense(len(addition), 1, addition))
	if err != nil {
		return integrator.Transfer{}, err
	}
	return integrator.MeasureTransfer(added)
}
