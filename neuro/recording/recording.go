package recording

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/spiketrain"
)

// Recording is what a population did in a number of trials. Those kept in full
// follow one another in time; the others have only scores. The zero Recording
// holds nothing.
type Recording struct {
	// Dt is the time step in seconds. The places of trials count such steps.
	Dt float64
	// Units is the number of neurons, or of the units of a rate network, whether
	// their spikes were kept or not.
	Units int
	// Trials is the table of all trials, in order.
	Trials []Trial
	// Conditions are the names of what Trial.Condition numbers, nil where they
	// have none.
	Conditions []string
	// UnitTable, TrialTable and Electrodes are what a laboratory wrote down of
	// each unit, of each entry of Trials, and of each electrode; nil where there
	// is none.
	UnitTable, TrialTable, Electrodes *Table
	// Observed holds the intervals in which each unit was observed, in seconds;
	// a unit without one never was. It is nil where all units were, all the time.
	Observed [][]Interval
	// FactorErrors and OutputErrors hold the normalised mean squared error
	// (task.NMSE) of each trial, pooled over factors and over outputs, infinite
	// where the targets are zero. They are nil where there was nothing to compare.
	FactorErrors, OutputErrors []float64
	// Spikes of the trials that were kept.
	Spikes Spikes
	// Activity is what the units of a rate network did, T × Units. Factors and
	// Outputs come with their Targets.
	Activity, Factors, Outputs Series
	// Series holds further ones by name: voltages, currents, the position of a
	// hand.
	Series map[string]Series
	// Means holds averages over trials, aligned at their starts, as a recording
	// with one trial for each condition of each part. Its series [Counts] tells
	// how many trials each row averages. It is nil unless [Keep] asks for means.
	Means *Recording
	// Rates is the mean firing rate of each unit over all trials, in Hz.
	Rates []float64
	// Warnings say what is doubtful.
	Warnings []neuro.Warning
	// Final is the state after the last trial, from which the next test of the
	// network can start.
	Final State
	// Provenance says where the recording comes from.
	Provenance Provenance
}

// Counts is the name of the series in Means that tells how many trials each row
// averages.
const Counts = "counts"

// Trial is a line in the table of trials.
type Trial struct {
	// From and To are its place in the recording, steps From <= t < To; both are
	// zero if the trial was not kept in full.
	From, To int
	// Start and Stop are its place in seconds of the recording. A laboratory's
	// trials have them, as its table says them, NaN where it does not know; From
	// and To are then zero unless a grid of steps exists. They are both zero in
	// simulations.
	Start, Stop float64
	// Condition numbers the variants of a task, Part the tasks of a mix, from 0.
	Condition, Part int
	// Question tells whether the trial asked for a decision, Correct whether the
	// output made the right one.
	Question, Correct bool
	// Events are times in seconds from the start of the trial, by their names.
	Events map[string]float64
}

// timed tells whether a trial has times in seconds.
func (t Trial) timed() bool { return t.Start != 0 || t.Stop != 0 }

// Steps returns the number of steps that were kept.
func (t Trial) Steps() int { return t.To - t.From }

// State is what the next step of a network depends on, weights apart: vectors
// by names that only the network knows.
type State map[string][]float64

// Provenance says where a recording comes from. What is not known is empty.
type Provenance struct {
	// Program made it, by a version of the numerics (neuro.NumericsVersion) and
	// a seed.
	Program  string `json:",omitempty"`
	Numerics int    `json:",omitempty"`
	Seed     uint64 `json:",omitempty"`
	// Task is what the network or the subject did.
	Task string `json:",omitempty"`
	// File, Subject and Session name a laboratory's recording, and Identifier what
	// its file calls itself. Description says what the session was.
	File, Subject, Session  string `json:",omitempty"`
	Identifier, Description string `json:",omitempty"`
	Lab                     string `json:",omitempty"`
}

// Kept returns the trials that were kept in full.
func (r *Recording) Kept() []Trial {
	var kept []Trial
	for _, t := range r.Trials {
		if t.From < t.To {
			kept = append(kept, t)
		}
	}
	return kept
}

// Select returns the recording with only the wanted trials, their errors and
// their rows of TrialTable; a nil wanted selects all. Spikes, series and
// rates stay those of all trials, and share their memory with r.
func (r *Recording) Select(wanted func(Trial) bool) *Recording {
	s := *r
	s.Trials, s.FactorErrors, s.OutputErrors = nil, nil, nil
	var rows []int
	for i, t := range r.Trials {
		if wanted != nil && !wanted(t) {
			continue
		}
		s.Trials, rows = append(s.Trials, t), append(rows, i)
		if i < len(r.FactorErrors) {
			s.FactorErrors = append(s.FactorErrors, r.FactorErrors[i])
		}
		if i < len(r.OutputErrors) {
			s.OutputErrors = append(s.OutputErrors, r.OutputErrors[i])
		}
	}
	s.TrialTable = r.TrialTable.rows(rows)
	return &s
}

// Trains cuts the spikes into the trials that were kept in full, or that have a
// start and a stop in seconds, with times from the start of each. An error says
// that there is no such trial, that one has a start and no stop after it, or that
// a condition has none (see [spiketrain.Cut]). In a mix of tasks,
// [Recording.Select] a part first.
func (r *Recording) Trains() (*spiketrain.Trains, error) {
	var windows []spiketrain.Window
	for i, t := range r.Trials {
		w := spiketrain.Window{Condition: t.Condition, Zero: float64(t.From) * r.Dt, Stop: float64(t.Steps()) * r.Dt}
		if t.From >= t.To {
			if !t.timed() {
				continue // only scores were kept
			}
			if !(t.Stop > t.Start) || neuro.NotFinite([]float64{t.Start, t.Stop}) >= 0 {
				return nil, fmt.Errorf("recording: trial %d goes from %g to %g s: Select the trials that stop after they start", i, t.Start, t.Stop)
			}
			w.Zero, w.Stop = t.Start, t.Stop-t.Start
		}
		windows = append(windows, w)
	}
	return spiketrain.Cut(r.Spikes.Times, r.Spikes.Units, r.Units, windows)
}

// Append adds a part that follows in time: its trials, spikes and rows of series.
// Times and places in the part count from the start of the whole. The part's
// rates, means, final state, provenance, unit table and electrodes, where it has
// any, replace those of the whole; observed intervals are added to those of each
// unit. An error says which series has other channels than before, or which
// table other columns.
func (r *Recording) Append(part *Recording) error {
	if part == nil {
		return errors.New("recording: there is no part to append: it is nil")
	}
	was, comes := r.allSeries(), part.allSeries()
	for name, s := range comes {
		if err := cmp.Or(was[name].check(), s.check()); err != nil {
			return fmt.Errorf("recording: %s: %w", name, err)
		}
		if !was[name].fits(s) {
			return fmt.Errorf("recording: the part has other channels of %s than what was before, or targets where that has none", name)
		}
	}
	for name, s := range comes {
		if err := was[name].follows(s); err != nil {
			return fmt.Errorf("recording: %s: %w", name, err)
		}
	}
	if err := r.appendTables(part); err != nil {
		return fmt.Errorf("recording: the part's %w", err)
	}
	r.append(part)
	return nil
}

// append is Append of a part that fits.
func (r *Recording) append(part *Recording) {
	if r.Dt == 0 {
		r.Dt = part.Dt
	}
	r.Units = max(r.Units, part.Units)
	r.Trials = append(r.Trials, part.Trials...)
	r.FactorErrors = append(r.FactorErrors, part.FactorErrors...)
	r.OutputErrors = append(r.OutputErrors, part.OutputErrors...)
	r.Spikes.Times = append(r.Spikes.Times, part.Spikes.Times...)
	r.Spikes.Units = append(r.Spikes.Units, part.Spikes.Units...)
	r.Activity = r.Activity.append(part.Activity)
	r.Factors = r.Factors.append(part.Factors)
	r.Outputs = r.Outputs.append(part.Outputs)
	for name, s := range part.Series {
		if r.Series == nil {
			r.Series = make(map[string]Series)
		}
		r.Series[name] = r.Series[name].append(s)
	}
	if part.Means != nil {
		r.Means = part.Means
	}
	if part.Rates != nil {
		r.Rates = part.Rates
	}
	r.Warnings = append(slices.Clip(r.Warnings), part.Warnings...)
	if part.Final != nil {
		r.Final = part.Final
	}
	if part.Provenance != (Provenance{}) {
		r.Provenance = part.Provenance
	}
}
