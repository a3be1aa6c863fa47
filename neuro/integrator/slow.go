package integrator

import "math"

// slow is the slow eye movement command, which holds the eye still against
// the drift it sees: retinal slip plus an efference copy of the command
// itself, both after the visual delay, through a first-order lag,
//
//	τ_s dv_s/dt = G [slip(t-D) + v_s(t-D)] - v_s.
//
// Without the copy, the delayed loop would follow its own corrections.
type slow struct {
	cfg      OculomotorConfig
	dt       float64
	velocity float64 // v_s, degrees/s
	seen     *delay  // slip + v_s, degrees/s
	since    float64 // time from the end of the last saccade, s
	saccade  bool    // the last step was in a saccade
}

func newSlow(cfg OculomotorConfig, dt float64) *slow {
	return &slow{cfg: cfg, dt: dt, seen: newDelay(steps(cfg.VisualDelay, dt)), since: math.Inf(1)}
}

// step returns the command, in degrees/s, for one step, given the slip of the
// step before in degrees/s. During a saccade the command is held. At its end
// command and delay line start anew from 0, and the command stays there while
// the delayed slip is still that of the saccade or of the time SlowSettle
// after it, in which the eye comes to rest.
func (s *slow) step(slip float64, saccade bool) float64 {
	drift := s.seen.oldest()
	s.seen.push(slip + s.velocity)
	switch {
	case saccade:
	case s.saccade:
		s.velocity, s.since = 0, 0
		s.seen.clear()
	default:
		s.since += s.dt
		if s.since > s.cfg.VisualDelay+s.cfg.SlowSettle {
			s.velocity += s.dt / s.cfg.SlowTau * (s.cfg.SlowGain*drift - s.velocity)
		}
	}
	s.saccade = saccade
	return s.velocity
}
