package attractor

import (
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/recording"
)

// Run is what happened in a life. All matrices have a row for each time.
type Run struct {
	// Time in s, of length T.
	Time []float64
	// X is what the attractor represented and Truth what it ought to have
	// (0 where the world knows no truth), T × D.
	X, Truth *mat.Dense
	// Correction is E, T × D, in units of x per second.
	Correction *mat.Dense
	// Activity of the N neurons at the end, in Hz: the bump.
	Activity []float64
	// Warnings say what the step resolves poorly.
	Warnings []neuro.Warning
}

// States are what the attractor represented, T × D, and the truth as what it should
// have.
func (r Run) States() recording.Series { return r.series(r.X, r.Truth) }

// Corrections are E, T × D, in units of x per second.
func (r Run) Corrections() recording.Series { return r.series(r.Correction, nil) }

// series is one of the traces. The first sample is taken after one interval.
func (r Run) series(values, targets *mat.Dense) recording.Series {
	if len(r.Time) == 0 {
		return recording.Series{}
	}
	return recording.Series{Values: values, Targets: targets, Dt: r.Time[0], Start: r.Time[0]}
}
