package spiketrain

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"

	"github.com/spikewalk/spikewalk/neuro/stats"
)

// Measure is a number for each neuron.
type Measure struct {
	// Values of the neurons, NaN where there are too few data.
	Values []float64
	// Counts are the numbers of data behind each value: intervals, pairs of
	// them, windows or samples, as the measure's comment says.
	Counts []int
}

// AtLeast returns the measure without the values that rest on fewer than n data.
func (m Measure) AtLeast(n int) Measure {
	out := Measure{Values: slices.Clone(m.Values), Counts: m.Counts}
	for i := range out.Values {
		if i >= len(m.Counts) || m.Counts[i] < n {
			out.Values[i] = math.NaN()
		}
	}
	return out
}

// Defined returns the values that are not NaN.
func (m Measure) Defined() []float64 {
	return slices.DeleteFunc(slices.Clone(m.Values), math.IsNaN)
}

// LeftOut returns the number of neurons without a value.
func (m Measure) LeftOut() int { return len(m.Values) - len(m.Defined()) }

// Mean returns the mean over the neurons that have a value; NaN if none has.
func (m Measure) Mean() float64 { return stat.Mean(m.Defined(), nil) }

// Median returns the median over the neurons that have a value; NaN if none
// has.
func (m Measure) Median() float64 { return stats.Median(m.Defined()) }

// String gives the median, how many neurons have a value, and how many have none.
func (m Measure) String() string {
	return fmt.Sprintf("median %.3g of %d neurons, %d left out", m.Median(), len(m.Values)-m.LeftOut(), m.LeftOut())
}
