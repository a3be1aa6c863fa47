package depasquale2016

import (
	"context"

	"github.com/spikewalk/spikewalk/data"
	"github.com/spikewalk/spikewalk/experiment"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/spiking"
	"github.com/spikewalk/spikewalk/neuro/task"
	"github.com/spikewalk/spikewalk/plotting"
)

// accurateGain is our own preset's gain; see variability.fixed for what it
// costs.
var accurateGain = spiking.HighGain().Gain

// cyclingConfig is a network that cycles, and its test.
type cyclingConfig struct {
	Spiking spiking.Config     `sweep:"-Seed"`
	Test    spiking.TestConfig `sweep:"-Seed -Initial -Record"`
}

// cyclingBase is the authors' preset with a gain.
func cyclingBase(gain float64) cyclingConfig {
	c := cyclingConfig{spiking.DePasquale2023(), hundredTrials()}
	c.Spiking.Gain = gain
	return c
}

// Quick makes it small.
func (c *cyclingConfig) Quick() {
	quickSpiking(&c.Spiking)
	quickTest(&c.Test)
}

// cycle is what the cycling network of a seed does.
func cycle(ctx context.Context, r experiment.Run, c cyclingConfig) (*recording.Recording, error) {
	c.Spiking.Seed, c.Test.Seed = r.Seed, testSeed(r.Seed)
	return experiment.Share(r, "cycling", c, func() (*recording.Recording, error) {
		src, err := cyclingSource(ctx, r)
		if err != nil {
			return nil, err
		}
		return transfer(ctx, c.Spiking, src, c.Test)
	})
}

// cyclingSource takes the factors from the recording.
func cyclingSource(ctx context.Context, r experiment.Run) (task.Source, error) {
	k, err := cyclingTask(ctx, r)
	if err != nil {
		return nil, err
	}
	return task.NewSource(k)
}

// cyclingTask is the recording; quick runs take synthetic data, which is
// always there.
func cyclingTask(ctx context.Context, r experiment.Run) (task.Cycling, error) {
	session, err := data.SyntheticCycling(1), r.Needs("cycling")
	if err == nil && !r.Quick {
		session, err = data.Cycling(ctx)
	}
	if err != nil {
		return task.Cycling{}, err
	}
	return task.NewCycling(session.Factors, session.EMG, session.Dt)
}

// cyclingEMG is emg.cycling.
func cyclingEMG() experiment.Experiment {
	e := experiment.Experiment{
		ID:         "emg.cycling",
		Recordings: []string{"cycling"},
		Statement:  "Spiking neurons carry the recorded factors of motor cortex and drive three recorded muscles.",
		Setup: "Cycling, 800 neurons, 12 factors, 300 trials each of demeaning and training, 100 of test: the authors' parameters (gain 4), " +
			"and spiking.HighGain, which differs in the gain alone (12).",
		Seeds: 5,
	}
	return experiment.Define(e, authorsAndOwn{cyclingBase(4), cyclingBase(accurateGain)}, []experiment.Measure[cyclingPair]{
		{Name: "gain 4: factors", Paper: "0.032", Of: func(p cyclingPair) float64 { return p.Authors.factorError() }, Thresholds: thresholds{median.AtMost(0.045)}},
		{Name: "gain 4: muscles", Of: func(p cyclingPair) float64 { return p.Authors.outputError() }},
		{Name: "own preset: factors", Of: func(p cyclingPair) float64 { return p.Own.factorError() }, Thresholds: thresholds{median.AtMost(0.005)}},
		{Name: "own preset: muscles", Of: func(p cyclingPair) float64 { return p.Own.outputError() }, Thresholds: thresholds{median.AtMost(0.01)}},
	}, runCyclingEMG, func(all []cyclingPair) *plotting.Drawing {
		one := all[0].Own.Shown
		groups := experiment.Groups(all, func(p cyclingPair) []float64 { return append(p.Authors.medians(), p.Own.medians()...) },
			"gain 4,\nfactors", "gain 4,\nmuscles", "own,\nfactors", "own,\nmuscles")
		return plotting.Figure(
			one.outputPanel().Names(numbered("muscle", 3)...).Title("muscles, own preset, seed 1"),
			one.factorPanel(3).Title("first three factors, own preset"),
			one.rasterPanel().Title("spikes of 100 neurons"),
			plotting.Comparison(groups...).LogY().Title("test, one dot per seed").YLabel("nMSE"),
		).Columns(2)
	})
}

type cyclingPair struct{ Authors, Own tested }

// authorsAndOwn are the networks by the authors' preset and by ours.
type authorsAndOwn struct {
	Authors cyclingConfig `sweep:"-Spiking.Gain"`
	Own     cyclingConfig
}

// Quick makes both small.
func (c *authorsAndOwn) Quick() {
	c.Authors.Quick()
	c.Own.Quick()
}

func runCyclingEMG(ctx context.Context, r experiment.Run, c authorsAndOwn) (p cyclingPair, err error) {
	authors, err := cycle(ctx, r, c.Authors)
	if err != nil {
		return p, err
	}
	own, err := cycle(ctx, r, c.Own)
	if err != nil {
		return p, err
	}
	return cyclingPair{testOf(authors), testOf(own)}, nil
}
