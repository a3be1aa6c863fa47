package spiketrain

import (
	"math"

	"gonum.org/v1/gonum/stat"
)

// Rates returns each neuron's mean firing rate in Hz: its spikes in all trials
// over their whole duration. Counts are spikes. Elephant: mean_firing_rate.
func (t *Trains) Rates() Measure {
	duration := 0.0
	for _, trial := range t.trials {
		duration += trial.Stop - trial.Start
	}
	m := Measure{make([]float64, t.neurons), make([]int, t.neurons)}
	for n := range m.Values {
		for _, trial := range t.trials {
			m.Counts[n] += len(trial.Times[n])
		}
		m.Values[n] = float64(m.Counts[n]) / duration
	}
	return m
}

// Intervals returns the times between successive spikes, in seconds, one fewer
// than spikes. Elephant: isi.
func Intervals(times []float64) []float64 {
	var out []float64
	for k := 1; k < len(times); k++ {
		out = append(out, times[k]-times[k-1])
	}
	return out
}

// CV returns each neuron's coefficient of variation of its intervals, standard
// deviation over mean: 0 for a clock, 1 for a Poisson process of constant rate,
// 1/√k for a gamma process of order k. Intervals are those within trials, of
// all trials together; changes of the rate count as irregularity, so compare
// [Trains.CV2]. The standard deviation divides by the number of intervals, as
// Elephant's cv does. Counts are intervals; at least 2 are needed. See Softky &
// Koch 1993, Journal of Neuroscience 13:334-350. Equal times count as intervals
// of zero, in CV2 and LV as well.
func (t *Trains) CV() Measure {
	return t.overIntervals(func(trials [][]float64) (float64, int) {
		var all []float64
		for _, intervals := range trials {
			all = append(all, intervals...)
		}
		if len(all) < 2 {
			return math.NaN(), len(all)
		}
		mean, deviation := stat.PopMeanStdDev(all, nil)
		return deviation / mean, len(all)
	})
}

// CV2 returns each neuron's mean of
//
//	2 |I_{i+1} - I_i| / (I_{i+1} + I_i)
//
// over pairs of adjacent intervals within trials: 0 for a clock, 1 for a
// Poisson process, also if its rate changes slowly (Holt, Softky, Koch &
// Douglas 1996, Journal of Neurophysiology 75:1806-1814, eq. 3). Elephant: cv2.
// Counts are pairs; at least 1, that is 3 spikes in a trial, is needed. Three
// spikes at one time leave it undefined (NaN), as in Elephant.
func (t *Trains) CV2() Measure {
	return t.overPairs(func(a, b float64) float64 { return 2 * math.Abs(b-a) / (b + a) })
}

// LV returns each neuron's local variation, the mean of
//
//	3 (I_i - I_{i+1})² / (I_i + I_{i+1})²
//
// over pairs of adjacent intervals within trials: 0 for a clock, 1 for a
// Poisson process, 3/(2k+1) for a gamma process of order k (Shinomoto, Shima &
// Tanji 2003, Neural Computation 15:2823-2842). Elephant: lv. Counts as for
// [Trains.CV2].
func (t *Trains) LV() Measure {
	return t.overPairs(func(a, b float64) float64 { return 3 * (a - b) * (a - b) / ((a + b) * (a + b)) })
}

// overPairs averages f over the pairs of adjacent intervals.
func (t *Trains) overPairs(f func(a, b float64) float64) Measure {
	return t.overIntervals(func(trials [][]float64) (float64, int) {
		var values []float64
		for _, intervals := range trials {
			for k := 1; k < len(intervals); k++ {
				values = append(values, f(intervals[k-1], intervals[k]))
			}
		}
		if len(values) == 0 {
			return math.NaN(), 0
		}
		return stat.Mean(values, nil), len(values)
	})
}

// overIntervals applies f to the intervals of each neuron, trial by trial.
func (t *Trains) overIntervals(f func(trials [][]float64) (value float64, count int)) Measure {
	m := Measure{make([]float64, t.neurons), make([]int, t.neurons)}
	intervals := make([][]float64, len(t.trials))
	for n := range m.Values {
		for i, trial := range t.trials {
			intervals[i] = Intervals(trial.Times[n])
		}
		m.Values[n], m.Counts[n] = f(intervals)
	}
	return m
}
