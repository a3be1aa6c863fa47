package attractor

import (
	"fmt"
	"math"

	"github.com/spikewalk/spikewalk/neuro/integrator"
	"github.com/spikewalk/spikewalk/neuro/nef"
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
	// Form says what the recurrent connection is made of: N² weights that may
	// be anything, or decoders.
	Form integrator.Form
	// Regularisation is that of the optimal decoders.
	Regularisation nef.Regularisation
}

// DefaultConfig is the decoder form with steps of 1 ms, in which spikes are
// placed exactly, and a synapse of 100 ms.
func DefaultConfig() Config {
	return Config{
		Step: 1e-3, TauSyn: 0.1, Timing: nef.SubStep, Form: integrator.Decoders,
		Regularisation: nef.Regularisation{Sigma: 0.1, Form: nef.NoiseDemo},
	}
}

// Validate says what is wrong with the configuration, or nil.
func (c Config) Validate() error {
	if err := c.engine().Validate(); err != nil {
		return fmt.Errorf("attractor: %w", err)
	}
	return nil
}

// engine is the configuration of the [integrator.Integrator] that simulates
// the attractor. It has no degrees, and decoders are fitted here.
func (c Config) engine() integrator.Config {
	cfg := integrator.MacNeil2011()
	cfg.Step, cfg.TauSyn, cfg.Timing, cfg.Form, cfg.Regularisation = c.Step, c.TauSyn, c.Timing, c.Form, c.Regularisation
	cfg.Degrees = 1
	return cfg
}

// longest, in s, is beyond any time from one thing to the next in a world.
const longest = 100

// fastest, in rad/s, is about ten turns a second, which no head makes and no walk
// through a grid field.
const fastest = 63

// notDegrees says that an angular velocity is too fast for one in radians.
func notDegrees(what string, speed float64) error {
	if speed > fastest {
		return fmt.Errorf("attractor: %s is %g rad/s, beyond %g: if these are degrees per second, multiply with π/180", what, speed, float64(fastest))
	}
	return nil
}

// positive reports whether v is a positive finite number; NaN is not.
func positive(v float64) bool { return v > 0 && !math.IsInf(v, 1) }
