package integrator

import "github.com/spikewalk/spikewalk/neuro/internal/stream"

// proprioception tells now and then how wrong the eye's position is, with a
// Gaussian error.
type proprioception struct {
	sd    float64 // degrees
	every int     // steps
	left  int     // steps until the next report
	draw  stream.Stream
}

func newProprioception(cfg OculomotorConfig, dt float64, seed uint64) *proprioception {
	every := max(1, steps(cfg.ProprioceptionEvery, dt))
	return &proprioception{sd: cfg.ProprioceptionSD, every: every, left: every, draw: stream.New(seed, string(purposeProprioception))}
}

// step advances by one step, given the true position error in degrees, and
// returns the one felt if there is a fresh one.
func (p *proprioception) step(wrong float64) (felt float64, fresh bool) {
	if p.left--; p.left > 0 {
		return 0, false
	}
	p.left = p.every
	return wrong + p.sd*p.draw.NormFloat64(), true
}
