package prepare

import (
	"math"
	"reflect"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/recording"
)

// simulated is what a network did in steps of 1 ms: four trials of 1 s that are known
// by their steps alone, and a series without timestamps that says the time of the middle
// of each step. Unit 0 fires every 0.1 s, unit 1 every 0.5 s, unit 2 never. Nothing is
// said of who was observed.
func simulated() *recording.Recording {
	rec := &recording.Recording{Dt: 0.001, Units: 3}
	units := make([][]float64, 3)
	for k := 0; k <= 40; k++ {
		units[0] = append(units[0], 0.1*float64(k))
	}
	for k := 0; k < 8; k++ {
		units[1] = append(units[1], 0.5*float64(k)+0.05)
	}
	rec.Spikes = recording.SpikesOf(units)
	for i := range 4 {
		rec.Trials = append(rec.Trials, recording.Trial{From: 1000 * i, To: 1000 * (i + 1)})
	}
	clock := mat.NewDense(4000, 1, nil)
	clock.Apply(func(t, _ int, _ float64) float64 { return (float64(t) + 0.5) * 0.001 }, clock)
	rec.Series = map[string]recording.Series{"clock": {Dt: 0.001, Values: clock}}
	return rec
}

// Rows of a series that is faster than bins are averaged: of a clock the mean is the
// middle of the bin, wherever bins begin.
func TestFastSeriesAreAveraged(t *testing.T) {
	for _, c := range []struct{ from, to, dt float64 }{{0, 1, 0.02}, {0.1, 0.9, 0.1}, {0.25, 0.75, 0.005}} {
		set, err := Cut(simulated(), Config{Align: Start, From: c.from, To: c.to, Dt: c.dt, Edges: RightClosed, Series: map[string]Stamps{"clock": BinStart}})
		if err != nil {
			t.Fatal(err)
		}
		if len(set.Trials) != 4 {
			t.Fatalf("%d trials, want 4: %v", len(set.Trials), set.Dropped)
		}
		for i, trial := range set.Trials {
			for k, at := range set.Times() {
				if got, want := trial.Of("clock").At(k, 0), float64(i)+at; math.Abs(got-want) > 1e-9 {
					t.Fatalf("bins of %g s, trial %d, bin %d: the clock says %.9g, want %.9g", c.dt, i, k, got, want)
				}
			}
		}
	}
	// A hole in it, or a value that is none, takes its trial away and no other.
	for reason, spoil := range map[string]func(*recording.Series){
		"clock is not finite": func(s *recording.Series) { s.Values.Set(2500, 0, math.NaN()) },
		"clock has a gap": func(s *recording.Series) {
			for row := range 4000 {
				s.Times = append(s.Times, 0.001*float64(row))
				if row > 2500 {
					s.Times[row] += 0.005
				}
			}
		},
	} {
		rec := simulated()
		s := rec.Series["clock"]
		spoil(&s)
		rec.Series["clock"] = s
		set, err := Cut(rec, Config{Align: Start, From: 0, To: 0.9, Dt: 0.02, Edges: LeftClosed, Series: map[string]Stamps{"clock": BinStart}})
		if err != nil {
			t.Fatal(err)
		}
		if want := map[string][]int{reason: {2}}; !reflect.DeepEqual(dropped(set.Dropped), want) {
			t.Errorf("dropped %v, want %v", dropped(set.Dropped), want)
		}
	}
}

// Where nobody says when units were observed, rates count from the first to the last
// spike of all, here 4 s, and every unit always was.
func TestRatesWithoutObservation(t *testing.T) {
	rec := simulated()
	for least, want := range map[float64][]int{0: {0, 1, 2}, 1.99: {0, 1}, 2.01: {0}, 10.24: {0}} {
		got, err := ChooseUnits(rec, UnitRules{LeastRate: least, LeastObserved: 1})
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got.Kept, want) {
			t.Errorf("at least %g Hz: %v, want %v (%s)", least, got.Kept, want, got)
		}
	}
	if _, err := ChooseUnits(rec, UnitRules{LeastRate: 10.26}); err == nil {
		t.Error("41 spikes in 4 s are 10.26 Hz")
	}
	if all, err := ChooseUnits(rec, UnitRules{}); err != nil || all.String() != "3 of 3 units" {
		t.Errorf("%q, %v", all.String(), err)
	}
	trials, err := ChooseTrials(rec, TrialRules{LeastLength: 0.999, MostLength: 1.001, Finite: []string{Start, Stop}})
	if err != nil || len(trials.Kept) != 4 {
		t.Errorf("%v, %v", trials, err)
	}
}

// Intervals count in whatever order they are listed, and however they overlap; trials
// that have no length are no time.
func TestObservedIntervals(t *testing.T) {
	rec := simulated()
	rec.Observed = [][]recording.Interval{
		{{From: 2, To: 4}, {From: 0, To: 1}, {From: 0.5, To: 2.0005}, {From: 2, To: 3}}, // always
		{{From: 3, To: 4}, {From: 0, To: 1}},                                            // half of the time
		nil,
	}
	for least, want := range map[float64][]int{1: {0}, 0.5: {0, 1}, 0.49: {0, 1}} {
		got, err := ChooseUnits(rec, UnitRules{LeastObserved: least})
		if err != nil || !reflect.DeepEqual(got.Kept, want) {
			t.Errorf("observed for %g of the trials: %v, want %v (%v)", least, got.Kept, want, err)
		}
	}
	for i := range rec.Trials {
		rec.Trials[i].To = rec.Trials[i].From
	}
	if got, err := ChooseUnits(rec, UnitRules{LeastObserved: 1}); err != nil || len(got.Kept) != 3 {
		t.Errorf("where trials take no time: %v, %v", got, err)
	}
}
