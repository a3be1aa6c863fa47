package recording

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/spikewalk/spikewalk/internal/npz"
	"github.com/spikewalk/spikewalk/neuro"
)

// A file is an .npz archive: config.json is a header, the rest are arrays. The
// arrays of part k have part_k_ before their names.

// layout is the version of the file's layout. Layout 1, of spiking networks
// alone, is read by layout1.go.
const layout = 2

func stamp() npz.Stamp { return npz.Stamp{Format: "spikewalk recording", Numerics: layout} }

// header is what a file holds besides arrays.
type header struct {
	npz.Stamp
	description
	// Parts that precede the whole.
	Parts int          `json:",omitempty"`
	Means *description `json:",omitempty"`
}

// description is what a recording holds besides arrays.
type description struct {
	Dt         float64
	Units      int
	Series     map[string]sampling  `json:",omitempty"`
	Events     []map[string]float64 `json:",omitempty"`
	Warnings   []neuro.Warning      `json:",omitempty"`
	Provenance Provenance
	tables
}

// sampling is what a series holds besides arrays.
type sampling struct {
	Dt    float64  `json:",omitempty"`
	Start float64  `json:",omitempty"`
	Names []string `json:",omitempty"`
	Unit  string   `json:",omitempty"`
	Units []int    `json:",omitempty"`
}

// Save writes the recording to an .npz file, which NumPy opens. Its arrays are
//
//	spike_times, spike_units             the spikes
//	activity, factors, outputs, NAME     series, T × channels
//	factors_targets, NAME_targets        their targets
//	NAME_times                           the times of rows that are not evenly spaced
//	trials                               from, to, condition and part of each
//	trial_times                          start and stop of each, in seconds
//	questions, correct                   of each trial
//	factor_errors, output_errors         of each trial
//	rates                                of each unit
//	observed, observed_lengths           from and to of intervals, and how many each unit has
//	table_units_K, table_trials_K, …     column K of the tables; lists end to end with table_…_K_lengths
//	final_NAME                           the final state
//	mean_…                               all of this for the means
//
// and config.json holds the rest. The file appears whole or not at all. It is an
// error if the file's name does not end in .npz, or if a series has the name of
// another array.
func (r *Recording) Save(path string) error {
	return Stream(path, func(func(*Recording) error) (*Recording, error) { return r, nil })
}

// partNumbers is how many numbers a part of a file has at least: 1 MB.
const partNumbers = 1 << 17

// Stream writes a recording that need not fit into memory. The function run hands
// each part to add as it comes (see [Recording.Append]) and returns what describes
// the whole. The file holds parts of 1 MB or more under names such as
// part_0_factors; [Load] puts them together. It appears whole, once run has
// returned without an error.
func Stream(path string, run func(add func(part *Recording) error) (*Recording, error)) error {
	if run == nil {
		return errors.New("recording: there is nothing to stream: run is nil")
	}
	var failed error
	err := npz.WriteFile(path, func(to io.Writer) error {
		f := &file{w: npz.NewWriter(to), series: make(map[string]sampling)}
		var whole *Recording
		if whole, failed = run(f.add); failed != nil {
			return failed
		}
		return f.finish(whole)
	})
	if failed != nil {
		return failed
	}
	return err
}

// file is a file that is being written.
type file struct {
	w      *npz.Writer
	part   Recording // collected, not yet written
	parts  int       // written
	series map[string]sampling
}

func (f *file) add(part *Recording) error {
	if part != nil && part.hasTables() {
		return errors.New("recording: a part that is streamed has tables, conditions or observed intervals: return them with what describes the whole")
	}
	if err := f.part.Append(part); err != nil || f.part.numbers() < partNumbers {
		return err
	}
	return f.flush()
}

// flush writes the part that was collected.
func (f *file) flush() error {
	if f.part.numbers() == 0 {
		return nil
	}
	maps.Copy(f.series, f.part.describe().Series)
	err := f.part.write(f.w, fmt.Sprintf("part_%d_", f.parts))
	f.part, f.parts = Recording{}, f.parts+1
	return err
}

// finish writes what describes the whole.
func (f *file) finish(whole *Recording) error {
	if whole == nil {
		return errors.New("recording: there is no recording to write: it is nil")
	}
	if err := errors.Join(f.flush(), whole.check(), whole.write(f.w, "")); err != nil {
		return err
	}
	h := header{Stamp: stamp(), description: whole.describe(), Parts: f.parts}
	maps.Copy(h.Series, f.series)
	if whole.Means != nil {
		d := whole.Means.describe()
		h.Means = &d
	}
	f.w.Header(&h)
	return f.w.Close()
}

func (r *Recording) describe() description {
	d := description{Dt: r.Dt, Units: r.Units, Warnings: r.Warnings, Provenance: r.Provenance, tables: r.describeTables()}
	d.Series = make(map[string]sampling)
	for name, s := range r.allSeries() {
		d.Series[name] = sampling{Dt: s.Dt, Start: s.Start, Names: s.Names, Unit: s.Unit, Units: s.Units}
	}
	for i, t := range r.Trials {
		if t.Events != nil {
			if d.Events == nil {
				d.Events = make([]map[string]float64, len(r.Trials))
			}
			d.Events[i] = t.Events
		}
	}
	return d
}

// The names of the series that have a field of their own.
const activityName, factorsName, outputsName = "activity", "factors", "outputs"

// field is the place of a series that has a field of its own, nil of others.
func (r *Recording) field(name string) *Series {
	switch name {
	case activityName:
		return &r.Activity
	case factorsName:
		return &r.Factors
	case outputsName:
		return &r.Outputs
	}
	return nil
}

// allSeries are all series that hold anything, by their names.
func (r *Recording) allSeries() map[string]Series {
	all := maps.Clone(r.Series)
	if all == nil {
		all = make(map[string]Series)
	}
	for _, name := range []string{activityName, factorsName, outputsName} {
		if s := *r.field(name); s.Values != nil || s.Dt != 0 {
			all[name] = s
		}
	}
	return all
}

// set puts a series where it belongs.
func (r *Recording) set(name string, s Series) {
	if f := r.field(name); f != nil {
		*f = s
		return
	}
	if r.Series == nil {
		r.Series = make(map[string]Series)
	}
	r.Series[name] = s
}

// numbers is how many numbers a part holds.
func (r *Recording) numbers() int {
	n := 2 * len(r.Spikes.Times)
	for _, s := range r.allSeries() {
		rows, columns := s.Dims()
		n += rows*columns + len(s.Times)
		if s.Targets != nil {
			n += rows * columns
		}
	}
	return n
}

// checkName refuses names that other arrays have, or that no array can have.

func (r *Recording) checkName(name string) error {
	_, named := r.Series[name]
	taken := named && (r.field(name) != nil || slices.Contains(tableArrays, name))
	for _, prefix := range []string{"part_", "mean_", finalPrefix, tablePrefix} {
		taken = taken || strings.HasPrefix(name, prefix)
	}
	for _, ending := range []string{targetsEnding, timesEnding} {
		stem, ends := strings.CutSuffix(name, ending)
		_, beside := r.allSeries()[stem]
		taken = taken || ends && beside
	}
	if taken || name == "" || strings.ContainsAny(name, `/\`) {
		return fmt.Errorf("recording: a series is named %q: files need a name without slashes that nothing else in them has", name)
	}
	return nil
}

// Load reads a file that [Recording.Save] or [Stream] has written, all of it, into
// memory. An error names the file and says whether it is damaged, of another kind,
// or in a layout that this version does not know.
func Load(path string) (*Recording, error) {
	data, err := npz.ReadFile(path)
	if err != nil {
		return nil, err
	}
	rec, err := decode(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return rec, nil
}

func decode(data []byte) (*Recording, error) {
	r, err := npz.NewReader(data)
	if err != nil {
		return nil, err
	}
	var found npz.Stamp
	if json.Unmarshal(r.Bytes(npz.Config), &found) == nil && found.Numerics == 1 && found.Format == stamp().Format {
		return decodeLayout1(r)
	}
	if found.Format == stamp().Format && found.Numerics != layout {
		return nil, fmt.Errorf("a recording of layout %d: this version reads layouts 1 and %d", found.Numerics, layout)
	}
	var h header
	if err := r.Header(stamp(), &h); err != nil {
		return nil, err
	}
	in := reader{Reader: r, known: map[string]bool{npz.Config: true}, wrong: new(error)}
	rec := new(Recording)
	parts := h.description
	parts.tables = tables{}
	for k := range h.Parts {
		part := in.recording(fmt.Sprintf("part_%d_", k), parts)
		if in.Err() != nil || part.numbers() == 0 {
			break // a file that lists its arrays has all parts
		}
		if err := rec.Append(part); err != nil {
			return nil, err
		}
	}
	if err := rec.Append(in.recording("", h.description)); err != nil {
		return nil, errors.Join(in.Err(), err)
	}
	rec.Dt, rec.Units = h.Dt, h.Units
	if h.Means != nil {
		rec.Means = in.recording("mean_", *h.Means)
	}
	return rec, in.done(rec)
}
