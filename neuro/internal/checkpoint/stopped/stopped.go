// Package stopped tests that a computation which is stopped, and gone on with from
// its checkpoints, gives the bits of one that is not.
package stopped

import (
	"context"
	"errors"
	"os"
	"testing"

	"github.com/spikewalk/spikewalk/internal/kept"
	"github.com/spikewalk/spikewalk/internal/testkit"
	"github.com/spikewalk/spikewalk/neuro"
)

var errStopped = errors.New("stopped by the test")

// Everywhere stops a computation after each of its trials, one after the other, and
// lets it go on; where all tests run also after each of them alone. What it returns
// is compared with that of a computation that is not stopped and has no checkpoints.
// It is given a context each time and must begin with the same.
func Everywhere(t *testing.T, compute func(context.Context) (any, error)) {
	t.Helper()
	total := 0
	result, err := compute(neuro.WithWatch(t.Context(), func(p neuro.Progress) error { total++; return nil }))
	if err != nil {
		t.Fatal(err)
	}
	want := sum(t, result)
	if total < 3 {
		t.Fatalf("a computation of %d trials shows nothing", total)
	}
	for k := 1; k <= total && testkit.All(); k++ {
		c := one(t)
		stopAt(t, c, k, compute)
		same(t, c, want, compute, k)
	}
	c := one(t)
	for k := 1; k <= total; k++ {
		stopAt(t, c, k, compute)
	}
	same(t, c, want, compute, total)
	if err := c.Remove(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(c.Folder); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the folder of the checkpoints is still there: %v", err)
	}
}

// sum is that of all numbers in a result, to the bit.
func sum(t *testing.T, result any) string {
	t.Helper()
	text, err := kept.Key("the result", result)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// one leaves a state after each trial.
func one(t *testing.T) neuro.Checkpoints {
	return neuro.Checkpoints{Folder: t.TempDir() + "/states", Trials: 1, Tell: func(text string) { t.Errorf("told: %s", text) }}
}

// stopAt stops a computation when so many trials are done.
func stopAt(t *testing.T, c neuro.Checkpoints, trials int, compute func(context.Context) (any, error)) {
	t.Helper()
	ctx := neuro.WithWatch(t.Context(), func(p neuro.Progress) error {
		if p.Done == trials {
			return errStopped
		}
		return nil
	})
	if _, err := compute(neuro.WithCheckpoints(ctx, c)); !errors.Is(err, errStopped) {
		t.Fatalf("stopped after %d trials: %v", trials, err)
	}
}

// same goes on and compares. Trials that are done must not be run again, but those
// of a test.
func same(t *testing.T, c neuro.Checkpoints, want string, compute func(context.Context) (any, error), after int) {
	t.Helper()
	got, err := compute(neuro.WithCheckpoints(t.Context(), c))
	if err != nil {
		t.Fatalf("gone on with after %d trials: %v", after, err)
	}
	if sum(t, got) != want {
		t.Errorf("gone on with after %d trials, it is not what it is without", after)
	}
}
