package depasquale2016

import (
	"context"
	"slices"

	"github.com/spikewalk/spikewalk/experiment"
	"github.com/spikewalk/spikewalk/neuro/dale"
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
	return experiment.Define(e, struct{}{}, []experiment.Measure[sparse]{
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

func runDaleSparse(ctx context.Context, r experiment.Run, _ struct{}) (s sparse, err error) {
	src, err := cyclingSource(ctx, r)
	if err != nil {
		return s, err
	}
	cfg := dale.Sparse()
	cfg.Seed = r.Seed
	if r.Quick {
		cfg.Neurons, cfg.Rounds, cfg.TrialsPerRound, cfg.ValidationTrials = 100, 2, 1, 1
	}
	net, err := dale.Transfer(experiment.Part(ctx, "training"), cfg, src)
	if err != nil {
		return s, err
	}
	rec, err := net.Test(experiment.Part(ctx, "test"), src, testConfig(r))
	if err != nil {
		return s, err
	}
	s.Test = testOf(rec)
	s.Wrong, s.Absent = net.Violations()
	return s, nil
}
