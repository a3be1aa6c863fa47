package spiking

import (
	"context"
	"testing"

	"github.com/spikewalk/spikewalk/neuro/internal/wave"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// Whoever watches the training sees the output whose error is kept.
func TestWatchSeesTheTrialJustDone(t *testing.T) {
	src := wave.Source(100)
	var shown []float64
	m, err := Transfer(neuro.WithWatch(context.Background(), func(p neuro.Progress) error {
		if (p.Last != nil) != (p.Stage == "train") {
			t.Fatalf("%s: shown is %v", p.Stage, p.Last)
		}
		if p.Last != nil {
			shown = append(shown, task.NMSE(mat.DenseCopyOf(p.Last.Output), mat.DenseCopyOf(p.Last.Target), task.Window{To: 100}))
		}
		return nil
	}), small(), src)
	if err != nil {
		t.Fatal(err)
	}
	kept := m.Training().OutputErrors
	if len(shown) != len(kept) || len(kept) == 0 {
		t.Fatalf("%d trials shown, %d kept", len(shown), len(kept))
	}
	for i := range kept {
		if shown[i] != kept[i] {
			t.Errorf("trial %d: the output shown has an error of %g, %g is kept", i, shown[i], kept[i])
		}
	}
}
