package dale

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/bound"
	"github.com/spikewalk/spikewalk/neuro/internal/run"
	"github.com/spikewalk/spikewalk/neuro/internal/verdict"
	"github.com/spikewalk/spikewalk/neuro/spiking"
	"github.com/spikewalk/spikewalk/neuro/task"
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
// Under [neuro.WithCheckpoints] it goes on where it was when the program was killed.
//
// Cost: with [Sparse] and trials of 2000 steps about 0.1 s a trial, 10 s
// in all, on one core. Memory: 8 (K N)² bytes for second moments of K kinds of
// synapses, 3 times 8 K N² for weights.
func Transfer(ctx context.Context, cfg Config, src task.Source) (*Network, error) {
	if err := bound.Context("dale", ctx); err != nil {
		return nil, err
	}
	m, err := newNetwork(cfg, src)
	if err != nil {
		return nil, err
	}
	keep, err := open(ctx, cfg, src)
	if err != nil {
		return nil, err
	}
	c := &course{
		live: m.live(src, cfg.Seed, true), best: math.Inf(1), history: m.Training,
		moments: newMoments(cfg.Neurons*len(cfg.TauSynapses), m.shape.Factors),
	}
	total := cfg.Rounds * cfg.TrialsPerRound
	all := run.Watched(ctx, total)
	all.Doubts = func() ([]neuro.Warning, error) {
		m.Training.Warnings = append(slices.Clip(m.Training.Warnings), m.Training.doubts(m.shape.Dt)...)
		return m.Training.Warnings, nil
	}
	all.Keep(keep, total)
	all.In(c.state)
	return m, all.Stage("train", total, func(i int) (run.Report, error) { return c.trial(ctx, i) })
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

// course is a network in training: what it is fitted to, and how it went.
type course struct {
	*live   // of the network as the best round so far had it
	moments *moments
	best    float64
	history Training
}

// trial runs training trial i. The last one of a round ends with a fit of all
// weights and a test.
func (c *course) trial(ctx context.Context, i int) (run.Report, error) {
	round, last := i/c.Config.TrialsPerRound, (i+1)%c.Config.TrialsPerRound == 0
	c.teacher = c.Config.teacher(round)
	if err := c.learn(ctx, i); err != nil || !last {
		return run.Silent, err
	}
	if err := c.wiring.fit(ctx, c.net, c.moments, c.Config); err != nil {
		return run.Silent, err
	}
	worst, err := c.validate(ctx, round)
	return run.Report{Error: worst}, err
}

// learn runs a trial under the teacher and takes in its samples.
func (c *course) learn(ctx context.Context, i int) error {
	trial, err := c.Next(training, i)
	if err != nil {
		return err
	}
	c.moments.forget(c.Config.Forgetting)
	return run.Through(ctx, c, trial, run.Each(func(trial *run.Trial, s run.Step) error {
		if s.T%c.Config.SampleEvery == 0 {
			c.moments.add(c.net.kinds, trial.Factors.RawRowView(s.T))
		}
		return nil
	}))
}

// validate tests the network as it stands, notes how it does, and keeps it if no
// round before has done better.
func (c *course) validate(ctx context.Context, round int) (worst float64, err error) {
	now := *c.Network
	now.net = c.net
	rec, err := now.Test(neuro.WithWatch(ctx, nil), c.src, spiking.TestConfig{
		WarmUpTrials: 1, Trials: c.Config.ValidationTrials, Entrain: c.Config.Entrain,
		Seed: neuro.Stream(c.seed, forValidation, round).Uint64(),
	})
	if err != nil {
		return 0, err
	}
	median, _ := rec.MedianErrors()
	worst, _ = rec.WorstErrors()
	t := &c.history
	t.Teacher = append(t.Teacher, c.teacher)
	t.MedianErrors = append(t.MedianErrors, median)
	t.WorstErrors = append(t.WorstErrors, worst)
	if worst < c.best || round == 0 {
		c.best, t.Kept = worst, round
		c.Network.net = c.net.twin(true)
	}
	c.Training = *t
	return worst, nil
}
