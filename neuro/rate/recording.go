package rate

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/verdict"
	"github.com/spikewalk/spikewalk/neuro/stats"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// Recording is what a network did over a number of trials, the recorded ones
// one after the other in time.
type Recording struct {
	// Dt is the time step of the task in seconds.
	Dt float64
	// Activity is T × N_r over the recorded trials; nil if none was.
	Activity *mat.Dense
	// Outputs and Targets are T × m over the recorded trials.
	Outputs, Targets *mat.Dense
	// Trials are the places of the recorded trials in these.
	Trials []task.Stretch
	// Errors is each trial's nMSE of the output (see [task.NMSE]), recorded
	// or not: infinite where the square of an output is no number any more.
	Errors []float64
	// Correct tells, for each trial that is a question (see [task.Trial]),
	// recorded or not, whether the output answered it.
	Correct []bool
	// Warnings say what is doubtful: see [neuro.Warning]. Those of a [Fit] are
	// of its training as well.
	Warnings []neuro.Warning
}

// MedianError returns the median over test trials of the output's nMSE, NaN if
// there was none.
func (r *Recording) MedianError() float64 { return stats.Median(r.Errors) }

// Accuracy returns the fraction of questions that were answered, NaN if none
// was asked.
func (r *Recording) Accuracy() float64 {
	if len(r.Correct) == 0 {
		return math.NaN()
	}
	var right float64
	for _, c := range r.Correct {
		if c {
			right++
		}
	}
	return right / float64(len(r.Correct))
}

// recorder collects a recording whose length is not known beforehand, a whole
// trial at a time.
type recorder struct {
	rec                        *Recording
	verdict                    verdict.Verdict
	activity, outputs, targets rows
}

// add takes in what a network did in a trial; activity is nil where it is not
// to be recorded.
func (r *recorder) add(trial task.Trial, outputs, activity *mat.Dense) {
	r.verdict.Add(trial, outputs, nil)
	r.rec.Errors = append(r.rec.Errors, task.NMSE(outputs, trial.Targets, trial.Scored()))
	if trial.Correct != nil {
		r.rec.Correct = append(r.rec.Correct, trial.Correct(outputs))
	}
	if activity == nil {
		return
	}
	from := r.outputs.len()
	r.activity.add(activity)
	r.outputs.add(outputs)
	r.targets.add(trial.Targets)
	r.rec.Trials = append(r.rec.Trials, task.Stretch{From: from, To: r.outputs.len(), Condition: trial.Condition, Part: trial.Part})
}

// recording returns what there is so far.
func (r *recorder) recording() *Recording {
	r.rec.Activity, r.rec.Outputs, r.rec.Targets = r.activity.dense(), r.outputs.dense(), r.targets.dense()
	return r.rec
}

// rows collects a time-major matrix.
type rows struct {
	data []float64
	cols int
}

func (r *rows) add(m *mat.Dense) {
	var steps int
	steps, r.cols = m.Dims()
	for t := range steps { // m may be a part of a wider matrix
		r.data = append(r.data, m.RawRowView(t)...)
	}
}

func (r *rows) len() int {
	if r.cols == 0 {
		return 0
	}
	return len(r.data) / r.cols
}

func (r *rows) dense() *mat.Dense {
	if r.cols == 0 {
		return nil
	}
	return mat.NewDense(r.len(), r.cols, r.data)
}
