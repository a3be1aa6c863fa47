package nef

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
)

// Tuning is what N neurons respond to: measured in recordings, or given by a
// model (preferred phases on a ring).
type Tuning struct {
	// Encoders is N × D: the preferred directions. Each row is scaled to
	// length 1.
	Encoders *mat.Dense
	// MaxRates, of length N, are the rates at x = Radius e, in Hz, below
	// 1/TauRef.
	MaxRates []float64
	// Intercepts, of length N, are the values of ⟨e, x⟩/Radius where the
	// neurons start to fire. They must be below 1; a neuron that still fires
	// at the far end of the range has one below -1.
	Intercepts []float64
}

// FromTuning makes a population of neurons with a given tuning, which is copied.
// From the configuration it takes TauRC, TauRef, Radius and Gain; it sets Neurons,
// Dimensions, MaxRate and Intercepts to those of the tuning, and Seed to 0.
// [NewPopulation] cannot make the population again from its configuration.
func FromTuning(cfg Config, t Tuning) (*Population, error) {
	if t.Encoders == nil || t.Encoders.IsEmpty() {
		return nil, fmt.Errorf("nef: a tuning without Encoders: want an N x D matrix")
	}
	n, d := t.Encoders.Dims()
	if len(t.MaxRates) != n || len(t.Intercepts) != n {
		return nil, fmt.Errorf("nef: a tuning of %d encoders, %d maximum rates and %d intercepts: want one of each for every neuron", n, len(t.MaxRates), len(t.Intercepts))
	}
	t = Tuning{mat.DenseCopyOf(t.Encoders), slices.Clone(t.MaxRates), slices.Clone(t.Intercepts)}
	cfg.Neurons, cfg.Dimensions, cfg.Seed = n, d, 0
	for i := range n {
		if err := t.check(i); err != nil {
			return nil, err
		}
		e := t.Encoders.RawRowView(i)
		floats.Scale(1/floats.Norm(e, 2), e)
	}
	cfg.MaxRate = Range{floats.Min(t.MaxRates), floats.Max(t.MaxRates)}
	cfg.Intercepts = Range{floats.Min(t.Intercepts), floats.Max(t.Intercepts)}
	if err := cfg.validateNeurons(); err != nil {
		return nil, err
	}
	return tuned(cfg, t), nil
}

// check says what is wrong with neuron i's tuning.
func (t Tuning) check(i int) error {
	e := t.Encoders.RawRowView(i)
	if k := neuro.NotFinite(e); k >= 0 {
		return fmt.Errorf("nef: the encoder of neuron %d is %g in dimension %d: it must be finite", i, e[k], k)
	}
	if norm := floats.Norm(e, 2); !positive(norm) || !positive(1/norm) {
		return fmt.Errorf("nef: the encoder of neuron %d has length %g and therefore no direction", i, norm)
	}
	if !positive(t.MaxRates[i]) {
		return fmt.Errorf("nef: the maximum rate of neuron %d is %g Hz: it must be positive", i, t.MaxRates[i])
	}
	if c := t.Intercepts[i]; !(c < 1) || math.IsInf(c, 0) {
		return fmt.Errorf("nef: the intercept of neuron %d is %g: it must be finite and below 1, where the maximum rate is reached", i, c)
	}
	return nil
}
