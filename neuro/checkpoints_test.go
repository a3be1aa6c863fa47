package neuro_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/spikewalk/spikewalk/neuro"
)

// States go, and nothing else does.
func TestCheckpointsRemove(t *testing.T) {
	c := neuro.DefaultCheckpoints(filepath.Join(t.TempDir(), "states"))
	if err := c.Remove(); err != nil {
		t.Errorf("of no folder: %v", err)
	}
	for _, name := range []string{"a.0" + neuro.CheckpointEnding, "a.1" + neuro.CheckpointEnding, "model.npz"} {
		if err := os.MkdirAll(c.Folder, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(c.Folder, name), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.Remove(); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(c.Folder); err != nil || len(left) != 1 || left[0].Name() != "model.npz" {
		t.Errorf("left %v, %v", left, err)
	}
	if err := os.Remove(filepath.Join(c.Folder, "model.npz")); err != nil {
		t.Fatal(err)
	}
	if err := c.Remove(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(c.Folder); !os.IsNotExist(err) {
		t.Errorf("the folder is still there: %v", err)
	}
}

func TestCheckpointsOfAContext(t *testing.T) {
	for _, ctx := range []context.Context{nil, t.Context()} {
		if c := neuro.CheckpointsOf(ctx); c.Folder != "" || c.Validate() == nil {
			t.Errorf("%+v of a context without", c)
		}
		with := neuro.WithCheckpoints(ctx, neuro.DefaultCheckpoints("a"))
		if c := neuro.CheckpointsOf(with); c.Folder != "a" || c.Every != 30*time.Second || c.Validate() != nil {
			t.Errorf("%+v", c)
		}
		if c := neuro.CheckpointsOf(neuro.WithCheckpoints(with, neuro.Checkpoints{})); c.Folder != "" {
			t.Errorf("%+v after they were taken away", c)
		}
	}
}
