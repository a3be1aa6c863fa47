package recording_test

import (
	"bytes"
	"encoding/gob"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/recording"
)

var alike = append([]cmp.Option{cmpopts.EquateEmpty()}, equal...)

// session is what a laboratory's recording holds, with each kind of column.
func session() *recording.Recording {
	return &recording.Recording{
		Units:      3,
		Spikes:     recording.Spikes{Times: []float64{0.1, 0.5, 0.5, 2.5}, Units: []int{0, 0, 2, 2}},
		Conditions: []string{"left", "right"},
		Trials: []recording.Trial{
			{Start: 0, Stop: 1, Condition: 1, Events: map[string]float64{"go": 0.2}},
			{Start: 2, Stop: 3},
			{Start: math.NaN(), Stop: 4, Condition: 1},
		},
		TrialTable: &recording.Table{Columns: []recording.Column{
			{Name: "split", Texts: []string{"train", "", "väl\x00\xff"}, Description: "which part"},
			{Name: "angle", Numbers: []float64{0, math.NaN(), math.Inf(1)}, Unit: "degrees"},
			{Name: "success", Flags: []bool{true, false, true}},
			{Name: "target/pos", Lists: [][]float64{{1, 2}, {}, {3}}},
			{Name: "tags", TextLists: [][]string{{"a", ""}, {}, {"b"}}},
			{Name: "hand", Rows: mat.NewDense(3, 2, []float64{1, 2, 3, 4, 5, 6})},
		}},
		UnitTable:  &recording.Table{Columns: []recording.Column{{Name: "id", Numbers: []float64{4, 5, 9}}}},
		Electrodes: &recording.Table{Columns: []recording.Column{{Name: "location", Texts: []string{"M1"}}}},
		Observed:   [][]recording.Interval{{{From: 0, To: 1}, {From: 2, To: 3}}, {}, {{From: 0, To: 9}}},
		Series: map[string]recording.Series{
			"hand": {Values: mat.NewDense(3, 1, []float64{1, 2, 3}), Times: []float64{0.1, 0.2, 0.9}, Names: []string{"x"}},
			"gaze": {Values: mat.NewDense(2, 1, []float64{1, 2}), Dt: 0.5, Start: 7},
		},
	}
}

func TestFilesHoldALaboratorysTables(t *testing.T) {
	empty := session()
	empty.Trials, empty.TrialTable = nil, &recording.Table{Columns: []recording.Column{{Name: "split"}}}
	none := session()
	none.Units, none.Spikes, none.UnitTable = 0, recording.Spikes{}, &recording.Table{}
	none.Observed = [][]recording.Interval{}
	for name, want := range map[string]*recording.Recording{"full": session(), "no trials": empty, "no units": none} {
		path := filepath.Join(t.TempDir(), "session.npz")
		if err := want.Save(path); err != nil {
			t.Fatal(name, err)
		}
		got, err := recording.Load(path)
		if err != nil {
			t.Fatal(name, err)
		}
		if d := cmp.Diff(want, got, alike...); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
		var buf bytes.Buffer
		again := new(recording.Recording)
		if err := gob.NewEncoder(&buf).Encode(want); err != nil {
			t.Fatal(name, err)
		}
		if err := gob.NewDecoder(&buf).Decode(again); err != nil || !cmp.Equal(want, again, alike...) {
			t.Errorf("%s: %v, or another as a gob", name, err)
		}
	}
}

// A session that was saved in November 2026 is read as it was.
func TestSavedSessionIsRead(t *testing.T) {
	path := filepath.Join("testdata", "session.npz")
	got, err := recording.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(session(), got, alike...); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestSelectTakesRowsOfTheTrialTable(t *testing.T) {
	rec := session()
	right := rec.Select(func(t recording.Trial) bool { return t.Condition == 1 })
	want := []recording.Column{
		{Name: "split", Texts: []string{"train", "väl\x00\xff"}, Description: "which part"},
		{Name: "angle", Numbers: []float64{0, math.Inf(1)}, Unit: "degrees"},
		{Name: "success", Flags: []bool{true, true}},
		{Name: "target/pos", Lists: [][]float64{{1, 2}, {3}}},
		{Name: "tags", TextLists: [][]string{{"a", ""}, {"b"}}},
		{Name: "hand", Rows: mat.NewDense(2, 2, []float64{1, 2, 5, 6})},
	}
	if d := cmp.Diff(want, right.TrialTable.Columns, alike...); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if d := cmp.Diff(session(), rec, alike...); d != "" {
		t.Errorf("the whole has changed:\n%s", d)
	}
	c, err := right.TrialTable.Column("angle")
	if err != nil || c.Len() != 2 || right.TrialTable.Len() != 2 {
		t.Errorf("%d rows of %d, %v", c.Len(), right.TrialTable.Len(), err)
	}
	if _, err := right.TrialTable.Column("angel"); err == nil || !strings.Contains(err.Error(), "angle") {
		t.Errorf("error %v", err)
	}
	if (*recording.Table)(nil).Len() != 0 || (*recording.Table)(nil).Names() != nil {
		t.Error("no table has rows")
	}
}

// Trials in seconds are cut; one without a start is told.
func TestTrainsOfALaboratorysTrials(t *testing.T) {
	rec := session()
	if _, err := rec.Trains(); err == nil || !strings.Contains(err.Error(), "trial 2 goes from NaN to 4 s") {
		t.Errorf("error %v", err)
	}
	trains, err := rec.Select(func(t recording.Trial) bool { return t.Start < t.Stop }).Trains()
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([][]float64{{0.1, 0.5}, nil, {0.5}}, trains.Trial(0).Times, alike...); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([][]float64{nil, nil, {0.5}}, trains.Trial(1).Times, alike...); d != "" {
		t.Error(d)
	}
}

// Two sessions, one after the other, are one.
func TestSessionsAreAppended(t *testing.T) {
	rec, later := session(), session()
	late := later.Series["hand"]
	late.Times = []float64{1, 2, 3}
	later.Series["hand"] = late
	later.Observed = [][]recording.Interval{nil, {{From: 10, To: 11}}, nil}
	if err := rec.Append(later); err != nil {
		t.Fatal(err)
	}
	table := rec.TrialTable
	c, _ := table.Column("tags")
	hand, _ := table.Column("hand")
	if table.Len() != 6 || len(rec.Trials) != 6 || len(c.TextLists) != 6 || hand.Rows.At(3, 1) != 2 || rec.UnitTable.Len() != 3 {
		t.Errorf("%d rows of %d trials", table.Len(), len(rec.Trials))
	}
	if s := rec.Series["hand"]; len(s.Times) != 6 || s.Time(3) != 1 {
		t.Errorf("times %v", s.Times)
	}
	if len(rec.Observed[0]) != 2 || len(rec.Observed[1]) != 1 {
		t.Errorf("observed %v", rec.Observed)
	}
	for says, spoil := range map[string]func(r *recording.Recording){
		"columns": func(r *recording.Recording) { r.TrialTable.Columns = r.TrialTable.Columns[1:] },
		"other entries": func(r *recording.Recording) {
			r.TrialTable.Columns[0] = recording.Column{Name: "split", Numbers: []float64{1, 2, 3}}
		},
		"other lengths":  func(r *recording.Recording) { r.TrialTable.Columns[5].Rows = mat.NewDense(3, 3, nil) },
		"trials have":    func(r *recording.Recording) { r.TrialTable = nil },
		"conditions are": func(r *recording.Recording) { r.Conditions = []string{"up", "down"} },
		"of 1 units":     func(r *recording.Recording) { r.Observed = r.Observed[:1] },
		"rows with Times": func(r *recording.Recording) {
			r.Series["hand"] = recording.Series{Values: mat.NewDense(3, 1, nil), Dt: 1}
		},
		"before the whole": func(*recording.Recording) {},
	} {
		rec, more := session(), session()
		if says != "before the whole" {
			more.Series["hand"] = late
		}
		spoil(more)
		if err := rec.Append(more); err == nil || !strings.Contains(err.Error(), says) || !cmp.Equal(rec, session(), alike...) {
			t.Errorf("error %v, want one that says %q and leaves the whole as it was", err, says)
		}
	}
}

func TestTablesThatDoNotFitAreNotSaved(t *testing.T) {
	dir := t.TempDir()
	for says, spoil := range map[string]func(r *recording.Recording){
		"2 rows: there are 3": func(r *recording.Recording) { r.UnitTable.Columns[0].Numbers = []float64{1, 2} },
		"TrialTable has 3":    func(r *recording.Recording) { r.Trials = r.Trials[:1] },
		`"angle" has 2 rows`:  func(r *recording.Recording) { r.TrialTable.Columns[1].Numbers = []float64{1, 2} },
		"more than one kind":  func(r *recording.Recording) { r.TrialTable.Columns[1].Flags = []bool{true, true, true} },
		"two columns":         func(r *recording.Recording) { r.TrialTable.Columns[1].Name = "split" },
		"no name":             func(r *recording.Recording) { r.TrialTable.Columns[1].Name = "" },
		"2 units were":        func(r *recording.Recording) { r.Observed = r.Observed[:2] },
		"condition 1":         func(r *recording.Recording) { r.Conditions = r.Conditions[:1] },
		"step 1 is at":        func(r *recording.Recording) { r.Series["hand"].Times[1] = math.NaN() },
		"after 0.2":           func(r *recording.Recording) { r.Series["hand"].Times[2] = 0.1 },
		"2 times of 3 steps":  func(r *recording.Recording) { s := r.Series["hand"]; s.Times = s.Times[:2]; r.Series["hand"] = s },
		"3 times of 3 steps":  func(r *recording.Recording) { s := r.Series["hand"]; s.Dt = 1; r.Series["hand"] = s },
		`"hand_times"`:        func(r *recording.Recording) { r.Series["hand_times"] = r.Series["gaze"] },
		`"table_units_0"`:     func(r *recording.Recording) { r.Series["table_units_0"] = r.Series["gaze"] },
		`"observed"`:          func(r *recording.Recording) { r.Series["observed"] = r.Series["gaze"] },
	} {
		rec := session()
		spoil(rec)
		if err := rec.Save(filepath.Join(dir, "r.npz")); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("error %v, want one that says %s", err, says)
		}
	}
	err := recording.Stream(filepath.Join(dir, "s.npz"), func(add func(*recording.Recording) error) (*recording.Recording, error) {
		return session(), add(session())
	})
	if err == nil || !strings.Contains(err.Error(), "return them with what describes the whole") {
		t.Errorf("error %v", err)
	}
}

func TestSeriesWithTimesInAWindow(t *testing.T) {
	s := session().Series["hand"]
	w := s.Window(0.2, 0.9)
	if rows, _ := w.Dims(); rows != 1 || w.At(0, 0) != 2 || w.Time(0) != 0.2 || len(w.Times) != 1 {
		t.Errorf("%d rows at %v", rows, w.Times)
	}
	if rows, _ := s.Window(-1, 99).Dims(); rows != 3 || s.Window(0.3, 0.8).Values != nil || s.Window(0.3, 0.8).Times != nil {
		t.Error("a window holds what it has not, or not what it has")
	}
	if c := s.Slice(1, 3, 0, 1); c.Time(1) != 0.9 || s.Time(0) != 0.1 {
		t.Errorf("times %v", c.Times)
	}
	if g := session().Series["gaze"]; g.Time(1) != 7.5 {
		t.Errorf("time %g", g.Time(1))
	}
}

func TestSpikesOfUnitsAndBack(t *testing.T) {
	units := [][]float64{{0.1, 0.5, 0.5}, {}, {0.1, 0.3}, {0.9, 0.2}, {0.5}}
	s := recording.SpikesOf(units)
	want := recording.Spikes{Times: []float64{0.1, 0.1, 0.2, 0.3, 0.5, 0.5, 0.5, 0.9}, Units: []int{0, 2, 3, 2, 0, 0, 4, 3}}
	if d := cmp.Diff(want, s); d != "" {
		t.Error(d)
	}
	units[3] = []float64{0.2, 0.9}
	if d := cmp.Diff(units, s.ByUnit(5), alike...); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(units[2], s.Of(2)); d != "" || s.Of(1) != nil || s.Of(-1) != nil {
		t.Error(d)
	}
	s.Times[0] = -1
	if units[0][0] != 0.1 {
		t.Error("spikes share memory with the units")
	}
	if d := cmp.Diff(recording.Spikes{}, recording.SpikesOf(nil)); d != "" {
		t.Error(d)
	}
	if one := recording.SpikesOf([][]float64{nil, {2}}); one.Times[0] != 2 || one.Units[0] != 1 {
		t.Error(one)
	}
}
