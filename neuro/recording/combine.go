package recording

import (
	"errors"
	"fmt"
	"maps"
)

// Combine puts parts of one session together that came in files of their own, and that
// have one clock: spikes from one part, trials with their tables from one, and series
// from any. The parts are not changed; what they hold is shared, not copied. Warnings are
// those of all parts, and what [Recording.Check] says of the whole, such as that no
// trial has a spike.
//
// It is an error if two parts have spikes, or trials, or a series of one name, or
// if a part is nil or the record of a network (Dt, factors, outputs, activity).
func Combine(parts ...*Recording) (*Recording, error) {
	if len(parts) == 0 {
		return nil, errors.New("recording: nothing to combine: give the parts of a session")
	}
	all, spikes, trials := &Recording{}, -1, -1
	for i, p := range parts {
		switch {
		case p == nil:
			return nil, fmt.Errorf("recording: part %d is nil", i)
		case p.Factors.Values != nil || p.Outputs.Values != nil || p.Activity.Values != nil || p.Means != nil:
			return nil, fmt.Errorf("recording: part %d is the record of a network, which is whole: Append adds trials to it", i)
		case p.Units > 0 && spikes >= 0:
			return nil, fmt.Errorf("recording: parts %d and %d both have units: which of them is meant nothing says", spikes, i)
		case len(p.Trials) > 0 && trials >= 0:
			return nil, fmt.Errorf("recording: parts %d and %d both have trials: which of them is meant nothing says", trials, i)
		}
		if p.Units > 0 {
			spikes = i
			all.Units, all.Spikes, all.Rates = p.Units, p.Spikes, p.Rates
			all.UnitTable, all.Electrodes, all.Observed = p.UnitTable, p.Electrodes, p.Observed
		}
		if len(p.Trials) > 0 {
			trials = i
			all.Dt, all.Trials, all.TrialTable, all.Conditions = p.Dt, p.Trials, p.TrialTable, p.Conditions
		}
		if all.Provenance == (Provenance{}) {
			all.Provenance = p.Provenance
		}
		if err := all.takeSeries(p, i); err != nil {
			return nil, err
		}
	}
	if err := all.check(); err != nil {
		return nil, fmt.Errorf("recording: parts that do not fit together: %w", err)
	}
	all.gatherWarnings(parts)
	return all, nil
}

// takeSeries adds the series of a part.
func (r *Recording) takeSeries(part *Recording, i int) error {
	for name := range part.Series {
		if _, twice := r.Series[name]; twice {
			return fmt.Errorf("recording: part %d has a series %q, and so has one before: give them different names", i, name)
		}
	}
	if r.Series == nil && len(part.Series) > 0 {
		r.Series = make(map[string]Series)
	}
	maps.Copy(r.Series, part.Series)
	return nil
}

// gatherWarnings takes each warning of the parts and of the whole once.
func (r *Recording) gatherWarnings(parts []*Recording) {
	seen := make(map[string]bool)
	for _, w := range r.Check() {
		seen[w.Message] = true
		r.Warnings = append(r.Warnings, w)
	}
	for _, p := range parts {
		for _, w := range p.Warnings {
			if !seen[w.Message] {
				seen[w.Message] = true
				r.Warnings = append(r.Warnings, w)
			}
		}
	}
}
