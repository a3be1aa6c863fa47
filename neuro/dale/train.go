package dale

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/bound"
	"github.com/spikewalk/spikewalk/neuro/internal/verdict"
	"github.com/spikewalk/spikewalk/neuro/spiking"
)

// Transfer builds a network under Dale's law for a source of
// factors and trains it.
//
// In training trials a share of every neuron's current is what the target
// factors ask for, u ỹ, and the rest is its own recurrent current; all of it
// is noisy. After each round every neuron's weights are fitted, by least
// squares that keep to the signs (DePasquale, Churchland & Abbott 2016), so
// that J s + b is u ỹ for the filtered trains s that were seen. The round with
// the best validation trials is kept. Signs and missing synapses hold exactly:
// see [Network.Violations].
//
// Fitted to the trains of a driven network without noise, the closed loop
// explodes. Noise shows the fit states off the course, whose currents lead
// back to it; handing over gradually shows it those that the network's own
// errors lead to (Ross, Gordon & Bagnell 2011, arXiv:1011.0686). With the
// cycling recording (one validation seed) noise alone does nearly as well as
// both; without noise, handing over does not help.
//
// The Watch of ctx ([neuro.WithWatch]) sees the worst factor nMSE of the
// validation trials in the last trial of each round, and NaN in others. An error
// names what is wrong with cfg or the source. Cancelling ctx, an error of the
// source, or divergence gives the network as the best round so far had it, with
// the error. A network that is no better than a silent one says so in the
// Warnings of its Training.
//
// Cost: with [Sparse] and trials of 2000 steps about 0.1 s a trial, 10 s
// in all, on one core. Memory: 8 (K N)² bytes for second moments of K kinds of
// synapses, 3 times 8 K N² for weights.
func Transfer(ctx context.Context, cfg Config, src spiking.Source) (*Network, error) {
	if err := bound.Context("dale", ctx); err != nil {
		return nil, err
	}
	m, err := newNetwork(cfg, src)
	if err != nil {
		return nil, err
	}
	c := &course{
		live: m.live(cfg.Seed, true), training: m.Training,
		moments: newMoments(cfg.Neurons*len(cfg.TauSynapses), m.shape.Factors),
	}
	best := math.Inf(1)
	for round := range cfg.Rounds {
		stop, err := c.round(ctx, src, round)
		if stop || err != nil {
			return m, err
		}
		worst, err := c.validate(ctx, src, round)
		if err != nil {
			return m, err
		}
		if worst < best || round == 0 {
			best, c.training.Kept = worst, round
			m.net = c.net.twin(true)
		}
		m.Training = c.training
		var lastly []neuro.Warning
		if round == cfg.Rounds-1 {
			lastly = append(slices.Clip(m.Training.Warnings), m.Training.doubts(m.shape.Dt)...)
			m.Training.Warnings = lastly
		}
		stop, err = c.report(ctx, (round+1)*cfg.TrialsPerRound, worst, lastly...)
		if stop || err != nil {
			return m, err
		}
	}
	return m, nil
}

// remedies are what to try where a network is no better than a silent one.
const remedies = "train longer (Rounds, TrialsPerRound), take more Neurons or a stronger Drive; see that the step, %g s, is that of the recording"

// doubts is what is doubtful about the round that is kept.
func (t Training) doubts(dt float64) []neuro.Warning {
	if t.Kept < 0 || !(t.MedianErrors[t.Kept] >= verdict.Silence) {
		return nil
	}
	return []neuro.Warning{{
		Kind: neuro.WorseThanSilence, Where: "spiking network with constraints",
		Message: fmt.Sprintf("the median error of the factors in the validation trials of the best round is %.3g, and zero throughout has 1", t.MedianErrors[t.Kept]),
		Try:     fmt.Sprintf(remedies, dt),
	}}
}

// course is a network in training and what it is fitted to.
type course struct {
	*live
	moments  *moments
	training Training
}

// round runs one round's trials and fits all weights.
func (c *course) round(ctx context.Context, src spiking.Source, round int) (stop bool, err error) {
	per := c.Config.TrialsPerRound
	for j := range per {
		i := round*per + j
		if err := c.learn(ctx, src, i, c.Config.teacher(round)); err != nil {
			return false, err
		}
		if j == per-1 {
			break // this one is reported with the round's error
		}
		stop, err := c.report(ctx, i+1, math.NaN())
		if stop || err != nil {
			return stop, err
		}
	}
	c.wiring.fit(c.net, c.moments, c.Config)
	return false, nil
}

// report tells the watcher how many training trials are done.
func (c *course) report(ctx context.Context, done int, worst float64, warnings ...neuro.Warning) (stop bool, err error) {
	total := c.Config.Rounds * c.Config.TrialsPerRound
	return neuro.WatchOf(ctx).Report(neuro.Progress{Stage: "train", Done: done, Total: total, Error: worst, Warnings: warnings})
}

// learn runs one training trial and takes in its samples.
func (c *course) learn(ctx context.Context, src spiking.Source, i int, teacher float64) error {
	trial, err := c.trial(src, inTraining, i)
	if err != nil {
		return err
	}
	c.moments.forget(c.Config.Forgetting)
	return c.drive(ctx, trial, teacher, neuro.Stream(c.seed, inTraining.noise, i), func(t int) {
		if t%c.Config.SampleEvery == 0 {
			c.moments.add(c.net.kinds, trial.Factors.RawRowView(t))
		}
	})
}

// validate tests the network as it stands and notes how it does.
func (c *course) validate(ctx context.Context, src spiking.Source, round int) (worst float64, err error) {
	now := *c.Network
	now.net = c.net
	rec, err := now.Test(neuro.WithWatch(ctx, nil), src, spiking.TestConfig{
		WarmUpTrials: 1, Trials: c.Config.ValidationTrials, Entrain: c.Config.Entrain,
		Seed: neuro.Stream(c.seed, forValidation, round).Uint64(),
	})
	if err != nil {
		return 0, err
	}
	median, _ := rec.MedianErrors()
	worst, _ = rec.WorstErrors()
	t := &c.training
	t.Teacher = append(t.Teacher, c.Config.teacher(round))
	t.MedianErrors = append(t.MedianErrors, median)
	t.WorstErrors = append(t.WorstErrors, worst)
	return worst, nil
}
