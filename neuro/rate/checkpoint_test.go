package rate_test

import (
	"context"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/checkpoint/stopped"
	"github.com/spikewalk/spikewalk/neuro/rate"
	"github.com/spikewalk/spikewalk/neuro/rls"
	"github.com/spikewalk/spikewalk/neuro/task"
)

func brief() rate.Config {
	cfg := rate.DePasquale2018()
	cfg.Units, cfg.WarmUpTrials, cfg.TrainingTrials, cfg.TestTrials, cfg.RecordedTrials = 60, 2, 4, 2, 1
	cfg.RLS.Pending = 7 // so that changes wait between trials
	return cfg
}

// A training that is stopped anywhere, and gone on with, gives the same bits.
func TestCheckpoints(t *testing.T) {
	noisy, single, rates := brief(), brief(), brief()
	noisy.TrainingNoise, noisy.BiasScale, noisy.RLS.Forgetting = 0.01, 0.5, 1e-4
	single.RLS.Precision = rls.Float32
	rates.Form = rate.Rate
	for name, of := range map[string]struct {
		method rate.Method
		cfg    rate.Config
	}{
		"full-FORCE": {rate.FullForce{}, brief()}, "FORCE": {rate.Force{}, brief()},
		"full-FORCE with noise, biases and forgetting": {rate.FullForce{}, noisy}, "FORCE with them": {rate.Force{}, noisy},
		"full-FORCE in single precision": {rate.FullForce{}, single}, "FORCE of rates": {rate.Force{}, rates},
	} {
		t.Run(name, func(t *testing.T) {
			stopped.Everywhere(t, func(ctx context.Context) (any, error) {
				return rate.Train(ctx, of.method, of.cfg, task.SweptOscillation())
			})
		})
	}
}

// silentMethod is a method whose learner does not say what is to be kept.
type silentMethod struct{ rate.Force }

func (m silentMethod) Start(cfg rate.Config, s task.Shape) (rate.Learner, error) {
	l, err := m.Force.Start(cfg, s)
	return struct{ rate.Learner }{l}, err
}

// A method that cannot be kept is an error before it starts, or trains without.
func TestCheckpointsOfOtherMethods(t *testing.T) {
	c := neuro.DefaultCheckpoints(t.TempDir())
	_, err := rate.Train(neuro.WithCheckpoints(t.Context(), c), silentMethod{}, brief(), task.SweptOscillation())
	if err == nil || !strings.Contains(err.Error(), "io.WriterTo") {
		t.Errorf("error %v", err)
	}
	c.Optional, c.Tell = true, func(text string) { t.Errorf("told %q", text) }
	if _, err := rate.Train(neuro.WithCheckpoints(t.Context(), c), silentMethod{}, brief(), task.SweptOscillation()); err != nil {
		t.Error(err)
	}
}
