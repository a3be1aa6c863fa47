package prepare

import (
	"math"
	"slices"

	"github.com/spikewalk/spikewalk/neuro/recording"
)

// together is how far apart, in seconds, intervals of observation may be that are
// taken for one: benchmarks write one for each trial, to the millisecond.
const together = 0.0015

// watch is the intervals in which units were observed; nil if always.
type watch [][]recording.Interval

// observed joins intervals that touch.
func observed(rec *recording.Recording) watch {
	if rec.Observed == nil {
		return nil
	}
	all := make(watch, len(rec.Observed))
	for unit, spans := range rec.Observed {
		spans = slices.Clone(spans)
		slices.SortFunc(spans, func(a, b recording.Interval) int {
			switch {
			case a.From < b.From:
				return -1
			case a.From > b.From:
				return 1
			}
			return 0
		})
		for _, s := range spans {
			if n := len(all[unit]); n > 0 && s.From <= all[unit][n-1].To+together {
				all[unit][n-1].To = math.Max(all[unit][n-1].To, s.To)
			} else if s.To > s.From {
				all[unit] = append(all[unit], s)
			}
		}
	}
	return all
}

// holds tells whether a unit was observed from one time to another.
func (w watch) holds(unit int, from, to float64) bool {
	if w == nil {
		return true
	}
	spans := w[unit]
	i, _ := slices.BinarySearchFunc(spans, from+together, func(s recording.Interval, t float64) int {
		if s.From <= t {
			return -1
		}
		return 1
	})
	return i > 0 && to <= spans[i-1].To+together
}

// total is how long a unit was observed, in seconds; none of a unit that always
// was.
func (w watch) total(unit int) (seconds float64, known bool) {
	if w == nil {
		return 0, false
	}
	for _, s := range w[unit] {
		seconds += s.To - s.From
	}
	return seconds, true
}

// part is how much of the trials' time a unit was observed, from 0 to 1.
func (w watch) part(unit int, trials []recording.Trial, dt float64) float64 {
	if w == nil {
		return 1
	}
	var seen, all float64
	for _, t := range trials {
		start, stop := span(t, dt)
		if !(stop > start) {
			continue
		}
		all += stop - start
		for _, s := range w[unit] {
			seen += math.Max(0, math.Min(stop, s.To)-math.Max(start, s.From))
		}
	}
	if all == 0 {
		return 1
	}
	return seen / all
}

// meanRates are spikes in observed time per second of it.
func meanRates(rec *recording.Recording, seen watch) []float64 {
	rates := make([]float64, rec.Units)
	for i, unit := range rec.Spikes.Units {
		if t := rec.Spikes.Times[i]; seen.holds(unit, t, t) {
			rates[unit]++
		}
	}
	times := rec.Spikes.Times
	for unit := range rates {
		seconds, known := seen.total(unit)
		if !known && len(times) > 0 {
			seconds = times[len(times)-1] - times[0]
		}
		if rates[unit] > 0 && seconds > 0 {
			rates[unit] /= seconds
		}
	}
	return rates
}

// span is a trial's start and stop in seconds of the recording.
func span(t recording.Trial, dt float64) (start, stop float64) {
	if t.Start != 0 || t.Stop != 0 || t.From >= t.To {
		return t.Start, t.Stop
	}
	return float64(t.From) * dt, float64(t.To) * dt
}
