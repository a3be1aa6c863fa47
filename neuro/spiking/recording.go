package spiking

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/stats"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// Recording is what a spiking network did on its own. Recorded trials stand
// one after the other in time. What was streamed to a file
// ([RecordConfig.File]) is nil or empty here, and there with [LoadRecording].
type Recording struct {
	// Dt is the time step in seconds, Neurons is N.
	Dt      float64
	Neurons int
	// Trials are the places of the recorded trials, in steps of the recording.
	Trials []task.Stretch
	// Spikes of the recorded trials.
	Spikes Spikes
	// Factors and FactorTargets are T × P, Outputs and OutputTargets T × m.
	Factors, FactorTargets *mat.Dense
	Outputs, OutputTargets *mat.Dense
	// Voltages is T × the neurons asked for, nil if none was. A neuron is
	// seen after its reset, so spikes do not show.
	Voltages *mat.Dense
	// Every, Selected and Quantities are what [RecordConfig] asked for: row r
	// of each quantity, one column for each selected neuron, is of step
	// r Every of the recording.
	Every      int
	Selected   []int
	Quantities map[Quantity]*mat.Dense
	// Means are averages over all test trials, one entry for each condition of
	// each part that was shown, in rising order of part, then condition.
	Means []Mean
	// FactorErrors and OutputErrors hold the nMSE of every test trial,
	// pooled over factors and over outputs and infinite where the targets are
	// zero ([task.NMSE]); Conditions its condition and Parts the task that was
	// shown ([task.Trial]).
	FactorErrors, OutputErrors []float64
	Conditions, Parts          []int
	// Correct tells of every test trial that is a question
	// ([task.Trial].Correct) whether it was answered; nil if none is.
	Correct []bool
	// Warnings say what is no better than nothing ([neuro.Warning]), unless the
	// test ended early: factors or outputs with an error of 1 or more in most trials,
	// answers at chance.
	Warnings []neuro.Warning
	// Rates is each neuron's mean firing rate over all test trials, in Hz.
	Rates []float64
	// Final is the state after the last test trial: the next test may start
	// from it ([TestConfig].Initial).
	Final State
}

// MedianErrors returns the medians over test trials of the nMSE of factors and
// of outputs, the numbers that the papers report; NaN if there was no trial.
func (r *Recording) MedianErrors() (factors, outputs float64) {
	return stats.Median(r.FactorErrors), stats.Median(r.OutputErrors)
}

// WorstErrors returns the largest nMSE of factors and of outputs of any test
// trial, NaN if there was none.
func (r *Recording) WorstErrors() (factors, outputs float64) {
	return worst(r.FactorErrors), worst(r.OutputErrors)
}

// Slips returns the fractions of test trials whose nMSE of factors, and of
// outputs, exceeds a bound; NaN if there was no trial.
func (r *Recording) Slips(bound float64) (factors, outputs float64) {
	return above(r.FactorErrors, bound), above(r.OutputErrors, bound)
}

// Accuracy returns the fraction of questions that were answered, NaN if no
// test trial was one.
func (r *Recording) Accuracy() float64 {
	var right float64
	for _, correct := range r.Correct {
		if correct {
			right++
		}
	}
	return right / float64(len(r.Correct))
}

// Where returns the nMSE of factors and of outputs of the test trials of one
// part: the task's own trials in a [task.Mix], or in what [task.MixSources] joins.
func (r *Recording) Where(part int) (factors, outputs []float64) {
	for i, p := range r.Parts[:min(len(r.Parts), len(r.FactorErrors), len(r.OutputErrors))] {
		if p == part {
			factors, outputs = append(factors, r.FactorErrors[i]), append(outputs, r.OutputErrors[i])
		}
	}
	return factors, outputs
}

// Mean returns the averages of a quantity of all conditions, one after the
// other in time (Σ T × selected neurons); nil if it was not asked for.
func (r *Recording) Mean(q Quantity) *mat.Dense {
	var parts []*mat.Dense
	for _, m := range r.Means {
		if m.Quantities[q] != nil {
			parts = append(parts, m.Quantities[q])
		}
	}
	return stack(parts)
}

func worst(errors []float64) float64 {
	if len(errors) == 0 {
		return math.NaN()
	}
	return slices.Max(errors)
}

func above(errors []float64, bound float64) float64 {
	var n float64
	for _, e := range errors {
		if !(e <= bound) {
			n++
		}
	}
	return n / float64(len(errors))
}

// stack puts matrices one after the other.
func stack(parts []*mat.Dense) *mat.Dense {
	if len(parts) == 0 {
		return nil
	}
	var data []float64
	_, cols := parts[0].Dims()
	if cols == 0 {
		return nil
	}
	for _, m := range parts {
		for t := range m.RawMatrix().Rows {
			data = append(data, m.RawRowView(t)...)
		}
	}
	return mat.NewDense(len(data)/cols, cols, data)
}
