package recording

import (
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/spikewalk/spikewalk/neuro"
)

// Check says what is doubtful about a laboratory's recording, and changes nothing:
// equal or negative spike times, times that look like milliseconds, samples or Unix
// seconds, trials that stop before they start, out of order or beyond the spikes,
// events and values that are no numbers. Each is one warning, with counts. Check does
// not add to Warnings. It costs a look at every number.
//
// A recording that contradicts itself, such as spikes of units that it does not
// have, gets one warning that says so.
func (r *Recording) Check() (warnings []neuro.Warning) {
	if err := r.check(); err != nil {
		return []neuro.Warning{{Kind: neuro.DoubtfulTimes, Where: "recording", Message: err.Error(), Try: "correct it before anything else"}}
	}
	c := &checker{Recording: r}
	c.spikes()
	c.trials()
	c.series()
	return c.warnings
}

// checker gathers warnings.
type checker struct {
	*Recording
	warnings []neuro.Warning
}

func (c *checker) warn(kind neuro.WarningKind, try, message string, args ...any) {
	c.warnings = append(c.warnings, neuro.Warning{Kind: kind, Where: "recording", Message: fmt.Sprintf(message, args...), Try: try})
}

// What no session does: last for two days, or fire on and on at a kilohertz.
const (
	longest    = 48 * 3600 // s
	fastest    = 1000      // Hz
	unixTime   = 3e8       // s: since 1979
	unixLatest = 5e9
)

// spikes checks their times.
func (c *checker) spikes() {
	times := c.Spikes.Times
	if len(times) == 0 {
		return
	}
	negative, lost, disorder := 0, 0, 0
	for i, t := range times {
		switch {
		case !finite(t):
			lost++
		case t < 0:
			negative++
		}
		if i > 0 && t < times[i-1] {
			disorder++
		}
	}
	if lost > 0 {
		c.warn(neuro.MissingValues, "leave them out", "%d of %d spike times are no numbers", lost, len(times))
		return
	}
	if disorder > 0 {
		c.warn(neuro.DoubtfulTimes, "make the list with SpikesOf", "%d of %d spike times are smaller than the one before", disorder, len(times))
		return
	}
	if negative > 0 {
		c.warn(neuro.DoubtfulTimes, "see where the session's zero is", "%d of %d spike times are negative, the first %g s", negative, len(times), times[0])
	}
	c.equalTimes()
	c.scale("spike times", times[0], times[len(times)-1])
	if span := times[len(times)-1] - times[0]; c.Units > 0 && len(times) > 20*c.Units {
		if rate := float64(len(times)) / float64(c.Units) / span; rate > fastest {
			c.warn(neuro.UnlikelyUnit, "see in which unit the times are", "units fire at %.3g Hz on average over %.3g s: these times look like seconds that were taken for something shorter", rate, span)
		}
	}
}

// equalTimes counts spikes that come twice, which some sorters let through.
func (c *checker) equalTimes() {
	last, equal, units := make(map[int]float64), 0, make(map[int]bool)
	for i, j := range c.Spikes.Units {
		t := c.Spikes.Times[i]
		if before, ok := last[j]; ok && before == t {
			equal++
			units[j] = true
		}
		last[j] = t
	}
	if equal > 0 {
		c.warn(neuro.DoubtfulTimes, "leave the second of each pair out before intervals are measured; spike sorters let such pairs through",
			"%d of %d spikes come at the same time as another of their unit, in %d of %d units", equal, len(c.Spikes.Times), len(units), c.Units)
	}
}

// scale says when times cannot be seconds of a session.
func (c *checker) scale(what string, first, last float64) {
	switch span := last - first; {
	case first > unixTime && last < unixLatest:
		c.warn(neuro.UnlikelyUnit, "subtract the time at which the session began", "%s begin at %.10g s: this looks like Unix time", what, first)
	case span > longest:
		c.warn(neuro.UnlikelyUnit, "see in which unit the times are", "%s go on for %.4g s, which are %.3g days: they look like milliseconds or samples", what, span, span/86400)
	}
}

// trials checks the trials that have times.
func (c *checker) trials() {
	var starts, lengths []float64
	unknown, backwards, disorder, overlap, events := 0, 0, 0, 0, 0
	var before Trial
	for _, t := range c.Trials {
		for _, at := range t.Events {
			if !finite(at) {
				events++
			}
		}
		if !t.timed() {
			continue
		}
		switch {
		case !finite(t.Start) || !finite(t.Stop):
			unknown++
			continue
		case t.Stop <= t.Start:
			backwards++
		}
		if len(starts) > 0 {
			if t.Start < before.Start {
				disorder++
			} else if t.Start < before.Stop-1e-9*math.Abs(before.Stop) {
				overlap++
			}
		}
		before = t
		starts, lengths = append(starts, t.Start), append(lengths, t.Stop-t.Start)
	}
	n := len(c.Trials)
	for _, w := range []struct {
		count     int
		kind      neuro.WarningKind
		what, try string
	}{
		{unknown, neuro.MissingValues, "%d of %d trials have a start or a stop that is no number", "leave them out"},
		{backwards, neuro.DoubtfulTimes, "%d of %d trials stop before they start", "leave them out"},
		{disorder, neuro.DoubtfulTimes, "%d of %d trials start before the one above them: the clock was reset, or they are not in order", "sort them, or split the recording where the clock was reset"},
		{overlap, neuro.DoubtfulTimes, "%d of %d trials start before the one above them stops", "see what the laboratory calls the stop of a trial"},
	} {
		if w.count > 0 {
			c.warn(w.kind, w.try, w.what, w.count, n)
		}
	}
	if events > 0 {
		c.warn(neuro.MissingValues, "align to an event that all trials have, or leave the others out", "%d times of events are no numbers, in %d trials", events, n)
	}
	if len(starts) > 0 {
		c.trialTimes(starts, lengths)
	}
}

// trialTimes compares trials with what a trial can be, and with the spikes.
func (c *checker) trialTimes(starts, lengths []float64) {
	first, last := slices.Min(starts), slices.Max(starts)
	c.scale("trials", first, last)
	slices.Sort(lengths)
	if median := lengths[len(lengths)/2]; median > 0 && (median < 0.01 || median > 3600) {
		c.warn(neuro.UnlikelyUnit, "see in which unit the times of trials are", "the median trial lasts %.3g s", median)
	}
	times := c.Spikes.Times
	if len(times) == 0 {
		return
	}
	if from, to := times[0], times[len(times)-1]; last+lengths[len(lengths)-1] < from || first > to {
		c.warn(neuro.DoubtfulTimes, "see whether both have the same clock and unit", "trials start between %.6g and %.6g s, and spikes come between %.6g and %.6g s: no trial has a spike", first, last, from, to)
	}
}

// series checks values and times of all series.
func (c *checker) series() {
	all := c.allSeries()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		s := all[name]
		steps, channels := s.Dims()
		if steps == 0 {
			continue
		}
		lost := 0
		for i := range steps {
			for _, x := range s.Values.RawRowView(i) {
				if !finite(x) {
					lost++
				}
			}
		}
		if lost > 0 {
			c.warn(neuro.MissingValues, "leave out the rows, or the trials, that hold them", "%d of the %d values of %s are no numbers", lost, steps*channels, name)
		}
		if s.Times != nil || s.Dt > 0 {
			c.scale("the rows of "+name, s.Time(0), s.Time(steps-1))
		}
	}
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }
