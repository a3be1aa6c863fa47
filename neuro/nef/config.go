package nef

import (
	"fmt"
	"math"

	"github.com/spikewalk/spikewalk/neuro/internal/bound"
	"github.com/spikewalk/spikewalk/neuro/neuron"
)

// GainForm says which current a neuron receives at its intercept, the value of
// ⟨e, x⟩ where it starts to fire.
type GainForm string

const (
	// GainUsual puts the threshold at the intercept: J(x_int) = 1, so that
	// α = (J_max - 1)/(1 - x_int).
	GainUsual GainForm = "usual"
	// GainDemo puts zero current at the intercept, as the demo program of
	// MacNeil & Eliasmith (2011) does: J(x_int) = 0, so that α = J_max/(1 - x_int).
	// The neuron starts to fire where J = 1, somewhat beyond the intercept.
	GainDemo GainForm = "demo"
)

// Range is an interval from which values are drawn uniformly; Low = High gives
// every neuron the same value.
type Range struct {
	Low, High float64
}

// Config describes a population. Start from a preset such as [MacNeil2011].
type Config struct {
	// Neurons is N; Dimensions is D, that of the represented variable.
	Neurons, Dimensions int
	// TauRC is the membrane time constant and TauRef the refractory time, in s.
	TauRC, TauRef float64
	// MaxRate is the range of the rates that neurons reach at x = Radius e, in Hz.
	MaxRate Range
	// Intercepts is the range of ⟨e, x⟩/Radius where neurons start to fire,
	// within [-1, 1].
	Intercepts Range
	// Radius is the largest |x| that the population should represent.
	Radius float64
	// Gain says which current a neuron receives at its intercept.
	Gain GainForm
	// Seed of the encoders, maximum rates and intercepts.
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

// LIF returns the neuron model of the configuration, in normalised units: neurons
// rest at 0, where they are reset, and fire at 1,
//
//	τ_RC dV/dt = -V + J,     a(J) = 1 / (τ_ref - τ_RC ln(1 - 1/J)) for J > 1.
func (c Config) LIF() neuron.LIF {
	return neuron.LIF{Tau: c.TauRC, Threshold: 1, Refractory: c.TauRef}
}

// Validate says what is wrong with the configuration.
func (c Config) Validate() error {
	if err := bound.Check("nef", bound.AtLeast("Neurons", c.Neurons, 1), bound.AtLeast("Dimensions", c.Dimensions, 1)); err != nil {
		return err
	}
	if low, high := c.Intercepts.Low, c.Intercepts.High; !(low >= -1 && low <= high && high <= 1 && low < 1) {
		return fmt.Errorf("nef: Intercepts is from %g to %g: it must be -1 <= Low <= High <= 1 with Low < 1", low, high)
	}
	if err := bound.Array("nef: the encoders, Neurons × Dimensions,", c.Neurons, c.Dimensions); err != nil {
		return err
	}
	return c.validateNeurons()
}

// longestMembrane, in s, is beyond any membrane's time constant.
const longestMembrane = 2

// validateNeurons is the part that a population of known tuning needs, too.
func (c Config) validateNeurons() error {
	err := bound.Check("nef", bound.Positive("TauRC", c.TauRC), bound.Positive("TauRef", c.TauRef), bound.Positive("Radius", c.Radius))
	low, high := c.MaxRate.Low, c.MaxRate.High
	switch {
	case err != nil:
		return err
	case c.TauRC > longestMembrane:
		return fmt.Errorf("nef: TauRC is %g s, longer than any membrane's time constant (the paper's is 0.1): if these are milliseconds, write %g", c.TauRC, c.TauRC/1000)
	case !(low > 0 && low <= high):
		return fmt.Errorf("nef: MaxRate is from %g to %g Hz: it must be 0 < Low <= High", low, high)
	case high < 1:
		return fmt.Errorf("nef: MaxRate is from %g to %g Hz, and neurons fire faster at most: if these are kilohertz, write %g to %g", low, high, 1000*low, 1000*high)
	case high*c.TauRef >= 1:
		return fmt.Errorf("nef: MaxRate is up to %g Hz, which cannot be reached with a refractory time of %g s: it must be below 1/TauRef = %g Hz", high, c.TauRef, 1/c.TauRef)
	case c.Gain != GainUsual && c.Gain != GainDemo:
		return fmt.Errorf("nef: Gain is %q: it must be %q or %q", c.Gain, GainUsual, GainDemo)
	}
	return nil
}

// positive reports whether v is a positive finite number; NaN is not.
func positive(v float64) bool { return v > 0 && !math.IsInf(v, 1) }
