package integrator

import (
	"fmt"
	"math"

	"github.com/spikewalk/spikewalk/neuro/nef"
)

// OculomotorConfig describes what surrounds the integrator: a target to look
// at, saccades towards it, slow movements against slip, and the eye. It
// marshals to JSON; start from [DefaultOculomotor]. Times are in s, positions
// in degrees.
type OculomotorConfig struct {
	// The target jumps to a position uniform in ±TargetRange after each dwell
	// time, uniform in TargetDwell. A moving surround carries it along, at
	// most to ±TargetLimit, which must be within what the integrator
	// represents.
	TargetRange, TargetLimit float64
	TargetDwell              nef.Range
	// SurroundGain g, in 1/s, moves the surround at g E when the eye is at E,
	// so that an eye at rest drifts at -g E relative to it; 0 is a surround at
	// rest. It works with light only.
	SurroundGain float64
	// Light says whether anything is seen. Without it there is neither slip nor
	// visual error. What is left of the error is what the eye muscles'
	// proprioceptors tell: its value every ProprioceptionEvery, with a
	// Gaussian error of the standard deviation ProprioceptionSD. The target
	// is then where the eye is meant to be. A ProprioceptionEvery of 1e6 s or
	// more means never.
	Light                                 bool
	ProprioceptionSD, ProprioceptionEvery float64
	// VisualDelay, in s, passes before the eye's own movements change what is seen.
	// The target is where it is seen to be: its jumps happened as much earlier.
	VisualDelay float64
	// A saccade starts when the error seen has exceeded SaccadeThreshold for
	// SaccadePatience, more than VisualDelay + SaccadeRest after the last one;
	// when felt, at once, SaccadeRest after the last one.
	SaccadeThreshold, SaccadePatience, SaccadeRest float64
	// Pulse says how a saccade moves the eye.
	Pulse Pulse
	// PlantTau is the time constant of the eye.
	PlantTau float64
	// SlowTau and SlowGain are the lag and the gain of slow movements, which
	// begin SlowSettle after the end of a saccade is seen.
	SlowTau, SlowGain, SlowSettle float64
}

// Pulse says how a saccade's velocity pulse ends and how it reaches the eye.
type Pulse string

const (
	// MatchedPulse ends by local feedback, when the represented position has
	// moved by the amplitude, or at twice the main sequence's duration. The eye
	// moves with the represented position, and not without: a pulse that
	// does not match its step would leave a glide, and train a bias.
	MatchedPulse Pulse = "matched"
	// FixedPulse lasts as long as the main sequence says and reaches the eye
	// directly, as τ_p v, whatever the integrator makes of it. It is for
	// integrators that do not integrate yet, with which a matched pulse would
	// leave the eye where it is. For a perfect one the two are the same.
	FixedPulse Pulse = "fixed"
)

// DefaultOculomotor is a compact stand-in, with light, for the oculomotor
// model (OMS v1.4) in which MacNeil & Eliasmith (2011) embed the integrator.
func DefaultOculomotor() OculomotorConfig {
	return OculomotorConfig{
		TargetRange: 40, TargetLimit: 45, TargetDwell: nef.Range{Low: 0.5, High: 3},
		Light: true, ProprioceptionSD: 1, ProprioceptionEvery: 0.25,
		VisualDelay:      0.08,
		SaccadeThreshold: 0.5, SaccadePatience: 0.1, SaccadeRest: 0.05,
		Pulse:    MatchedPulse,
		PlantTau: 0.2,
		SlowTau:  0.1, SlowGain: 0.95, SlowSettle: 0.06,
	}
}

// What takes longer, in s, is meant in milliseconds: a look at another target,
// and what an eye waits for. A time beyond never is one that does not come.
const longestDwell, longestWait, never = 100.0, 10.0, 1e6

// maxDelay, in s, bounds what is kept of the past.
const maxDelay = 5.0

// Validate says what is wrong with the configuration, or nil. Whether the
// integrator can represent the targets is checked by [Live].
func (c OculomotorConfig) Validate() error {
	for _, p := range []struct {
		name  string
		value float64
	}{
		{"TargetRange", c.TargetRange}, {"TargetLimit", c.TargetLimit}, {"TargetDwell.Low", c.TargetDwell.Low},
		{"VisualDelay", c.VisualDelay}, {"SaccadeThreshold", c.SaccadeThreshold},
		{"PlantTau", c.PlantTau}, {"SlowTau", c.SlowTau}, {"ProprioceptionEvery", c.ProprioceptionEvery},
	} {
		if !positive(p.value) {
			return fmt.Errorf("integrator: the oculomotor system's %s is %g: must be positive", p.name, p.value)
		}
	}
	switch {
	case c.TargetRange > c.TargetLimit:
		return fmt.Errorf("integrator: targets jump within ±%g degrees, beyond TargetLimit, %g: want a TargetRange of at most that", c.TargetRange, c.TargetLimit)
	case math.IsNaN(c.SurroundGain) || math.IsInf(c.SurroundGain, 0):
		return fmt.Errorf("integrator: SurroundGain is %g per s: must be finite (usual are -0.2 to 0.2)", c.SurroundGain)
	case !(c.ProprioceptionSD >= 0) || math.IsInf(c.ProprioceptionSD, 1):
		return fmt.Errorf("integrator: ProprioceptionSD is %g degrees: want a finite number of at least 0 (usual is 1)", c.ProprioceptionSD)
	case c.Pulse != MatchedPulse && c.Pulse != FixedPulse:
		return fmt.Errorf("integrator: Pulse is %q: want %q or %q", c.Pulse, MatchedPulse, FixedPulse)
	case c.VisualDelay > maxDelay:
		return fmt.Errorf("integrator: VisualDelay is %g s: want at most %g (usual are 0.06 to 0.2)", c.VisualDelay, maxDelay)
	case !(c.TargetDwell.Low <= c.TargetDwell.High) || math.IsInf(c.TargetDwell.High, 1):
		return fmt.Errorf("integrator: TargetDwell from %g to %g s is no range: want finite Low <= High", c.TargetDwell.Low, c.TargetDwell.High)
	case !(c.SlowGain >= 0 && c.SlowGain < 1):
		return fmt.Errorf("integrator: SlowGain is %g: want from 0 to below 1, at 1 the command never settles", c.SlowGain)
	case !(c.SaccadePatience >= 0 && c.SaccadeRest >= 0 && c.SlowSettle >= 0) || math.IsInf(c.SaccadePatience+c.SaccadeRest+c.SlowSettle, 1):
		return fmt.Errorf("integrator: SaccadePatience, SaccadeRest and SlowSettle are %g, %g, %g s: want finite times of at least 0", c.SaccadePatience, c.SaccadeRest, c.SlowSettle)
	case c.TargetDwell.Low > longestDwell || c.ProprioceptionEvery > longestDwell && c.ProprioceptionEvery < never:
		return fmt.Errorf("integrator: TargetDwell from %g s and ProprioceptionEvery %g s: want at most %g; if these are milliseconds, divide by 1000; a ProprioceptionEvery of %g or more means never", c.TargetDwell.Low, c.ProprioceptionEvery, longestDwell, never)
	case max(c.SaccadePatience, c.SaccadeRest, c.SlowSettle) > longestWait:
		return fmt.Errorf("integrator: SaccadePatience, SaccadeRest and SlowSettle are %g, %g, %g s: want at most %g (tenths of a second are usual); if these are milliseconds, divide by 1000", c.SaccadePatience, c.SaccadeRest, c.SlowSettle, longestWait)
	}
	return nil
}
