package nwb

import (
	"fmt"
	"math"
	"strings"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/recording"
)

// trialsOf returns the table that trials are taken from, nil if the file has none.
func (f *File) trialsOf(name string) (*table, error) {
	if name == "" {
		return f.trial, nil
	}
	path := name
	if !strings.HasPrefix(name, "/") {
		path = "/intervals/" + name
	}
	t, err := f.tableIf(path)
	if err != nil {
		return nil, err
	}
	if t == nil {
		if err := f.look(); err != nil {
			return nil, err
		}
		return nil, fmt.Errorf("there is no table %s: %s", path, missing(path, f.found.tables))
	}
	return t, nil
}

// trials reads trials and their table.
func (f *File) trials(rec *recording.Recording, t *table, scale, origin float64, say *warnings) error {
	all, left, err := t.read()
	if err != nil {
		return err
	}
	for _, sentence := range left {
		say.add(neuro.MissingValues, t.path, "read it with package hdf5", "%s", sentence)
	}
	if t.rows == 0 {
		say.add(neuro.MissingValues, t.path, "take trials from another table with nwb.Trials, or cut some yourself", "the table of trials, %s, has no rows", t.path)
	}
	for _, c := range all.Columns { // before they are used: they share the memory
		if isTime(c) {
			move(c.Numbers, scale, origin)
		}
	}
	starts, stops := times(all, "start_time"), times(all, "stop_time")
	if starts == nil && t.rows > 0 {
		return fmt.Errorf("%s has no column start_time of numbers: it has %s", t.path, strings.Join(all.Names(), ", "))
	}
	if stops == nil && t.rows > 0 {
		say.add(neuro.MissingValues, t.path, "cut trials around an event", "%s has no column stop_time: the trials have no end", t.path)
	}
	rec.TrialTable, rec.Trials = all, make([]recording.Trial, t.rows)
	for i := range rec.Trials {
		trial := &rec.Trials[i]
		trial.Start, trial.Stop = starts[i], math.NaN()
		if stops != nil {
			trial.Stop = stops[i]
		}
	}
	for _, c := range all.Columns {
		if isTime(c) && c.Name != "start_time" && c.Name != "stop_time" {
			f.event(rec.Trials, c, t.path, say)
		}
	}
	return nil
}

// isTime tells whether a column holds times, by its name.
func isTime(c recording.Column) bool { return strings.HasSuffix(c.Name, "_time") && len(c.Numbers) > 0 }

// times returns a column of numbers, nil if there is none.
func times(t *recording.Table, name string) []float64 {
	c, err := t.Column(name)
	if err != nil || len(c.Numbers) == 0 {
		return nil
	}
	return c.Numbers
}

// event adds a column of times to the trials' events, from their start.
func (f *File) event(trials []recording.Trial, c recording.Column, path string, say *warnings) {
	unknown, outside, known := 0, 0, 0
	for i := range trials {
		t := &trials[i]
		at := c.Numbers[i]
		if math.IsNaN(at-t.Start) || math.IsInf(at-t.Start, 0) {
			unknown++
			continue
		}
		if known++; at < t.Start || at > t.Stop {
			outside++
		}
		if t.Events == nil {
			t.Events = make(map[string]float64)
		}
		t.Events[c.Name] = at - t.Start
	}
	where := join(path, c.Name)
	if unknown > 0 {
		say.add(neuro.MissingValues, where, "leave these trials out, or align to another event", "%d of %d trials have no %s", unknown, len(trials), c.Name)
	}
	if outside > 0 {
		try := "see what the column holds"
		if 2*outside > known {
			try = "see whether it counts from the start of the trial: TrialTable has it as it is"
		}
		say.add(neuro.DoubtfulTimes, where, try, "%d of %d trials have a %s outside of themselves", outside, known, c.Name)
	}
}
