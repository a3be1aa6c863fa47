package attractor_test

import (
	"context"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/attractor"
	"github.com/spikewalk/spikewalk/neuro/internal/checkpoint/stopped"
	"github.com/spikewalk/spikewalk/neuro/nef"
)

// A life that is stopped after any second, and gone on with, gives the same bits.
func TestCheckpoints(t *testing.T) {
	plane := disc(t, nil)
	weights := disc(t, nil, func(c *attractor.Config) { c.Form = attractor.Weights })
	ring := smallRing(t, 1)
	// Saccades so slow, and so late, that most seconds end within one or before it.
	slow := attractor.DefaultGaze()
	slow.Speed, slow.Latency, slow.Fixation = 1, 0.8, nef.Range{Low: 1.1, High: 1.6}
	gaze := func() (attractor.World, error) { return attractor.NewGaze(slow, 2, plane.Config.Step, 3) }
	cfg := attractor.LifeConfig{Seconds: 6.5, Kappa: 1e-6, Sample: 0.1, Seed: 1}
	noisy := cfg
	noisy.Noise = attractor.WeightNoise{Eta: 0.3, Over: 60}
	for name, life := range map[string]struct {
		a     *attractor.Attractor
		world func() (attractor.World, error)
		cfg   attractor.LifeConfig
	}{
		"plane":         {plane, gaze, cfg},
		"noisy weights": {weights, gaze, noisy},
		"ring": {ring, func() (attractor.World, error) {
			c := attractor.Ring()
			c.Config = ring.Config
			return attractor.NewWander(c, 2)
		}, cfg},
	} {
		t.Run(name, func(t *testing.T) {
			stopped.Everywhere(t, func(ctx context.Context) (any, error) {
				a, w := life.a.Clone(), must[attractor.World](t)(life.world())
				run, err := a.Live(ctx, w, life.cfg)
				return []any{a, run}, err
			})
		})
	}
}

// still is a world of somebody else, in which nothing happens.
type still struct{}

func (still) Start() []float64                   { return make([]float64, 2) }
func (still) Step([]float64, *attractor.Command) {}

// A world that does not say what is to be kept is refused before time is spent, but
// not where checkpoints are optional.
func TestCheckpointsOfAnotherWorld(t *testing.T) {
	a := disc(t, nil)
	c := neuro.DefaultCheckpoints(t.TempDir())
	cfg := attractor.LifeConfig{Seconds: 0.1, Sample: 0.05, Seed: 1}
	if _, err := a.Live(neuro.WithCheckpoints(t.Context(), c), still{}, cfg); err == nil || !strings.Contains(err.Error(), "io.WriterTo") {
		t.Errorf("error %v", err)
	}
	c.Optional, c.Tell = true, func(text string) { t.Errorf("told %q", text) }
	if _, err := a.Live(neuro.WithCheckpoints(t.Context(), c), still{}, cfg); err != nil {
		t.Error(err)
	}
}
