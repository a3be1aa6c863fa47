package data

import (
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	matfile "github.com/spikewalk/spikewalk/data/mat"
	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/recording"
)

// Recording makes a recording of what the file holds: spikes of units, series and a
// table of trials, with times in seconds. An NWB file needs no layout, and takes
// Layout.NWB; of all others the layout says which variable holds what. A file that holds
// a part of a session, such as a table of trials, makes that part of a recording:
// recording.Combine puts parts together.
//
// Trials whose starts are not known are laid end to end, from time 0 on, each as long
// as its rows are (or as Trials.Stop says); where all of it is on one grid of time, Dt
// and From and To say so.
//
// What neither the layout nor the file says is an error, as are paths that lead
// nowhere, axes that do not fit, series and trials of different lengths and clocks that
// were reset. What was left out, and what is doubtful ([recording.Recording.Check]), is
// in the recording's Warnings.
func (f *File) Recording(layout Layout) (*recording.Recording, error) {
	if f == nil || len(f.names) == 0 {
		return nil, errors.New("there is nothing in this file to make a recording of")
	}
	if err := layout.Validate(); err != nil {
		return nil, err
	}
	switch {
	case f.kind == kindNWB && layout.silent():
		return f.recordingOfNWB(layout.NWB)
	case f.kind == kindNWB && layout.Spikes == (SpikeLayout{}) && len(layout.Series) == 0:
		return nil, errors.New("layout: an NWB file says itself what its trials and units of time are: only the part NWB changes that, as in NWB: data.NWBLayout{TimeUnits: map[string]float64{\"units\": 0.001}}")
	case !layout.NWB.empty():
		return nil, fmt.Errorf("layout: NWB is for NWB files, and this is %s", f.kind.name)
	case layout.Spikes == (SpikeLayout{}) && len(layout.Series) == 0 && layout.Trials.empty():
		return nil, f.noLayout()
	}
	s := &session{file: f, layout: layout, trials: -1, rec: &recording.Recording{Provenance: recording.Provenance{File: filepath.Base(f.path)}}}
	for _, step := range []struct {
		what string
		do   func() error
	}{
		{"Trials", s.readTrials}, {"Series", s.readSeries}, {"Spikes", s.readSpikes},
		{"Trials", s.layOut}, {"Series", s.placeSeries}, {"Spikes", s.placeSpikes}, {"Trials", s.placeTrials},
	} {
		if err := step.do(); err != nil {
			return nil, fmt.Errorf("layout: %s: %w", step.what, err)
		}
	}
	s.rec.Warnings = append(s.rec.Warnings, s.rec.Check()...)
	return s.rec, nil
}

// session is a recording while it is made.
type session struct {
	file   *File
	layout Layout
	rec    *recording.Recording

	trials     int    // -1: not known yet
	trialsFrom string // what said how many
	conditions []int  // along an axis, nil without one

	start, stop []float64 // of trials in seconds; nil where not said
	condition   *entries
	events      map[string][]float64
	columns     map[string]*entries

	series  map[string]*pieces
	extents []extent
	chunks  []chunk
	ids     []unitID
}

// extent is what a series says of the length of trials: the rows of each, and their times.
type extent struct {
	name      string
	rows      []int
	dt, start float64
}

// warn notes that something was left out.
func (s *session) warn(kind neuro.WarningKind, try, message string, args ...any) {
	s.rec.Warnings = append(s.rec.Warnings, neuro.Warning{Kind: kind, Where: "recording", Message: fmt.Sprintf(message, args...), Try: try})
}

// expect says how many trials there are, which must be what was said before.
func (s *session) expect(n int, from string) error {
	switch {
	case n == 0:
		return fmt.Errorf("%s holds no trial", from)
	case s.trials >= 0 && s.trials != n:
		return fmt.Errorf("%s has %d trials, and %s has %d", from, n, s.trialsFrom, s.trials)
	}
	s.trials, s.trialsFrom = n, from
	return nil
}

// scale is how many seconds the unit of time is that a path's numbers have: that of a
// part of the layout, of the layout, or of a table's column.
func (s *session) scale(part, path string) (float64, error) {
	for _, unit := range []string{part, s.layout.TimeUnit, s.file.units[path]} {
		switch unit {
		case "":
			continue
		case "samples":
			return 1 / s.layout.SampleRate, nil
		}
		if scale, ok := timeUnits[unit]; ok {
			return scale, nil
		}
		return 0, fmt.Errorf("the unit of %s is %q in the file, which is no unit of time: say TimeUnit", path, unit)
	}
	return 0, fmt.Errorf(`nothing says in which unit the times %s are: set TimeUnit to "s", "ms", "us" or "samples"`, path)
}

// clock is where times that belong to trials begin.
func (s *session) clock(path string) (string, error) {
	if s.layout.Clock == "" {
		return "", fmt.Errorf(`nothing says where the times %s begin: set Clock to "trial" if they count from the start of each trial, or to "session"`, path)
	}
	return s.layout.Clock, nil
}

// noLayout is the error of an empty layout: what there is, and what could be said of it.
func (f *File) noLayout() error {
	var shapes []string
	var cells, matrix, trials string
	for _, name := range f.names {
		if about := f.variables[name].about; about != "" {
			switch class := f.variables[name].class; {
			case class == matfile.Cell && cells == "":
				cells = name
			case class.IsNumeric() && matrix == "":
				matrix = name
			}
			if len(shapes) < 20 {
				shapes = append(shapes, about)
			}
			continue
		}
		a, err := f.Variable(name)
		switch {
		case err != nil:
			shapes = append(shapes, name+" (not readable)")
			continue
		case a.Class() == matfile.Struct && trials == "":
			trials = cellsIn(a)
		case a.Class() == matfile.Cell && cells == "" && !holdsText(a):
			cells = name
		case a.Class().IsNumeric() && a.Len() > 1 && matrix == "":
			matrix = name
		}
		if len(shapes) < 20 {
			shapes = append(shapes, a.String())
		}
	}
	if more := len(f.names) - len(shapes); more > 0 {
		shapes = append(shapes, fmt.Sprintf("and %d more", more))
	}
	var parts []string
	if trials != "" && cells == "" {
		parts = append(parts, fmt.Sprintf(`Spikes: data.SpikeLayout{Times: %q}, Clock: "trial"`, trials))
	}
	if cells != "" {
		parts = append(parts, fmt.Sprintf("Spikes: data.SpikeLayout{Times: %q}", cells+"{u}"))
	}
	if matrix != "" {
		parts = append(parts, fmt.Sprintf(`Series: map[string]data.SeriesLayout{"emg": {Values: []string{%q}, Axes: "time channel", Rate: 1000}}`, matrix))
	}
	if len(parts) == 0 {
		parts = []string{`Spikes: data.SpikeLayout{Times: "trial(k).spikes{u}"}, Clock: "trial"`}
	}
	return fmt.Errorf("%s does not say what its variables are, and the layout is empty: there are %s; a layout to start from is data.Layout{TimeUnit: \"s\", %s}",
		f.kind.name, strings.Join(shapes, "; "), strings.Join(parts, ", "))
}

// cellsIn is the path of what may be spikes in an array of structs: the first field that
// holds cells of numbers; empty if there is none.
func cellsIn(a *matfile.Array) string {
	for _, field := range a.Fields() {
		if in, err := a.Field(field, 0); a.Len() > 0 && err == nil && in.Class() == matfile.Cell && !holdsText(in) {
			return fmt.Sprintf("%s(k).%s{u}", a.Name(), field)
		}
	}
	return ""
}

// holdsText tells whether the first cell is a text.
func holdsText(a *matfile.Array) bool {
	if a.Len() == 0 {
		return false
	}
	first, err := a.Cell(0)
	return err == nil && first.Class() == matfile.Char
}

// entries are numbers or texts, one for each trial.
type entries struct {
	numbers []float64
	texts   []string
}

func (e *entries) len() int { return max(len(e.numbers), len(e.texts)) }

// entries returns what a path leads to: one array with an entry for each trial,
// or an array of one for each k.
func (s *session) entries(path string) (*entries, error) {
	w, err := s.file.follow(path)
	if err != nil {
		return nil, err
	}
	if w.units >= 0 {
		return nil, fmt.Errorf("%s: there is one for each trial, not for each unit", path)
	}
	e := &entries{}
	if w.trials < 0 {
		a := w.arrays[0]
		if a.Class() == matfile.Cell || a.Class() == matfile.Char {
			e.texts, err = a.Texts()
		} else {
			e.numbers, err = vector(a)
		}
		if err != nil {
			return nil, err
		}
		return e, s.expect(e.len(), path)
	}
	for i, a := range w.arrays {
		if a.Class() == matfile.Char {
			text, err := a.Text()
			if err != nil {
				return nil, err
			}
			e.texts = append(e.texts, text)
		} else {
			if a.Len() != 1 {
				return nil, fmt.Errorf("%s: one number for each trial is wanted", a)
			}
			x, err := a.Float64s()
			if err != nil {
				return nil, err
			}
			e.numbers = append(e.numbers, x[0])
		}
		if len(e.texts) > 0 && len(e.numbers) > 0 {
			return nil, fmt.Errorf("%s: trial %d is a %s, and those before are not", path, i, a.Class())
		}
	}
	return e, s.expect(e.len(), path)
}

// times are the numbers of a path in seconds.
func (s *session) times(part, path string) ([]float64, error) {
	e, err := s.entries(path)
	if err != nil {
		return nil, err
	}
	if e.texts != nil {
		return nil, fmt.Errorf("%s holds texts, such as %q, and not times", path, e.texts[0])
	}
	scale, err := s.scale(part, path)
	if err != nil {
		return nil, err
	}
	for i := range e.numbers {
		e.numbers[i] *= scale
	}
	return e.numbers, nil
}

// sortedNames are the keys of a map in order.
func sortedNames[T any](m map[string]T) []string { return slices.Sorted(maps.Keys(m)) }
