package nwb

import (
	"fmt"
	"math"
	"slices"

	"github.com/spikewalk/spikewalk/data/hdf5"
	"github.com/spikewalk/spikewalk/neuro"
)

// clock says when the rows of a series are: at start + k dt or, where dt is 0, at
// times.
type clock struct {
	start, dt float64
	times     []float64
}

// readClock reads when the n rows of a series are.
func readClock(g *hdf5.Group, n int, scale, origin float64) (clock, error) {
	d, err := datasetIf(g, "timestamps")
	if err != nil {
		return clock{}, err
	}
	if d == nil {
		start, rate, err := startingTime(g)
		return clock{start: float64(start*scale) - origin, dt: scale / rate}, err
	}
	if dims := d.Dims(); len(dims) != 1 || dims[0] != n {
		return clock{}, fmt.Errorf("%s has dimensions %v, and its data has %d rows: there must be one time for each", d.Path(), dims, n)
	}
	times, err := d.Values().Float64s()
	if err != nil {
		return clock{}, err
	}
	if k := neuro.NotFinite(times); k >= 0 {
		return clock{}, fmt.Errorf("%s: entry %d is %g: times must be finite", d.Path(), k, times[k])
	}
	for k := 1; k < n; k++ {
		if times[k] < times[k-1] {
			return clock{}, fmt.Errorf("%s: entry %d is %.10g s, after %.10g s: times must not run backwards; where a clock was reset the parts are series of their own", d.Path(), k, times[k], times[k-1])
		}
	}
	move(times, scale, origin)
	return clockOf(times), nil
}

// startingTime returns the time of the first row and how many there are in a
// second.
func startingTime(g *hdf5.Group) (start, rate float64, err error) {
	d, err := datasetIf(g, "starting_time")
	if err != nil {
		return 0, 1, err
	}
	if d == nil {
		return 0, 1, fmt.Errorf("%s has neither timestamps nor a starting_time: it does not say when its rows are", g.Path())
	}
	rate, there, err := hdf5.Number(d, "rate")
	if err != nil {
		return 0, 1, err
	}
	if !there || !(rate > 0) || math.IsInf(rate, 0) {
		return 0, 1, fmt.Errorf("%s: its rate is %g Hz: it must be above 0", d.Path(), rate)
	}
	v, err := d.Values().Float64s()
	if err != nil {
		return 0, 1, err
	}
	if len(v) != 1 || neuro.NotFinite(v) >= 0 {
		return 0, 1, fmt.Errorf("%s holds %v: it must be one time", d.Path(), v)
	}
	return v[0], rate, nil
}

// even is how far rows may be from a grid, in steps of it.
const even = 1e-6

// clockOf returns a grid if all times are on one, to a millionth of a step and four
// units in the last place.
func clockOf(times []float64) clock {
	n := len(times)
	if n < 2 {
		return clock{times: times}
	}
	first, last := times[0], times[n-1]
	dt := (last - first) / float64(n-1)
	latest := math.Max(math.Abs(first), math.Abs(last))
	slack := even*dt + 4*(math.Nextafter(latest, math.Inf(1))-latest)
	on := func(dt float64) bool {
		for k, t := range times {
			if math.Abs(t-(first+float64(k)*dt)) > slack {
				return false
			}
		}
		return dt > 0
	}
	// A whole number of hertz is what was meant by one that differs by rounding.
	if rate := math.Round(1 / dt); rate > 0 && on(1/rate) {
		return clock{start: first, dt: 1 / rate}
	}
	if on(dt) {
		return clock{start: first, dt: dt}
	}
	return clock{times: times}
}

// say says how rows that are not on a grid are spaced.
func (c clock) say(say *warnings, path string) {
	if len(c.times) < 3 {
		return
	}
	steps := make([]float64, len(c.times)-1)
	equal, longest, at := 0, 0.0, 0
	for k := range steps {
		steps[k] = c.times[k+1] - c.times[k]
		if steps[k] == 0 {
			equal++
		}
		if steps[k] > longest {
			longest, at = steps[k], k
		}
	}
	slices.Sort(steps)
	median := steps[len(steps)/2]
	usual, gaps := 0, 0
	for _, s := range steps {
		switch {
		case math.Abs(s-median) <= 0.01*median:
			usual++
		case s > 1.5*median:
			gaps++
		}
	}
	switch {
	case gaps > 0 && usual >= len(steps)*9/10:
		say.add(neuro.DoubtfulTimes, path, "choose trials without gaps", "%s has gaps, %d of %d steps: rows are %.6g s apart, and up to %.6g s, after %.6g s", nameAt(path), gaps, len(steps), median, longest, c.times[at])
	default:
		say.add(neuro.DoubtfulTimes, path, "resample it before it is binned", "the rows of %s are not evenly spaced: %.6g to %.6g s apart, half of them up to %.6g s", nameAt(path), steps[0], longest, median)
	}
	if equal > 0 {
		say.add(neuro.DoubtfulTimes, path, "see how the rows were written", "%d of %d rows of %s are at the time of the one before", equal, len(c.times), nameAt(path))
	}
}

// same says in which entry two clocks of as many rows differ by more than a
// millionth of a step, -1 if in none.
func (c clock) same(d clock, n int) int {
	at := func(c clock, k int) float64 {
		if c.times != nil {
			return c.times[k]
		}
		return c.start + float64(k)*c.dt
	}
	step := c.dt
	if c.times != nil && n > 1 {
		step = (c.times[n-1] - c.times[0]) / float64(n-1)
	}
	for k := range n {
		a, b := at(c, k), at(d, k)
		if math.Abs(a-b) > even*step+4*(math.Nextafter(math.Abs(a), math.Inf(1))-math.Abs(a)) {
			return k
		}
	}
	return -1
}
