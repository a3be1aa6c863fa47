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
	// time, uniform in TargetDwell.
	TargetRange float64
	TargetDwell nef.Range
	// VisualDelay is that of everything seen.
	VisualDelay float64
	// A saccade starts when the error has exceeded SaccadeThreshold for
	// SaccadePatience, more than VisualDelay + SaccadeRest after the last one.
	SaccadeThreshold, SaccadePatience, SaccadeRest float64
	// PlantTau is the time constant of the eye.
	PlantTau float64
	// SlowTau and SlowGain are the lag and the gain of slow movements, which
	// begin SlowSettle after the end of a saccade is seen.
	SlowTau, SlowGain, SlowSettle float64
}

// DefaultOculomotor is a compact stand-in for the oculomotor model (OMS v1.4)
// in which MacNeil & Eliasmith (2011) embed the integrator.
func DefaultOculomotor() OculomotorConfig {
	return OculomotorConfig{
		TargetRange: 40, TargetDwell: nef.Range{Low: 0.5, High: 3},
		VisualDelay:      0.08,
		SaccadeThreshold: 0.5, SaccadePatience: 0.1, SaccadeRest: 0.05,
		PlantTau: 0.2,
		SlowTau:  0.1, SlowGain: 0.95, SlowSettle: 0.06,
	}
}

// maxDelay, in s, bounds what is kept of the past.
const maxDelay = 60.0

// Validate says what is wrong with the configuration, or nil.
func (c OculomotorConfig) Validate() error {
	for _, p := range []struct {
		name  string
		value float64
	}{
		{"TargetRange", c.TargetRange}, {"TargetDwell.Low", c.TargetDwell.Low},
		{"VisualDelay", c.VisualDelay}, {"SaccadeThreshold", c.SaccadeThreshold},
		{"PlantTau", c.PlantTau}, {"SlowTau", c.SlowTau},
	} {
		if !positive(p.value) {
			return fmt.Errorf("integrator: the oculomotor system's %s is %g: must be positive", p.name, p.value)
		}
	}
	switch {
	case c.VisualDelay > maxDelay:
		return fmt.Errorf("integrator: VisualDelay is %g s: want at most %g (usual are 0.06 to 0.2)", c.VisualDelay, maxDelay)
	case !(c.TargetDwell.Low <= c.TargetDwell.High) || math.IsInf(c.TargetDwell.High, 1):
		return fmt.Errorf("integrator: TargetDwell from %g to %g s is no range: want finite Low <= High", c.TargetDwell.Low, c.TargetDwell.High)
	case !(c.SlowGain >= 0 && c.SlowGain < 1):
		return fmt.Errorf("integrator: SlowGain is %g: want from 0 to below 1, at 1 the command never settles", c.SlowGain)
	case !(c.SaccadePatience >= 0 && c.SaccadeRest >= 0 && c.SlowSettle >= 0) || math.IsInf(c.SaccadePatience+c.SaccadeRest+c.SlowSettle, 1):
		return fmt.Errorf("integrator: SaccadePatience, SaccadeRest and SlowSettle are %g, %g, %g s: want finite times of at least 0", c.SaccadePatience, c.SaccadeRest, c.SlowSettle)
	}
	return nil
}

// oculomotor is the moving state of the system around an integrator. Each
// step is command, then the integrator's step, then move.
type oculomotor struct {
	target   *target
	saccades *saccades
	slow     *slow
	plant    *plant
	seen     *delay // eye position, degrees

	at       float64 // target position in this step, degrees
	slowNow  float64 // slow command in this step, degrees/s
	inFlight bool    // this step is in a saccade
}

func newOculomotor(cfg OculomotorConfig, dt float64, seed uint64) *oculomotor {
	return &oculomotor{
		target:   newTarget(cfg, dt, seed),
		saccades: newSaccades(cfg, dt),
		slow:     newSlow(cfg, dt),
		plant:    &plant{tau: cfg.PlantTau, dt: dt},
		seen:     newDelay(steps(cfg.VisualDelay, dt)),
	}
}

// command returns the velocity command v, in degrees/s, that the integrator
// receives in this step, saccades plus slow commands.
func (o *oculomotor) command() float64 {
	o.at = o.target.step()
	rapid := o.saccades.step(o.at-o.seen.oldest(), o.plant.x)
	o.inFlight = o.saccades.on
	// The surround is at rest, so it slips over the retina as the eye moves.
	slip := -o.plant.velocity
	o.slowNow = o.slow.step(slip, o.inFlight)
	return rapid + o.slowNow
}

// move lets the eye follow the represented position x, in degrees.
func (o *oculomotor) move(x float64) {
	o.seen.push(o.plant.position)
	o.plant.step(x, o.slowNow, o.inFlight)
}
