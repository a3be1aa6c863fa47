package experiment

import (
	"bytes"
	"context"
	"encoding/gob"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/internal/kept"
	"github.com/spikewalk/spikewalk/internal/scratch"
	"github.com/spikewalk/spikewalk/plotting"
	"github.com/spikewalk/spikewalk/sweep"
)

type numbers struct{ All []float64 }

// counted is an experiment of two seeds that counts its runs.
func counted(runs *int) Experiment {
	e := Experiment{ID: "a.numbers", Seeds: 2}
	sum := []Measure[numbers]{{Name: "first", Of: func(n numbers) float64 { return n.All[0] }}}
	return Define(e, struct{}{}, sum, func(_ context.Context, r Run, _ struct{}) (numbers, error) {
		*runs++
		return numbers{[]float64{float64(r.Seed), 0.1}}, nil
	}, func([]numbers) *plotting.Drawing { return nil })
}

func reproduceOne(t *testing.T, e Experiment, o Options) *Results {
	t.Helper()
	o.Jobs = 1
	r, err := Reproduce(t.Context(), []Experiment{e}, o)
	if err != nil {
		t.Fatal(err)
	}
	if got := r.Experiments[0].Values[0]; !slices.Equal(got, []float64{1, 2}[:len(got)]) {
		t.Errorf("found %v", got)
	}
	return r
}

// change rewrites what is kept of a run.
func change(t *testing.T, path string, how func(*keptRun)) {
	t.Helper()
	payload, err := kept.Read(path, runMagic)
	if err != nil {
		t.Fatal(err)
	}
	var run keptRun
	if err := gob.NewDecoder(bytes.NewReader(payload)).Decode(&run); err != nil {
		t.Fatal(err)
	}
	how(&run)
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(run); err != nil {
		t.Fatal(err)
	}
	if err := kept.Write(path, runMagic, scratch.Public, b.Bytes()); err != nil {
		t.Fatal(err)
	}
}

// What is kept is not run again, and a run that was not finished goes on with
// those that were.
func TestFinishedRunsAreKept(t *testing.T) {
	runs := 0
	e, folder := counted(&runs), filepath.Join(t.TempDir(), "runs")
	reproduceOne(t, e, Options{Kept: folder, Seeds: 1})
	reproduceOne(t, e, Options{Kept: folder})
	reproduceOne(t, e, Options{Kept: folder})
	if runs != 2 {
		t.Errorf("ran %d times, want once for each of two seeds", runs)
	}
	reproduceOne(t, e, Options{Kept: folder, Quick: true})
	if runs != 3 {
		t.Error("a quick run took a whole one for itself")
	}
}

// Nothing that was computed otherwise is taken for the same run, and only
// redrawing takes what another build has computed.
func TestWhatIsNotTheSameRun(t *testing.T) {
	for name, c := range map[string]struct {
		how     func(*keptRun)
		redrawn bool
	}{
		"another build":    {func(r *keptRun) { r.Program = "other" }, true},
		"other numerics":   {func(r *keptRun) { r.Numerics++ }, false},
		"another type":     {func(r *keptRun) { r.Structure = "other" }, false},
		"another seed":     {func(r *keptRun) { r.Seed = 2 }, false},
		"another platform": {func(r *keptRun) { r.Platform = "plan9/mips" }, false},
		"another id":       {func(r *keptRun) { r.ID = "a.other" }, false},
		"a quick run":      {func(r *keptRun) { r.Quick = true }, false},
		"an unread value":  {func(r *keptRun) { r.Found = r.Found[:3] }, false},
	} {
		runs := 0
		e, folder := counted(&runs), t.TempDir()
		reproduceOne(t, e, Options{Kept: folder})
		change(t, filepath.Join(folder, "a.numbers-seed-1.run"), c.how)
		_, err := Reproduce(t.Context(), []Experiment{e}, Options{Kept: folder, Redraw: true})
		if (err == nil) != c.redrawn || err != nil && !strings.Contains(err.Error(), "a.numbers, seed 1, cannot be redrawn") {
			t.Errorf("%s: redrawing ended with %v", name, err)
		}
		if reproduceOne(t, e, Options{Kept: folder}); runs != 3 {
			t.Errorf("%s: ran %d times, want the changed one again", name, runs)
		}
	}
}

func TestDamagedRunsRunAgain(t *testing.T) {
	runs := 0
	e, folder := counted(&runs), t.TempDir()
	reproduceOne(t, e, Options{Kept: folder})
	path := filepath.Join(folder, "a.numbers-seed-2.run")
	if err := os.Truncate(path, 40); err != nil {
		t.Fatal(err)
	}
	if reproduceOne(t, e, Options{Kept: folder}); runs != 3 {
		t.Errorf("ran %d times, want 3", runs)
	}
}

// To redraw, an experiment needs all its seeds or none.
func TestRedrawing(t *testing.T) {
	runs := 0
	e, folder := counted(&runs), t.TempDir()
	r, err := Reproduce(t.Context(), []Experiment{e}, Options{Kept: folder, Redraw: true})
	if err != nil || len(r.Skipped) != 1 || len(r.Experiments) != 0 {
		t.Errorf("of nothing: %+v, %v", r, err)
	}
	reproduceOne(t, e, Options{Kept: folder})
	if reproduceOne(t, e, Options{Kept: folder, Redraw: true}); runs != 2 {
		t.Error("redrawing ran something")
	}
	if err := os.Remove(filepath.Join(folder, "a.numbers-seed-2.run")); err != nil {
		t.Fatal(err)
	}
	_, err = Reproduce(t.Context(), []Experiment{e}, Options{Kept: folder, Redraw: true})
	if err == nil || !strings.Contains(err.Error(), "seed 2, cannot be redrawn") || !strings.Contains(err.Error(), "there is no such file") {
		t.Errorf("of one seed of two: %v", err)
	}
	if _, err := Reproduce(t.Context(), []Experiment{e}, Options{Redraw: true}); err == nil {
		t.Error("redrew without a folder")
	}
}

// What cannot be kept is told before anything is run, and where it can, a
// folder that cannot be written loses nothing.
func TestWhatCannotBeKept(t *testing.T) {
	e := Define(Experiment{ID: "a.hidden", Seeds: 1}, struct{}{}, nil, func(context.Context, Run, struct{}) (struct{ n int }, error) {
		t.Error("it was run")
		return struct{ n int }{}, nil
	}, func([]struct{ n int }) *plotting.Drawing { return nil })
	if _, err := Reproduce(t.Context(), []Experiment{e}, Options{Kept: t.TempDir()}); err == nil || !strings.Contains(err.Error(), "n is unexported") {
		t.Errorf("an unexported field: %v", err)
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	runs, told := 0, false
	reproduceOne(t, counted(&runs), Options{Kept: file, Say: func(format string, _ ...any) { told = told || strings.Contains(format, "is not kept") }})
	if !told || runs != 2 {
		t.Errorf("told: %t, ran %d times", told, runs)
	}
}

// A cluster computes what is not kept: where there is none, that is told, and what
// is kept needs none.
func TestAClusterIsForWhatIsNotKept(t *testing.T) {
	t.Setenv("PATH", "")
	runs := 0
	e, folder := counted(&runs), filepath.Join(t.TempDir(), "runs")
	o := Options{Kept: folder, Cluster: new(sweep.Slurm)}
	if _, err := Reproduce(t.Context(), []Experiment{e}, o); err == nil || !strings.Contains(err.Error(), "no sbatch") || runs > 0 {
		t.Errorf("%d runs, ended with %v", runs, err)
	}
	reproduceOne(t, e, Options{Kept: folder})
	reproduceOne(t, e, o)
	if runs != 2 {
		t.Errorf("%d runs, want 2", runs)
	}
}
