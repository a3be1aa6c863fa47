package experiment

import (
	"fmt"
	"math"
	"slices"

	"github.com/spikewalk/spikewalk/neuro/stats"
)

// Measure is a number that every run of an experiment gives, of what it found, D.
type Measure[D any] struct {
	// Name tells what is measured; Unit is empty for a pure number.
	Name, Unit string
	// Paper is what the paper, or its authors' program, reports; empty where
	// it gives no number.
	Paper string
	// Of returns the number.
	Of func(D) float64
	// Thresholds are what the measure should pass, over seeds.
	Thresholds []Threshold
	// Why says in a sentence what is known of why one is not passed; it is told
	// only then.
	Why string
}

// Over says which number of all seeds is held against a threshold.
type Over string

const (
	// Median of the seeds.
	Median Over = "median"
	// Each seed, and the Best of them.
	Each Over = "each"
	Best Over = "best"
	// Lower and upper quartile of the seeds, see [stats.Quartiles].
	LowerQuartile Over = "lower quartile"
	UpperQuartile Over = "upper quartile"
)

// AtMost returns the threshold that the number should not exceed, such as
// Median.AtMost(0.04).
func (o Over) AtMost(limit float64) Threshold { return Threshold{o, false, limit} }

// AtLeast returns the threshold that the number should reach, such as
// Each.AtLeast(1).
func (o Over) AtLeast(limit float64) Threshold { return Threshold{o, true, limit} }

// Threshold is an aim that was set beforehand. It is judged, never adjusted.
type Threshold struct {
	over    Over
	atLeast bool // else at most
	limit   float64
}

// of returns the value over seeds that the threshold is about, NaN of no
// seeds.
func (t Threshold) of(values []float64) float64 {
	if len(values) == 0 {
		return math.NaN()
	}
	lower, upper := stats.Quartiles(values)
	switch {
	case t.over == LowerQuartile:
		return lower
	case t.over == UpperQuartile:
		return upper
	case t.over == Median:
		return stats.Median(values)
	case (t.over == Each) == t.atLeast:
		return slices.Min(values)
	}
	return slices.Max(values)
}

// pass judges the values of all seeds. A NaN passes no threshold.
func (t Threshold) pass(values []float64) bool {
	if slices.ContainsFunc(values, math.IsNaN) {
		return false
	}
	if t.atLeast {
		return t.of(values) >= t.limit
	}
	return t.of(values) <= t.limit
}

// String is "median ≤ 0.04", "each ≤ 0.1", "best ≤ 0.01" or "lower quartile
// ≤ 0.1".
func (t Threshold) String() string {
	sign := "≤"
	if t.atLeast {
		sign = "≥"
	}
	return fmt.Sprintf("%s %s %g", t.over, sign, t.limit)
}
