package prepare

import (
	"fmt"
	"math"
	"slices"

	"github.com/spikewalk/spikewalk/internal/nearest"
	"github.com/spikewalk/spikewalk/neuro/recording"
)

// Names of the events that every trial has.
const (
	Start = "start"
	Stop  = "stop"
)

// eventTimes returns the time of an event in each trial, in seconds of the
// recording, NaN where it has none: a column of TrialTable, in seconds of the
// recording, or an entry of Trial.Events, in seconds from the trial's start, or
// "start" or "stop".
func eventTimes(rec *recording.Recording, event string) ([]float64, error) {
	times := make([]float64, len(rec.Trials))
	if slices.Contains(rec.TrialTable.Names(), event) {
		column, err := numeric(rec.TrialTable, "trials", event, len(rec.Trials))
		if err != nil {
			return nil, err
		}
		return column, among(rec, event, column)
	}
	found := event == Start || event == Stop
	names := append(rec.TrialTable.Names(), Start, Stop)
	for i, t := range rec.Trials {
		start, stop := span(t, rec.Dt)
		times[i] = math.NaN()
		switch at, there := t.Events[event]; {
		case there:
			times[i], found = start+at, true
		case event == Start:
			times[i] = start
		case event == Stop:
			times[i] = stop
		}
		for name := range t.Events {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	if !found {
		return nil, fmt.Errorf("prepare: no event is named %q: %s", event, nearest.Missing(event, names))
	}
	return times, nil
}

// among says that a column holds no times of these trials: where none of them lies
// within a trial's length of its trial, they are in another unit, or count from
// elsewhere.
func among(rec *recording.Recording, event string, times []float64) error {
	low, high := math.Inf(1), math.Inf(-1)
	first, last := math.Inf(1), math.Inf(-1)
	for i, t := range times {
		start, stop := span(rec.Trials[i], rec.Dt)
		if math.IsNaN(t) || math.IsInf(t, 0) || !(stop > start) {
			continue
		}
		if length := stop - start; t >= start-length && t <= stop+length {
			return nil
		}
		low, high = math.Min(low, t), math.Max(high, t)
		first, last = math.Min(first, start), math.Max(last, stop)
	}
	if low > high {
		return nil // nothing is known
	}
	return fmt.Errorf("prepare: %s goes from %g to %g, and trials from %g to %g s: events must be in seconds on the clock of the spikes (not in ms or samples, nor from the start of each trial)", event, low, high, first, last)
}
