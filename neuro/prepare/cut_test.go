package prepare

import (
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/recording"
)

// laboratory is 10 trials of 1 s, one after the other, with an event go at 0.4 s: 3
// units, of which unit u fires at 0.5 + 0.01 u s twice; a ramp of 100 Hz that ends
// bins and says the time of their middle, with a gap from 5.45 to 5.6 s. Unit 1 was
// not observed in trial 2; go of trial 3 is NaN.
func laboratory() *recording.Recording {
	rec := &recording.Recording{Units: 3, UnitTable: &recording.Table{Columns: []recording.Column{
		{Name: "quality", Texts: []string{"good", "noise", "good"}}, {Name: "snr", Numbers: []float64{3, 1, math.NaN()}},
	}}}
	units := make([][]float64, 3)
	var on []float64
	var results []string
	position := mat.NewDense(10, 2, nil)
	for i := range 10 {
		start := float64(i)
		rec.Trials = append(rec.Trials, recording.Trial{Start: start, Stop: start + 1, Events: map[string]float64{"cue": 0.25}})
		on, results = append(on, start+0.4), append(results, string("RA"[i%2]))
		sin, cos := math.Sincos(math.Pi / 2 * float64(i%4))
		position.SetRow(i, []float64{cos, sin})
		for u := range units {
			units[u] = append(units[u], start+0.5+0.01*float64(u), start+0.5+0.01*float64(u))
		}
	}
	on[3] = math.NaN()
	rec.Spikes = recording.SpikesOf(units)
	rec.TrialTable = &recording.Table{Columns: []recording.Column{
		{Name: "go", Numbers: on}, {Name: "result", Texts: results}, {Name: "target_pos", Rows: position},
	}}
	all := recording.Interval{From: 0, To: 10}
	rec.Observed = [][]recording.Interval{{all}, {{From: 0, To: 2}, {From: 3, To: 10}}, {{From: 0, To: 5}, {From: 5.001, To: 10}}}
	ramp := recording.Series{Names: []string{"t"}}
	var values []float64
	for i := 1; i <= 1000; i++ {
		t := float64(i) * 0.01
		if t > 5.45 && t < 5.6 {
			continue
		}
		ramp.Times, values = append(ramp.Times, t), append(values, t-0.005)
	}
	ramp.Values = mat.NewDense(len(values), 1, values)
	rec.Series = map[string]recording.Series{"ramp": ramp}
	return rec
}

func config() Config {
	return Config{
		Align: "go", From: -0.1, To: 0.3, Dt: 0.05, Edges: LeftClosed,
		Series: map[string]Stamps{"ramp": BinEnd},
	}
}

func dropped(all []Drop) map[string][]int {
	by := map[string][]int{}
	for _, d := range all {
		by[d.Reason] = d.Index
	}
	return by
}

func TestCutKeepsWhatIsWholeAndSaysWhatIsNot(t *testing.T) {
	set, err := Cut(laboratory(), config())
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]int{"not all units were observed": {2}, "go has no time": {3}, "ramp has a gap": {5}}
	if got := dropped(set.Dropped); !reflect.DeepEqual(got, want) {
		t.Errorf("dropped %v, want %v", got, want)
	}
	if len(set.Trials) != 7 || set.Bins() != 8 || !slices.Equal(set.Channels["ramp"], []string{"t"}) {
		t.Fatalf("%d trials of %d bins, channels %v", len(set.Trials), set.Bins(), set.Channels)
	}
	for _, trial := range set.Trials {
		if trial.Zero != float64(trial.Index)+0.4 {
			t.Errorf("trial %d is at %g s", trial.Index, trial.Zero)
		}
		for k, at := range set.Times() {
			// What the ramp says is the time of the middle of the bin.
			if got, want := trial.Of("ramp").At(k, 0), trial.Zero+at; math.Abs(got-want) > 1e-9 {
				t.Fatalf("trial %d, bin %d: %g, want %g", trial.Index, k, got, want)
			}
		}
		for u := range 3 {
			column := mat.Col(nil, u, trial.Counts)
			if total := mat.Sum(trial.Counts.ColView(u)); total != 2 || column[3]+column[4] != 2 {
				t.Errorf("trial %d, unit %d: %v", trial.Index, u, column)
			}
		}
	}
}

// A lag reads a series later, a convention of timestamps half a step earlier or later.
func TestLagsAndStamps(t *testing.T) {
	for _, c := range []struct {
		stamps Stamps
		lag    float64
		dt     float64
		off    float64
	}{{BinEnd, 0.05, 0.05, 0.05}, {Instant, 0, 0.05, -0.005}, {BinStart, 0, 0.05, -0.01}, {BinEnd, 0.02, 0.01, 0.02}, {Instant, 0, 0.004, -0.005}} {
		cfg := config()
		cfg.Series["ramp"], cfg.Lags, cfg.Dt = c.stamps, map[string]float64{"ramp": c.lag}, c.dt
		set, err := Cut(laboratory(), cfg)
		if err != nil {
			t.Fatal(err)
		}
		trial := set.Trials[0]
		for k, at := range set.Times() {
			got := trial.Of("ramp").At(k, 0) - (trial.Zero + at)
			// Rows within a bin need not lie evenly around its middle.
			if math.Abs(got-c.off) > 0.0051 || c.dt <= 0.01 && math.Abs(got-c.off) > 1e-9 {
				t.Errorf("%s, lag %g, bins of %g: off by %g, want %g", c.stamps, c.lag, c.dt, got, c.off)
			}
		}
	}
}

func TestEventsAreFoundAndSnapped(t *testing.T) {
	cfg := config()
	cfg.Align, cfg.Series = "cue", nil
	cfg.Snap, cfg.Origin = 0.1, 0.02
	set, err := Cut(laboratory(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	if got := set.Trials[1].Zero; math.Abs(got-1.22) > 1e-12 {
		t.Errorf("an event at 1.25 s is snapped to %g", got)
	}
	cfg.Align = Stop
	if set, err = Cut(laboratory(), cfg); err != nil || dropped(set.Dropped)["reaches beyond the recording"] == nil {
		t.Errorf("what lies beyond the end is not dropped: %v", err)
	}
}

func TestChoices(t *testing.T) {
	rec := laboratory()
	units, err := ChooseUnits(rec, UnitRules{Where: map[string][]string{"quality": {"good"}}, AtLeast: map[string]float64{"snr": 2}, LeastRate: 1, LeastObserved: 0.5})
	if err != nil || !slices.Equal(units.Kept, []int{0}) {
		t.Errorf("%v, %v", units, err)
	}
	if got, want := units.String(), "1 of 3 units; dropped: 1 (quality is not good), 1 (snr below 2, or missing)"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	trials, err := ChooseTrials(rec, TrialRules{Where: map[string][]string{"result": {"R"}}, Finite: []string{"go"}, LeastLength: 0.5})
	if err != nil || !slices.Equal(trials.Kept, []int{0, 2, 4, 6, 8}) {
		t.Errorf("%v, %v", trials, err)
	}
	seldom, err := ChooseUnits(rec, UnitRules{LeastObserved: 0.95})
	if err != nil || !slices.Equal(seldom.Kept, []int{0, 2}) {
		t.Errorf("%v, %v", seldom, err)
	}
	directions, err := Directions(rec, "target_pos", "", 4)
	if err != nil || !slices.Equal(directions.Of, []int{0, 1, 2, 3, 0, 1, 2, 3, 0, 1}) || directions.Names[1] != "90°" {
		t.Errorf("%+v, %v", directions, err)
	}
	both, err := ConditionsOf(rec, "result")
	if err != nil || !slices.Equal(both.Names, []string{"A", "R"}) || both.Of[0] != 1 {
		t.Errorf("%+v, %v", both, err)
	}
}

func TestWhatCannotBeCutSaysWhy(t *testing.T) {
	for want, change := range map[string]func(*recording.Recording, *Config){
		"did you mean go?":      func(_ *recording.Recording, c *Config) { c.Align = "Go" },
		"choose Instant":        func(_ *recording.Recording, c *Config) { c.Series["ramp"] = "" },
		"choose LeftClosed":     func(_ *recording.Recording, c *Config) { c.Edges = "" },
		"did you mean ramp?":    func(_ *recording.Recording, c *Config) { c.Series = map[string]Stamps{"rampe": Instant} },
		"8.0001 bins":           func(_ *recording.Recording, c *Config) { c.To = 0.300005 },
		"unit 3 was chosen":     func(_ *recording.Recording, c *Config) { c.Units = []int{3} },
		"chosen twice":          func(_ *recording.Recording, c *Config) { c.Trials = []int{1, 1} },
		"not in ms or samples":  func(r *recording.Recording, _ *Config) { scale(r, 1000) },
		"in order":              func(r *recording.Recording, _ *Config) { r.Spikes.Times[3] = 9 },
		"its clock was reset":   func(r *recording.Recording, _ *Config) { r.Series["ramp"].Times[30] = 0 },
		"none is left of 1":     func(_ *recording.Recording, c *Config) { c.Trials = []int{3} },
		"among the series to t": func(_ *recording.Recording, c *Config) { c.Lags = map[string]float64{"emg": 1} },
	} {
		rec, cfg := laboratory(), config()
		change(rec, &cfg)
		if _, err := Cut(rec, cfg); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
	if _, err := ChooseTrials(laboratory(), TrialRules{Where: map[string][]string{"result": {"success"}}}); err == nil || !strings.Contains(err.Error(), `it holds "R", "A"`) {
		t.Errorf("entries that never occur: %v", err)
	}
}

// scale multiplies the times of go.
func scale(rec *recording.Recording, by float64) {
	x := rec.TrialTable.Columns[0].Numbers
	for i := range x {
		x[i] *= by
	}
}

func TestSplitsAreStratifiedAndWhole(t *testing.T) {
	rec := laboratory()
	which, err := ConditionsOf(rec, "result")
	if err != nil {
		t.Fatal(err)
	}
	cfg := config()
	cfg.Conditions, cfg.Series, cfg.Unobserved, cfg.Align = which, nil, true, Start
	cfg.From, cfg.To = 0, 0.9
	set, err := Cut(rec, cfg)
	if err != nil || len(set.Trials) != 10 {
		t.Fatalf("%d trials, %v", len(set.Trials), err)
	}
	split, err := set.HoldOut(0.4, 7)
	if err != nil || len(split.Test.Trials) != 4 || len(split.Train.Trials) != 6 {
		t.Fatalf("%v", err)
	}
	again, _ := set.HoldOut(0.4, 7)
	if !reflect.DeepEqual(split.Test.Trials, again.Test.Trials) {
		t.Error("one seed gives two splits")
	}
	folds, err := set.Folds(5, 1)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[int]int{}
	for _, f := range folds {
		of := map[int]int{}
		for _, trial := range f.Test.Trials {
			seen[trial.Index]++
			of[trial.Condition]++
		}
		if of[0] != 1 || of[1] != 1 || len(f.Train.Trials) != 8 {
			t.Errorf("a fold of %v", of)
		}
	}
	for i := range 10 {
		if seen[i] != 1 {
			t.Errorf("trial %d is tested %d times", i, seen[i])
		}
	}
	out, err := set.LeaveConditionsOut()
	if err != nil || len(out) != 2 || len(out[0].Test.Trials) != 5 || out[0].Test.Trials[0].Condition != 0 {
		t.Errorf("%d conditions left out, %v", len(out), err)
	}
	averages, conditions, err := out[1].Train.Averages(Counts)
	if err != nil || !slices.Equal(conditions, []int{0}) || mat.Sum(averages[0]) != 6 {
		t.Errorf("averages of %v: %v", conditions, err)
	}
	rates, err := set.Rates(Gaussian(0.1))
	if err != nil {
		t.Fatal(err)
	}
	soft, by, err := rates.SoftNormalised(Rates, 5)
	if err != nil {
		t.Fatal(err)
	}
	a, _, _ := rates.Averages(Rates)
	if want := mat.Max(a[0].ColView(0)) - mat.Min(a[0].ColView(0)) + 5; math.Abs(by[0]-want) > 1 {
		t.Errorf("unit 0 is divided by %g, its range and 5 are about %g", by[0], want)
	}
	if got, want := soft.Trials[2].Of(Rates).At(3, 1), rates.Trials[2].Of(Rates).At(3, 1)/by[1]; got != want {
		t.Errorf("%g, want %g", got, want)
	}
	narrow, err := rates.Window(0.2, 0.6)
	if err != nil || narrow.Bins() != 8 || math.Abs(narrow.Start-0.2) > 1e-12 || narrow.Trials[0].Counts.At(0, 0) != rates.Trials[0].Counts.At(4, 0) {
		t.Errorf("window: %v", err)
	}
}
