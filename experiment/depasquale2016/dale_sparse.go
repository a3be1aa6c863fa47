package depasquale2016

import (
	"context"
	"slices"

	"github.com/spikewalk/spikewalk/experiment"
	"github.com/spikewalk/spikewalk/neuro/dale"
	"github.com/spikewalk/spikewalk/neuro/spiking"
	"github.com/spikewalk/spikewalk/plotting"
)

// daleSparse is dale.sparse.
func daleSparse() experiment.Experiment {
	e := experiment.Experiment{
		ID:         "dale.sparse",
		Recordings: []string{"cycling"},
		Statement:  "Spiking networks with sparse connections that obey Dale's law can be trained as well.",
		Setup: "Cycling, 1008 neurons of which four fifths excite, each pair connected with probability 1/4, no J0: every weight is trained, each neuron's on its own presynaptic neurons and of their sign. " +
			"Least squares under these constraints in 12 rounds of 8 trials, the teacher fading; the round is chosen on validation trials, the numbers are of 100 fresh ones.",
		Seeds: 5,
	}
	return experiment.Define(e, sparseConfig{dale.Sparse(), hundredTrials()}, []experiment.Measure[sparse]{
		{Name: "factors", Of: func(s sparse) float64 { return s.Test.factorError() }, Thresholds: thresholds{median.AtMost(0.02), best.AtMost(0.01)}},
		{Name: "muscles", Of: func(s sparse) float64 { return s.Test.outputError() }},
		{Name: "worst trial, factors", Of: func(s sparse) float64 { return slices.Max(s.Test.Factors) }},
		{Name: "weights of the wrong sign", Of: func(s sparse) float64 { return float64(s.Wrong) }, Thresholds: thresholds{each.AtMost(0)}},
		{Name: "weights without a synapse", Of: func(s sparse) float64 { return float64(s.Absent) }, Thresholds: thresholds{each.AtMost(0)}},
	}, runDaleSparse, func(all []sparse) *plotting.Drawing {
		var tests []tested
		for _, s := range all {
			tests = append(tests, s.Test)
		}
		return transferFigure(tests, "muscle")
	})
}

// sparse is what a network does, and how many of its weights have the wrong sign
// or no synapse.
type sparse struct {
	Test          tested
	Wrong, Absent int
}

// sparseConfig is the network and its test.
type sparseConfig struct {
	Dale dale.Config        `sweep:"-Seed"`
	Test spiking.TestConfig `sweep:"-Seed -Initial -Record"`
}

// Quick makes it small.
func (c *sparseConfig) Quick() {
	c.Dale.Neurons, c.Dale.Rounds, c.Dale.TrialsPerRound, c.Dale.ValidationTrials = 100, 2, 1, 1
	quickTest(&c.Test)
}

func runDaleSparse(ctx context.Context, r experiment.Run, c sparseConfig) (s sparse, err error) {
	c.Dale.Seed, c.Test.Seed = r.Seed, testSeed(r.Seed)
	src, err := cyclingSource(ctx, r)
	if err != nil {
		return s, err
	}
	net, err := dale.Transfer(experiment.Part(ctx, "training"), c.Dale, src)
	if err != nil {
		return s, err
	}
	rec, err := net.Test(experiment.Part(ctx, "test"), src, c.Test)
	if err != nil {
		return s, err
	}
	s.Test = testOf(rec)
	s.Wrong, s.Absent = net.Violations()
	return s, nil
}
