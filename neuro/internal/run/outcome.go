package run

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/task"
)

// Outcome is an observer that keeps what a network did in its last trial, and how
// far it was off.
type Outcome struct {
	// Factors is T × P, Outputs T × m; nil if the network has none.
	Factors, Outputs *mat.Dense
	// FactorError and OutputError are the nMSE in the scoring window; NaN without
	// factors or outputs.
	FactorError, OutputError float64
}

// See keeps a step.
func (o *Outcome) See(trial *Trial, s Step) error {
	if s.T == 0 {
		o.Factors, o.Outputs = newRows(trial, s.Factors), newRows(trial, s.Outputs)
	}
	keepRow(o.Factors, s.T, s.Factors)
	keepRow(o.Outputs, s.T, s.Outputs)
	return nil
}

// Done compares what was done with what was wanted.
func (o *Outcome) Done(trial *Trial) error {
	o.FactorError, o.OutputError = math.NaN(), math.NaN()
	if o.Factors != nil {
		o.FactorError = task.NMSE(o.Factors, trial.Factors, trial.Scored())
	}
	if o.Outputs != nil {
		o.OutputError = task.NMSE(o.Outputs, trial.Targets, trial.Scored())
	}
	return nil
}

// newRows is room for the rows of a trial like one of them.
func newRows(trial *Trial, like []float64) *mat.Dense {
	if len(like) == 0 {
		return nil
	}
	return mat.NewDense(trial.Steps(), len(like), nil)
}

func keepRow(m *mat.Dense, t int, row []float64) {
	if m != nil {
		copy(m.RawRowView(t), row)
	}
}
