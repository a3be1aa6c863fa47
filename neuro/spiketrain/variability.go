package spiketrain

import (
	"fmt"
	"math"
)

// Variability says how much of what varies does not repeat from trial to trial.
type Variability struct {
	// Each is the fraction for each neuron or channel, NaN where nothing
	// varies. Counts are trials.
	Each Measure
	// Pooled is the fraction of the summed variances of all.
	Pooled float64
}

// Variability splits the variance of each neuron's rate, or channel's signal,
// x(k, t) over all trials k, times t and conditions c into
//
//	total = within + between
//	within  = mean over k, t of (x - mean of x over the trials of its condition at t)²
//	between = mean over k, t of (that mean - grand mean)²
//
// and returns within / total: 0 if all trials of a condition are the same, near
// 1 if they have nothing in common; n trials of mere noise come out at (n-1)/n.
// Take spikes from [Trains.PSTH], whose Gaussian matters, and factors from
// [Average]. Where the first is large and the second small, a population is
// variable in its spikes and reliable in its factors (DePasquale et al. 2023).
// Every condition needs at least two trials.
func (r *Response) Variability() (Variability, error) {
	if err := r.repeated(); err != nil {
		return Variability{}, err
	}
	n := r.Neurons()
	v := Variability{Each: Measure{make([]float64, n), make([]int, n)}}
	var within, total float64
	for j := range n {
		a, b := r.split(j)
		within, total = within+a, total+a+b
		v.Each.Values[j] = fraction(a, a+b)
		for _, k := range r.Trials {
			v.Each.Counts[j] += k
		}
	}
	v.Pooled = fraction(within, total)
	if math.IsNaN(v.Pooled) {
		return v, fmt.Errorf("spiketrain: nothing varies: all %d channels are constant", n)
	}
	return v, nil
}

// repeated reports a condition whose trials cannot be compared.
func (r *Response) repeated() error {
	if err := r.check(); err != nil {
		return err
	}
	for c, mean := range r.Mean {
		if c >= len(r.SEM) || c >= len(r.Trials) || r.SEM[c] == nil || r.Trials[c] < 2 {
			return fmt.Errorf("spiketrain: condition %d has fewer than two trials: variability needs at least two", c)
		}
		steps, n := mean.Dims()
		if t, k := r.SEM[c].Dims(); t != steps || k != n {
			return fmt.Errorf("spiketrain: condition %d has means of %d x %d and standard errors of %d x %d", c, steps, n, t, k)
		}
	}
	return nil
}

func fraction(part, whole float64) float64 {
	if whole == 0 {
		return math.NaN()
	}
	return part / whole
}

// split returns the variance of channel j within conditions and between.
func (r *Response) split(j int) (within, between float64) {
	var weight, mean float64
	for c, m := range r.Mean {
		steps, _ := m.Dims()
		trials := float64(r.Trials[c])
		for t := range steps {
			// SEM² is Σ off² / (n (n-1)).
			sem := r.SEM[c].At(t, j)
			within += trials * sem * sem * (trials - 1)
			// West's form of the weighted variance of the means.
			weight += trials
			off := m.At(t, j) - mean
			mean += off * trials / weight
			between += trials * off * (m.At(t, j) - mean)
		}
	}
	return within / weight, between / weight
}
