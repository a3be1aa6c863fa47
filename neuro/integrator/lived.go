package integrator

import (
	"fmt"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/recording"
)

// Run is what happened while an integrator lived.
type Run struct {
	// Time in s, and at each time the positions of eye and target and the
	// represented position X, in degrees; the velocity command V the
	// integrator received, the parts of it that are a Correction, to learn from,
	// and a Slow command, and the retinal Slip before it is delayed (0 without
	// light), in degrees/s. All have the same length.
	Time, Eye, Target, X, V, Correction, Slow, Slip []float64
	// Saccades are all that ended in time.
	Saccades []Saccade
	// Curve is the drift on the way, at the times CurveTime in s.
	CurveTime []float64
	Curve     []Drift
	// Warnings say what the step resolves poorly, and whether the last drift of
	// the Curve is more than twice the first, which nothing but learning worked on.
	Warnings []neuro.Warning
}

// Gaze is the eye's position in degrees, T × 1, and the target's as what it
// should have been. It panics where a run does not have both at each time.
func (r Run) Gaze() recording.Series {
	s := r.series("eye", "°", r.Eye)
	s.Targets = r.series("target", "°", r.Target).Values
	return s
}

// Corrections are the commands in degrees/s, T × 1, that the rule learned from,
// and 0 where there was none. It panics where a run does not have one at each
// time.
func (r Run) Corrections() recording.Series { return r.series("correction", "°/s", r.Correction) }

// series is one of the traces. The first sample is taken after one interval.
func (r Run) series(name, unit string, trace []float64) recording.Series {
	if len(trace) != len(r.Time) {
		panic(fmt.Sprintf("integrator: %d samples of the %s at %d times: there must be one at each", len(trace), name, len(r.Time)))
	}
	if len(trace) == 0 {
		return recording.Series{}
	}
	return recording.Series{
		Values: mat.NewDense(len(trace), 1, trace), Names: []string{name}, Unit: unit,
		Dt: r.Time[0], Start: r.Time[0],
	}
}
