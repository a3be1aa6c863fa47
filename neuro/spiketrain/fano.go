package spiketrain

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat"
)

// Fano returns each neuron's Fano factor, the variance of the spike count in a
// window over the trials of one condition, divided by its mean: 0 if all trials
// have the same number of spikes, 1 for a Poisson process. It is averaged over the
// conditions and windows in which the neuron fired at all; successive windows of
// the given width in seconds fill the time that all trials cover.
//
// In one window and condition it is Elephant's fanofactor, whose variance
// divides by the number n of trials: a Poisson process comes out at (n-1)/n on
// average. Every condition needs at least two trials. Counts are windows; at least
// one with a spike is needed. See Churchland et al. 2010, Nature Neuroscience
// 13:369-378.
func (t *Trains) Fano(width float64) (Measure, error) {
	start, stop, err := t.common()
	if err != nil {
		return Measure{}, err
	}
	if !(width > 0) || bins(start, stop, width) < 1 {
		return Measure{}, fmt.Errorf("spiketrain: windows of %g s: all trials share %g s, choose a width above 0 and up to that", width, stop-start)
	}
	if err := fits(bins(start, stop, width), width, len(t.trials)); err != nil {
		return Measure{}, err
	}
	trials, err := perCondition(t.labels())
	if err != nil {
		return Measure{}, err
	}
	for c, n := range trials {
		if n < 2 {
			return Measure{}, fmt.Errorf("spiketrain: condition %d has one trial: Fano factors need at least two", c)
		}
	}
	m := Measure{make([]float64, t.neurons), make([]int, t.neurons)}
	windows := bins(start, stop, width)
	for n := range m.Values {
		// A list of the trials' counts for each condition and window.
		counts := make([][]float64, t.conditions*windows)
		for _, trial := range t.trials {
			for w, count := range binned(trial.Times[n], start, stop, width) {
				k := trial.Condition*windows + w
				counts[k] = append(counts[k], count)
			}
		}
		sum := 0.0
		for _, c := range counts {
			if mean, variance := stat.PopMeanVariance(c, nil); mean > 0 {
				sum += variance / mean
				m.Counts[n]++
			}
		}
		if m.Values[n] = sum / float64(m.Counts[n]); m.Counts[n] == 0 {
			m.Values[n] = math.NaN()
		}
	}
	return m, nil
}

// binned counts spikes in the whole bins from start to stop.
func binned(times []float64, start, stop, width float64) []float64 {
	counts := make([]float64, bins(start, stop, width))
	for _, s := range times {
		if s > stop+width {
			break
		}
		if i := bin(s, start, width); i < len(counts) && s >= start-tolerance {
			counts[i]++
		}
	}
	return counts
}
