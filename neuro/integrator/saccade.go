package integrator

import "math"

// Saccade is a rapid eye movement.
type Saccade struct {
	// Start and Duration of the velocity pulse, in s; Amplitude, in degrees, is the
	// displacement it asked for.
	Start, Duration, Amplitude float64
}

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
// the last one for the eye's new position to have been seen.
func (s *saccades) step(seen, represented float64) float64 {
	if math.Abs(seen) > s.cfg.SaccadeThreshold {
		s.wrong += s.dt
	} else {
		s.wrong = 0
	}
	s.proceed(represented)
	if !s.on && s.wrong > s.cfg.SaccadePatience && s.since > s.cfg.VisualDelay+s.cfg.SaccadeRest {
		s.start(seen, represented)
	}
	return s.command()
}

// correct is step for an error that is felt and not seen: it is acted on when
// it is fresh, and then at once.
func (s *saccades) correct(felt float64, fresh bool, represented float64) float64 {
	s.proceed(represented)
	if fresh && !s.on && math.Abs(felt) > s.cfg.SaccadeThreshold && s.since > s.cfg.SaccadeRest {
		s.start(felt, represented)
	}
	return s.command()
}

func (s *saccades) start(amplitude, represented float64) {
	*s = saccades{
		cfg: s.cfg, dt: s.dt, on: true,
		amplitude: amplitude, velocity: amplitude / MainSequence(amplitude), origin: represented,
	}
}

// proceed advances by one step and ends a saccade that is over: by local
// feedback, when the represented displacement reaches the amplitude, or at
// twice the main sequence's duration; a fixed pulse at that duration.
func (s *saccades) proceed(represented float64) {
	if !s.on {
		s.since += s.dt
		return
	}
	s.elapsed += s.dt
	longest, arrived := MainSequence(s.amplitude), false
	if s.cfg.Pulse != FixedPulse {
		longest *= 2
		arrived = (represented-s.origin)*math.Copysign(1, s.amplitude) >= math.Abs(s.amplitude)
	}
	if arrived || s.elapsed > longest-s.dt/2 {
		s.on, s.since = false, 0
	}
}

func (s *saccades) command() float64 {
	if !s.on {
		return 0
	}
	return s.velocity
}
