package prepare

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/recording"
)

// Entries of every kind of column name conditions, numbers before texts and in their
// order; a trial with a missing entry is of none.
func TestConditionsOfEveryKindOfColumn(t *testing.T) {
	nan := math.NaN()
	rec := &recording.Recording{Trials: make([]recording.Trial, 4), TrialTable: &recording.Table{Columns: []recording.Column{
		{Name: "flag", Flags: []bool{true, false, true, false}},
		{Name: "number", Numbers: []float64{10, 9, nan, 10}},
		{Name: "row", Rows: mat.NewDense(4, 2, []float64{1, 2, 1, 2, 0.5, nan, -1, 2})},
		{Name: "list", Lists: [][]float64{{3}, {3, 4}, nil, {3}}},
		{Name: "texts", TextLists: [][]string{{"a", "b"}, {"a"}, {"a", "b"}, nil}},
		{Name: "mixed", Texts: []string{"b", "10", "9", "a"}},
	}}}
	for _, c := range []struct {
		columns []string
		names   []string
		of      []int
	}{
		{[]string{"flag"}, []string{"false", "true"}, []int{1, 0, 1, 0}},
		{[]string{"number"}, []string{"9", "10"}, []int{1, 0, -1, 1}},
		{[]string{"row"}, []string{"-1, 2", "1, 2"}, []int{1, 1, -1, 0}},
		{[]string{"list"}, []string{"3", "3, 4"}, []int{0, 1, -1, 0}},
		{[]string{"texts"}, []string{"a", "a, b"}, []int{1, 0, 1, -1}},
		{[]string{"mixed"}, []string{"9", "10", "a", "b"}, []int{3, 1, 0, 2}},
		{[]string{"flag", "number"}, []string{"false, 9", "false, 10", "true, 10"}, []int{2, 0, -1, 1}},
	} {
		got, err := ConditionsOf(rec, c.columns...)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(Conditions{Of: c.of, Names: c.names}, got); d != "" {
			t.Errorf("%v: %s", c.columns, d)
		}
	}
}

// Of several targets the one that is to be reached counts; a flag tells as a number
// does, and where nothing is known there is no condition.
func TestDirectionsOfOneOfSeveralTargets(t *testing.T) {
	nan, rec := math.NaN(), &recording.Recording{Trials: make([]recording.Trial, 5)}
	rec.TrialTable = &recording.Table{Columns: []recording.Column{
		{Name: "targets", Lists: [][]float64{{1, 0, 0, 1}, {1, 0, 0, 1}, {0, 0, -1, 0}, {nan, 0, 0, 1}, nil}},
		{Name: "active", Numbers: []float64{0, 1, 0, 1, 0}},
		{Name: "second", Flags: []bool{false, true, true, false, false}},
		{Name: "unknown", Numbers: []float64{nan, nan, nan, nan, nan}},
		{Name: "third", Numbers: []float64{2, 2, 2, 2, 2}},
		{Name: "half", Numbers: []float64{0.5, 0, 0, 0, 0}},
	}}
	for active, want := range map[string][]int{"active": {0, 1, -1, -1, -1}, "second": {0, 1, 2, -1, -1}, "unknown": {-1, -1, -1, -1, -1}} {
		got, err := Directions(rec, "targets", active, 4)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, got.Of); d != "" {
			t.Errorf("%s: %s", active, d)
		}
		if d := cmp.Diff([]string{"0°", "90°", "180°", "270°"}, got.Names); d != "" {
			t.Error(d)
		}
	}
	for active, want := range map[string]string{
		"": "holds 4 numbers", "third": "target 2 of trial 0 is to be reached, and targets has 2", "half": "target 0.5 of trial 0", "targets": "holds no numbers",
	} {
		_, err := Directions(rec, "targets", active, 4)
		saysWhy(t, "active "+active, err, want)
	}
	_, err := Directions(rec, "active", "", 4)
	saysWhy(t, "numbers", err, "holds no positions")
}
