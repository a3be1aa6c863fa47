package depasquale2016

import (
	"context"
	"fmt"

	"github.com/spikewalk/spikewalk/experiment"
	"github.com/spikewalk/spikewalk/neuro/rate"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/task"
	"github.com/spikewalk/spikewalk/plotting"
)

// inputIntegration is integrate.spiking.
func inputIntegration() experiment.Experiment {
	e := experiment.Experiment{
		ID:        "integrate.spiking",
		Statement: "Spiking neurons keep the running integral of a noisy input, also while it is silent.",
		Setup: fmt.Sprintf("A full-FORCE network of 400 units (g = 0.5, target weights up to 4, 60 trials of 4 s), the components that hold 99 %% of its variance in 800 neurons "+
			"(gain %d √(N/N_r), 60 trials of training), 50 test trials.", integralGain),
		Seeds: 5,
	}
	return experiment.Define(e, struct{}{}, []experiment.Measure[integrals]{
		{Name: "output", Of: func(i integrals) float64 { return i.Spiking }, Thresholds: thresholds{median.AtMost(0.05)}},
		{Name: "factors", Of: func(i integrals) float64 { return i.Factors }},
		{Name: "rate network", Of: func(i integrals) float64 { return i.Rate }},
		{Name: "components", Of: func(i integrals) float64 { return float64(i.Components) }},
	}, runIntegration, integrationFigure)
}

// integralGain is g0 of the spiking network.
const integralGain = 12

// integrals is what one seed's networks make of their input. The rate network
// and the spiking one were shown the same trials.
type integrals struct {
	Rate, Spiking, Factors float64 // nMSE of outputs, and of the spiking network's factors
	Components             int
	Fit                    recording.Series
	Shown                  excerpt
}

func runIntegration(ctx context.Context, r experiment.Run, _ struct{}) (integrals, error) {
	k := task.NewInputIntegration()
	fit, err := fullForce(ctx, integrationConfig(r), k)
	if err != nil {
		return integrals{}, err
	}
	src, basis, err := seenThrough(fit, k)
	if err != nil {
		return integrals{}, err
	}
	cfg := spikingConfig(r, 800, 60)
	cfg.Gain = relativeGain(integralGain, cfg.Neurons, fit.Network.Units())
	test := testConfig(r)
	if !r.Quick {
		cfg.WarmUpTrials, cfg.DemeaningTrials = 3, 30
		test.WarmUpTrials, test.Trials, test.Recorded = 3, 50, 2
	}
	test.Recorded = min(test.Recorded, test.Trials)
	rec, err := transfer(ctx, cfg, src, test)
	if err != nil {
		return integrals{}, err
	}
	same, err := fit.Network.Test(ctx, k, rate.TestConfig{Trials: test.Recorded, Recorded: test.Recorded, Seed: test.Seed})
	if err != nil {
		return integrals{}, err
	}
	return integrals{
		Rate: outputError(&fit.Recording), Spiking: outputError(rec), Factors: factorError(rec), Components: basis.Dim(),
		Fit: same.Outputs, Shown: excerptOf(rec, rec.Kept()),
	}, nil
}

func integrationConfig(r experiment.Run) rate.Config {
	cfg := rate.DePasquale2016Integration()
	cfg.Seed = r.Seed
	if r.Quick {
		cfg.Units, cfg.TrainingTrials, cfg.TestTrials = 50, 5, 3
	}
	return cfg
}

func integrationFigure(all []integrals) *plotting.Drawing {
	one := all[0]
	errors := experiment.Groups(all, func(i integrals) []float64 { return []float64{i.Rate, i.Spiking} }, "rate network", "spiking network")
	return plotting.Figure(
		plotting.Outputs(one.Fit).YLabel("integral").Title("rate network, trials one after the other"),
		one.Shown.outputPanel().YLabel("integral").Title("spiking network, the same trials"),
		one.Shown.rasterPanel().Title(fmt.Sprintf("spikes of %d neurons", rasterNeurons)),
		plotting.Comparison(errors...).LogY().HLine(0.05, "threshold, spiking").YLabel("output nMSE").Title("test, one dot per seed"),
	)
}
