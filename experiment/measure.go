package experiment

import (
	"fmt"
	"math"
	"slices"

	"github.com/spikewalk/spikewalk/neuro/stats"
)

// Measure is a number that every run of an experiment gives.
type Measure struct {
	// Name tells what is measured; Unit is empty for a pure number.
	Name, Unit string
	// Paper is what the paper, or its authors' program, reports; empty where
	// it gives no number.
	Paper string
	// Bars are what the measure should pass, over seeds.
	Bars []Bar
}

// Over says how the values of all seeds become the one that is judged.
type Over string

const (
	// Median of the seeds.
	Median Over = "median"
	// Least and Most: the smallest and the largest, so that a bar on them is
	// a bar on each seed, or on the best.
	Least Over = "least"
	Most  Over = "most"
	// Lower and Upper quartile of the seeds.
	Lower Over = "lower quartile"
	Upper Over = "upper quartile"
)

// Bar is an aim. It is judged, never adjusted.
type Bar struct {
	Over    Over
	AtLeast bool // else at most
	Limit   float64
}

func atMost(limit float64) Bar    { return Bar{Median, false, limit} }
func atLeast(limit float64) Bar   { return Bar{Median, true, limit} }
func eachUnder(limit float64) Bar { return Bar{Most, false, limit} }
func eachOver(limit float64) Bar  { return Bar{Least, true, limit} }
func bestUnder(limit float64) Bar { return Bar{Least, false, limit} }

// between are the bars on a median that should lie in a range.
func between(lo, hi float64) []Bar { return []Bar{atLeast(lo), atMost(hi)} }

// among are the bars on quartiles that a paper's own draw should lie within.
func among(value float64) []Bar { return []Bar{{Lower, false, value}, {Upper, true, value}} }

// Of returns the value over seeds that the bar is about, NaN of no seeds.
func (b Bar) Of(values []float64) float64 {
	if len(values) == 0 {
		return math.NaN()
	}
	switch b.Over {
	case Least:
		return slices.Min(values)
	case Most:
		return slices.Max(values)
	case Lower:
		lo, _ := stats.Quartiles(values)
		return lo
	case Upper:
		_, hi := stats.Quartiles(values)
		return hi
	}
	return stats.Median(values)
}

// Pass judges the values of all seeds. A NaN passes no bar.
func (b Bar) Pass(values []float64) bool {
	if slices.ContainsFunc(values, math.IsNaN) {
		return false
	}
	if b.AtLeast {
		return b.Of(values) >= b.Limit
	}
	return b.Of(values) <= b.Limit
}

// String is "median ≤ 0.04", "each ≤ 0.1", "best ≤ 0.01" or "lower quartile
// ≤ 0.1".
func (b Bar) String() string {
	who := string(b.Over)
	switch {
	case b.Over == Most && !b.AtLeast, b.Over == Least && b.AtLeast:
		who = "each"
	case b.Over == Most, b.Over == Least:
		who = "best"
	}
	sign := "≤"
	if b.AtLeast {
		sign = "≥"
	}
	return fmt.Sprintf("%s %s %g", who, sign, b.Limit)
}
