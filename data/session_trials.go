package data

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/spikewalk/spikewalk/neuro/recording"
)

// readTrials reads the table of trials.
func (s *session) readTrials() (err error) {
	t := s.layout.Trials
	if t.Start != "" {
		if s.start, err = s.times(t.TimeUnit, t.Start); err != nil {
			return err
		}
	}
	if t.Stop != "" {
		if s.stop, err = s.times(t.TimeUnit, t.Stop); err != nil {
			return err
		}
	}
	if t.Condition != "" && t.Condition != "k" {
		if s.condition, err = s.entries(t.Condition); err != nil {
			return err
		}
	}
	s.events, s.columns = make(map[string][]float64), make(map[string]*entries)
	for _, name := range sortedNames(t.Events) {
		if s.events[name], err = s.times(t.TimeUnit, t.Events[name]); err != nil {
			return fmt.Errorf("event %s: %w", name, err)
		}
	}
	for _, name := range sortedNames(t.Columns) {
		if s.columns[name], err = s.entries(t.Columns[name]); err != nil {
			return fmt.Errorf("column %s: %w", name, err)
		}
	}
	return nil
}

// layOut says where each trial begins and ends. Those without a start are laid
// end to end.
func (s *session) layOut() error {
	if s.trials < 0 {
		return nil
	}
	lengths, first, err := s.lengths()
	if err != nil {
		return err
	}
	s.rec.Trials = make([]recording.Trial, s.trials)
	if what := s.inSession(); s.start == nil && what != "" {
		return fmt.Errorf("%s counts from the start of the session, and nothing says when the %d trials of %s start: give Start", what, s.trials, s.trialsFrom)
	}
	if k := slices.IndexFunc(s.start, func(at float64) bool { return !finite(at) }); k >= 0 && s.byTrial() {
		return fmt.Errorf("%s: the start of trial %d is no number, so that its rows and spikes have no time", s.layout.Trials.Start, k)
	}
	switch {
	case s.start != nil && s.stop == nil && lengths == nil:
		return fmt.Errorf("nothing says how long trials are: give Stop")
	case s.start != nil && s.stop == nil:
		for k, at := range s.start {
			s.rec.Trials[k] = recording.Trial{Start: at + first, Stop: at + first + lengths[k]}
		}
		return nil
	case s.start != nil:
		for k := range s.start {
			s.rec.Trials[k] = recording.Trial{Start: s.start[k], Stop: s.stop[k]}
		}
		return nil
	case s.stop != nil:
		lengths = s.stop
		for k, length := range lengths {
			if !(length > 0) || math.IsInf(length, 0) {
				return fmt.Errorf("without Start, Stop is the duration of each trial, and that of trial %d is %g s", k, length)
			}
		}
	case lengths == nil:
		return fmt.Errorf("nothing says when the %d trials of %s start: give Start, or Stop with their durations", s.trials, s.trialsFrom)
	}
	return s.endToEnd(lengths)
}

// inSession names what has times that belong to no trial.
func (s *session) inSession() string {
	for _, name := range sortedNames(s.series) {
		if !s.series[name].byTrial {
			return "series " + name
		}
	}
	for _, c := range s.chunks {
		if c.trial < 0 || s.layout.Clock == "session" && !c.binned {
			return "the time of spikes"
		}
	}
	return ""
}

// byTrial tells whether anything has times that count from the start of a trial.
func (s *session) byTrial() bool {
	for _, p := range s.series {
		if p.byTrial {
			return true
		}
	}
	return slices.ContainsFunc(s.chunks, func(c chunk) bool { return c.trial >= 0 })
}

// endToEnd lays trials of the given lengths one after the other, on a grid where all
// of them have one.
func (s *session) endToEnd(lengths []float64) error {
	dt := s.grid(lengths)
	steps, at := 0, 0.0
	for k, length := range lengths {
		t := &s.rec.Trials[k]
		t.Start = at
		if dt > 0 {
			n := int(math.Round(length / dt))
			t.From, t.To = steps, steps+n
			t.Start = float64(steps) * dt
			steps += n
			at = float64(steps) * dt
		} else {
			at += length
		}
		t.Stop = at
		if !(t.Stop > t.Start) {
			return fmt.Errorf("trial %d is empty", k)
		}
	}
	s.rec.Dt = dt
	return nil
}

// grid is the step that all series have and of which all lengths are multiples,
// 0 if there is none.
func (s *session) grid(lengths []float64) float64 {
	dt := 0.0
	for _, e := range s.extents {
		if dt != 0 && e.dt != dt {
			return 0
		}
		dt = e.dt
	}
	for _, length := range lengths {
		if dt == 0 || math.Abs(math.Round(length/dt)-length/dt) > 1e-6 {
			return 0
		}
	}
	return dt
}

// lengths are how long trials are by their rows, from the first time of any
// series on; nil where no series says.
func (s *session) lengths() (lengths []float64, first float64, err error) {
	if len(s.extents) == 0 {
		return nil, 0, nil
	}
	first = math.Inf(1)
	slowest := 0.0
	for _, e := range s.extents {
		first, slowest = min(first, e.start), max(slowest, e.dt)
	}
	lengths = make([]float64, s.trials)
	for _, e := range s.extents {
		for k, n := range e.rows {
			lengths[k] = max(lengths[k], e.start+float64(n)*e.dt-first)
		}
	}
	for _, e := range s.extents {
		for k, n := range e.rows {
			if end := e.start + float64(n)*e.dt - first; end < lengths[k]-1.001*slowest {
				return nil, 0, fmt.Errorf("%s ends at %.4g s of trial %d, where another series goes on to %.4g s (%d rows of %g s): cut them to one length, or correct Rate", e.name, end, k, lengths[k], n, e.dt)
			}
		}
	}
	return lengths, first, nil
}

// zero is the time in the recording from which times in trial k count.
func (s *session) zero(k int) float64 {
	if s.start != nil {
		return s.start[k]
	}
	return s.rec.Trials[k].Start - s.firstTime()
}

// firstTime is the time in a trial at which its rows begin.
func (s *session) firstTime() float64 {
	if len(s.extents) == 0 {
		return 0
	}
	first := math.Inf(1)
	for _, e := range s.extents {
		first = min(first, e.start)
	}
	return first
}

// placeTrials fills in conditions, events and columns.
func (s *session) placeTrials() error {
	if s.trials < 0 {
		return nil
	}
	if err := s.nameConditions(); err != nil {
		return err
	}
	for _, name := range sortedNames(s.events) {
		clock, err := s.clock(s.layout.Trials.Events[name])
		if err != nil {
			return err
		}
		for k, at := range s.events[name] {
			t := &s.rec.Trials[k]
			if t.Events == nil {
				t.Events = make(map[string]float64)
			}
			if clock == "trial" {
				at += s.zero(k)
			}
			t.Events[name] = at - t.Start
		}
	}
	if len(s.columns) > 0 {
		s.rec.TrialTable = &recording.Table{}
		for _, name := range sortedNames(s.columns) {
			e := s.columns[name]
			s.rec.TrialTable.Columns = append(s.rec.TrialTable.Columns, recording.Column{Name: name, Unit: s.file.units[s.layout.Trials.Columns[name]], Numbers: e.numbers, Texts: e.texts})
		}
	}
	return nil
}

// nameConditions numbers the conditions in the order of their numbers or names.
func (s *session) nameConditions() error {
	switch {
	case s.layout.Trials.Condition == "k":
		for k := range s.rec.Trials {
			s.rec.Trials[k].Condition = k
		}
		return nil
	case s.condition == nil:
		for k, c := range s.conditions {
			s.rec.Trials[k].Condition = c
		}
		return nil
	case s.conditions != nil:
		return fmt.Errorf("conditions are an axis and in %s, too: take one of them", s.layout.Trials.Condition)
	}
	names := s.condition.texts
	if names == nil {
		if k := slices.IndexFunc(s.condition.numbers, math.IsNaN); k >= 0 {
			return fmt.Errorf("%s: the condition of trial %d is no number", s.layout.Trials.Condition, k)
		}
		for _, x := range s.condition.numbers {
			names = append(names, strconv.FormatFloat(x, 'g', -1, 64))
		}
		sorted := slices.Clone(s.condition.numbers)
		slices.Sort(sorted)
		for _, x := range slices.Compact(sorted) {
			s.rec.Conditions = append(s.rec.Conditions, strconv.FormatFloat(x, 'g', -1, 64))
		}
	} else {
		sorted := slices.Clone(names)
		slices.Sort(sorted)
		s.rec.Conditions = slices.Compact(sorted)
	}
	number := make(map[string]int, len(s.rec.Conditions))
	for i, name := range s.rec.Conditions {
		number[name] = i
	}
	for k, name := range names {
		s.rec.Trials[k].Condition = number[name]
	}
	return nil
}
