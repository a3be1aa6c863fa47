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

// The versions of the file's layout. Layout 1, of spiking networks alone, is read by
// layout1.go. A file in parts is of layout 3: each part tells what it is, so that
// the parts of a file without an end can be read.
const (
	layout      = 2
	layoutParts = 3
)

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
	if r == nil {
		return errNone
	}
	return npz.WriteFile(path, func(to io.Writer) error { return newFile(to).finish(r) })
}

var errNone = errors.New("recording: there is no recording to write: it is nil")

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
	taken := named && (name == npz.Config || r.field(name) != nil || slices.Contains(tableArrays, name))
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
// memory. Of one whose writer was broken off, FILE.npz.part, it reads the parts that
// are whole, and a warning says how many. An error names the file and says whether it is
// damaged, of another kind, or in a layout that this version does not know.
func Load(path string) (*Recording, error) {
	data, err := npz.ReadFile(path)
	if err != nil {
		return nil, brokenOff(path, err)
	}
	read := decode
	if strings.HasSuffix(path, npz.Unfinished) {
		read = decodeUnfinished
	}
	rec, err := read(data)
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
	want := stamp()
	if found.Format == want.Format && (found.Numerics < 1 || found.Numerics > layoutParts) {
		return nil, fmt.Errorf("a recording of layout %d: this version reads layouts 1 to %d", found.Numerics, layoutParts)
	}
	if found.Numerics == layoutParts {
		want.Numerics = layoutParts
	}
	var h header
	if err := r.Header(want, &h); err != nil {
		return nil, err
	}
	in := reader{Reader: r, known: map[string]bool{npz.Config: true}, wrong: new(error)}
	rec := new(Recording)
	for k := range h.Parts {
		about, err := in.part(k, h.description)
		if err != nil {
			return nil, err
		}
		part := in.recording(partPrefix(k), about)
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
