package depasquale2016

import (
	"context"

	"github.com/spikewalk/spikewalk/experiment"
	"github.com/spikewalk/spikewalk/neuro/dale"
	"github.com/spikewalk/spikewalk/neuro/recording"
)

// daleSparse is dale.sparse.
func daleSparse() experiment.Experiment {
	e := experiment.Experiment{
		ID:         "dale.sparse",
		Recordings: []string{"cycling"},
		Statement:  "It works with sparse connections and under Dale's law.",
		Setup: "Cycling, 1008 neurons of which four fifths excite, each pair connected with probability 1/4, no J0: every weight is trained, each neuron's on its own presynaptic neurons and of their sign. " +
			"Least squares under these constraints in 12 rounds of 8 trials, the teacher fading; the round is chosen on validation trials, the numbers are of 100 fresh ones.",
		Seeds: 5,
		Measures: []experiment.Measure{
			{Name: "factors", Thresholds: thresholds{median.AtMost(0.02), best.AtMost(0.01)}},
			{Name: "muscles"},
			{Name: "worst trial, factors"},
			{Name: "weights of the wrong sign", Thresholds: thresholds{each.AtMost(0)}},
			{Name: "weights without a synapse", Thresholds: thresholds{each.AtMost(0)}},
		},
	}
	return experiment.Define(e, runDaleSparse, transferFigure)
}

func runDaleSparse(ctx context.Context, r experiment.Run) (experiment.Values, *recording.Recording, error) {
	src, err := cyclingSource(ctx, r)
	if err != nil {
		return nil, nil, err
	}
	cfg := dale.Sparse()
	cfg.Seed = r.Seed
	if r.Quick {
		cfg.Neurons, cfg.Rounds, cfg.TrialsPerRound, cfg.ValidationTrials = 100, 2, 1, 1
	}
	net, err := dale.Transfer(experiment.Part(ctx, "training"), cfg, src)
	if err != nil {
		return nil, nil, err
	}
	rec, err := net.Test(experiment.Part(ctx, "test"), src, testConfig(r))
	if err != nil {
		return nil, nil, err
	}
	wrong, absent := net.Violations()
	factors, muscles := rec.MedianErrors()
	worst, _ := rec.WorstErrors()
	return experiment.Values{
		"factors": factors, "muscles": muscles, "worst trial, factors": worst,
		"weights of the wrong sign": float64(wrong), "weights without a synapse": float64(absent),
	}, rec, nil
}
