package integrator

import "math"

// saccades generates rapid eye movements: rectangular pulses of velocity,
// after the main sequence of the oculomotor model OMS v1.4.
type saccades struct {
	cfg OculomotorConfig
	dt  float64

	wrong float64 // how long the error has exceeded the threshold, s
	since float64 // time from the end of the last saccade, s

	on        bool
	amplitude float64 // degrees, signed
	velocity  float64 // of the pulse, degrees/s
	origin    float64 // represented position at its start, degrees
	elapsed   float64 // s
}

func newSaccades(cfg OculomotorConfig, dt float64) *saccades {
	// The first saccade need not wait for an earlier one.
	return &saccades{cfg: cfg, dt: dt, since: math.Inf(1)}
}

// MainSequence is the duration, in s, of a saccade's velocity pulse for an
// amplitude in degrees: 15 ms up to 5 degrees, A + 10 ms up to 10, and
// 2.05 A ms above.
func MainSequence(amplitude float64) float64 {
	switch a := math.Abs(amplitude); {
	case a <= 5:
		return 0.015
	case a <= 10:
		return (a + 10) * 1e-3
	default:
		return 2.05 * a * 1e-3
	}
}

// step returns the velocity command, in degrees/s, for one step, given the
// position error seen and the position represented, in degrees. A saccade
// starts when the error has been large for long enough, and long enough after
// the last one for the eye's new position to have been seen. Local feedback
// ends it when the represented displacement reaches the amplitude, or at
// twice the main sequence's duration.
func (s *saccades) step(seen, represented float64) float64 {
	if math.Abs(seen) > s.cfg.SaccadeThreshold {
		s.wrong += s.dt
	} else {
		s.wrong = 0
	}
	if s.on {
		s.elapsed += s.dt
		covered := (represented - s.origin) * math.Copysign(1, s.amplitude)
		if covered >= math.Abs(s.amplitude) || s.elapsed > 2*MainSequence(s.amplitude)-s.dt/2 {
			s.on, s.since = false, 0
		}
	} else {
		s.since += s.dt
	}
	if !s.on && s.wrong > s.cfg.SaccadePatience && s.since > s.cfg.VisualDelay+s.cfg.SaccadeRest {
		*s = saccades{
			cfg: s.cfg, dt: s.dt, on: true,
			amplitude: seen, velocity: seen / MainSequence(seen), origin: represented,
		}
	}
	if !s.on {
		return 0
	}
	return s.velocity
}
