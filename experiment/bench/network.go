package bench

import (
	"context"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/data"
	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/rls"
	"github.com/spikewalk/spikewalk/neuro/spiking"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// seed of all that is random on our side, and what a first trial is drawn for.
const (
	seed                     = 1
	benchTrial neuro.Purpose = "bench"
)

// cycling is the work of the spiking rows: 12 factors, 3 outputs, trials of
// 2000 steps. The data are synthetic, of the recording's statistics, so that
// nothing need be downloaded; time does not depend on it.
func cycling() (task.Cycling, task.Source, error) {
	rec := data.SyntheticCycling(seed)
	k, err := task.NewCycling(rec.Factors, rec.EMG, rec.Dt)
	if err != nil {
		return k, nil, err
	}
	src, err := task.NewSource(k)
	return k, src, err
}

// prepared returns a network that has been demeaned and trained for a few
// trials: its rates are those of training, and all its memory is in use.
func prepared(ctx context.Context, neurons, trials int, seed uint64, p rls.Precision, src task.Source) (*spiking.Model, error) {
	cfg := spiking.DePasquale2023()
	cfg.Neurons, cfg.Seed, cfg.RLS.Precision = neurons, seed, p
	cfg.WarmUpTrials, cfg.DemeaningTrials, cfg.TrainingTrials = 1, 3, trials
	return spiking.Transfer(ctx, cfg, src)
}

// spikesPerTrial measures how many spikes all neurons together fire in a
// trial on their own.
func spikesPerTrial(ctx context.Context, m *spiking.Model, src task.Source, k task.Cycling) (float64, error) {
	rec, err := m.Test(ctx, src, spiking.TestConfig{Trials: 1, Seed: seed})
	if err != nil {
		return 0, err
	}
	return spikeCount(rec, steps(k)), nil
}

// spikeCount is the number of spikes in a number of steps at the recording's
// mean rates.
func spikeCount(rec *recording.Recording, steps float64) float64 {
	return floats.Sum(rec.Rates) * rec.Dt * steps
}

// steps of a trial.
func steps(k task.Cycling) float64 { return float64(k.Factors.RawMatrix().Rows) }

// rowsOf writes a matrix as JSON has it.
func rowsOf(m *mat.Dense) [][]float64 {
	out := make([][]float64, m.RawMatrix().Rows)
	for i := range out {
		out[i] = m.RawRowView(i)
	}
	return out
}

// trialParams is a trial as the peers receive it.
func trialParams(t task.Trial) map[string]any {
	params := map[string]any{"inputs": rowsOf(t.Inputs), "targets": rowsOf(t.Targets)}
	if t.Factors != nil {
		params["factors"] = rowsOf(t.Factors)
	}
	return params
}

// firstTrial is a task's first trial; those measured here are all alike.
func firstTrial(k task.Task) (task.Trial, error) {
	return task.NewTrial(k, neuro.Stream(seed, benchTrial))
}
