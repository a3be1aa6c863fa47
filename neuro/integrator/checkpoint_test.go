package integrator

import (
	"context"
	"testing"

	"github.com/spikewalk/spikewalk/neuro/internal/checkpoint/stopped"
)

// A life that is stopped after any second, and gone on with, gives the same bits.
func TestCheckpoints(t *testing.T) {
	for name := range lives {
		t.Run(name, func(t *testing.T) {
			stopped.Everywhere(t, func(ctx context.Context) (any, error) {
				g, cfg := begin(t, name)
				cfg.Seconds, cfg.Curve = 3.2, []float64{0, 1, 2.5}
				cfg.Drift.Positions, cfg.Drift.Hold, cfg.Drift.Free = 2, 0.1, 0.05
				run, err := Live(ctx, g, cfg)
				return []any{g, run}, err
			})
		})
	}
}
