package recording

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/stats"
)

// MedianErrors returns the medians over trials of the nMSE of factors and of
// outputs, the numbers that the papers report; NaN where there are none.
func (r *Recording) MedianErrors() (factors, outputs float64) {
	return stats.Median(r.FactorErrors), stats.Median(r.OutputErrors)
}

// WorstErrors returns the largest nMSE of factors and of outputs of any trial,
// NaN where there are none.
func (r *Recording) WorstErrors() (factors, outputs float64) {
	return worst(r.FactorErrors), worst(r.OutputErrors)
}

// Slips returns the fractions of trials whose nMSE of factors, and of outputs,
// exceeds a bound; NaN where there are none.
func (r *Recording) Slips(bound float64) (factors, outputs float64) {
	return above(r.FactorErrors, bound), above(r.OutputErrors, bound)
}

// Accuracy returns the fraction of questions that were answered rightly, NaN if
// no trial was one.
func (r *Recording) Accuracy() float64 {
	var right, asked float64
	for _, t := range r.Trials {
		if t.Question {
			asked++
			if t.Correct {
				right++
			}
		}
	}
	return right / asked
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

// denseRows returns rows of a number of columns, nil if there are none.
func denseRows(data []float64, columns int) *mat.Dense {
	if columns == 0 || len(data) == 0 {
		return nil
	}
	return mat.NewDense(len(data)/columns, columns, data)
}
