package depasquale2016

import (
	"context"
	"fmt"

	"github.com/spikewalk/spikewalk/experiment"
	"github.com/spikewalk/spikewalk/neuro/rate"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/spiking"
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
	return experiment.Define(e, integralBase(), []experiment.Measure[integrals]{
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

// integralConfig is the networks; as many components as hold 99 % of the variance teach.
type integralConfig struct{ transferConfig }

func integralBase() integralConfig {
	c := transferConfig{rate.DePasquale2016Integration(), spiking.DePasquale2023(), integralGain, hundredTrials()}
	c.Spiking.WarmUpTrials, c.Spiking.DemeaningTrials, c.Spiking.TrainingTrials = 3, 30, 60
	c.Test.WarmUpTrials, c.Test.Trials, c.Test.Recorded = 3, 50, 2
	return integralConfig{c}
}

// Quick makes it small.
func (c *integralConfig) Quick() {
	c.transferConfig.Quick()
	c.Rate.Units, c.Rate.TestTrials = 50, 3
}

func runIntegration(ctx context.Context, r experiment.Run, c integralConfig) (integrals, error) {
	c.follow(r.Seed)
	k := task.NewInputIntegration()
	fit, err := fullForce(ctx, c.Rate, k)
	if err != nil {
		return integrals{}, err
	}
	src, basis, err := seenThrough(fit, k)
	if err != nil {
		return integrals{}, err
	}
	test := c.Test
	test.Recorded = min(test.Recorded, test.Trials)
	rec, err := transfer(ctx, c.Spiking, src, test)
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
