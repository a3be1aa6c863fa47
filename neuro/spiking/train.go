package spiking

import (
	"context"
	"math/rand/v2"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/bound"
	"github.com/spikewalk/spikewalk/neuro/internal/carry"
	"github.com/spikewalk/spikewalk/neuro/internal/run"
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
//
// Under [neuro.WithCheckpoints] a call on the same model, with the same source and
// number of trials, goes on where it was when the program was killed.
func (m *Model) Train(ctx context.Context, src task.Source, trials int) error {
	if err := bound.Context("spiking", ctx); err != nil {
		return err
	}
	if err := bound.Check("spiking", bound.AtLeast("trials", trials, 0)); err != nil {
		return err
	}
	if err := carry.Fits("spiking", m.shape, src); err != nil {
		return err
	}
	keep, err := m.open(ctx, src, trials)
	if err != nil {
		return err
	}
	all := run.Watched(ctx, m.warmUpTrials()+trials)
	all.Keep(keep, m.warmUpTrials()+trials)
	all.Doubts = func() ([]neuro.Warning, error) { return m.training.Warnings, nil }
	return m.train(ctx, src, trials, all)
}

// warmUpTrials precede the first training trial.
func (m *Model) warmUpTrials() int {
	if m.trained > 0 {
		return 0
	}
	return m.cfg.WarmUpTrials
}

func (m *Model) train(ctx context.Context, src task.Source, trials int, all *run.Progress) error {
	if m.trained == 0 {
		m.sourceState = task.State{}
	}
	m.training.Warnings, _ = m.cfg.checkStep(m.shape.Dt) // New has refused others
	m.training.Warnings = append(m.training.Warnings, m.cfg.unexplored()...)
	learner := newLearner(m, src)
	all.In(m.state)
	err := all.Stage("warm-up", m.warmUpTrials(), func(i int) (run.Report, error) {
		return run.Silent, learner.drive(ctx, warmUp, i)
	})
	if err != nil {
		return err
	}
	var good before
	return all.Stage("train", trials, func(int) (run.Report, error) {
		m.checkpoint(&good)
		trial, err := learner.next(training, m.trained)
		var done run.Outcome
		if err == nil {
			err = all.Through(ctx, learner, trial, &done, learner)
		}
		if err != nil {
			m.restore(&good)
			return run.Silent, err
		}
		m.trained++
		m.training.FactorErrors = append(m.training.FactorErrors, done.FactorError)
		m.training.OutputErrors = append(m.training.OutputErrors, done.OutputError)
		return run.Show(done.FactorError, m.shape.Dt, trial.Targets, done.Outputs), nil
	})
}

// learner is a network in closed loop that learns at random steps. On two cores a
// companion does most of the decoder's work.
type learner struct {
	running
	updates *rand.Rand
	e, ze   []float64 // errors of factors and outputs
	readout []rls.Target
}

func newLearner(m *Model, src task.Source) *learner {
	l := &learner{running: newRunning(m, src), e: make([]float64, m.shape.Factors), ze: make([]float64, m.shape.Outputs)}
	l.learns = true
	l.readout = []rls.Target{{Weights: m.readout, Error: l.ze}}
	return l
}

// Begin starts a trial.
func (l *learner) Begin(ctx context.Context, trial *run.Trial) {
	l.updates = neuro.Stream(l.m.cfg.Seed, updates, trial.Number)
	l.running.Begin(ctx, trial)
}

// See learns from a step.
func (l *learner) See(trial *run.Trial, s run.Step) error {
	m := l.m
	if l.updates.Float64() >= m.cfg.UpdateProbability {
		return nil
	}
	subtract(l.e, s.Factors, trial.Factors.RawRowView(s.T))
	subtract(l.ze, s.Outputs, trial.Targets.RawRowView(s.T))
	if err := m.readP.Update(l.y, l.readout...); err != nil {
		return trial.At(s.T, err)
	}
	if err := m.decoder.Update(l.e); err != nil {
		return trial.At(s.T, err)
	}
	m.decoder.Output(l.factors())
	return nil
}

// Done has nothing to do.
func (l *learner) Done(*run.Trial) error { return nil }

func subtract(dst, a, b []float64) {
	for i := range dst {
		dst[i] = a[i] - b[i]
	}
}
