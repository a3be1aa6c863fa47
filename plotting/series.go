package plotting

import (
	"fmt"
	"math"

	"github.com/spikewalk/spikewalk/neuro/recording"
)

// sampleTimes checks a series' time step, or its Times, and returns the times of
// its n samples and the interval that they cover, to the end of the last.
func sampleTimes(s recording.Series, n int) (t []float64, cover span, err error) {
	if s.Times != nil {
		return unevenTimes(s.Times, n)
	}
	start, dt := s.Start, s.Dt
	if !(dt > 0) || !finite(dt) {
		return nil, cover, fmt.Errorf("the time step is %g s: it must be positive", dt)
	}
	if !finite(start) {
		return nil, cover, fmt.Errorf("the start time is %g s: it must be finite", start)
	}
	t = make([]float64, n)
	for i := range t {
		t[i] = start + float64(i)*dt
	}
	cover = span{start, start + float64(n)*dt}
	if math.Abs(start-dt) <= 1e-9*dt { // counted from 0, which was not kept
		cover = span{0, float64(n) * dt}
	}
	if size := math.Max(math.Abs(cover.lo), math.Abs(cover.hi)); cover.hi-cover.lo <= narrowest*size {
		return nil, cover, fmt.Errorf("%d steps of %g s from %g s on cannot be told apart in double precision: count times from the recording's beginning", n, dt, start)
	}
	return t, cover, nil
}

// unevenTimes is sampleTimes of rows that have times of their own.
func unevenTimes(t []float64, n int) ([]float64, span, error) {
	if len(t) != n {
		return nil, span{}, fmt.Errorf("%d times of %d rows", len(t), n)
	}
	for i, at := range t {
		if !finite(at) || i > 0 && at < t[i-1] {
			return nil, span{}, fmt.Errorf("row %d is at %g s: times must be finite and must not run backwards", i, at)
		}
	}
	cover := span{t[0], t[n-1]}
	if size := math.Max(math.Abs(cover.lo), math.Abs(cover.hi)); cover.hi-cover.lo <= narrowest*size {
		return nil, cover, fmt.Errorf("all %d rows are at %g s: a line needs a second time", n, t[0])
	}
	return t, cover, nil
}

// choose returns the columns that the user chose, or the first few of n.
func choose(chosen []int, n, few int, what, method string) ([]int, error) {
	if chosen == nil {
		for i := range min(n, few) {
			chosen = append(chosen, i)
		}
	}
	if len(chosen) == 0 {
		return nil, fmt.Errorf("no %ss chosen: give %s at least one column", what, method)
	}
	for _, i := range chosen {
		if i < 0 || i >= n {
			return nil, fmt.Errorf("%s %d does not exist: the data have columns 0 to %d", what, i, n-1)
		}
	}
	return chosen, nil
}

// channelNames are those that the user gave, or those of the series.
func channelNames(given []string, s recording.Series) []string {
	if given != nil {
		return given
	}
	return s.Names
}

// withUnit is a name with its unit in brackets, "v (mV)", where there is one.
func withUnit(name, unit string) string {
	if unit == "" {
		return name
	}
	return name + " (" + unit + ")"
}
