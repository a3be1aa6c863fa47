package experiment

import (
	"context"
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/data"
	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/plotting"
	"github.com/spikewalk/spikewalk/sweep"
)

func TestThresholds(t *testing.T) {
	values := []float64{1, 5, 2}
	for _, c := range []struct {
		at   Threshold
		text string
		pass bool
	}{
		{Median.AtMost(2), "median ≤ 2", true}, {Median.AtMost(1.9), "median ≤ 1.9", false},
		{Median.AtLeast(2), "median ≥ 2", true}, {Median.AtLeast(2.1), "median ≥ 2.1", false},
		{Each.AtMost(5), "each ≤ 5", true}, {Each.AtMost(4.9), "each ≤ 4.9", false},
		{Each.AtLeast(1), "each ≥ 1", true}, {Each.AtLeast(1.1), "each ≥ 1.1", false},
		{Best.AtMost(1), "best ≤ 1", true}, {Best.AtMost(0.9), "best ≤ 0.9", false},
		{LowerQuartile.AtMost(1.6), "lower quartile ≤ 1.6", true}, {LowerQuartile.AtMost(1.4), "lower quartile ≤ 1.4", false},
		{UpperQuartile.AtLeast(3.4), "upper quartile ≥ 3.4", true}, {UpperQuartile.AtLeast(3.6), "upper quartile ≥ 3.6", false},
	} {
		if c.at.String() != c.text || c.at.pass(values) != c.pass {
			t.Errorf("%s: %t, want %s: %t", c.at, c.at.pass(values), c.text, c.pass)
		}
		if c.at.pass([]float64{1, math.NaN(), 2}) {
			t.Errorf("%s is passed by a NaN", c.at)
		}
	}
}

func TestSpreadIsTheRangeOfFewAndTheQuartilesOfMany(t *testing.T) {
	if lo, hi := spread([]float64{3, 1, 2}); lo != 1 || hi != 3 {
		t.Errorf("of three: %g, %g", lo, hi)
	}
	if lo, hi := spread([]float64{9, 8, 7, 6, 5, 4, 3, 2, 1}); lo != 3 || hi != 7 {
		t.Errorf("of nine: %g, %g", lo, hi)
	}
}

func TestAFailedSeedIsToldAndPassesNothing(t *testing.T) {
	e := Experiment{ID: "x", Seeds: 2, measures: []Measure[any]{{Name: "y", Thresholds: []Threshold{Median.AtMost(9)}}}}
	r := collect(e, 0, []*job{
		{seed: 1, outcome: outcome{values: []float64{1}}},
		{seed: 2, err: errors.New("boom")},
	})
	row := r.rows()[0]
	if *row.Pass || *row.Value != 1 || !slices.Equal(row.Seeds, []uint64{1}) {
		t.Errorf("%+v", row)
	}
	if text := (&Results{Experiments: []Result{r}}).markdown(); !strings.Contains(text, "seed 2: boom") {
		t.Error("the report does not tell of the failure")
	}
}

func TestOptionsThatMakeNoSense(t *testing.T) {
	for _, o := range []Options{{Seeds: -1}, {Jobs: -1}, {First: math.MaxUint64}, {Cluster: new(sweep.Slurm)}} {
		if _, err := Reproduce(t.Context(), nil, o); err == nil {
			t.Errorf("%+v was run", o)
		}
	}
}

func TestFamiliesOfExperiments(t *testing.T) {
	all := []Experiment{{ID: "osc.fullforce"}, {ID: "osc.spiking"}, {ID: "emg.cycling"}, {ID: "emg.both"}, {ID: "oscar"}}
	found, err := Find(all, "osc.spiking", "emg", "emg.both", "osc.fullforce")
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, e := range found {
		ids = append(ids, e.ID)
	}
	// In their order, each once, and nothing that begins alike.
	if want := []string{"osc.fullforce", "osc.spiking", "emg.cycling", "emg.both"}; !slices.Equal(ids, want) {
		t.Errorf("found %v, want %v", ids, want)
	}
	if _, err := Find(all, "o"); err == nil || !strings.Contains(err.Error(), "osc.fullforce") {
		t.Errorf("%v does not say which experiments there are", err)
	}
}

// RESULTS.md has a part for each paper of which something was run, and counts
// the thresholds of each for itself.
func TestPartsOfTheReport(t *testing.T) {
	of := func(id string, paper Paper, limit float64) Result {
		e := Experiment{ID: id, Paper: paper, measures: []Measure[any]{{Name: "y", Thresholds: []Threshold{Median.AtMost(limit), Median.AtMost(9)}}}}
		return collect(e, 0, []*job{{seed: 1, seconds: 30, outcome: outcome{values: []float64{1}}}})
	}
	one, two := Paper{Title: "One", DOI: "10.1/one", Numbers: "Errors are nMSE."}, Paper{Title: "Two", DOI: "10.1/two", Numbers: "Errors are angles."}
	first, second := of("a.b", one, 0.5), of("c.d", two, 2)
	text := (&Results{Experiments: []Result{first, second}}).markdown()
	whole, rest, _ := strings.Cut(text, "\n## "+one.Title)
	partOne, partTwo, _ := strings.Cut(rest, "\n## "+two.Title)
	for _, c := range []struct{ part, says string }{
		{whole, "3 of 4 thresholds passed"}, {partOne, "1 of 2 thresholds passed, 30 s"}, {partTwo, "2 of 2 thresholds passed, 30 s"},
		{partOne, "### a.b"}, {partTwo, "### c.d"}, {partOne, "doi.org/" + one.DOI}, {partTwo, "doi.org/" + two.DOI},
		{partOne, "nMSE"}, {partTwo, "angles"},
	} {
		if !strings.Contains(c.part, c.says) {
			t.Errorf("no %q in\n%s", c.says, c.part)
		}
	}
	if text := (&Results{Experiments: []Result{second}}).markdown(); strings.Contains(text, one.DOI) {
		t.Error("a paper has a part of which nothing was run")
	}
}

func TestSeedsAreListedShortly(t *testing.T) {
	for want, seeds := range map[string][]uint64{
		"none": nil, "1, 2, 3": {1, 2, 3}, "1 to 6": {1, 2, 3, 4, 5, 6}, "1, 2, 3, 4, 5, 7": {1, 2, 3, 4, 5, 7},
	} {
		if got := listed(seeds); got != want {
			t.Errorf("%v: %q, want %q", seeds, got, want)
		}
	}
}

// counting is an experiment that reports ten times and measures its seed.
func counting(recordings ...string) Experiment {
	e := Experiment{ID: "a.count", Seeds: 3, Recordings: recordings}
	seed := []Measure[uint64]{{Name: "seed", Of: func(seed uint64) float64 { return float64(seed) }}}
	return Define(e, struct{}{}, seed, func(ctx context.Context, r Run, _ struct{}) (uint64, error) {
		watch := neuro.WatchOf(Part(ctx, "count"))
		for i := range 10 {
			if _, err := watch.Report(neuro.Progress{Stage: "up", Done: i, Total: 10}); err != nil {
				return 0, err
			}
			if err := context.Cause(ctx); err != nil {
				return 0, err
			}
		}
		return r.Seed, nil
	}, func([]uint64) *plotting.Drawing { return nil })
}

// Whoever watches sees every run begin, get ahead and end.
func TestWatching(t *testing.T) {
	var last Progress
	most, ahead := 0, false
	o := Options{Jobs: 2, Watch: func(p Progress) {
		if p.Done < last.Done || p.Total != 3 {
			t.Errorf("%d of %d after %d", p.Done, p.Total, last.Done)
		}
		for _, r := range p.Running {
			ahead = ahead || r.ID == "a.count" && r.Seed > 0 && r.Total > 0 && r.Stage == "count, up"
		}
		last, most = p, max(most, len(p.Running))
	}}
	if _, err := Reproduce(t.Context(), []Experiment{counting()}, o); err != nil {
		t.Fatal(err)
	}
	if last.Done != 3 || len(last.Running) != 0 || most < 1 || most > 2 || !ahead {
		t.Errorf("ended with %+v, at most %d side by side, told of getting ahead: %t", last, most, ahead)
	}
}

// Recordings are looked for before anything is run, and what needs one that is
// not to be had is left out by name.
func TestRecordingsThatAreNotThere(t *testing.T) {
	t.Setenv(data.FolderEnv, data.Nowhere)
	with, without := counting("cycling"), counting()
	with.ID = "b.count"
	var said []string
	o := Options{Seeds: 1, Say: func(format string, args ...any) { said = append(said, fmt.Sprintf(format, args...)) }}
	r, err := Reproduce(t.Context(), []Experiment{with, without}, o)
	if err != nil || len(r.Experiments) != 1 || len(r.Skipped) != 1 || !strings.Contains(r.Skipped[0].Why, "recording is not looked for") {
		t.Fatalf("%+v, %v; want a.count, and b.count skipped", r, err)
	}
	if !strings.HasPrefix(said[0], "Skipping b.count: the cycling recording") {
		t.Errorf("said %q", said)
	}
	if text := r.markdown(); !strings.Contains(text, "Skipped: b.count, for the cycling recording") {
		t.Errorf("the report says %q", text)
	}
	if _, err := Reproduce(t.Context(), []Experiment{with}, o); err == nil || !strings.Contains(err.Error(), "b.count cannot be run: the cycling recording") {
		t.Errorf("without anything to run: %v", err)
	}
	said = nil
	t.Setenv(data.FolderEnv, filepath.Join(t.TempDir(), "none"))
	if _, err := Reproduce(t.Context(), []Experiment{with}, o); err == nil || !strings.Contains(err.Error(), "SPIKEWALK_DATA names a folder that cannot be used") || len(said) > 0 {
		t.Errorf("a folder that is not there: %v, after %q", err, said)
	}
}

// A run that does not say which recordings it needs is found by the tests.
func TestUndeclaredRecordings(t *testing.T) {
	r := Run{Recordings: []string{"cycling"}}
	if r.Needs("cycling") != nil || r.Needs("reaching") == nil {
		t.Error("a recording was given to a run that did not ask for it, or one was not to a run that did")
	}
}

// Thresholds that were not passed are told one by one.
func TestNotPassed(t *testing.T) {
	e := Experiment{ID: "x", Seeds: 1, measures: []Measure[any]{
		{Name: "error", Unit: "°", Thresholds: []Threshold{Median.AtMost(9), Median.AtMost(1)}}, {Name: "right", Thresholds: []Threshold{Median.AtLeast(1)}}}}
	r := &Results{Experiments: []Result{collect(e, 0, []*job{{seed: 1, outcome: outcome{values: []float64{2, 1}}}})}}
	if got := r.NotPassed(); !slices.Equal(got, []string{"x, error: 2 °, the threshold is median ≤ 1"}) {
		t.Errorf("%q", got)
	}
	r.Experiments = []Result{collect(e, 0, []*job{{seed: 1, err: errors.New("boom")}})}
	if got := r.NotPassed(); len(got) != 3 || got[0] != "x, error: nothing, the threshold is median ≤ 9" {
		t.Errorf("%q", got)
	}
}

// Runs that are stopped are told so, and those that never began are not told
// of.
func TestStoppingTellsNoFailures(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	why := errors.New("enough")
	var said []string
	o := Options{Seeds: 8, Jobs: 2,
		Say: func(format string, args ...any) { said = append(said, fmt.Sprintf(format, args...)) },
		Watch: func(p Progress) {
			if len(p.Running) > 0 && p.Running[0].Total > 0 {
				cancel(why)
			}
		}}
	if _, err := Reproduce(ctx, []Experiment{counting()}, o); !errors.Is(err, why) {
		t.Errorf("error %v, want %v", err, why)
	}
	for _, s := range said {
		if strings.Contains(s, "failed") || strings.Contains(s, "cancel") {
			t.Errorf("said %q", s)
		}
	}
	if len(said) == 0 || len(said) > 2 {
		t.Errorf("said %q, want the two that had begun", said)
	}
}

func TestStopping(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	why := errors.New("enough")
	cancel(why)
	if _, err := Reproduce(ctx, []Experiment{counting()}, Options{}); !errors.Is(err, why) {
		t.Errorf("error %v, want %v", err, why)
	}
}
