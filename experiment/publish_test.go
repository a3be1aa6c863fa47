package experiment

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/rate"
	"github.com/spikewalk/spikewalk/neuro/task"
	"github.com/spikewalk/spikewalk/plotting"
)

// drawn is an experiment of two seeds with a figure; before is called at the
// beginning of each run.
func drawn(id string, before func(context.Context, Run)) Experiment {
	sum := []Measure[numbers]{{Name: "first", Of: func(n numbers) float64 { return n.All[0] }}}
	return Define(Experiment{ID: id, Seeds: 2}, struct{}{}, sum, func(ctx context.Context, r Run, _ struct{}) (numbers, error) {
		if before != nil {
			before(ctx, r)
		}
		return numbers{[]float64{float64(r.Seed)}}, ctx.Err()
	}, func([]numbers) *plotting.Drawing {
		return plotting.Figure(plotting.Learning(plotting.Line{X: []float64{1, 2}, Y: []float64{1, 2}}))
	})
}

// inFolder are the ids in results.json, in order, each of which RESULTS.md and a figure
// must have as well.
func inFolder(t *testing.T, folder string) (ids []string) {
	t.Helper()
	var rows []Row
	text, err := os.ReadFile(filepath.Join(folder, "results.json"))
	if err == nil {
		err = json.Unmarshal(text, &rows)
	}
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(filepath.Join(folder, "RESULTS.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		ids = append(ids, row.ID)
		if _, err := os.Stat(filepath.Join(folder, row.ID+".png")); err != nil || !strings.Contains(string(page), "### "+row.ID+"\n") || len(row.Seeds) != 2 {
			t.Errorf("%s: seeds %v, %v", row.ID, row.Seeds, err)
		}
	}
	return ids
}

// The results of experiments that are run one after the other into a folder are all
// there, in the order of all.
func TestResultsOfOthersStay(t *testing.T) {
	folder := t.TempDir()
	a, b, c := drawn("a", nil), drawn("b", nil), drawn("c", nil)
	o := Options{Jobs: 1, Out: folder, Kept: filepath.Join(folder, "runs"), Also: []Experiment{a, b, c}}
	for _, one := range []struct {
		run  Experiment
		want []string
	}{{b, []string{"b"}}, {a, []string{"a", "b"}}, {c, []string{"a", "b", "c"}}, {b, []string{"a", "b", "c"}}} {
		r, err := Reproduce(t.Context(), []Experiment{one.run}, o)
		if err != nil {
			t.Fatal(err)
		}
		if got := inFolder(t, folder); !slices.Equal(got, one.want) || len(r.Experiments) != 1 {
			t.Errorf("after %s the folder has %v and %d were returned, want %v", one.run.ID, got, len(r.Experiments), one.want)
		}
	}
}

// Whoever stops loses no experiment that has ended.
func TestStoppedInTheSecond(t *testing.T) {
	folder := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	a, c := drawn("a", nil), drawn("c", nil)
	b := drawn("b", func(_ context.Context, r Run) {
		if r.Seed == 2 {
			cancel()
		}
	})
	o := Options{Jobs: 1, Out: folder, Kept: filepath.Join(folder, "runs")}
	if _, err := Reproduce(ctx, []Experiment{a, b, c}, o); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if got := inFolder(t, folder); !slices.Equal(got, []string{"a"}) {
		t.Errorf("the folder has %v", got)
	}
	if _, err := os.Stat(filepath.Join(folder, "runs", "b-seed-1.run")); err != nil {
		t.Errorf("the run that had ended is not kept: %v", err)
	}
	if _, err := Reproduce(t.Context(), []Experiment{a, b, c}, o); err != nil {
		t.Fatal(err)
	}
	if got := inFolder(t, folder); !slices.Equal(got, []string{"a", "b", "c"}) {
		t.Errorf("the folder has %v", got)
	}
}

// A run that was stopped while it trained goes on where it was, and its states go
// when it is kept.
func TestARunGoesOnWhereItWas(t *testing.T) {
	cfg := rate.DePasquale2018()
	cfg.Units, cfg.WarmUpTrials, cfg.TrainingTrials, cfg.TestTrials = 40, 1, 5, 1
	trials, stopAfter := 0, 4
	ctx, cancel := context.WithCancel(t.Context())
	e := Define(Experiment{ID: "net", Seeds: 1}, struct{}{}, []Measure[numbers]{{Name: "error", Of: func(n numbers) float64 { return n.All[4] }}},
		func(ctx context.Context, _ Run, _ struct{}) (numbers, error) {
			trials = 0
			c := neuro.CheckpointsOf(ctx)
			if c.Folder != "" {
				c.Trials = 1
			}
			ctx = neuro.WithWatch(neuro.WithCheckpoints(ctx, c), func(p neuro.Progress) error {
				if trials++; p.Done == stopAfter {
					cancel()
				}
				return nil
			})
			fit, err := rate.Train(ctx, rate.FullForce{}, cfg, task.SweptOscillation())
			if err != nil {
				return numbers{}, err
			}
			return numbers{fit.TrainingErrors}, nil
		}, func([]numbers) *plotting.Drawing { return nil })
	runs := filepath.Join(t.TempDir(), "runs")
	o := Options{Jobs: 1, Kept: runs}
	if _, err := Reproduce(ctx, []Experiment{e}, o); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(runs); err != nil || len(left) != 1 || !strings.HasSuffix(left[0].Name(), ".states") {
		t.Fatalf("of a run that was stopped there is %v, %v", left, err)
	}
	if err := os.Mkdir(filepath.Join(runs, "net-seed-1-01234567.states"), 0o755); err != nil { // another program's
		t.Fatal(err)
	}
	stopAfter = 0
	got, err := Reproduce(t.Context(), []Experiment{e}, o)
	if err != nil {
		t.Fatal(err)
	}
	if trials != 4 { // where it goes on, two trials, and the test
		t.Errorf("%d trials were reported after it went on", trials)
	}
	if left, err := os.ReadDir(runs); err != nil || len(left) != 1 || left[0].Name() != "net-seed-1.run" {
		t.Errorf("left %v, %v", left, err)
	}
	want, err := Reproduce(t.Context(), []Experiment{e}, Options{Jobs: 1})
	if f := slices.Concat(got.Experiments[0].Failures, want.Experiments[0].Failures); len(f) > 0 {
		t.Fatal(f)
	}
	if err != nil || got.Experiments[0].Values[0][0] != want.Experiments[0].Values[0][0] {
		t.Errorf("the error is %v, want %v, %v", got.Experiments[0].Values, want.Experiments[0].Values, err)
	}
}
