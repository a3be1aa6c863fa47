package nef

import (
	"fmt"
	"math"

	"github.com/spikewalk/spikewalk/neuro/internal/bound"
)

// GainForm says which current a neuron has at its intercept, the value of
// ⟨e, x⟩ where it starts to fire.
type GainForm string

const (
	// GainUsual puts the threshold at the intercept, J(x_int) = 1:
	// α = (J_max - 1)/(1 - x_int).
	GainUsual GainForm = "usual"
	// GainDemo puts no current at the intercept, J(x_int) = 0, as the demo
	// program of MacNeil & Eliasmith (2011) does: α = J_max/(1 - x_int). The
	// neuron starts to fire where J = 1, somewhat beyond the intercept.
	GainDemo GainForm = "demo"
)

// Range is an interval to draw from uniformly; Low = High gives every
// neuron the same value.
type Range struct {
	Low, High float64
}

// Config describes a population. It marshals to JSON; start from a preset
// such as [MacNeil2011].
type Config struct {
	// Neurons is N, Dimensions is D of the represented variable.
	Neurons, Dimensions int
	// TauRC is the membrane time constant and TauRef the refractory time, in s.
	TauRC, TauRef float64
	// MaxRate is the range of the neurons' rates at x = Radius e, in Hz.
	MaxRate Range
	// Intercepts is the range of ⟨e, x⟩/Radius where neurons start to fire,
	// within [-1, 1].
	Intercepts Range
	// Radius is the largest |x| the population is to represent.
	Radius float64
	// Gain says what the current at the intercept is.
	Gain GainForm
	// Seed names the random draw of encoders, maximum rates and intercepts.
	Seed uint64
}

// MacNeil2011 is the population of MacNeil & Eliasmith (2011): 40 neurons on
// a line. The membrane time constant of 100 ms is large so that responses
// are nearly linear, as those of neurons in the goldfish's Area I are.
func MacNeil2011() Config {
	return Config{
		Neurons: 40, Dimensions: 1,
		TauRC: 0.1, TauRef: 0.002,
		MaxRate:    Range{20, 100},
		Intercepts: Range{-1, 1},
		Radius:     1,
		Gain:       GainUsual,
		Seed:       1,
	}
}

// LIF returns the neuron model of the configuration.
func (c Config) LIF() LIF { return LIF{TauRC: c.TauRC, TauRef: c.TauRef} }

// Validate says what is wrong with the configuration, or nil.
func (c Config) Validate() error {
	switch {
	case c.Neurons < 1:
		return fmt.Errorf("nef: Neurons is %d: a population needs at least 1", c.Neurons)
	case c.Dimensions < 1:
		return fmt.Errorf("nef: Dimensions is %d: a represented variable has at least 1", c.Dimensions)
	case !(c.Intercepts.Low >= -1 && c.Intercepts.Low <= c.Intercepts.High && c.Intercepts.High <= 1 && c.Intercepts.Low < 1):
		return fmt.Errorf("nef: Intercepts from %g to %g are no range within -1 … 1: want -1 <= Low <= High <= 1 and Low < 1", c.Intercepts.Low, c.Intercepts.High)
	}
	if err := bound.Array("nef: the encoders, Neurons × Dimensions,", c.Neurons, c.Dimensions); err != nil {
		return err
	}
	return c.validateNeurons()
}

// longestMembrane, in s, is beyond any membrane's time constant.
const longestMembrane = 2

// validateNeurons checks what a population of given tuning needs as well.
func (c Config) validateNeurons() error {
	switch {
	case !positive(c.TauRC):
		return fmt.Errorf("nef: TauRC is %g s: the membrane time constant must be positive (the paper's is 0.1)", c.TauRC)
	case c.TauRC > longestMembrane:
		return fmt.Errorf("nef: TauRC is %g s, longer than any membrane's time constant (the paper's is 0.1): if these are milliseconds, write %g", c.TauRC, c.TauRC/1000)
	case !positive(c.TauRef):
		return fmt.Errorf("nef: TauRef is %g s: the refractory time must be positive (the paper's is 0.002)", c.TauRef)
	case !(c.MaxRate.Low > 0 && c.MaxRate.Low <= c.MaxRate.High):
		return fmt.Errorf("nef: MaxRate from %g to %g Hz is no range of positive rates: want 0 < Low <= High", c.MaxRate.Low, c.MaxRate.High)
	case c.MaxRate.High < 1:
		return fmt.Errorf("nef: MaxRate from %g to %g Hz: no neuron fires so rarely at most; if these are kilohertz, write %g to %g", c.MaxRate.Low, c.MaxRate.High, 1000*c.MaxRate.Low, 1000*c.MaxRate.High)
	case c.MaxRate.High*c.TauRef >= 1:
		return fmt.Errorf("nef: a MaxRate of %g Hz cannot be reached with a refractory time of %g s: want less than 1/TauRef = %g Hz", c.MaxRate.High, c.TauRef, 1/c.TauRef)
	case !positive(c.Radius):
		return fmt.Errorf("nef: Radius is %g: must be positive", c.Radius)
	case c.Gain != GainUsual && c.Gain != GainDemo:
		return fmt.Errorf("nef: Gain is %q: want %q or %q", c.Gain, GainUsual, GainDemo)
	}
	return nil
}

// positive reports whether v is a positive finite number; NaN is not.
func positive(v float64) bool { return v > 0 && !math.IsInf(v, 1) }
