package integrator

import (
	"fmt"
	"math"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/nef"
)

// Form says what the recurrent connection is made of.
type Form string

const (
	// Weights connects every pair of neurons by its own weight ω_ji, N x N
	// of them, which may be anything.
	Weights Form = "weights"
	// Decoders connects through the decoded value, ω_ji = α_j ⟨e_j, d_i⟩: the
	// same integrator as [Weights] as long as nothing disturbs single
	// weights, which this form cannot hold.
	Decoders Form = "decoders"
)

// Config describes an integrator. It marshals to JSON; start from a preset
// such as [MacNeil2011].
type Config struct {
	// Step is the simulation's step in s.
	Step float64
	// TauSyn is the recurrent synapse's time constant in s.
	TauSyn float64
	// Timing says how finely spikes are placed in time.
	Timing nef.SpikeTiming
	// Form says what the recurrent connection is made of.
	Form Form
	// Degrees is the eye position that x = 1 stands for.
	Degrees float64
	// Regularisation and GridStep (the spacing of x) are those of the
	// optimal decoders the integrator starts from.
	Regularisation nef.Regularisation
	GridStep       float64
}

// MacNeil2011 is the integrator of MacNeil & Eliasmith (2011), in weight
// form: steps of 0.1 ms, a synapse of 100 ms, x = 1 for 50 degrees.
func MacNeil2011() Config {
	return Config{
		Step:           1e-4,
		TauSyn:         0.1,
		Timing:         nef.SubStep,
		Form:           Weights,
		Degrees:        50,
		Regularisation: nef.Regularisation{Sigma: 0.1, Form: nef.NoiseDemo},
		GridStep:       0.001,
	}
}

// Validate says what is wrong with the configuration, or nil. The step must
// resolve the synapse ([neuro.CheckStep]) ten times over. What concerns the
// population too (a step longer than its refractory time) is checked by [New].
func (c Config) Validate() error {
	switch {
	case !positive(c.Step):
		return fmt.Errorf("integrator: Step is %g s: must be positive (the paper's is 1e-4)", c.Step)
	case !positive(c.TauSyn):
		return fmt.Errorf("integrator: TauSyn is %g s: must be positive (the paper's is 0.1)", c.TauSyn)
	}
	if _, err := neuro.CheckStep("integrator", c.Step, neuro.TimeConstant{Name: "TauSyn", Seconds: c.TauSyn}); err != nil {
		return err
	}
	switch {
	case c.Step > c.TauSyn/10:
		return fmt.Errorf("integrator: Step is %g s: want at most a tenth of TauSyn, %g s", c.Step, c.TauSyn/10)
	case c.Form != Weights && c.Form != Decoders:
		return fmt.Errorf("integrator: Form is %q: want %q or %q", c.Form, Weights, Decoders)
	case !positive(c.Degrees):
		return fmt.Errorf("integrator: Degrees is %g: must be positive (the paper's is 50)", c.Degrees)
	case !positive(c.GridStep):
		return fmt.Errorf("integrator: GridStep is %g: must be positive (the paper's is 0.001)", c.GridStep)
	}
	return c.Regularisation.Validate()
}

// positive reports whether v is a positive finite number; NaN is not.
func positive(v float64) bool { return v > 0 && !math.IsInf(v, 1) }
