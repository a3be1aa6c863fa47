package macneil2011

import (
	"context"

	"github.com/spikewalk/spikewalk/experiment"
	"github.com/spikewalk/spikewalk/neuro/integrator"
	"github.com/spikewalk/spikewalk/plotting"
)

// learnsInDark is int.dark.
func learnsInDark() experiment.Experiment {
	e := experiment.Experiment{
		ID:        "int.dark",
		Statement: "Proprioception is enough to tune the integrator in darkness, more slowly than vision.",
		Setup: "All weights of a neuron multiplied by one random factor (15 %), then 20 minutes without light, κ = 4e-11: no slip, no slow movements. Every 0.25 s the position error is felt with a Gaussian error of 1°, and a saccade corrects it; of those, the ones smaller than 3° are slower than the window of 200°/s and teach. " +
			"The same in light for comparison, and in the dark after a perturbation of each weight by its own factor (15 %), part of which the rule cannot undo (see int.learn).",
		Seeds: 20,
		Measures: []experiment.Measure{
			{Name: "drift, perturbed", Unit: "°/s"},
			{Name: "drift, 200 s in the dark", Unit: "°/s"},
			{Name: "drift, 20 min in the dark", Unit: "°/s"},
			{Name: "drift falls in 20 min", Unit: "x", Thresholds: thresholds{median.AtLeast(3)}},
			{Name: "of the optimum's, 20 min in the dark", Unit: "x"},
			{Name: "slope, absolute, 20 min in the dark", Unit: "1/s"},
			{Name: "drift, 200 s, dark of light", Unit: "x", Thresholds: thresholds{median.AtLeast(1)}},
			{Name: "drift, 20 min, dark of light", Unit: "x"},
			{Name: "drift, each weight perturbed", Unit: "°/s"},
			{Name: "drift, each weight perturbed, 20 min in the dark", Unit: "°/s"},
			{Name: "drift falls in 20 min, each weight perturbed", Unit: "x", Thresholds: thresholds{median.AtLeast(3)}},
		},
	}
	return experiment.Define(e, runLearnsInDark, learnsInDarkFigure)
}

// darkened is how a population recovers without and with light.
type darkened struct{ dark, light life }

func lightOff(c *integrator.LifeConfig) { c.Oculomotor.Light = false }

func runLearnsInDark(ctx context.Context, r experiment.Run) (experiment.Values, darkened, error) {
	var d darkened
	o, err := optimumOf(ctx, r, inDecoders())
	if err != nil {
		return nil, d, err
	}
	bad, err := o.PerturbDecoders(0.15, r.Seed)
	if err != nil {
		return nil, d, err
	}
	if _, d.dark, err = o.live(ctx, r, "dark", bad, lightOff); err != nil {
		return nil, d, err
	}
	if _, d.light, err = o.live(ctx, r, "light", bad, nil); err != nil {
		return nil, d, err
	}
	worse, err := o.Perturb(0.15, r.Seed)
	if err != nil {
		return nil, d, err
	}
	_, each, err := o.live(ctx, r, "dark, each weight", worse, lightOff)
	if err != nil {
		return nil, d, err
	}
	return experiment.Values{
		"drift, perturbed":                                 d.dark.at(0).MeanSpeed,
		"drift, 200 s in the dark":                         d.dark.at(200).MeanSpeed,
		"drift, 20 min in the dark":                        d.dark.at(1200).MeanSpeed,
		"drift falls in 20 min":                            d.dark.falls(1200),
		"of the optimum's, 20 min in the dark":             d.dark.ratio(1200),
		"slope, absolute, 20 min in the dark":              steepness(d.dark.at(1200)),
		"drift, 200 s, dark of light":                      d.dark.at(200).MeanSpeed / d.light.at(200).MeanSpeed,
		"drift, 20 min, dark of light":                     d.dark.at(1200).MeanSpeed / d.light.at(1200).MeanSpeed,
		"drift, each weight perturbed":                     each.at(0).MeanSpeed,
		"drift, each weight perturbed, 20 min in the dark": each.at(1200).MeanSpeed,
		"drift falls in 20 min, each weight perturbed":     each.falls(1200),
	}, d, nil
}

func learnsInDarkFigure(all []darkened) *plotting.Drawing {
	one := all[0].dark
	return plotting.Figure(
		stage{"15 % perturbed", one.at(0)}.positions(),
		stage{"after 20 min in the dark", one.at(1200)}.positions(),
		velocities(stage{"perturbed", one.at(0)}, stage{"200 s in the dark", one.at(200)}, stage{"20 min in the dark", one.at(1200)}, stage{"optimum", one.optimum.drift}).Title("the same population"),
		overTime("optimum", all, func(d darkened) []life { return []life{d.dark, d.light} }, "in the dark", "in light").LogY().Title("all populations"),
	).Columns(2)
}
