package recording

import (
	"fmt"
	"sort"
)

// Spikes lists spikes in order of time, then unit.
type Spikes struct {
	// Times in seconds from the start of the recording. Simulated spikes carry
	// the end of the step in which the threshold was reached.
	Times []float64
	// Units are counted from 0.
	Units []int
}

// Window returns the spikes with from < time <= to, in seconds; times are
// left as they are. It panics unless there is one unit for each time.
func (s Spikes) Window(from, to float64) Spikes {
	s.mustFit()
	lo := sort.Search(len(s.Times), func(i int) bool { return s.Times[i] > from })
	hi := sort.Search(len(s.Times), func(i int) bool { return s.Times[i] > to })
	return Spikes{Times: s.Times[lo:max(lo, hi)], Units: s.Units[lo:max(lo, hi)]}
}

// Below returns the spikes of units 0 to n-1. It panics unless there is one
// unit for each time.
func (s Spikes) Below(n int) (few Spikes) {
	s.mustFit()
	for i, j := range s.Units {
		if j < n {
			few.Times, few.Units = append(few.Times, s.Times[i]), append(few.Units, j)
		}
	}
	return few
}

func (s Spikes) mustFit() {
	if len(s.Times) != len(s.Units) {
		panic(fmt.Sprintf("recording: %d times of spikes and %d units that fired them", len(s.Times), len(s.Units)))
	}
}
