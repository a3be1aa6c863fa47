package nb

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/spikewalk/spikewalk/internal/cache"
	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/rate"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// A cell that is stopped while it trains goes on where it was, gives the result of
// one that was not stopped, and leaves nothing but that.
func TestMemoGoesOn(t *testing.T) {
	cfg := rate.DePasquale2018()
	cfg.Units, cfg.WarmUpTrials, cfg.TrainingTrials, cfg.TestTrials, cfg.RecordedTrials = 40, 1, 5, 1, 1
	stop := errors.New("stopped")
	trials := 0
	train := func(ctx context.Context, stopAfter int) (*rate.Fit, error) {
		trials = 0
		c := neuro.CheckpointsOf(ctx)
		c.Trials = 1
		ctx = neuro.WithWatch(neuro.WithCheckpoints(ctx, c), func(p neuro.Progress) error {
			if trials++; p.Done == stopAfter {
				return stop
			}
			return nil
		})
		return rate.Train(ctx, rate.FullForce{}, cfg, task.SweptOscillation())
	}
	run := func(stopAfter int) (*rate.Fit, error) {
		return goOn("net", cfg, func(ctx context.Context) (*rate.Fit, error) { return train(ctx, stopAfter) })
	}
	ownMemo(t)
	want := Get(run(0))
	ownMemo(t)
	folder := Get(MemoDir())
	if _, err := run(4); !errors.Is(err, stop) {
		t.Fatal(err)
	}
	if states := namesOf(t, sideFolder(folder, cache.Checkpoints), "net-*"); len(states) != 1 {
		t.Fatalf("of a cell that was stopped there are %v", states)
	}
	got := Get(run(0))
	if trials != 4 { // where it goes on, two trials, and the test
		t.Errorf("%d trials were reported after it went on", trials)
	}
	if len(got.TrainingErrors) != 5 || got.TrainingErrors[4] != want.TrainingErrors[4] || got.OutputErrors[0] != want.OutputErrors[0] {
		t.Errorf("errors are %v and %v, want %v and %v", got.TrainingErrors, got.OutputErrors, want.TrainingErrors, want.OutputErrors)
	}
	if left := namesOf(t, sideFolder(folder, cache.Checkpoints), "*"); len(left) != 0 {
		t.Errorf("left %v", left)
	}

	// An emptied memo has no states either.
	cfg.Seed++
	if _, err := run(2); !errors.Is(err, stop) {
		t.Fatal(err)
	}
	Get(ForgetMemo())
	if left := namesOf(t, folder, "*"); len(left) != 1 { // the locks
		t.Errorf("left %v", left)
	}
}

func namesOf(t *testing.T, folder, pattern string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(folder, pattern))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(folder); err != nil {
		t.Fatal(err)
	}
	return names
}
