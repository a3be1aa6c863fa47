package recording_test

import (
	"bytes"
	"encoding/gob"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/internal/npz"
	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/recording"
)

var equal = []cmp.Option{
	cmp.Comparer(func(a, b *mat.Dense) bool { return a == nil && b == nil || a != nil && b != nil && mat.Equal(a, b) }),
	cmpopts.EquateNaNs(),
}

func numbers(rng *rand.Rand, rows, columns int) *mat.Dense {
	m := mat.NewDense(rows, columns, nil)
	m.Apply(func(int, int, float64) float64 { return rng.NormFloat64() }, m)
	return m
}

// part is trial k, of 100 steps, of a recording.
func part(k int) *recording.Recording {
	rng := neuro.Stream(uint64(k), "part")
	from := 100 * k
	return &recording.Recording{
		Dt: 0.001, Units: 5,
		Spikes:   recording.Spikes{Times: []float64{float64(from+3) * 0.001, float64(from+50) * 0.001}, Units: []int{4, k % 5}},
		Factors:  recording.Series{Values: numbers(rng, 100, 3), Targets: numbers(rng, 100, 3), Dt: 0.001},
		Outputs:  recording.Series{Values: numbers(rng, 100, 2), Targets: numbers(rng, 100, 2), Dt: 0.001, Names: []string{"x", "y"}, Unit: "cm"},
		Activity: recording.Series{Values: numbers(rng, 100, 5), Dt: 0.001},
		Series: map[string]recording.Series{
			"voltage": {Values: numbers(rng, 20, 2), Dt: 0.005, Units: []int{3, 1}, Unit: "mV"},
		},
	}
}

// whole describes a recording of four trials, of which three were kept.
func whole() *recording.Recording {
	return &recording.Recording{
		Dt: 0.001, Units: 5,
		Trials: []recording.Trial{
			{From: 0, To: 100, Condition: 1, Question: true, Correct: true, Events: map[string]float64{"go": 0.05}},
			{From: 100, To: 200, Part: 1}, {From: 200, To: 300, Condition: 0, Question: true}, {Condition: 2, Part: 1},
		},
		FactorErrors: []float64{1, 3, 2, math.NaN()}, OutputErrors: []float64{1, 1, 5, math.Inf(1)},
		Means: &recording.Recording{
			Dt: 0.01, Units: 5, Trials: []recording.Trial{{To: 2}, {From: 2, To: 3, Condition: 1}},
			Factors: recording.Series{Values: mat.NewDense(3, 1, []float64{1, 2, 3}), Targets: mat.NewDense(3, 1, []float64{4, 5, 6}), Dt: 0.01},
			Series:  map[string]recording.Series{recording.Counts: {Values: mat.NewDense(3, 1, []float64{2, 1, 1}), Dt: 0.01}},
		},
		Rates:      []float64{1, 2, 3, 4, 5},
		Warnings:   []neuro.Warning{{Kind: neuro.AtChance, Where: "here", Message: "that", Try: "this"}},
		Final:      recording.State{"voltages": {1, 2, 3, 4, 5}, "source": {7}},
		Provenance: recording.Provenance{Program: "test", Numerics: 4, Seed: 9, Task: "none", File: "a", Subject: "b", Session: "c"},
	}
}

func join(rec, part *recording.Recording) {
	if err := rec.Append(part); err != nil {
		panic(err)
	}
}

func together() *recording.Recording {
	rec := new(recording.Recording)
	for k := range 3 {
		join(rec, part(k))
	}
	join(rec, whole())
	return rec
}

// What is saved at once, and what is streamed, is loaded as it was.
func TestFilesHoldAllOfARecording(t *testing.T) {
	dir, want := t.TempDir(), together()
	if err := want.Save(filepath.Join(dir, "saved.npz")); err != nil {
		t.Fatal(err)
	}
	err := recording.Stream(filepath.Join(dir, "streamed.npz"), func(add func(*recording.Recording) error) (*recording.Recording, error) {
		for k := range 3 {
			if err := add(part(k)); err != nil {
				return nil, err
			}
		}
		return whole(), nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"saved.npz", "streamed.npz"} {
		got, err := recording.Load(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, got, equal...); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
}

// A stream that takes more than a part is worth is in several.
func TestLongStreamsAreInParts(t *testing.T) {
	path, want := filepath.Join(t.TempDir(), "long.npz"), new(recording.Recording)
	const trials = 200 // of 1900 numbers
	err := recording.Stream(path, func(add func(*recording.Recording) error) (*recording.Recording, error) {
		for k := range trials {
			join(want, part(k))
			if err := add(part(k)); err != nil {
				return nil, err
			}
		}
		return &recording.Recording{Dt: 0.001, Units: 5}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	r, err := npz.NewReader(data)
	if err != nil {
		t.Fatal(err)
	}
	if !r.Has("part_2_factors") || r.Has("part_3_factors") {
		t.Error("380,000 numbers are not in three parts of 131,072 or more at most")
	}
	if got, err := recording.Load(path); err != nil || !cmp.Equal(want, got, equal...) {
		t.Errorf("loaded with %v: it differs", err)
	}
}

// Recordings of the layout before, with all that it had, are read as they were.
// The numbers are those of the program that has written the file.
func TestLayout1IsRead(t *testing.T) {
	r, err := recording.Load(filepath.Join("testdata", "layout1.npz"))
	if err != nil {
		t.Fatal(err)
	}
	kept := []recording.Trial{{From: 0, To: 80}, {From: 80, To: 160}}
	if !cmp.Equal(r.Kept(), kept) || len(r.Trials) != 4 || r.Units != 12 || r.Dt != 0.001 {
		t.Errorf("trials %v of %d units at %g s", r.Trials, r.Units, r.Dt)
	}
	if f, o := r.MedianErrors(); f != 0.8463649436032274 || o != 0.7534380236482148 {
		t.Errorf("errors %v, %v", f, o)
	}
	if n := len(r.Spikes.Times); n != 52 || r.Spikes.Times[3] != 0.01 || r.Spikes.Units[3] != 9 {
		t.Errorf("%d spikes", n)
	}
	current := r.Series["slow_input"]
	if current.At(3, 1) != 3.252409430758829 || current.Dt != 0.003 || !cmp.Equal(current.Units, []int{4, 1}) {
		t.Errorf("slow input %v, every %g s, of units %v", current.At(3, 1), current.Dt, current.Units)
	}
	if v := r.Series["voltages"].At(3, 1); v != -81.42237031864482 {
		t.Errorf("voltage %v", v)
	}
	m := r.Means
	if m.Series["learned"].At(2, 1) != 74.78352132578817 || m.Series[recording.Counts].At(2, 0) != 4 ||
		m.Factors.At(3, 1) != -13.630818500313207 || m.Factors.Targets.At(3, 1) != -18.253178744566338 || !cmp.Equal(m.Trials[0], recording.Trial{To: 27}) {
		t.Errorf("means %v", m.Trials)
	}
	if r.Final["voltages"][3] != -80.13223737907641 || r.Final["refractory"][11] != 1 {
		t.Errorf("final state %v", r.Final)
	}
}

func TestBadFiles(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "r.npz")
	if err := together().Save(path); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for name, bad := range map[string][]byte{"empty": {}, "cut": data[:len(data)/2], "text": []byte("hello")} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, bad, 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := recording.Load(path); err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: error %v, want one that names the file", name, err)
		}
	}
	for says, spoil := range map[string]func(r *recording.Recording){
		`"trials"`:     func(r *recording.Recording) { r.Series["trials"] = r.Outputs },
		`"factors"`:    func(r *recording.Recording) { r.Series["factors"] = r.Outputs },
		`"a/b"`:        func(r *recording.Recording) { r.Series["a/b"] = r.Outputs },
		`"mean_rate"`:  func(r *recording.Recording) { r.Series["mean_rate"] = r.Outputs },
		"units that":   func(r *recording.Recording) { r.Spikes.Units = nil },
		"unit 5":       func(r *recording.Recording) { r.Spikes.Units[0] = 5 },
		"3 names":      func(r *recording.Recording) { r.Outputs.Names = []string{"x", "y", "z"} },
		"another size": func(r *recording.Recording) { r.Outputs.Targets = r.Factors.Targets },
		"errors of 1":  func(r *recording.Recording) { r.OutputErrors = []float64{1} },
		"from step 9":  func(r *recording.Recording) { r.Trials[0].From, r.Trials[0].To = 9, 3 },
		"name it ":     nil,
	} {
		rec, to := together(), path
		if spoil == nil {
			to = filepath.Join(dir, "session.mat")
		} else {
			spoil(rec)
		}
		if err := rec.Save(to); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("error %v, want one that says %s", err, says)
		}
	}
	if left, _ := os.ReadDir(dir); len(left) != 4 {
		t.Errorf("left behind: %v", left)
	}
}

// Parts of other channels are refused, and leave a recording as it was.
func TestPartsThatDoNotFit(t *testing.T) {
	for says, spoil := range map[string]func(r *recording.Recording){
		"other channels of outputs": func(r *recording.Recording) { r.Outputs = recording.Series{Values: mat.NewDense(2, 9, nil)} },
		"other channels of factors": func(r *recording.Recording) { r.Factors.Targets = nil },
		"another size":              func(r *recording.Recording) { r.Factors.Targets = mat.NewDense(1, 1, nil) },
	} {
		rec, more := together(), part(3)
		spoil(more)
		if err := rec.Append(more); err == nil || !strings.Contains(err.Error(), says) || !cmp.Equal(rec, together(), equal...) {
			t.Errorf("error %v, want one that says %q", err, says)
		}
	}
	if err := new(recording.Recording).Append(nil); err == nil {
		t.Error("nil was appended")
	}
	for says, run := range map[string]func(func(*recording.Recording) error) (*recording.Recording, error){
		"nothing to stream":     nil,
		"no recording to write": func(func(*recording.Recording) error) (*recording.Recording, error) { return nil, nil },
		"there is no part":      func(add func(*recording.Recording) error) (*recording.Recording, error) { return nil, add(nil) },
	} {
		if err := recording.Stream(filepath.Join(t.TempDir(), "x.npz"), run); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("error %v, want %q", err, says)
		}
	}
}

// A layout of the future is named.
func TestUnknownLayout(t *testing.T) {
	path := filepath.Join(t.TempDir(), "r.npz")
	var buf bytes.Buffer
	w := npz.NewWriter(&buf)
	w.Header(&struct{ npz.Stamp }{npz.Stamp{Format: "spikewalk recording", Numerics: 4}})
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, buf.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := recording.Load(path); err == nil || !strings.Contains(err.Error(), "layout 4: this version reads layouts 1 to 3") {
		t.Errorf("error %v", err)
	}
}

func TestScores(t *testing.T) {
	rec := together()
	if f, o := rec.Slips(1.5); f != 0.75 || o != 0.5 {
		t.Errorf("slips %g, %g: NaN exceeds every bound", f, o)
	}
	if f, o := rec.WorstErrors(); !math.IsNaN(f) || !math.IsInf(o, 1) {
		t.Errorf("worst errors %g, %g", f, o)
	}
	if rec.Accuracy() != 0.5 {
		t.Errorf("accuracy %g of two questions", rec.Accuracy())
	}
	first := rec.Select(func(t recording.Trial) bool { return t.Part == 0 })
	if f, o := first.MedianErrors(); len(first.Trials) != 2 || f != 1.5 || o != 3 {
		t.Errorf("errors %g, %g of %d trials of the first part", f, o, len(first.Trials))
	}
	trains, err := first.Trains()
	if err != nil {
		t.Fatal(err)
	}
	if trains.Trials() != 2 || trains.Conditions() != 2 || trains.Neurons() != 5 || math.Abs(trains.Trial(1).Times[2][0]-0.05) > 1e-12 {
		t.Errorf("%d trials of %d neurons, times %v", trains.Trials(), trains.Neurons(), trains.Trial(1).Times)
	}
}

// Nothing of an empty recording panics, and it has no numbers.
func TestTheZeroRecordingIsHarmless(t *testing.T) {
	rec := new(recording.Recording)
	f, o := rec.MedianErrors()
	worst, _ := rec.WorstErrors()
	slips, _ := rec.Slips(1)
	for _, x := range []float64{f, o, worst, slips, rec.Accuracy()} {
		if !math.IsNaN(x) {
			t.Errorf("%g of no trial", x)
		}
	}
	if _, err := rec.Trains(); err == nil || rec.Kept() != nil {
		t.Error("trains of no trial")
	}
	if r, c := rec.Outputs.Dims(); r != 0 || c != 0 || rec.Outputs.Window(0, 1).Values != nil {
		t.Error("an empty series holds something")
	}
	path := filepath.Join(t.TempDir(), "empty.npz")
	if err := rec.Save(path); err != nil {
		t.Fatal(err)
	}
	if got, err := recording.Load(path); err != nil || !cmp.Equal(rec, got, equal...) {
		t.Errorf("loaded %+v, %v", got, err)
	}
}

// Results are kept by encoding/gob.
func TestRecordingsAreGobs(t *testing.T) {
	var buf bytes.Buffer
	want, got := together(), new(recording.Recording)
	if err := gob.NewEncoder(&buf).Encode(want); err != nil {
		t.Fatal(err)
	}
	if err := gob.NewDecoder(&buf).Decode(got); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got, equal...); d != "" {
		t.Error(d)
	}
}

func TestSeriesInAWindowAndOfSomeChannels(t *testing.T) {
	s := recording.Series{Values: mat.NewDense(10, 2, nil), Targets: mat.NewDense(10, 2, nil), Dt: 0.1, Start: 1, Names: []string{"a", "b"}, Units: []int{7, 9}}
	for i := range 10 {
		s.Values.Set(i, 0, float64(i))
		s.Values.Set(i, 1, float64(-i))
	}
	w := s.Window(1.3, 1.6)
	if rows, _ := w.Dims(); rows != 3 || w.At(0, 0) != 3 || math.Abs(w.Start-1.3) > 1e-12 || w.Targets == nil {
		t.Errorf("%d rows from %g s", rows, w.Start)
	}
	if rows, _ := s.Window(-5, 99).Dims(); rows != 10 || s.Window(1.6, 1.3).Values != nil {
		t.Error("a window ends where the series does")
	}
	c := s.Slice(0, 10, 1, 2)
	if rows, columns := c.Dims(); rows != 10 || columns != 1 || c.At(4, 0) != -4 || !cmp.Equal(c.Names, []string{"b"}) || !cmp.Equal(c.Units, []int{9}) {
		t.Errorf("%d x %d, names %v, units %v", rows, columns, c.Names, c.Units)
	}
}
func TestScaledSeries(t *testing.T) {
	s := recording.Series{Values: mat.NewDense(1, 2, []float64{1, 2}), Targets: mat.NewDense(1, 2, []float64{3, 4}), Dt: 0.1, Unit: "rad"}
	d := s.Scaled(10, "°")
	if d.At(0, 1) != 20 || d.Targets.At(0, 0) != 30 || d.Unit != "°" || d.Dt != 0.1 || s.At(0, 1) != 2 {
		t.Errorf("scaled: %+v of %+v", d, s)
	}
	if none := (recording.Series{}).Scaled(2, "V"); none.Values != nil || none.Targets != nil {
		t.Errorf("nothing scaled is %+v", none)
	}
}

// streamed writes parts, each of which fills one of the file, and ends as told.
func streamed(path string, parts int, end error) error {
	return recording.Stream(path, func(add func(*recording.Recording) error) (*recording.Recording, error) {
		for k := range parts {
			if err := add(long(k)); err != nil {
				return nil, err
			}
		}
		return &recording.Recording{Dt: 0.001, Units: 5, Trials: []recording.Trial{{Condition: 1}}, OutputErrors: []float64{7}}, end
	})
}

// long is a trial of 70,000 steps.
func long(k int) *recording.Recording {
	const steps = 70_000
	values := mat.NewDense(steps, 2, nil)
	for i := range steps {
		values.Set(i, 0, float64(k)+float64(i)/steps)
	}
	at := k * steps
	return &recording.Recording{
		Dt: 0.001, Units: 5, Provenance: recording.Provenance{Program: "a test", Seed: 3},
		Trials:       []recording.Trial{{From: at, To: at + steps, Condition: k % 2, Events: map[string]float64{"go": float64(k)}}},
		OutputErrors: []float64{float64(k)},
		Spikes:       recording.Spikes{Times: []float64{float64(k)}, Units: []int{k % 5}},
		Outputs:      recording.Series{Dt: 0.001, Values: values, Names: []string{"x", "y"}},
	}
}

// Of a stream that is broken off, what was written by then is read: after an error from
// a file of another name, cut at any place up to the last part before.
func TestStreamsThatAreBrokenOff(t *testing.T) {
	const parts = 3
	path := filepath.Join(t.TempDir(), "long.npz")
	full := errors.New("the disk is full")
	err := streamed(path, parts, full)
	if !errors.Is(err, full) || !strings.Contains(err.Error(), "what there was by then is in "+path+".part") {
		t.Fatal(err)
	}
	want := new(recording.Recording)
	for k := range parts {
		join(want, long(k))
	}
	got, err := recording.Load(path + ".part")
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Warnings) != 1 || !strings.Contains(got.Warnings[0].Message, "there are its first 3 trials, and no rates, means or final state") {
		t.Errorf("warnings %v", got.Warnings)
	}
	got.Warnings = nil
	if d := cmp.Diff(want, got, equal...); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
	if _, err := recording.Load(path); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), path+".part holds what was recorded") {
		t.Errorf("what is not there: %v", err)
	}
	data, err := os.ReadFile(path + ".part")
	if err != nil {
		t.Fatal(err)
	}
	trials := func(data []byte) int {
		part := filepath.Join(t.TempDir(), "cut.npz.part")
		if err := os.WriteFile(part, data, 0o644); err != nil {
			t.Fatal(err)
		}
		rec, err := recording.Load(part)
		if err != nil {
			return 0
		}
		for k, trial := range rec.Trials {
			if !mat.Equal(long(k).Outputs.Values, rec.Outputs.Values.Slice(trial.From, trial.To, 0, 2)) {
				t.Errorf("trial %d is another", k)
			}
		}
		if !strings.Contains(rec.Warnings[0].Message, fmt.Sprintf("its first %d trials", len(rec.Trials))) {
			t.Error(rec.Warnings)
		}
		return len(rec.Trials)
	}
	// A cut loses what comes after it alone, and a flipped byte its part and those
	// behind it.
	size, counts := len(data)/parts, map[int]int{}
	for i := range 24 {
		at := i * len(data) / 24
		n := trials(data[:at])
		if least := at / (size + 2000); n > at/(size-2000) || n < least {
			t.Errorf("cut at %d of %d: %d trials", at, len(data), n)
		}
		flipped := slices.Clone(data)
		flipped[at] ^= 1 << (i % 8)
		counts[trials(flipped)]++
	}
	if counts[0] < 5 || counts[1] < 5 || counts[2] < 5 {
		t.Errorf("trials read of files with a flipped bit: %v", counts)
	}
	// Written again, it is whole, and nothing is left beside it.
	if err := streamed(path, parts, nil); err != nil {
		t.Fatal(err)
	}
	rec, err := recording.Load(path)
	if err != nil || len(rec.Trials) != parts+1 || rec.Trials[1].Events["go"] != 1 || rec.Trials[parts].Condition != 1 || rec.OutputErrors[parts] != 7 {
		t.Errorf("whole: %v, %+v", err, rec.Trials)
	}
	if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 1 {
		t.Errorf("left: %v", left)
	}
}
