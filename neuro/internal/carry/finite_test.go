package carry_test

import (
	"context"
	"errors"
	"math"
	"testing"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/dale"
	"github.com/spikewalk/spikewalk/neuro/internal/wave"
	"github.com/spikewalk/spikewalk/neuro/neuron"
	"github.com/spikewalk/spikewalk/neuro/spiking"
)

// spoilt is a neuron whose second variable is no number as soon as it has spiked: a
// slip in a model of one's own. Its voltage is then none either, and it is silent.
type spoilt struct{ neuron.AdaptiveLIF }

func (m spoilt) Stepper(dt float64) neuron.Step {
	step := m.AdaptiveLIF.Stepper(dt)
	return func(state [][]float64, current []float64, held, spikes []int) []int {
		spikes = step(state, current, held, spikes)
		for _, i := range spikes {
			state[1][i] = math.Sqrt(-1)
		}
		return spikes
	}
}

// A neuron that has left the finite numbers ends a training, and says which.
func TestNeuronsThatAreLostAreNoticed(t *testing.T) {
	lost := spoilt{neuron.Adaptive()}
	for name, transfer := range map[string]func() error{
		"spiking": func() error {
			cfg := spiking.DePasquale2023()
			cfg.Neurons, cfg.Neuron, cfg.WarmUpTrials, cfg.DemeaningTrials, cfg.TrainingTrials = 50, lost, 1, 1, 1
			_, err := spiking.Transfer(context.Background(), cfg, wave.Source(100))
			return err
		},
		"dale": func() error {
			cfg := dale.Sparse()
			cfg.Neurons, cfg.Neuron, cfg.Rounds, cfg.TrialsPerRound = 50, lost, 1, 1
			_, err := dale.Transfer(context.Background(), cfg, wave.Source(100))
			return err
		},
	} {
		var diverged *neuro.DivergenceError
		err := transfer()
		if !errors.As(err, &diverged) || diverged.Trial != 0 || diverged.Step != 99 || diverged.Seconds != 0.1 || !math.IsNaN(diverged.Value) {
			t.Errorf("%s: %v (%+v)", name, err, diverged)
		}
		t.Log(err)
	}
}
