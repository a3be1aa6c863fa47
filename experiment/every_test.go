package experiment_test

import (
	"context"
	"encoding/json"
	"errors"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/spikewalk/spikewalk/experiment"
	"github.com/spikewalk/spikewalk/experiment/depasquale2016"
	"github.com/spikewalk/spikewalk/experiment/macneil2011"
	"github.com/spikewalk/spikewalk/sweep"
)

// statements are the experiments of all papers.
func statements() []experiment.Experiment {
	return slices.Concat(depasquale2016.Experiments(), macneil2011.Experiments())
}

// Every experiment runs in a small setting, measures what it says it measures
// and draws its figure.
func TestEveryExperimentRunsAndDraws(t *testing.T) {
	folder := t.TempDir()
	o := experiment.Options{Quick: true, Out: folder, Kept: filepath.Join(folder, "runs")}
	results, err := experiment.Reproduce(t.Context(), statements(), o)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range results.Experiments {
		id := e.Experiment.ID
		for _, failure := range e.Failures {
			t.Errorf("%s: %s", id, failure)
		}
		if len(e.Values) > 0 && e.Experiment.Seeds < 5 {
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
	o.Redraw = true
	redrawn, err := experiment.Reproduce(t.Context(), statements(), o)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(results.Rows(), redrawn.Rows(), cmpopts.IgnoreUnexported(experiment.Row{})); d != "" {
		t.Errorf("the numbers of kept runs are others:\n%s", d)
	}
}

func checkResultsFile(t *testing.T, path string, results *experiment.Results) {
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
		for _, key := range []string{"id", "metric", "value", "spread", "seeds", "unit", "threshold", "paper", "pass", "seconds"} {
			if _, ok := row[key]; !ok {
				t.Errorf("%v lacks %q", row["metric"], key)
			}
		}
		if row["pass"] != nil {
			t.Errorf("%v: a quick run was judged", row["metric"])
		}
	}
}

// Every experiment can be swept: its config is a valid one, whether quick or not, and no
// field is listed that follows from the seed.
func TestEveryExperimentIsSwept(t *testing.T) {
	ended, end := context.WithCancel(t.Context())
	end() // before the first row
	for _, e := range statements() {
		if len(e.Columns()) == 0 {
			continue
		}
		for _, quick := range []bool{true, false} {
			fields := e.Fields(quick)
			if len(fields) == 0 {
				t.Errorf("%s has no fields", e.ID)
			}
			for _, f := range fields {
				if strings.HasSuffix(f.Name, "Seed") {
					t.Errorf("%s lists %s", e.ID, f.Name)
				}
			}
			if !quick && len(e.Recordings) > 0 {
				continue // which may not be there
			}
			if _, err := e.Sweep(ended, sweep.Grid().Seeds(2), quick, sweep.Local{Folder: t.TempDir()}); !errors.Is(err, context.Canceled) {
				t.Errorf("%s, quick %t: %v", e.ID, quick, err)
			}
		}
	}
}

// The same seed gives the same numbers, however many runs go on side by side.
func TestResultsDoNotDependOnJobs(t *testing.T) {
	chosen, err := experiment.Find(statements(), "osc") // the second builds on the first
	if err != nil {
		t.Fatal(err)
	}
	var before []experiment.Row
	for _, jobs := range []int{1, 3} {
		r, err := experiment.Reproduce(t.Context(), chosen, experiment.Options{Seeds: 2, Jobs: jobs, Quick: true})
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
