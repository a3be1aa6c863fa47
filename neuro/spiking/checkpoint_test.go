package spiking

import (
	"context"
	"testing"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/checkpoint/stopped"
	"github.com/spikewalk/spikewalk/neuro/internal/wave"
	"github.com/spikewalk/spikewalk/neuro/neuron"
	"github.com/spikewalk/spikewalk/neuro/rls"
)

// A transfer that is stopped anywhere, and gone on with, gives the same bits.
func TestCheckpoints(t *testing.T) {
	single, adaptive := small(), small()
	single.RLS.Precision, single.RLS.Forgetting = rls.Float32, 1e-4
	adaptive.Neuron = neuron.Adaptive()
	for name, cfg := range map[string]Config{"": small(), "single precision, forgetting": single, "adaptive": adaptive} {
		cfg.WarmUpTrials, cfg.DemeaningTrials, cfg.TrainingTrials = 2, 2, 3
		t.Run(name, func(t *testing.T) {
			stopped.Everywhere(t, func(ctx context.Context) (any, error) {
				return Transfer(ctx, cfg, wave.Drifting(100))
			})
		})
	}
}

// More training of a model, twice, and one whose source has a state.
func TestCheckpointsOfMoreTraining(t *testing.T) {
	cfg := small()
	cfg.WarmUpTrials, cfg.DemeaningTrials, cfg.TrainingTrials = 1, 1, 2
	begun, err := Transfer(t.Context(), cfg, wave.Source(100))
	if err != nil {
		t.Fatal(err)
	}
	saved, err := begun.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	stopped.Everywhere(t, func(ctx context.Context) (any, error) {
		m := new(Model)
		if err := m.UnmarshalBinary(saved); err != nil {
			return nil, err
		}
		if err := m.Train(ctx, wave.Drifting(100), 3); err != nil {
			return nil, err
		}
		if err := m.Train(neuro.WithWatch(ctx, nil), wave.Source(100), 2); err != nil {
			return nil, err
		}
		return m, nil
	})
}
