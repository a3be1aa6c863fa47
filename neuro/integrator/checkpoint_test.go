package integrator

import (
	"context"
	"testing"

	"github.com/spikewalk/spikewalk/neuro/internal/checkpoint/stopped"
	"github.com/spikewalk/spikewalk/neuro/nef"
)

// A life that is stopped after any second, and gone on with, gives the same bits.
func TestCheckpoints(t *testing.T) {
	// Targets that jump so often that most seconds end in a saccade, and samples and
	// what is felt that do not come at whole seconds.
	restless := func(c *LifeConfig) {
		o := &c.Oculomotor
		o.TargetDwell = nef.Range{Low: 0.03, High: 0.1}
		o.VisualDelay, o.SaccadePatience, o.SaccadeRest, o.ProprioceptionEvery, c.Sample = 0.01, 0, 0, 0.03, 0.013
	}
	for name := range lives {
		t.Run(name, func(t *testing.T) {
			stopped.Everywhere(t, func(ctx context.Context) (any, error) {
				g, cfg := begin(t, name)
				restless(&cfg)
				cfg.Seconds, cfg.Curve = 6.2, []float64{0, 1, 2.5}
				cfg.Drift.Positions, cfg.Drift.Hold, cfg.Drift.Free = 2, 0.1, 0.05
				run, err := Live(ctx, g, cfg)
				return []any{g, run}, err
			})
		})
	}
}
