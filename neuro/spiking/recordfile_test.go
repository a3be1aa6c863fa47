package spiking

import (
	"context"
	"errors"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/recording"
)

func everything(path string) TestConfig {
	return TestConfig{
		WarmUpTrials: 1, Trials: 5, Recorded: 4, Seed: 3,
		Record: recording.Keep{Quantities: quantities, Mean: []string{Voltage}, Every: 3, Units: []int{4, 1, 30}, File: path},
	}
}

// Kept in memory, saved and loaded; streamed and loaded: all one.
func TestStreamedRecordingIsTheOneInMemory(t *testing.T) {
	m, src := trained(t)
	dir := t.TempDir()
	streamed, saved := filepath.Join(dir, "streamed.npz"), filepath.Join(dir, "saved.npz")
	want := test(t, m, src, everything(""))
	rest := test(t, m, src, everything(streamed))
	if rest.Factors.Values != nil || len(rest.Spikes.Times) > 0 || rest.Series != nil {
		t.Error("what goes to the file is also held in memory")
	}
	if !cmp.Equal(rest.FactorErrors, want.FactorErrors) || !cmp.Equal(rest.Trials, want.Trials) {
		t.Error("errors and trials depend on where the recording goes")
	}
	if err := want.Save(saved); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{streamed, saved} {
		got, err := recording.Load(path)
		if err != nil {
			t.Fatal(err)
		}
		equal := cmp.Comparer(func(a, b *mat.Dense) bool {
			return a == nil && b == nil || a != nil && b != nil && mat.Equal(a, b)
		})
		if d := cmp.Diff(want, got, equal); d != "" {
			t.Errorf("%s differs from what was recorded in memory: %s", filepath.Base(path), d)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestBrokenOffTestsLeaveNoFile(t *testing.T) {
	m, src := trained(t)
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	_, err := m.Test(neuro.WithWatch(ctx, func(p neuro.Progress) error {
		if p.Stage == "test" {
			cancel()
		}
		return nil
	}), src, everything(filepath.Join(dir, "r.npz")))
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want cancellation", err)
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	if _, err := m.Test(context.Background(), src, everything(filepath.Join(dir, "missing", "r.npz"))); err == nil {
		t.Error("recorded into a folder that is not there")
	}
	// Stopped by its watcher, a test has gone well.
	rec, err := m.Test(neuro.WithWatch(context.Background(), func(p neuro.Progress) error {
		if p.Stage == "test" && p.Done == 3 {
			return neuro.ErrStop
		}
		return nil
	}), src, everything(filepath.Join(dir, "r.npz")))
	if err != nil || len(rec.FactorErrors) != 2 {
		t.Fatalf("stopped: %v", err)
	}
	if kept, err := recording.Load(filepath.Join(dir, "r.npz")); err != nil || len(kept.Kept()) != 2 {
		t.Errorf("the file of a test that was stopped: %v", err)
	}
}

// A run of 400 recorded trials needs no more memory than one of 40: a part of the
// file is collected at a time, and what has been written is forgotten.
func TestLongRunsDoNotExhaustMemory(t *testing.T) {
	m, src := trained(t)
	heap := func() float64 {
		var s runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&s)
		return float64(s.HeapAlloc)
	}
	var at40, at400 float64
	cfg := TestConfig{Trials: 400, Recorded: 400, Seed: 3, Record: recording.Keep{
		Quantities: quantities, Mean: []string{Voltage, SlowTrain}, File: filepath.Join(t.TempDir(), "long.npz"),
	}}
	run, err := m.Test(neuro.WithWatch(context.Background(), func(p neuro.Progress) error {
		switch p.Done {
		case 40:
			at40 = heap()
		case 400:
			at400 = heap()
		}
		return nil
	}), src, cfg)
	if err != nil {
		t.Fatal(err)
	}
	const trial = 8 * 90 * 40 * 7 // bytes of one short trial's quantities
	if grown := at400 - at40; grown > 360*trial/20 {
		t.Errorf("360 trials more take %.0f bytes more; one has %d", grown, trial)
	}
	// The file holds all of it.
	rec, err := recording.Load(cfg.Record.File)
	if err != nil {
		t.Fatal(err)
	}
	steps := rec.Trials[399].To
	if rows, _ := rec.Series[SlowTrain].Dims(); rows != steps || steps < 400*90 || len(rec.Trials) != 400 {
		t.Errorf("%d rows of %d steps and %d trials", rows, steps, len(rec.Trials))
	}
	counts := make([]float64, rec.Units)
	for _, j := range rec.Spikes.Units {
		counts[j]++
	}
	for j, hz := range run.Rates {
		if want := hz * float64(steps) * rec.Dt; math.Abs(counts[j]-want) > 0.5 {
			t.Errorf("neuron %d: %g spikes in the file, it fired %g times", j, counts[j], want)
		}
	}
}

// A name that says another format is refused before anything is computed.
func TestRecordingsAreNotMATFiles(t *testing.T) {
	m, src := trained(t)
	path := filepath.Join(t.TempDir(), "session.mat")
	_, err := m.Test(neuro.WithWatch(context.Background(), func(neuro.Progress) error {
		t.Fatal("a trial was run")
		return nil
	}), src, everything(path))
	for _, err := range []error{err, test(t, m, src, everything("")).Save(path), m.Save(path)} {
		if err == nil || !strings.Contains(err.Error(), "is an archive of NumPy's: name it ") {
			t.Errorf("saved as a MAT-file: error %v", err)
		}
	}
	if left, _ := os.ReadDir(filepath.Dir(path)); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// A file in a folder that there is not is refused before the test begins, and a
// model that there is not is not saved.
func TestNowhereAndNothingToWrite(t *testing.T) {
	m, src := trained(t)
	cfg := TestConfig{Trials: 1, Record: recording.Keep{File: filepath.Join(t.TempDir(), "none", "x.npz")}}
	if _, err := m.Test(context.Background(), src, cfg); err == nil || !strings.Contains(err.Error(), "x.npz cannot be written: there is no folder") {
		t.Errorf("error %v, want one that names the folder", err)
	}
	path := filepath.Join(t.TempDir(), "x.npz")
	for says, err := range map[string]error{
		"no model to save": new(Model).Save(path),
	} {
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("error %v, want one that says %q", err, says)
		}
	}
}

// A test that is killed leaves its first trials, with their scores: those that a
// whole run has.
func TestKilledTestsLeaveTheirTrials(t *testing.T) {
	if path := os.Getenv("SPIKING_TEST_KILLED"); path != "" {
		m, src := trained(t)
		cfg := everything(path)
		cfg.Trials, cfg.Recorded = 1_000_000, 1_000_000
		_, err := m.Test(context.Background(), src, cfg)
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "killed.npz")
	cmd := exec.Command(os.Args[0], "-test.run=^TestKilledTestsLeaveTheirTrials$")
	cmd.Env = append(os.Environ(), "SPIKING_TEST_KILLED="+path)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer cmd.Process.Kill()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
		if info, err := os.Stat(path + ".part"); err == nil && info.Size() > 4_000_000 {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("nothing is written in a minute")
		}
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	got, err := recording.Load(path + ".part")
	if err != nil {
		t.Fatal(err)
	}
	m, src := trained(t)
	cfg := everything("")
	cfg.Trials, cfg.Recorded = len(got.Trials), len(got.Trials)
	want, err := m.Test(context.Background(), src, cfg)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Trials) < 2 || !slices.Equal(want.OutputErrors, got.OutputErrors) || !slices.Equal(want.Spikes.Times, got.Spikes.Times) ||
		!mat.Equal(want.Factors.Values, got.Factors.Values) || got.Provenance != want.Provenance || len(got.Kept()) != len(got.Trials) {
		t.Errorf("%d trials left differ from those of a whole run", len(got.Trials))
	}
	t.Logf("%d trials in %d steps were left", len(got.Trials), got.Factors.Values.RawMatrix().Rows)
}
