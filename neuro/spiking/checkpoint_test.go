package spiking

import (
	"context"
	"math/rand/v2"
	"testing"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/checkpoint/stopped"
	"github.com/spikewalk/spikewalk/neuro/internal/wave"
	"github.com/spikewalk/spikewalk/neuro/neuron"
	"github.com/spikewalk/spikewalk/neuro/rls"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// drifting is a source with a state: the number of its trials, with which the factors
// grow.
type drifting struct{ task.Source }

func (d drifting) Trial(rng *rand.Rand, state task.State) (task.Trial, task.State, error) {
	trial, _, err := d.Source.Trial(rng, state)
	n := 1.0
	if before := state.Numbers(); before != nil {
		n += before[0]
	}
	trial.Factors.Scale(1+n/100, trial.Factors)
	return trial, task.NewState(n), err
}

// A transfer that is stopped anywhere, and gone on with, gives the same bits.
func TestCheckpoints(t *testing.T) {
	single, adaptive := small(), small()
	single.RLS.Precision, single.RLS.Forgetting = rls.Float32, 1e-4
	adaptive.Neuron = neuron.Adaptive()
	for name, cfg := range map[string]Config{"": small(), "single precision, forgetting": single, "adaptive": adaptive} {
		cfg.WarmUpTrials, cfg.DemeaningTrials, cfg.TrainingTrials = 2, 2, 3
		t.Run(name, func(t *testing.T) {
			stopped.Everywhere(t, func(ctx context.Context) (any, error) {
				return Transfer(ctx, cfg, &drifting{wave.Source(100)})
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
		if err := m.Train(ctx, drifting{wave.Source(100)}, 3); err != nil {
			return nil, err
		}
		if err := m.Train(neuro.WithWatch(ctx, nil), wave.Source(100), 2); err != nil {
			return nil, err
		}
		return m, nil
	})
}
