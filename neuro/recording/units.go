package recording

import (
	"cmp"
	"fmt"
	"slices"
)

// SpikesOf puts the spike times of units, in seconds, into one list in the order
// of time, then unit. Times of a unit need not be in order, and may be equal; units
// may have none. It costs O(n log units) for n spikes in order.
func SpikesOf(units [][]float64) Spikes {
	runs := make([]Spikes, 0, len(units))
	for i, times := range units {
		if len(times) == 0 {
			continue
		}
		if !slices.IsSorted(times) {
			times = slices.Sorted(slices.Values(times))
		}
		runs = append(runs, Spikes{Times: times, Units: slices.Repeat([]int{i}, len(times))})
	}
	for len(runs) > 1 {
		for k := 0; k < len(runs); k += 2 {
			if k+1 < len(runs) {
				runs[k/2] = merged(runs[k], runs[k+1])
			} else {
				runs[k/2] = runs[k]
			}
		}
		runs = runs[:(len(runs)+1)/2]
	}
	if len(runs) == 0 {
		return Spikes{}
	}
	return Spikes{Times: slices.Clone(runs[0].Times), Units: runs[0].Units}
}

// merged merges spikes; those of a come first where times are equal.
func merged(a, b Spikes) Spikes {
	n := len(a.Times) + len(b.Times)
	all := Spikes{Times: make([]float64, 0, n), Units: make([]int, 0, n)}
	i, j := 0, 0
	for i < len(a.Times) && j < len(b.Times) {
		if cmp.Less(b.Times[j], a.Times[i]) {
			all.Times, all.Units = append(all.Times, b.Times[j]), append(all.Units, b.Units[j])
			j++
		} else {
			all.Times, all.Units = append(all.Times, a.Times[i]), append(all.Units, a.Units[i])
			i++
		}
	}
	all.Times = append(append(all.Times, a.Times[i:]...), b.Times[j:]...)
	all.Units = append(append(all.Units, a.Units[i:]...), b.Units[j:]...)
	return all
}

// Of returns the spike times of a unit, in seconds. It panics unless there is one
// unit for each time.
func (s Spikes) Of(unit int) (times []float64) {
	s.mustFit()
	for i, j := range s.Units {
		if j == unit {
			times = append(times, s.Times[i])
		}
	}
	return times
}

// maxUnits is the most that a list per unit is made for.
const maxUnits = 1_000_000

// ByUnit returns the spike times of each of n units, in seconds. It panics
// unless there is one unit for each time, and at spikes of other units than 0 to
// n-1, which [Spikes.Below] leaves out, or if n is beyond a million.
func (s Spikes) ByUnit(n int) [][]float64 {
	s.mustFit()
	if n > maxUnits {
		panic(fmt.Sprintf("recording: %d units: at most %d", n, maxUnits))
	}
	counts := make([]int, max(0, n))
	for _, j := range s.Units {
		if j < 0 || j >= n {
			panic(fmt.Sprintf("recording: a spike of unit %d by units 0 to %d", j, n-1))
		}
		counts[j]++
	}
	units, memory := make([][]float64, len(counts)), make([]float64, len(s.Times))
	for j, c := range counts {
		units[j], memory = memory[:0:c], memory[c:]
	}
	for i, j := range s.Units {
		units[j] = append(units[j], s.Times[i])
	}
	return units
}
