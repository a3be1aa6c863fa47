package attractor

import (
	"fmt"
	"math"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/nef"
)

// Form says what the recurrent connection is made of.
type Form string

const (
	// Weights connects every pair of neurons by its own weight ω_ji, N × N
	// of them, which may be anything.
	Weights Form = "weights"
	// Decoders connects through the decoded value, ω_ji = α_j ⟨e_j, d_i⟩: the
	// same attractor as [Weights] as long as nothing disturbs single weights,
	// which this form cannot hold, and N times cheaper.
	Decoders Form = "decoders"
)

// Config says how an attractor is simulated. It marshals to JSON; start from
// [DefaultConfig].
type Config struct {
	// Step is the simulation's step in s, at most the neurons' refractory time.
	Step float64
	// TauSyn is the recurrent synapse's time constant in s.
	TauSyn float64
	// Timing says how finely spikes are placed in time.
	Timing nef.SpikeTiming
	// Form says what the recurrent connection is made of.
	Form Form
	// Regularisation applies to the optimal decoders.
	Regularisation nef.Regularisation
}

// DefaultConfig is the decoder form with steps of 1 ms, in which spikes are
// placed exactly, and a synapse of 100 ms.
func DefaultConfig() Config {
	return Config{
		Step: 1e-3, TauSyn: 0.1, Timing: nef.SubStep, Form: Decoders,
		Regularisation: nef.Regularisation{Sigma: 0.1, Form: nef.NoiseDemo},
	}
}

// Validate says what is wrong with the configuration, or nil. The step must
// resolve the synapse ([neuro.CheckStep]) ten times over. [New] checks what
// concerns the population too, such as a step longer than its refractory time.
func (c Config) Validate() error {
	switch {
	case !positive(c.Step):
		return fmt.Errorf("attractor: Step is %g s: it must be positive (1e-4 to 1e-3 is usual)", c.Step)
	case !positive(c.TauSyn):
		return fmt.Errorf("attractor: TauSyn is %g s: it must be positive (0.1 is usual)", c.TauSyn)
	}
	if _, err := neuro.CheckStep("attractor", c.Step, c.synapse()); err != nil {
		return err
	}
	switch {
	case c.Step > c.TauSyn/10:
		return fmt.Errorf("attractor: Step is %g s: it must be at most a tenth of TauSyn, %g s", c.Step, c.TauSyn/10)
	case c.Form != Weights && c.Form != Decoders:
		return fmt.Errorf("attractor: Form is %q: it must be %q or %q", c.Form, Weights, Decoders)
	}
	return c.Regularisation.Validate()
}

// synapse is the time constant of the synapse.
func (c Config) synapse() neuro.TimeConstant {
	return neuro.TimeConstant{Name: "TauSyn", Seconds: c.TauSyn}
}

// membrane is the time constant of a population's neurons.
func membrane(pop *nef.Population) neuro.TimeConstant {
	return neuro.TimeConstant{Name: "the population's TauRC", Seconds: pop.Config.TauRC}
}

// longest, in s, is beyond any time from one thing to the next in a world.
const longest = 100

// steps is the number of steps of dt in a time, both in s, at most 2^53.
func steps(seconds, dt float64) int { return int(min(math.Round(seconds/dt), 1<<53)) }

// positive reports whether v is a positive finite number; NaN is not.
func positive(v float64) bool { return v > 0 && !math.IsInf(v, 1) }
