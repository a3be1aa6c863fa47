package spiketrain

import (
	"fmt"
	"math"
	"slices"
)

// Repeated returns for each neuron how many of its spikes have exactly the time
// of its previous spike in the same trial. No neuron does that: spike sorting has
// found them twice, or times were stored too coarsely.
func (t *Trains) Repeated() []int {
	out := make([]int, t.neurons)
	for _, trial := range t.trials {
		for n, times := range trial.Times {
			for k := 1; k < len(times); k++ {
				if times[k] == times[k-1] {
					out[n]++
				}
			}
		}
	}
	return out
}

// MinInterval returns the spikes of a recording (see [Cut]), in the same order,
// without those that follow a spike of the same neuron by less than least
// seconds, and how many it dropped. The interval counts from the last spike that
// stays: of three at 0, 0.6 and 1.2 ms the third stays with a least interval of
// 1 ms. A least of 0.5 to 1 ms is usual for the duplicates of spike sorting.
func MinInterval(times []float64, neurons []int, least float64) (keptTimes []float64, keptNeurons []int, dropped int, err error) {
	if err := checkSpikes(times, neurons); err != nil {
		return nil, nil, 0, err
	}
	if !(least >= 0) || math.IsInf(least, 1) {
		return nil, nil, 0, fmt.Errorf("spiketrain: a least interval of %g s: it must not be negative", least)
	}
	order := make([]int, len(times))
	for k := range order {
		order[k] = k
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case times[a] < times[b]:
			return -1
		case times[a] > times[b]:
			return 1
		}
		return 0
	})
	last, drop := make(map[int]float64), make([]bool, len(times))
	for _, k := range order {
		before, any := last[neurons[k]]
		if drop[k] = any && times[k]-before < least-forgiven(times[k]); drop[k] {
			dropped++
		} else {
			last[neurons[k]] = times[k]
		}
	}
	for k := range times {
		if !drop[k] {
			keptTimes, keptNeurons = append(keptTimes, times[k]), append(keptNeurons, neurons[k])
		}
	}
	return keptTimes, keptNeurons, dropped, nil
}
