package spiking

import (
	"fmt"
	"sort"
)

// Spikes lists spikes in order of time, then neuron.
type Spikes struct {
	// Times in seconds from the start of the first recorded trial: the end
	// of the step in which the threshold was reached.
	Times []float64
	// Neurons are counted from 0.
	Neurons []int
}

// Window returns the spikes with from < time <= to, in seconds; times are
// left as they are. It panics unless there is one neuron for each time.
func (s Spikes) Window(from, to float64) Spikes {
	s.mustFit()
	lo := sort.Search(len(s.Times), func(i int) bool { return s.Times[i] > from })
	hi := sort.Search(len(s.Times), func(i int) bool { return s.Times[i] > to })
	return Spikes{Times: s.Times[lo:max(lo, hi)], Neurons: s.Neurons[lo:max(lo, hi)]}
}

// Below returns the spikes of neurons 0 to n-1. It panics unless there is one
// time for each neuron.
func (s Spikes) Below(n int) (few Spikes) {
	s.mustFit()
	for i, j := range s.Neurons {
		if j < n {
			few.Times, few.Neurons = append(few.Times, s.Times[i]), append(few.Neurons, j)
		}
	}
	return few
}

func (s Spikes) mustFit() {
	if len(s.Times) != len(s.Neurons) {
		panic(fmt.Sprintf("spiking: %d times of spikes and %d neurons that fired them", len(s.Times), len(s.Neurons)))
	}
}
