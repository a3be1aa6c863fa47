package macneil2011

import (
	"context"

	"github.com/spikewalk/spikewalk/experiment"
	"github.com/spikewalk/spikewalk/neuro/attractor"
	"github.com/spikewalk/spikewalk/neuro/integrator"
	"github.com/spikewalk/spikewalk/plotting"
)

// keepsUpWithNoise is int.noise.
func keepsUpWithNoise() experiment.Experiment {
	e := experiment.Experiment{
		ID:        "int.noise",
		Statement: "Learning keeps an integrator tuned while noise changes all its weights all the time.",
		Setup: "Each of the N² weights takes its own random walk in steps of 0.1 ms, relative to its value at the beginning, with a standard deviation of 30 % after 20 minutes, and the integrator lives in light with and without learning. " +
			"The rule works on the readout of the weights, pinv(α e) ω; noise in all other directions stays. The bar with learning is judged at the paper's κ = 4e-11; four times that keeps up better.",
		Seeds: 20,
		Measures: []experiment.Measure{
			{Name: "drift, optimum", Unit: "°/s"},
			{Name: "drift without learning", Unit: "°/s"},
			{Name: "drift, κ = 4e-11", Unit: "°/s"},
			{Name: "drift, κ = 1.6e-10", Unit: "°/s"},
			{Name: "drift without learning, of the optimum's", Unit: "x", Thresholds: thresholds{median.AtLeast(6)}},
			{Name: "drift, κ = 4e-11, of the optimum's", Unit: "x", Paper: "about 1", Thresholds: thresholds{median.AtMost(2.5)}},
			{Name: "drift, κ = 1.6e-10, of the optimum's", Unit: "x"},
			{Name: "drift, κ = 4e-11, of that without learning", Unit: "x"},
		},
	}
	return experiment.Define(e, runKeepsUpWithNoise, keepsUpWithNoiseFigure)
}

func runKeepsUpWithNoise(ctx context.Context, r experiment.Run) (experiment.Values, []life, error) {
	cfg := inDecoders()
	cfg.Form = attractor.Weights
	o, err := optimumOf(ctx, r, cfg)
	if err != nil {
		return nil, nil, err
	}
	var lives []life // without learning, at the paper's rate, and at four times that
	var ends []float64
	for i, kappa := range []float64{0, paperKappa, 4 * paperKappa} {
		name := []string{"without learning", "learning", "faster learning"}[i]
		_, l, err := o.live(ctx, r, name, o.Attractor, func(c *integrator.LifeConfig) {
			c.Kappa, c.Noise = kappa, attractor.WeightNoise{Eta: 0.3, Over: c.Seconds}
		})
		if err != nil {
			return nil, nil, err
		}
		lives, ends = append(lives, l), append(ends, l.at(1200).MeanSpeed)
	}
	return experiment.Values{
		"drift, optimum":                             o.drift.MeanSpeed,
		"drift without learning":                     ends[0],
		"drift, κ = 4e-11":                           ends[1],
		"drift, κ = 1.6e-10":                         ends[2],
		"drift without learning, of the optimum's":   ends[0] / o.drift.MeanSpeed,
		"drift, κ = 4e-11, of the optimum's":         ends[1] / o.drift.MeanSpeed,
		"drift, κ = 1.6e-10, of the optimum's":       ends[2] / o.drift.MeanSpeed,
		"drift, κ = 4e-11, of that without learning": ends[1] / ends[0],
	}, lives, nil
}

func keepsUpWithNoiseFigure(all [][]life) *plotting.Drawing {
	one := all[0]
	names := []string{"no learning", "κ = 4e-11", "κ = 1.6e-10"}
	lives := func(l []life) []life { return l }
	return plotting.Figure(
		stage{"linear optimum", one[0].at(0)}.positions(),
		stage{"after 20 min of noise, no learning", one[0].at(1200)}.positions(),
		stage{"with learning, κ = 4e-11", one[1].at(1200)}.positions(),
		velocities(stage{names[0], one[0].at(1200)}, stage{names[1], one[1].at(1200)}, stage{"optimum", one[0].at(0)}).Title("the same population"),
		ends(all, lives, names...).LogY().Title("after 20 min of noise"),
		overTime("optimum", all, lives, names...).LogY().Title("median and quartiles").XLabel("time (s)"),
	).Columns(2)
}
