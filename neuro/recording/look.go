package recording

import (
	"fmt"
	"maps"
	"slices"

	"github.com/spikewalk/spikewalk/internal/nearest"
)

// First returns the first n channels of the series, or all where there are fewer. It
// panics at a negative n, and where [Series.Slice] does.
func (s Series) First(n int) Series {
	steps, channels := s.Dims()
	return s.Slice(0, steps, 0, min(n, channels))
}

// Named returns the series of this name; the error says which there are.
func (r *Recording) Named(name string) (Series, error) {
	if s, found := r.Series[name]; found {
		return s, nil
	}
	return Series{}, fmt.Errorf("recording: no series is called %q: %s", name, nearest.Missing(name, slices.Sorted(maps.Keys(r.Series))))
}

// Opening returns the start of the first trial, in seconds, that a spike follows within
// a time: where a first look at a recording shows something. Where there is no such
// trial, Warnings may say why.
func (r *Recording) Opening(within float64) (start float64, err error) {
	for _, t := range r.Trials {
		if t.timed() && len(r.Spikes.Window(t.Start, t.Start+within).Times) > 0 {
			return t.Start, nil
		}
	}
	return 0, fmt.Errorf("recording: none of %d trials has a start, and a spike within %g s of it: see the recording's warnings", len(r.Trials), within)
}
