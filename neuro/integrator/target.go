package integrator

import (
	"github.com/spikewalk/spikewalk/neuro/internal/stream"
	"github.com/spikewalk/spikewalk/neuro/nef"
)

// target jumps to a new position, uniform in ±Range degrees, after each dwell
// time, uniform in Dwell. In between it moves with the surround, as far as
// ±limit.
type target struct {
	position float64 // degrees
	span     float64 // degrees
	limit    float64 // degrees
	dwell    nef.Range
	left     int // steps until the next jump
	dt       float64
	draw     stream.Stream
}

func newTarget(cfg OculomotorConfig, dt float64, seed uint64) *target {
	return &target{span: cfg.TargetRange, limit: cfg.TargetLimit, dwell: cfg.TargetDwell, dt: dt, draw: stream.New(seed, string(purposeTarget))}
}

// step advances by one step, given the velocity of the surround in degrees/s,
// and returns the position in degrees.
func (t *target) step(surround float64) float64 {
	t.position = min(max(t.position+t.dt*surround, -t.limit), t.limit)
	if t.left == 0 {
		t.position = t.span * (2*t.draw.Float64() - 1)
		t.left = max(1, steps(t.dwell.Low+(t.dwell.High-t.dwell.Low)*t.draw.Float64(), t.dt))
	}
	t.left--
	return t.position
}
