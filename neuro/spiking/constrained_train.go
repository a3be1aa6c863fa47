package spiking

import (
	"context"
	"math"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// TransferConstrained builds a network under Dale's law for a source of
// factors and trains it.
//
// In training trials a share of every neuron's current is what the target
// factors ask for, u ỹ, and the rest is its own recurrent current; all of it
// is noisy. After each round every neuron's weights are fitted, by least
// squares that keep to the signs, so that J s + b is u ỹ for the spike trains
// that were seen: the network learns, from states that its own errors and the
// noise have led to, how to return (DePasquale, Churchland & Abbott 2016 fit
// such weights to trains of a driven network; without the network's own
// feedback among what is fitted, the closed loop explodes). The round with the
// best validation trials is kept. Signs and missing synapses hold exactly:
// see [Constrained.Violations].
//
// A [Watch] sees the worst factor nMSE of the validation trials in the last
// trial of each round, and NaN in others. An error names what is wrong with
// cfg or the source. Cancelling ctx, an error of the source, or divergence
// gives the network as the best round so far had it, with the error.
//
// Cost: with [DaleSparse] and trials of 2000 steps about 0.1 s a trial, 10 s
// in all, on one core. Memory: 8 (K N)² bytes for second moments of K kinds of
// synapses, 3 times 8 K N² for weights.
func TransferConstrained(ctx context.Context, cfg ConstrainedConfig, src Source, watch neuro.Watch) (*Constrained, error) {
	m, err := newConstrained(cfg, src)
	if err != nil {
		return nil, err
	}
	c := &course{
		Constrained: *m, noise: newNoise(cfg, m.net.factors, m.shape.Dt),
		moments: newMoments(cfg.Neurons*len(cfg.TauSynapses), m.shape.Factors),
	}
	c.net = m.net.twin(true)
	best := math.Inf(1)
	for round := range cfg.Rounds {
		stop, err := c.round(ctx, src, round, watch)
		if err != nil {
			return m, err
		}
		if stop {
			break
		}
		worst, err := c.validate(ctx, src, round)
		if err != nil {
			return m, err
		}
		if worst < best || m.training.Kept < 0 {
			best = worst
			m.net, m.sourceState = c.net.twin(true), c.sourceState
			c.training.Kept = round
		}
		m.training = c.training
		done := (round + 1) * cfg.TrialsPerRound
		stop, err = watch.Report(neuro.Progress{Stage: "train", Done: done, Total: cfg.Rounds * cfg.TrialsPerRound, Error: worst})
		if err != nil {
			return m, err
		}
		if stop {
			break
		}
	}
	return m, nil
}

// course is a network in training and what it is fitted to.
type course struct {
	Constrained
	noise   *noise
	moments *moments
}

// round runs one round's trials and fits all weights.
func (c *course) round(ctx context.Context, src Source, round int, watch neuro.Watch) (stop bool, err error) {
	per := c.cfg.TrialsPerRound
	for j := range per {
		i := round*per + j
		if err := c.trial(ctx, src, i, c.cfg.teacher(round)); err != nil || j == per-1 {
			if err != nil {
				return false, err
			}
			break
		}
		stop, err := watch.Report(neuro.Progress{Stage: "train", Done: i + 1, Total: c.cfg.Rounds * per, Error: math.NaN()})
		if stop || err != nil {
			return stop, err
		}
	}
	c.wiring.fit(c.net, c.moments, c.cfg)
	return false, nil
}

// trial runs one training trial and takes in its samples.
func (c *course) trial(ctx context.Context, src Source, i int, teacher float64) error {
	trial, next, err := c.next(src, "training", i, c.sourceState)
	if err != nil {
		return err
	}
	c.sourceState = next
	c.net.resync()
	c.moments.forget(c.cfg.Forgetting)
	rng := neuro.Stream(c.cfg.Seed, "noise", i)
	for t := range trial.Steps() {
		if err := ctx.Err(); err != nil {
			return err
		}
		c.net.step(teacher, trial.Factors.RawRowView(max(t-1, 0)), inputsAt(trial, t), c.noise.step(rng))
		if t%c.cfg.SampleEvery == 0 {
			c.moments.add(c.net.kinds, trial.Factors.RawRowView(t))
		}
	}
	return nil
}

// next draws a trial of a stage from a source in a state.
func (m *Constrained) next(src Source, stage string, i int, state []float64) (task.Trial, []float64, error) {
	trial, next, err := src.Trial(neuro.Stream(m.cfg.Seed, stage+" trials", i), state)
	if err != nil {
		return trial, nil, err
	}
	return trial, next, trial.Validate(m.shape)
}

// validate tests the network as it stands and notes how it does.
func (c *course) validate(ctx context.Context, src Source, round int) (worst float64, err error) {
	seed := neuro.Stream(c.cfg.Seed, "validation", round).Uint64()
	rec, err := c.Test(ctx, src, TestConfig{WarmUpTrials: 1, Trials: c.cfg.ValidationTrials, Entrain: c.cfg.Entrain, Seed: seed}, nil)
	if err != nil {
		return 0, err
	}
	median, _ := rec.MedianErrors()
	worst, _ = rec.WorstErrors()
	t := &c.training
	t.Teacher = append(t.Teacher, c.cfg.teacher(round))
	t.MedianErrors = append(t.MedianErrors, median)
	t.WorstErrors = append(t.WorstErrors, worst)
	return worst, nil
}
