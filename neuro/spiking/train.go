package spiking

import (
	"context"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/bound"
	"github.com/spikewalk/spikewalk/neuro/internal/carry"
	"github.com/spikewalk/spikewalk/neuro/internal/companion"
	"github.com/spikewalk/spikewalk/neuro/rls"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// Train learns w and W over more trials, the network carrying its own factors
// all the while. Before the first trial come WarmUpTrials with the target
// factors fed in; a model that has been trained before, or loaded, continues
// where it stopped, and two calls of 10 trials give the bits of one of 20.
//
// A second core, if there is one and [neuro.WithCores] does not say otherwise,
// does about half of the work in networks of 200 neurons and more, and is kept
// busy all the time. It changes no bit.
//
// Cancelling ctx, or divergence, leaves the model as it was after the last
// complete trial, but for P, which has also taken in the samples of the
// trial that was broken off (a copy of P would double the memory).
func (m *Model) Train(ctx context.Context, src Source, trials int, watch neuro.Watch) error {
	if err := bound.Context("spiking", ctx); err != nil {
		return err
	}
	if trials < 0 {
		return fmt.Errorf("spiking: %d more trials to train: at least 0 are needed", trials)
	}
	if err := m.fits(src); err != nil {
		return err
	}
	warmUp := 0
	if m.trained == 0 {
		warmUp = m.cfg.WarmUpTrials
		m.sourceState = task.State{}
	}
	total := warmUp + trials
	m.training.Warnings, _ = m.cfg.checkStep(m.shape.Dt) // New has refused others
	for i := range warmUp {
		if err := m.driven(ctx, src, "warm-up", i, func([]float64) {}); err != nil {
			return err
		}
		stop, err := watch.Report(neuro.Progress{Stage: "warm-up", Done: i + 1, Total: total, Error: math.NaN()})
		if err != nil {
			return err
		}
		if stop {
			break
		}
	}
	var before checkpoint
	var crew companion.Crew
	for i := range trials {
		m.checkpoint(&before)
		factorError, outputError, err := m.trainTrial(ctx, src, m.trained, &crew)
		if err != nil {
			m.restore(&before)
			return err
		}
		m.trained++
		m.training.FactorErrors = append(m.training.FactorErrors, factorError)
		m.training.OutputErrors = append(m.training.OutputErrors, outputError)
		p := neuro.Progress{Stage: "train", Done: warmUp + i + 1, Total: total, Error: factorError, Last: &m.last}
		if i == trials-1 {
			p.Warnings = m.training.Warnings
		}
		stop, err := watch.Report(p)
		if err != nil {
			return err
		}
		if stop {
			break
		}
	}
	return nil
}

// trainTrial runs one trial in closed loop, learning at random steps.
func (m *Model) trainTrial(ctx context.Context, src Source, i int, crew *companion.Crew) (factorError, outputError float64, err error) {
	trial, err := m.nextTrial(src, "training", i)
	if err != nil {
		return 0, 0, err
	}
	const stage = "spiking training"
	ctx, end := crew.Trial(ctx)
	defer end()
	m.begin(ctx, true)
	updates := neuro.Stream(m.cfg.Seed, "updates", i)
	p := m.shape.Factors
	y, e := make([]float64, p+1), make([]float64, p)
	y[p] = 1
	z, ze := make([]float64, m.shape.Outputs), make([]float64, m.shape.Outputs)
	readout := []rls.Target{{Weights: m.readout, Error: ze}}
	factors, outputs := mat.NewDense(trial.Steps(), p, nil), mat.NewDense(trial.Steps(), m.shape.Outputs, nil)
	m.decoder.Output(y[:p])
	for t := range trial.Steps() {
		if err := ctx.Err(); err != nil {
			return 0, 0, err
		}
		spikes := m.net.fire(y[:p], inputsAt(trial, t))
		m.decoder.Step(spikes)
		m.net.receive(spikes) // meanwhile
		m.decoder.Output(y[:p])
		carry.Output(z, m.readout, y)
		if err := carry.Finite(stage, i, t, y, z); err != nil {
			return 0, 0, err
		}
		factors.SetRow(t, y[:p])
		outputs.SetRow(t, z)
		if updates.Float64() < m.cfg.UpdateProbability {
			subtract(e, y[:p], trial.Factors.RawRowView(t))
			subtract(ze, z, trial.Targets.RawRowView(t))
			if err := m.readP.Update(y, readout...); err != nil {
				return 0, 0, trialError(stage, i, t, err)
			}
			if err := m.decoder.Update(e); err != nil {
				return 0, 0, trialError(stage, i, t, err)
			}
			m.decoder.Output(y[:p])
		}
	}
	m.last = neuro.Outcome{Dt: m.shape.Dt, Target: trial.Targets, Output: outputs}
	w := trial.Scored()
	return task.NMSE(factors, trial.Factors, w), task.NMSE(outputs, trial.Targets, w), nil
}

func subtract(dst, a, b []float64) {
	for i := range dst {
		dst[i] = a[i] - b[i]
	}
}
