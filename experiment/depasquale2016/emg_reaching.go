package depasquale2016

import (
	"context"
	"fmt"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/data"
	"github.com/spikewalk/spikewalk/experiment"
	"github.com/spikewalk/spikewalk/neuro/factor"
	"github.com/spikewalk/spikewalk/neuro/rate"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/spiking"
	"github.com/spikewalk/spikewalk/neuro/task"
	"github.com/spikewalk/spikewalk/plotting"
)

// Sizes of reaching. A trial lasts 3.2 s on average, so that few of them make
// up a stable mean: 40 trials of demeaning are 128 s.
const (
	reachSeconds      = 0.81
	reachingNeurons   = 1200
	reachingDemeaning = 40
	reachingTests     = 50
	// authorsTrials and reachingTrials are the training trials at the authors'
	// gain and in our own preset.
	authorsTrials  = 180
	reachingTrials = 100
	authorsGain    = 3
	// reachingGain is the gain of our own preset.
	reachingGain = 12 // of spiking.HighGain
)

// reachingEMG is emg.reaching.
func reachingEMG() experiment.Experiment {
	e := experiment.Experiment{
		ID:         "emg.reaching",
		Recordings: []string{"reaching"},
		Statement:  "Spiking neurons drive two recorded muscles through reaches in eight directions.",
		Setup: fmt.Sprintf("An untrained rate network of 800 units is driven by the muscles' activity; %d neurons carry the components that hold 99 %% of its variance. "+
			"The authors' gain 3 with %d training trials, and our own preset, gain %d with %d; %d trials of demeaning and %d of test, which last 3.2 s on average.",
			reachingNeurons, authorsTrials, reachingGain, reachingTrials, reachingDemeaning, reachingTests),
		Seeds: 5,
	}
	return experiment.Define(e, reachingPairConfig{reachingBase()}, []experiment.Measure[reachingPair]{
		{Name: "gain 3: factors", Of: func(p reachingPair) float64 { return p.Authors.Factors }, Thresholds: thresholds{median.AtMost(0.04)}},
		{Name: "gain 3: muscles", Of: func(p reachingPair) float64 { return p.Authors.Muscles }, Thresholds: thresholds{median.AtMost(0.06)}},
		{Name: "own preset: factors", Of: func(p reachingPair) float64 { return p.Own.Factors }, Thresholds: thresholds{median.AtMost(0.015)}},
		{Name: "own preset: muscles", Of: func(p reachingPair) float64 { return p.Own.Muscles }, Thresholds: thresholds{median.AtMost(0.025)}},
		{Name: "components", Of: func(p reachingPair) float64 { return float64(p.Components) }},
	}, runReachingEMG, reachingFigure)
}

// reachingPair is the authors' network, our own, and the reaches of the latter.
type reachingPair struct {
	Authors, Own reached
	Components   int
}

// reachingConfig is the driven rate network, the spiking networks that it teaches, by the
// authors' gain and by our own preset, and their test.
type reachingConfig struct {
	Rate         rate.Config        `sweep:"-Seed"`
	Authors, Own spiking.Config     `sweep:"-Seed"`
	Test         spiking.TestConfig `sweep:"-Seed -Initial -Record -Recorded"`
}

func reachingBase() reachingConfig {
	c := reachingConfig{Rate: rate.DePasquale2023Reaching(), Authors: longTrials(authorsGain, authorsTrials), Own: longTrials(reachingGain, reachingTrials), Test: hundredTrials()}
	c.Test.WarmUpTrials, c.Test.Trials = 3, reachingTests
	return c
}

// longTrials is the preset for long trials, few of which make a stable mean
// and bring the network onto its course.
func longTrials(gain float64, trials int) spiking.Config {
	cfg := spiking.DePasquale2023()
	cfg.Neurons, cfg.Gain, cfg.TrainingTrials = reachingNeurons, gain, trials
	cfg.WarmUpTrials, cfg.DemeaningTrials = 3, reachingDemeaning
	return cfg
}

// Quick makes all of it small.
func (c *reachingConfig) Quick() {
	c.Rate.Units = 50
	quickSpiking(&c.Authors)
	quickSpiking(&c.Own)
	quickTest(&c.Test)
	c.Test.Trials = 6 // some directions
}

// follow gives all of it the seed. Tests keep all trials, so that every direction can
// be shown.
func (c *reachingConfig) follow(seed uint64) {
	c.Rate.Seed, c.Authors.Seed, c.Own.Seed, c.Test.Seed = seed, seed, seed, testSeed(seed)
	c.Test.Recorded = c.Test.Trials
	c.Test.Record.Spikes = firstNeurons(rasterNeurons)
}

// reachingPairConfig has the authors' gain as it is.
type reachingPairConfig struct {
	reachingConfig `sweep:"-Authors.Gain"`
}

func runReachingEMG(ctx context.Context, r experiment.Run, c reachingPairConfig) (p reachingPair, err error) {
	c.follow(r.Seed)
	src, err := reachingSource(ctx, r, c.Rate)
	if err != nil {
		return p, err
	}
	p.Components = src.Shape().Factors
	trials := replay(src)
	own, err := c.own(ctx, r, trials)
	if err != nil {
		return p, err
	}
	trials.keep = false
	authors, err := c.authors(ctx, r, trials)
	if err != nil {
		return p, err
	}
	p.Authors, p.Own = authors.reached, own.reached
	return p, nil
}

// reached is the median errors of a spiking network that reaches, and its first
// reach in each direction.
type reached struct {
	Factors, Muscles float64
	Shown            excerpt
}

// reacher is what is kept of such a network, with means over each direction.
type reacher struct {
	reached
	by *byDirection // nil in our own preset
}

// own is the network of our own preset.
func (c reachingConfig) own(ctx context.Context, r experiment.Run, src *replayed) (*reacher, error) {
	return experiment.Share(r, "reaching", []any{c.Rate, c.Own, c.Test}, func() (*reacher, error) {
		one, _, err := newReacher(ctx, c.Own, src, c.Test)
		return one, err
	})
}

// authors is the network at the authors' gain, of which all spikes are kept.
func (c reachingConfig) authors(ctx context.Context, r experiment.Run, src *replayed) (*reacher, error) {
	c.Test.Record.Spikes = nil // all
	return experiment.Share(r, "reaching at the authors' gain", []any{c.Rate, c.Authors, c.Test}, func() (*reacher, error) {
		one, rec, err := newReacher(ctx, c.Authors, src, c.Test)
		if err != nil {
			return nil, err
		}
		one.by, err = directionally(rec)
		return one, err
	})
}

func newReacher(ctx context.Context, cfg spiking.Config, src *replayed, test spiking.TestConfig) (*reacher, *recording.Recording, error) {
	rec, err := transfer(experiment.Part(ctx, fmt.Sprintf("gain %g", cfg.Gain)), cfg, src, test)
	if err != nil {
		return nil, nil, err
	}
	one := &reacher{reached: reached{Shown: excerptOf(rec, firstReaches(rec))}}
	one.Factors, one.Muscles = rec.MedianErrors()
	return one, rec, nil
}

// reachingTask is the recording; quick runs take synthetic data, which is
// always there.
func reachingTask(ctx context.Context, r experiment.Run) (task.Reaching, error) {
	session, err := data.SyntheticReaching(1), r.Needs("reaching")
	if err == nil && !r.Quick {
		session, err = data.Reaching(ctx)
	}
	if err != nil {
		return task.Reaching{}, err
	}
	return task.DePasquale2023Reaching(session.EMG, session.Dt)
}

// reachingSource is the driven rate network of a seed seen through the
// components that hold 99 % of its variance.
func reachingSource(ctx context.Context, r experiment.Run, cfg rate.Config) (task.Source, error) {
	return experiment.Share(r, "reaching source", cfg, func() (task.Source, error) {
		k, err := reachingTask(ctx, r)
		if err != nil {
			return nil, err
		}
		net, err := rate.New(cfg, k.Shape())
		if err != nil {
			return nil, err
		}
		activity, err := drivenActivity(ctx, r, net, k)
		if err != nil {
			return nil, err
		}
		basis, err := factor.PCA(activity, factor.Variance(0.99))
		if err != nil {
			return nil, err
		}
		return rate.NewDrivenSource(net, basis, k)
	})
}

// drivenActivity is the activity of a network driven by the targets in 24
// trials, after four that bring it onto its course. It has one row for each
// 10 ms, the units' time constant, and is taken in pieces of a few trials, since
// all steps of all trials would be half a gigabyte.
func drivenActivity(ctx context.Context, r experiment.Run, net *rate.Network, k task.Task) (*mat.Dense, error) {
	pieces := 6
	if r.Quick {
		pieces = 1
	}
	const trials, every = 4, 10
	course := *net
	var rows []float64
	for i := range pieces + 1 {
		rec, err := course.Test(ctx, k, rate.TestConfig{Trials: trials, Recorded: trials, Driven: true, Seed: 10_000*r.Seed + uint64(i)})
		if err != nil {
			return nil, err
		}
		// The activity is the state of a network of the Rate form.
		steps, _ := rec.Activity.Dims()
		course.Initial = mat.Row(nil, steps-1, rec.Activity)
		if i == 0 {
			continue
		}
		for t := 0; t < steps; t += every {
			rows = append(rows, rec.Activity.Values.RawRowView(t)...)
		}
	}
	return mat.NewDense(len(rows)/net.Units(), net.Units(), rows), nil
}

func reachingFigure(all []reachingPair) *plotting.Drawing {
	one := all[0].Own.Shown
	groups := experiment.Groups(all, func(p reachingPair) []float64 {
		return []float64{p.Authors.Factors, p.Authors.Muscles, p.Own.Factors, p.Own.Muscles}
	}, "gain 3,\nfactors", "gain 3,\nmuscles", "own preset,\nfactors", "own preset,\nmuscles")
	return plotting.Figure(
		one.outputPanel().Names("muscle 1", "muscle 2", "timing").Title("a reach in each direction, one after the other: own preset"),
		one.factorPanel(3).Title("first three factors"),
		one.rasterPanel().Title(fmt.Sprintf("spikes of %d neurons", rasterNeurons)),
		plotting.Comparison(groups...).LogY().Title("test, one dot per seed").YLabel("nMSE"),
	)
}
