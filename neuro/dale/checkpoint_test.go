package dale

import (
	"context"
	"testing"

	"github.com/spikewalk/spikewalk/neuro/internal/checkpoint/stopped"
	"github.com/spikewalk/spikewalk/neuro/internal/wave"
)

// A training that is stopped anywhere, and gone on with, gives the same bits.
func TestCheckpoints(t *testing.T) {
	cfg := small()
	cfg.Rounds, cfg.TrialsPerRound, cfg.Forgetting = 6, 2, 0.5
	stopped.Everywhere(t, func(ctx context.Context) (any, error) {
		m, err := Transfer(ctx, cfg, wave.Drifting(100))
		return m, err
	})
}
