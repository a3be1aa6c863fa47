// Package verdict says of the trials of a network whether they are any better
// than doing nothing.
package verdict

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/stats"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// Verdict is gathered trial by trial. The zero Verdict has seen none.
type Verdict struct {
	outputs, factors []float64 // each trial's error
	output, factor   extent
	questions, right int
	constant         [3]int // right answers of outputs that are always -1, 0 and 1
}

// Add takes in what a network did in a trial. factors is nil for a network that
// is asked for none.
func (v *Verdict) Add(trial task.Trial, outputs, factors *mat.Dense) {
	v.outputs = append(v.outputs, lowest(trial, outputs, trial.Targets))
	v.output.add(outputs, trial.Targets, trial.Scored())
	if factors != nil {
		v.factors = append(v.factors, lowest(trial, factors, trial.Factors))
		v.factor.add(factors, trial.Factors, trial.Scored())
	}
	if trial.Correct == nil {
		return
	}
	v.questions++
	if trial.Correct(outputs) {
		v.right++
	}
	never := mat.NewDense(trial.Steps(), outputs.RawMatrix().Cols, nil)
	for i := range v.constant {
		never.Apply(func(int, int, float64) float64 { return float64(i - 1) }, never)
		if trial.Correct(never) {
			v.constant[i]++
		}
	}
}

// lowest is the error of what was done, against what was wanted. Where no input
// tells a network the time, a rhythm of the right form is right at any phase:
// the error is then the lowest of shifts by hundredths of the trial, if that is
// below a half. Of 100 shifts one has an error below 1 for almost any output.
func lowest(trial task.Trial, done, wanted *mat.Dense) float64 {
	e := task.NMSE(done, wanted, trial.Scored())
	if trial.Inputs != nil || e < Silence {
		return e
	}
	length, channels := wanted.Dims()
	shifted, best := mat.NewDense(length, channels, nil), e
	for k := range min(length, 100) {
		shift := k * length / min(length, 100)
		for t := range length {
			shifted.SetRow((t+shift)%length, wanted.RawRowView(t))
		}
		best = min(best, task.NMSE(done, shifted, task.Window{From: 0, To: length}))
	}
	if best < right {
		return best
	}
	return e
}

// right is the error below which something was learned.
const right = 0.5

// Silence is the error from which an output is no better than one that is
// always zero, whose error is 1: nothing that is within a hundredth of it has
// been learned.
const Silence = 0.99

// fewest is the number of questions below which nothing is said of chance.
const fewest = 20

// Good tells whether the answers are better than chance or, where nothing was
// asked, whether the output's median error is below a half.
func (v *Verdict) Good() bool {
	if v.questions >= fewest {
		return v.answers()
	}
	return stats.Median(finite(v.outputs)) < right
}

// answers tells whether questions were asked and answered better than by
// chance.
func (v *Verdict) answers() bool { return v.questions >= fewest && v.right > v.chance() }

// Warnings says what is no better than nothing, and what to try. Where answers
// are better than chance nothing is said of the output's error: how high it is
// where nothing hangs on it may count for much in it.
func (v *Verdict) Warnings(where, try string) []neuro.Warning {
	var all []neuro.Warning
	for _, of := range []struct {
		what   string
		errors []float64
		extent extent
	}{{"factors", v.factors, v.factor}, {"output", v.outputs, v.output}} {
		away := of.extent.warnings(of.what, where, try)
		if of.what == "output" && v.answers() {
			all = append(all, away...)
			continue
		}
		errors := finite(of.errors)
		var worse int
		for _, e := range errors {
			if e >= Silence {
				worse++
			}
		}
		if 2*worse > len(errors) {
			all = append(all, neuro.Warning{
				Kind: neuro.WorseThanSilence, Where: where, Try: try,
				Message: fmt.Sprintf("the error of the %s is 1, that of silence, or more in %d of %d trials (median %.3g)", of.what, worse, len(errors), stats.Median(errors)),
			})
		} else {
			all = append(all, away...)
		}
	}
	if v.questions >= fewest && v.right <= v.chance() {
		all = append(all, neuro.Warning{
			Kind: neuro.AtChance, Where: where, Try: try,
			Message: fmt.Sprintf("%d of %d questions are answered rightly, which is not told from chance: the best output that never changes answers %d", v.right, v.questions, v.best()),
		})
	}
	return all
}

// best is the number of right answers of the best output that never changes.
func (v *Verdict) best() int { return max(v.constant[0], v.constant[1], v.constant[2]) }

// chance is the largest number of right answers that is not told from those of
// the best output that never changes: two standard deviations more, but never
// all.
func (v *Verdict) chance() int {
	n, best := float64(v.questions), float64(v.best())
	return min(int(best+2*math.Sqrt(best*(n-best)/n)), v.questions-1)
}

// finite are the errors that are a measure: where the target of a trial is zero
// there is none.
func finite(errors []float64) (finite []float64) {
	for _, e := range errors {
		if !math.IsInf(e, 0) && !math.IsNaN(e) {
			finite = append(finite, e)
		}
	}
	return finite
}
