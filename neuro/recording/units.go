package recording

import (
	"fmt"
	"slices"
)

// SpikesOf puts the spike times of units, in seconds, into one list in the order
// of time, then unit. Times of a unit need not be in order, and may be equal; units
// may have none. It costs O(n log units) for n spikes in order, and the memory of
// two such lists.
func SpikesOf(units [][]float64) Spikes {
	n := 0
	for _, times := range units {
		n += len(times)
	}
	if n == 0 {
		return Spikes{}
	}
	from := Spikes{Times: make([]float64, 0, n), Units: make([]int, 0, n)}
	ends := []int{0} // of runs that are in order
	for i, times := range units {
		if len(times) == 0 {
			continue
		}
		from.Times = append(from.Times, times...)
		if run := from.Times[len(from.Units):]; !slices.IsSorted(run) {
			slices.Sort(run)
		}
		for range times {
			from.Units = append(from.Units, i)
		}
		ends = append(ends, len(from.Times))
	}
	if len(ends) == 2 {
		return from
	}
	to := Spikes{Times: make([]float64, n), Units: make([]int, n)}
	for len(ends) > 2 {
		fewer := []int{0}
		for k := 0; k+1 < len(ends); k += 2 {
			last := ends[min(k+2, len(ends)-1)]
			merge(to, from, ends[k], ends[k+1], last)
			fewer = append(fewer, last)
		}
		from, to, ends = to, from, fewer
	}
	return from
}

// merge merges the runs of spikes from first to middle and from middle to last;
// those of the first come first where times are equal.
func merge(to, from Spikes, first, middle, last int) {
	i, j := first, middle
	for k := first; k < last; k++ {
		at := i
		if i == middle || j < last && from.Times[j] < from.Times[i] {
			at = j
			j++
		} else {
			i++
		}
		to.Times[k], to.Units[k] = from.Times[at], from.Units[at]
	}
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
