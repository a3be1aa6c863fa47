package experiment

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/data"
)

// Every experiment runs in a small setting, measures what it says it measures
// and draws its figure.
func TestEveryExperimentRunsAndDraws(t *testing.T) {
	results, err := Reproduce(t.Context(), Options{Quick: true})
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	if err := results.Save(folder); err != nil {
		t.Fatal(err)
	}
	for _, e := range results.Experiments {
		id := e.Experiment.ID
		for _, failure := range e.Failures {
			t.Errorf("%s: %s", id, failure)
		}
		if len(e.Experiment.Measures) > 0 && e.Experiment.Seeds < 5 {
			t.Errorf("%s: %d seeds, want at least 5", id, e.Experiment.Seeds)
		}
		file, err := os.Open(filepath.Join(folder, id+".png"))
		if err != nil {
			t.Error(err)
			continue
		}
		if _, err := png.Decode(file); err != nil {
			t.Errorf("%s: %v", id, err)
		}
		file.Close()
	}
	checkResultsFile(t, filepath.Join(folder, "results.json"), results)
}

func checkResultsFile(t *testing.T, path string, results *Results) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]any
	if err := json.Unmarshal(text, &rows); err != nil {
		t.Fatal(err)
	}
	if len(rows) != len(results.Rows()) {
		t.Fatalf("%d rows, want %d", len(rows), len(results.Rows()))
	}
	for _, row := range rows {
		for _, key := range []string{"id", "metric", "value", "spread", "seeds", "unit", "bar", "paper", "pass", "seconds"} {
			if _, ok := row[key]; !ok {
				t.Errorf("%v lacks %q", row["metric"], key)
			}
		}
		if row["pass"] != nil {
			t.Errorf("%v: a quick run was judged", row["metric"])
		}
	}
}

// The same seed gives the same numbers, however many runs go on side by side.
func TestResultsDoNotDependOnJobs(t *testing.T) {
	ids := []string{"osc.fullforce", "osc.spiking"} // the second builds on the first
	var before []Row
	for _, jobs := range []int{1, 3} {
		r, err := Reproduce(t.Context(), Options{IDs: ids, Seeds: 2, Jobs: jobs, Quick: true})
		if err != nil {
			t.Fatal(err)
		}
		rows := r.Rows()
		for i, row := range before {
			for k := range row.Values {
				if *row.Values[k] != *rows[i].Values[k] {
					t.Errorf("%s, %s, seed %d: %g with 1 job, %g with %d", row.ID, row.Metric, row.Seeds[k], *row.Values[k], *rows[i].Values[k], jobs)
				}
			}
		}
		before = rows
	}
}

func TestBars(t *testing.T) {
	values := []float64{1, 5, 2}
	for _, c := range []struct {
		bar  Bar
		text string
		pass bool
	}{
		{atMost(2), "median ≤ 2", true}, {atMost(1.9), "median ≤ 1.9", false},
		{atLeast(2), "median ≥ 2", true}, {atLeast(2.1), "median ≥ 2.1", false},
		{eachUnder(5), "each ≤ 5", true}, {eachUnder(4.9), "each ≤ 4.9", false},
		{eachOver(1), "each ≥ 1", true}, {eachOver(1.1), "each ≥ 1.1", false},
		{bestUnder(1), "best ≤ 1", true}, {bestUnder(0.9), "best ≤ 0.9", false},
		{among(1.6)[0], "lower quartile ≤ 1.6", true}, {among(1.4)[0], "lower quartile ≤ 1.4", false},
		{among(3.4)[1], "upper quartile ≥ 3.4", true}, {among(3.6)[1], "upper quartile ≥ 3.6", false},
	} {
		if c.bar.String() != c.text || c.bar.Pass(values) != c.pass {
			t.Errorf("%s: %t, want %s: %t", c.bar, c.bar.Pass(values), c.text, c.pass)
		}
		if c.bar.Pass([]float64{1, math.NaN(), 2}) {
			t.Errorf("%s is passed by a NaN", c.bar)
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
	e := Experiment{ID: "x", Seeds: 2, Measures: []Measure{{Name: "y", Bars: []Bar{atMost(9)}}}}
	r := collect(e, 0, []*job{
		{seed: 1, outcome: outcome{values: Values{"y": 1}}},
		{seed: 2, err: errors.New("boom")},
	})
	row := r.rows()[0]
	if *row.Pass || *row.Value != 1 || !slices.Equal(row.Seeds, []uint64{1}) {
		t.Errorf("%+v", row)
	}
	r.Experiment.Paper = MacNeil2011
	if text := (&Results{Experiments: []Result{r}}).markdown(); !strings.Contains(text, "seed 2: boom") {
		t.Error("the report does not tell of the failure")
	}
}

func TestOptionsThatMakeNoSense(t *testing.T) {
	for _, o := range []Options{{IDs: []string{"osc.nothing"}}, {Seeds: -1}, {Jobs: -1}} {
		if _, err := Reproduce(t.Context(), o); err == nil {
			t.Errorf("%+v was run", o)
		}
	}
	if _, err := Find("nothing"); err == nil || !strings.Contains(err.Error(), "osc.fullforce") {
		t.Errorf("%v does not say which experiments there are", err)
	}
}

func TestFamiliesOfExperiments(t *testing.T) {
	found, err := Find("osc.spiking", "emg", "emg.reaching", "osc.fullforce")
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, e := range found {
		ids = append(ids, e.ID)
	}
	// In the order of the papers, each once, and nothing that begins alike.
	if want := []string{"osc.fullforce", "osc.spiking", "emg.cycling", "emg.reaching", "emg.both"}; !slices.Equal(ids, want) {
		t.Errorf("found %v, want %v", ids, want)
	}
	if found, err := Find("o"); err == nil {
		t.Errorf("%q found %d experiments, though no family is called that", "o", len(found))
	}
}

// RESULTS.md has a part for each paper of which something was run, and counts
// the bars of each for itself.
func TestPartsOfTheReport(t *testing.T) {
	of := func(id string, paper Paper, limit float64) Result {
		e := Experiment{ID: id, Paper: paper, Measures: []Measure{{Name: "y", Bars: []Bar{atMost(limit), atMost(9)}}}}
		return collect(e, 0, []*job{{seed: 1, seconds: 30, outcome: outcome{values: Values{"y": 1}}}})
	}
	first, second := of("a.b", DePasquale2016, 0.5), of("c.d", MacNeil2011, 2)
	text := (&Results{Experiments: []Result{first, second}}).markdown()
	whole, rest, _ := strings.Cut(text, "\n## "+DePasquale2016.Title)
	one, two, _ := strings.Cut(rest, "\n## "+MacNeil2011.Title)
	for _, c := range []struct{ part, says string }{
		{whole, "3 of 4 bars passed"}, {one, "1 of 2 bars passed, 30 s"}, {two, "2 of 2 bars passed, 30 s"},
		{one, "### a.b"}, {two, "### c.d"}, {one, "doi.org/" + DePasquale2016.DOI}, {two, "doi.org/" + MacNeil2011.DOI},
		{one, "nMSE"}, {two, "drift"},
	} {
		if !strings.Contains(c.part, c.says) {
			t.Errorf("no %q in\n%s", c.says, c.part)
		}
	}
	if text := (&Results{Experiments: []Result{second}}).markdown(); strings.Contains(text, DePasquale2016.DOI) {
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

// Whoever watches sees every run begin, get ahead and end.
func TestWatching(t *testing.T) {
	var last Progress
	most, ahead := 0, false
	o := Options{IDs: []string{"osc.fullforce"}, Seeds: 3, Jobs: 2, Quick: true, Watch: func(p Progress) {
		if p.Done < last.Done || p.Total != 3 {
			t.Errorf("%d of %d after %d", p.Done, p.Total, last.Done)
		}
		for _, r := range p.Running {
			ahead = ahead || r.ID == "osc.fullforce" && r.Seed > 0 && r.Total > 0
		}
		last, most = p, max(most, len(p.Running))
	}}
	if _, err := Reproduce(t.Context(), o); err != nil {
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
	var said []string
	o := Options{IDs: []string{"tasks", "osc.fullforce", "emg", "dale", "cortex", "variability"}, Say: func(format string, args ...any) {
		said = append(said, fmt.Sprintf(format, args...))
	}}
	chosen, err := Find(o.IDs...)
	if err != nil {
		t.Fatal(err)
	}
	run, skipped, err := withRecordings(t.Context(), chosen)
	if err != nil || len(run) != 1 || run[0].ID != "osc.fullforce" {
		t.Errorf("left %d experiments, %v; want osc.fullforce", len(run), err)
	}
	var ids []string
	for _, s := range skipped {
		ids = append(ids, s.ID)
		if !strings.Contains(s.Why, "recording is not looked for") {
			t.Errorf("%s is skipped because %q", s.ID, s.Why)
		}
	}
	if want := []string{"tasks", "variability.fixed", "dale.sparse", "emg.cycling", "emg.reaching", "emg.both", "cortex.similarity"}; !slices.Equal(ids, want) {
		t.Errorf("skipped %v, want %v", ids, want)
	}
	if text := (&Results{Skipped: skipped}).markdown(); !strings.Contains(text, "Skipped: emg.both, for the cycling recording") {
		t.Errorf("the report says %q", text)
	}
	if _, err := Reproduce(t.Context(), Options{IDs: []string{"emg.both"}}); err == nil || !strings.Contains(err.Error(), "emg.both cannot be run: the cycling recording") {
		t.Errorf("without anything to run: %v", err)
	}
	t.Setenv(data.FolderEnv, filepath.Join(t.TempDir(), "none"))
	if _, err := Reproduce(t.Context(), o); err == nil || !strings.Contains(err.Error(), "SPIKEWALK_DATA names a folder that cannot be used") || len(said) > 0 {
		t.Errorf("a folder that is not there: %v, after %q", err, said)
	}
}

// A run that does not say which recordings it needs is found by the tests.
func TestUndeclaredRecordings(t *testing.T) {
	r := Run{Seed: 1, Quick: true, shared: newShared()}
	if _, err := cyclingTask(t.Context(), r); err == nil {
		t.Error("the cycling recording was given to a run that did not ask for it")
	}
	if _, err := reachingTask(t.Context(), r); err == nil {
		t.Error("the reaching recording was given to a run that did not ask for it")
	}
}

// Bars that were not passed are told one by one.
func TestNotPassed(t *testing.T) {
	e := Experiment{ID: "x", Seeds: 1, Measures: []Measure{
		{Name: "error", Unit: "°", Bars: []Bar{atMost(9), atMost(1)}}, {Name: "right", Bars: []Bar{atLeast(1)}}}}
	r := &Results{Experiments: []Result{collect(e, 0, []*job{{seed: 1, outcome: outcome{values: Values{"error": 2, "right": 1}}}})}}
	if got := r.NotPassed(); !slices.Equal(got, []string{"x, error: 2 °, the bar is median ≤ 1"}) {
		t.Errorf("%q", got)
	}
	r.Experiments = []Result{collect(e, 0, []*job{{seed: 1, err: errors.New("boom")}})}
	if got := r.NotPassed(); len(got) != 3 || got[0] != "x, error: nothing, the bar is median ≤ 9" {
		t.Errorf("%q", got)
	}
}

// Runs that are stopped are told so, and those that never began are not told
// of.
func TestStoppingTellsNoFailures(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	why := errors.New("enough")
	var said []string
	o := Options{IDs: []string{"osc.fullforce"}, Seeds: 8, Jobs: 2, Quick: true,
		Say: func(format string, args ...any) { said = append(said, fmt.Sprintf(format, args...)) },
		Watch: func(p Progress) {
			if len(p.Running) > 0 && p.Running[0].Total > 0 {
				cancel(why)
			}
		}}
	if _, err := Reproduce(ctx, o); !errors.Is(err, why) {
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
	if _, err := Reproduce(ctx, Options{IDs: []string{"osc.fullforce"}}); !errors.Is(err, why) {
		t.Errorf("error %v, want %v", err, why)
	}
}
