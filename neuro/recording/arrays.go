package recording

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strings"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/internal/npz"
)

// The names of arrays that are no series.
const (
	spikeTimes    = "spike_times"
	spikeUnits    = "spike_units"
	trialTable    = "trials" // from, to, condition, part
	questions     = "questions"
	correct       = "correct"
	factorErrors  = "factor_errors"
	outputErrors  = "output_errors"
	ratesArray    = "rates"
	finalPrefix   = "final_"
	trialTimes    = "trial_times" // start, stop
	observed      = "observed"    // from, to
	targetsEnding = "_targets"
	timesEnding   = "_times"
)

var tableArrays = []string{spikeTimes, spikeUnits, trialTable, questions, correct, factorErrors, outputErrors, ratesArray,
	trialTimes, observed, observed + lengthsEnding}

// write writes the arrays of a recording, and those of its means, with a prefix
// before their names. What is empty is not written.
func (r *Recording) write(w *npz.Writer, prefix string) error {
	series := r.allSeries()
	for _, name := range slices.Sorted(maps.Keys(series)) {
		if err := r.checkName(name); err != nil {
			return err
		}
		s := series[name]
		if s.Values != nil {
			w.Matrix(prefix+name, s.Values)
		}
		if s.Targets != nil {
			w.Matrix(prefix+name+targetsEnding, s.Targets)
		}
		if len(s.Times) > 0 {
			w.Vector(prefix+name+timesEnding, s.Times)
		}
	}
	vector := func(name string, x []float64) {
		if len(x) > 0 {
			w.Vector(prefix+name, x)
		}
	}
	vector(spikeTimes, r.Spikes.Times)
	integers(w, prefix+spikeUnits, r.Spikes.Units, 0)
	vector(factorErrors, r.FactorErrors)
	vector(outputErrors, r.OutputErrors)
	vector(ratesArray, r.Rates)
	for _, name := range slices.Sorted(maps.Keys(r.Final)) {
		vector(finalPrefix+name, r.Final[name])
	}
	r.writeTrials(w, prefix)
	r.writeTables(w, prefix)
	if r.Means != nil {
		return r.Means.write(w, prefix+"mean_")
	}
	return nil
}

func (r *Recording) writeTrials(w *npz.Writer, prefix string) {
	if len(r.Trials) == 0 {
		return
	}
	var table []int
	asked, right := make([]byte, len(r.Trials)), make([]byte, len(r.Trials))
	times, timed := make([]float64, 0, 2*len(r.Trials)), false
	for i, t := range r.Trials {
		times, timed = append(times, t.Start, t.Stop), timed || t.timed()
		table = append(table, t.From, t.To, t.Condition, t.Part)
		if t.Question {
			asked[i] = 1
		}
		if t.Correct {
			right[i] = 1
		}
	}
	integers(w, prefix+trialTable, table, 4)
	if timed {
		w.Stream(prefix+trialTimes, "<f8", []int{len(r.Trials), 2}, npz.Floats(times))
	}
	if slices.Contains(asked, 1) {
		w.Stream(prefix+questions, "|b1", []int{len(asked)}, bytes.NewReader(asked))
		w.Stream(prefix+correct, "|b1", []int{len(right)}, bytes.NewReader(right))
	}
}

// integers writes integers, as a matrix if it has columns.
func integers(w *npz.Writer, name string, x []int, columns int) {
	if len(x) == 0 {
		return
	}
	var raw []byte
	for _, v := range x {
		raw = binary.LittleEndian.AppendUint64(raw, uint64(int64(v)))
	}
	shape := []int{len(x)}
	if columns > 0 {
		shape = []int{len(x) / columns, columns}
	}
	w.Stream(name, "<i8", shape, bytes.NewReader(raw))
}

// reader reads recordings, and remembers which arrays they have.
type reader struct {
	*npz.Reader
	known map[string]bool
	wrong *error // what arrays hold that cannot be
}

// times reads the times of a series' rows, nil if they are evenly spaced.
func (in reader) times(series string) []float64 {
	if name := series + timesEnding; in.Has(name) {
		return in.vector(name)
	}
	return nil
}

// numbers reads an array of a kind, nothing if it is not there.
func (in reader) numbers(name, kind string, shape ...int) (x []float64, columns int) {
	in.known[name] = true
	if !in.Has(name) {
		return nil, 0
	}
	return in.Numbers(name, kind, shape...)
}

func (in reader) vector(name string) []float64 {
	x, _ := in.numbers(name, "f8", npz.Any)
	return x
}

func (in reader) integers(name string, shape ...int) []int {
	x, _ := in.numbers(name, "i8", shape...)
	return ints(x)
}

func (in reader) matrix(name string) *mat.Dense {
	return denseRows(in.numbers(name, "f8", npz.Any, npz.Any))
}

func ints(x []float64) []int {
	var all []int
	for _, v := range x {
		all = append(all, int(v))
	}
	return all
}

// recording reads the arrays that have a prefix before their names.
func (in reader) recording(prefix string, d description) *Recording {
	r := &Recording{Dt: d.Dt, Units: d.Units}
	for name, s := range d.Series {
		r.set(name, Series{
			Values: in.matrix(prefix + name), Targets: in.matrix(prefix + name + targetsEnding),
			Times: in.times(prefix + name), Dt: s.Dt, Start: s.Start, Names: s.Names, Unit: s.Unit, Units: s.Units,
		})
	}
	r.Spikes = Spikes{Times: in.vector(prefix + spikeTimes), Units: in.integers(prefix+spikeUnits, npz.Any)}
	r.FactorErrors, r.OutputErrors = in.vector(prefix+factorErrors), in.vector(prefix+outputErrors)
	r.Rates = in.vector(prefix + ratesArray)
	if prefix == "" {
		r.Warnings, r.Provenance = d.Warnings, d.Provenance
		arrays, _ := in.Names()
		for _, name := range arrays {
			if of, final := strings.CutPrefix(name, finalPrefix); final {
				if r.Final == nil {
					r.Final = make(State)
				}
				r.Final[of] = in.vector(name)
			}
		}
	}
	in.trials(r, prefix, d.Events)
	in.tables(r, prefix, d.tables)
	return r
}

func (in reader) trials(r *Recording, prefix string, events []map[string]float64) {
	table := in.integers(prefix+trialTable, npz.Any, 4)
	asked, _ := in.numbers(prefix+questions, "b1", npz.Any)
	right, _ := in.numbers(prefix+correct, "b1", npz.Any)
	times, _ := in.numbers(prefix+trialTimes, "f8", npz.Any, 2)
	for i := range len(table) / 4 {
		t := Trial{From: table[4*i], To: table[4*i+1], Condition: table[4*i+2], Part: table[4*i+3]}
		if i < len(asked) && i < len(right) {
			t.Question, t.Correct = asked[i] != 0, right[i] != 0
		}
		if 2*i+1 < len(times) {
			t.Start, t.Stop = times[2*i], times[2*i+1]
		}
		if i < len(events) {
			t.Events = events[i]
		}
		r.Trials = append(r.Trials, t)
	}
}

// done returns the first error, or what is wrong with what was read.
func (in reader) done(r *Recording) error {
	arrays, others := in.Names()
	for _, name := range append(arrays, others...) {
		if in.Err() == nil && !in.known[name] {
			return fmt.Errorf("%q is no part of a recording", name)
		}
	}
	return cmp.Or(in.Err(), *in.wrong, r.check())
}

// check says what arrays say of one another that cannot be.
func (r *Recording) check() error {
	if times, units := len(r.Spikes.Times), len(r.Spikes.Units); times != units {
		return fmt.Errorf("%d times of spikes and %d units that fired them", times, units)
	}
	for _, j := range r.Spikes.Units {
		if j < 0 || j >= r.Units {
			return fmt.Errorf("a spike of unit %d: there are %d", j, r.Units)
		}
	}
	for i, t := range r.Trials {
		if t.From < 0 || t.To < t.From {
			return fmt.Errorf("trial %d goes from step %d to %d", i, t.From, t.To)
		}
		if n := len(r.Conditions); n > 0 && (t.Condition < 0 || t.Condition >= n) {
			return fmt.Errorf("trial %d is of condition %d: %d have names", i, t.Condition, n)
		}
	}
	for _, e := range [][]float64{r.FactorErrors, r.OutputErrors} {
		if len(e) != 0 && len(e) != len(r.Trials) {
			return fmt.Errorf("errors of %d trials: there are %d", len(e), len(r.Trials))
		}
	}
	for name, s := range r.allSeries() {
		if err := cmp.Or(s.check(), s.checkTimes()); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	if err := r.checkTables(); err != nil {
		return err
	}
	if r.Means != nil {
		return r.Means.check()
	}
	return nil
}
