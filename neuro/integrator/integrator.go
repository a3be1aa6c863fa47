package integrator

import (
	"fmt"
	"math"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/attractor"
	"github.com/spikewalk/spikewalk/neuro/nef"
)

// Degrees is the eye position that x = 1 stands for.
const Degrees = 50

// spacing is the distance of the points on which decoders are fitted, in units
// of x.
const spacing = 0.001

// MacNeil2011 is how MacNeil & Eliasmith (2011) simulate the integrator: in
// weight form, in steps of 0.1 ms, with a synapse of 100 ms.
func MacNeil2011() attractor.Config {
	cfg := attractor.DefaultConfig()
	cfg.Step, cfg.Form = 1e-4, attractor.Weights
	return cfg
}

// New builds the integrator with the population's optimal linear decoders for
// x, fitted on the line within ±Radius: an attractor of one dimension without
// dynamics. The population must represent one dimension, such as that of
// [nef.MacNeil2011] does.
func New(pop *nef.Population, cfg attractor.Config) (*attractor.Attractor, error) {
	if err := pop.Validate(); err != nil {
		return nil, fmt.Errorf("integrator: %w", err)
	}
	if d := pop.Config.Dimensions; d != 1 {
		return nil, fmt.Errorf("integrator: the population represents %d dimensions: it must be 1", d)
	}
	points, err := nef.Line(pop.Config.Radius, spacing)
	if err != nil {
		return nil, err
	}
	return attractor.New(pop, attractor.Definition{Points: points, Config: cfg})
}

// line says whether an attractor is an integrator of one dimension.
func line(what string, g *attractor.Attractor) error {
	if err := g.Validate(); err != nil {
		return fmt.Errorf("integrator: %s: %w", what, err)
	}
	if g.State != 1 || g.Controls != 0 {
		return fmt.Errorf("integrator: %s is for an attractor of 1 dimension without controls, this one has %d and %d controls", what, g.State, g.Controls)
	}
	return nil
}

// represents is the largest eye position that an integrator represents, in
// degrees.
func represents(g *attractor.Attractor) float64 { return Degrees * g.Population.Config.Radius }

// steps is the number of steps of dt in a time, both in s, at most 2^53.
func steps(seconds, dt float64) int { return int(min(math.Round(seconds/dt), 1<<53)) }

// positive reports whether v is a positive finite number; NaN is not.
func positive(v float64) bool { return v > 0 && !math.IsInf(v, 1) }

// The purposes of random numbers.
const (
	purposeTarget         neuro.Purpose = "integrator target"
	purposeProprioception neuro.Purpose = "integrator proprioception"
)
