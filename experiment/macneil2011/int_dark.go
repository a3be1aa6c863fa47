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
	}
	return experiment.Define(e, darkConfig{spoilt()}, []experiment.Measure[darkened]{
		{Name: "drift, perturbed", Unit: "°/s", Of: func(d darkened) float64 { return d.Dark.at(0).MeanSpeed }},
		{Name: "drift, 200 s in the dark", Unit: "°/s", Of: func(d darkened) float64 { return d.Dark.at(200).MeanSpeed }},
		{Name: "drift, 20 min in the dark", Unit: "°/s", Of: func(d darkened) float64 { return d.Dark.at(1200).MeanSpeed }},
		{Name: "drift falls in 20 min", Unit: "x", Of: func(d darkened) float64 { return d.Dark.falls(1200) }, Thresholds: thresholds{median.AtLeast(3)}},
		{Name: "of the optimum's, 20 min in the dark", Unit: "x", Of: func(d darkened) float64 { return d.Dark.ratio(1200) }},
		{Name: "slope, absolute, 20 min in the dark", Unit: "1/s", Of: func(d darkened) float64 { return steepness(d.Dark.at(1200)) }},
		{Name: "drift, 200 s, dark of light", Unit: "x", Of: func(d darkened) float64 { return d.ofLight(200) }, Thresholds: thresholds{median.AtLeast(1)}},
		{Name: "drift, 20 min, dark of light", Unit: "x", Of: func(d darkened) float64 { return d.ofLight(1200) }},
		{Name: "drift, each weight perturbed", Unit: "°/s", Of: func(d darkened) float64 { return d.Each.at(0).MeanSpeed }},
		{Name: "drift, each weight perturbed, 20 min in the dark", Unit: "°/s", Of: func(d darkened) float64 { return d.Each.at(1200).MeanSpeed }},
		{Name: "drift falls in 20 min, each weight perturbed", Unit: "x", Of: func(d darkened) float64 { return d.Each.falls(1200) }, Thresholds: thresholds{median.AtLeast(3)},
			Why: "the rule cannot undo all of a perturbation of each weight by its own factor (see int.learn)"},
	}, runLearnsInDark, learnsInDarkFigure)
}

// darkened is how a population recovers without and with light, and without after
// each weight was perturbed by its own factor.
type darkened struct{ Dark, Light, Each life }

// ofLight is the drift in the dark in units of that in light.
func (d darkened) ofLight(seconds float64) float64 {
	return d.Dark.at(seconds).MeanSpeed / d.Light.at(seconds).MeanSpeed
}

func lightOff(c *integrator.LifeConfig) { c.Oculomotor.Light = false }

// darkConfig is a perturbed integrator's lives, without and with light.
type darkConfig struct {
	spoiltConfig `sweep:"-Life.Oculomotor.Light"`
}

func runLearnsInDark(ctx context.Context, r experiment.Run, c darkConfig) (darkened, error) {
	var d darkened
	c.follow(r.Seed)
	o, err := c.optimum(ctx, r)
	if err != nil {
		return d, err
	}
	bad, err := o.PerturbDecoders(c.Perturbation, r.Seed)
	if err != nil {
		return d, err
	}
	if _, d.Dark, err = c.live(ctx, r, o, "dark", bad, lightOff); err != nil {
		return d, err
	}
	if _, d.Light, err = c.live(ctx, r, o, "light", bad, nil); err != nil {
		return d, err
	}
	worse, err := o.Perturb(c.Perturbation, r.Seed)
	if err != nil {
		return d, err
	}
	_, d.Each, err = c.live(ctx, r, o, "dark, each weight", worse, lightOff)
	return d, err
}

func learnsInDarkFigure(all []darkened) *plotting.Drawing {
	one := all[0].Dark
	return plotting.Figure(
		stage{"15 % perturbed", one.at(0), plotting.Perturbed}.positions(),
		stage{"after 20 min in the dark", one.at(1200), plotting.Learned}.positions(),
		velocities(stage{"perturbed", one.at(0), plotting.Perturbed}, stage{"200 s in the dark", one.at(200), plotting.Recovering},
			stage{"20 min in the dark", one.at(1200), plotting.Learned}, stage{"optimum", one.Optimum, plotting.Optimum}).Title("the same population"),
		overTime("optimum", all, func(d darkened) []life { return []life{d.Dark, d.Light} }, "in the dark", "in light").LogY().Title("all populations"),
	).Columns(2)
}
