package prepare

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/gonum/mat"
)

// Names of what every Set may have beside the recording's series.
const (
	// Counts is the spikes per bin, Trial.Counts.
	Counts = "counts"
	// Rates is the series of smoothed rates, in Hz, that [Set.Rates] adds.
	Rates = "rates"
)

// Set is trials of T bins on one grid: spike counts and any number of series.
// Bin k of a trial covers Start + k Dt to Start + (k+1) Dt, from the event that
// trials are aligned to. Methods leave the set as it is and return another one,
// which may share matrices with it: do not change them.
type Set struct {
	// Dt is the width of a bin in seconds, Start the beginning of the first one
	// in seconds from the event.
	Dt, Start float64
	// Align is the event's name.
	Align string
	// Units are the recording's units in the columns of Counts.
	Units []int
	// Channels are the names of each series' channels, where they have any.
	Channels map[string][]string
	// Conditions are the names of the conditions that Trial.Condition numbers.
	// There may be some without trials.
	Conditions []string
	// Trials in the order of the recording.
	Trials []Trial
	// Dropped lists the trials that were asked for and are not here, by reason;
	// DroppedUnits the units, where [Session] has chosen them.
	Dropped, DroppedUnits []Drop
}

// Trial is one trial of a [Set].
type Trial struct {
	// Index is its row in the recording's table of trials.
	Index int
	// Condition is its number in Set.Conditions.
	Condition int
	// Zero is the event's time in the recording, in seconds.
	Zero float64
	// Counts is spikes per bin, T × units; nil if no units were asked for.
	Counts *mat.Dense
	// Series are T × channels, by their names.
	Series map[string]*mat.Dense
}

// Of returns the trial's [Counts] or the series of a name, nil if it has none.
func (t Trial) Of(name string) *mat.Dense {
	if name == Counts {
		return t.Counts
	}
	return t.Series[name]
}

// Bins returns T, the number of bins of each trial; 0 without trials.
func (s *Set) Bins() int {
	if s == nil || len(s.Trials) == 0 {
		return 0
	}
	for _, name := range s.Names() {
		bins, _ := s.Trials[0].Of(name).Dims()
		return bins
	}
	return 0
}

// Names lists what the trials have: [Counts], and the series in order of name.
func (s *Set) Names() []string {
	if s == nil || len(s.Trials) == 0 {
		return nil
	}
	var names []string
	if s.Trials[0].Counts != nil {
		names = append(names, Counts)
	}
	return append(names, slices.Sorted(maps.Keys(s.Trials[0].Series))...)
}

// Times returns the middle of each bin in seconds from the event.
func (s *Set) Times() []float64 {
	times := make([]float64, s.Bins())
	for k := range times {
		times[k] = s.Start + (float64(k)+0.5)*s.Dt
	}
	return times
}

// Take returns the set with the trials at the given positions of Trials, in that
// order.
func (s *Set) Take(positions []int) (*Set, error) {
	if err := s.some(); err != nil {
		return nil, err
	}
	taken := *s
	taken.Trials = make([]Trial, len(positions))
	for i, p := range positions {
		if p < 0 || p >= len(s.Trials) {
			return nil, fmt.Errorf("prepare: trial %d of a set of %d: positions count from 0", p, len(s.Trials))
		}
		taken.Trials[i] = s.Trials[p]
	}
	return &taken, nil
}

// with returns the set with a series replaced, or added, in every trial.
func (s *Set) with(name string, make func(Trial) (*mat.Dense, error)) (*Set, error) {
	changed := *s
	changed.Trials = slices.Clone(s.Trials)
	for i, t := range changed.Trials {
		m, err := make(t)
		if err != nil {
			return nil, fmt.Errorf("trial %d: %w", t.Index, err)
		}
		if name == Counts {
			changed.Trials[i].Counts = m
			continue
		}
		t.Series = maps.Clone(t.Series)
		if t.Series == nil {
			t.Series = map[string]*mat.Dense{}
		}
		t.Series[name] = m
		changed.Trials[i] = t
	}
	return &changed, nil
}

// Validate says what of the set does not go together: trials of other sizes,
// conditions that are not named, numbers that are not finite. A set without trials
// is no error.
func (s *Set) Validate() error {
	if s == nil {
		return errors.New("prepare: there is no set: it is nil")
	}
	if !(s.Dt > 0) || math.IsInf(s.Dt, 1) || math.IsNaN(s.Start) || math.IsInf(s.Start, 0) {
		return fmt.Errorf("prepare: a set of bins of %g s from %g s: Dt must be positive, and both finite", s.Dt, s.Start)
	}
	names, bins := s.Names(), s.Bins()
	for i, t := range s.Trials {
		if t.Condition < 0 || t.Condition >= len(s.Conditions) {
			return fmt.Errorf("prepare: trial %d of the set is of condition %d: there are %d", i, t.Condition, len(s.Conditions))
		}
		if have := (&Set{Trials: s.Trials[i : i+1]}).Names(); !slices.Equal(have, names) {
			return fmt.Errorf("prepare: trial %d of the set has %s, trial 0 has %s", i, strings.Join(have, ", "), strings.Join(names, ", "))
		}
		for _, name := range names {
			if err := fits(t.Of(name), s.Trials[0].Of(name), bins); err != nil {
				return fmt.Errorf("prepare: %s of trial %d of the set: %w", name, i, err)
			}
		}
	}
	if len(s.Trials) > 0 && s.Trials[0].Counts != nil {
		if _, n := s.Trials[0].Counts.Dims(); n != len(s.Units) {
			return fmt.Errorf("prepare: counts of %d units, the set names %d", n, len(s.Units))
		}
	}
	return nil
}

func fits(m, first *mat.Dense, bins int) error {
	if m == nil || first == nil || m.IsEmpty() || first.IsEmpty() {
		return errors.New("there are no numbers")
	}
	t, c := m.Dims()
	if _, want := first.Dims(); t != bins || c != want {
		return fmt.Errorf("%d bins of %d channels, want %d of %d", t, c, bins, want)
	}
	for k := range t {
		for j, v := range m.RawRowView(k) {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				return fmt.Errorf("%g at bin %d, channel %d: every value must be finite", v, k, j)
			}
		}
	}
	return nil
}

// some is [Set.Validate] where at least one trial is needed.
func (s *Set) some() error {
	if err := s.Validate(); err != nil {
		return err
	}
	if len(s.Trials) == 0 {
		return errors.New("prepare: the set has no trials" + because(s.Dropped))
	}
	return nil
}

// has is some where a series of that name is needed too.
func (s *Set) has(name string) error {
	if err := s.some(); err != nil {
		return err
	}
	if names := s.Names(); !slices.Contains(names, name) {
		return fmt.Errorf("prepare: the set has no %q; it has %s", name, strings.Join(names, ", "))
	}
	return nil
}
