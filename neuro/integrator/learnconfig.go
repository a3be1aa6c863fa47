package integrator

import (
	"fmt"
	"math"
)

// LearnConfig describes a stretch of life during which the integrator
// learns. It marshals to JSON; start from [Light] or [Dark].
type LearnConfig struct {
	// Seconds is how long it lasts in simulated time.
	Seconds float64
	// Kappa is the learning rate κ per second, for activities in Hz and
	// commands in units of x per second: 4e-7 … 1e-5 is usable, 4e-4 spoils
	// what was tuned, 4e-3 runs away. 0 lives without learning.
	Kappa float64
	// Window is the speed, in degrees/s, from which a command is a saccade
	// and not a correction to learn from. 1e9 lets all through.
	Window float64
	// Sample is the spacing of the recorded traces in s.
	Sample float64
	// Curve holds the times in s, ascending, at which the drift is measured
	// on the way, as Drift says. 0 is before learning.
	Curve []float64
	Drift DriftConfig
	// Noise disturbs single weights all the while, for which the integrator
	// must be in weight form; the zero value does not.
	Noise WeightNoise
	// Oculomotor is the system the integrator is embedded in.
	Oculomotor OculomotorConfig
	// Seed names the target's jumps, the initial voltages and the noise. A
	// life that continues another one wants another seed.
	Seed uint64
}

// Light is learning with vision for a time in s, at the paper's rate of 4e-7
// per second (4e-11 in each step of 0.1 ms) and with its window of 200
// degrees/s.
func Light(seconds float64) LearnConfig {
	return LearnConfig{
		Seconds: seconds, Kappa: 4e-7, Window: 200, Sample: 0.01,
		Drift: DefaultDrift(), Oculomotor: DefaultOculomotor(), Seed: 1,
	}
}

// Dark is as [Light], but nothing is seen: the integrator learns from the
// small saccades that proprioception calls for.
func Dark(seconds float64) LearnConfig {
	cfg := Light(seconds)
	cfg.Oculomotor.Light = false
	return cfg
}

// Validate says what is wrong with the configuration, or nil.
func (c LearnConfig) Validate() error {
	switch {
	case !positive(c.Seconds):
		return fmt.Errorf("integrator: learning for %g s: Seconds must be positive", c.Seconds)
	case !(c.Kappa >= 0) || math.IsInf(c.Kappa, 1):
		return fmt.Errorf("integrator: Kappa is %g: want a finite learning rate of at least 0 (the paper's is 4e-7 per second)", c.Kappa)
	case !positive(c.Window):
		return fmt.Errorf("integrator: Window is %g degrees/s: must be positive (the paper's is 200)", c.Window)
	case !(c.Sample > 0 && c.Sample <= c.Seconds):
		return fmt.Errorf("integrator: traces sampled every %g s of %g: want a positive Sample of at most Seconds", c.Sample, c.Seconds)
	}
	for i, at := range c.Curve {
		if !(at >= 0 && at <= c.Seconds) || i > 0 && at <= c.Curve[i-1] {
			return fmt.Errorf("integrator: Curve %v: want ascending times from 0 to Seconds, %g", c.Curve, c.Seconds)
		}
	}
	if err := c.Drift.Validate(); err != nil {
		return err
	}
	if err := c.Noise.Validate(); err != nil {
		return err
	}
	return c.Oculomotor.Validate()
}

// Corrective is the part of a velocity command that can be a correction: v
// where |v| is below the window, else 0. Saccades are no corrections, and
// learning from them spoils the integrator: a few per cent of the activity do
// not keep pace with x during one, where tuning curves bend, and saccades are
// hundreds of times as fast as corrections (experiment int.window).
func Corrective(v, window float64) float64 {
	if math.Abs(v) < window {
		return v
	}
	return 0
}
