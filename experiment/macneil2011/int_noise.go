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
			"The rule works on the readout of the weights, pinv(α e) ω; noise in all other directions stays. The threshold with learning is judged at the paper's κ = 4e-11; four times that keeps up better.",
		Seeds: 20,
	}
	end := func(lives []life, i int) float64 { return lives[i].at(1200).MeanSpeed }
	return experiment.Define(e, noisyLives(), []experiment.Measure[[]life]{
		{Name: "drift, optimum", Unit: "°/s", Of: func(l []life) float64 { return l[0].Optimum.MeanSpeed }},
		{Name: "drift without learning", Unit: "°/s", Of: func(l []life) float64 { return end(l, 0) }},
		{Name: "drift, κ = 4e-11", Unit: "°/s", Of: func(l []life) float64 { return end(l, 1) }},
		{Name: "drift, κ = 1.6e-10", Unit: "°/s", Of: func(l []life) float64 { return end(l, 2) }},
		{Name: "drift without learning, of the optimum's", Unit: "x", Of: func(l []life) float64 { return l[0].ratio(1200) }, Thresholds: thresholds{median.AtLeast(6)}},
		{Name: "drift, κ = 4e-11, of the optimum's", Unit: "x", Paper: "about 1", Of: func(l []life) float64 { return l[1].ratio(1200) }, Thresholds: thresholds{median.AtMost(2.5)},
			Why: "the rule works on the readout of the weights alone, and noise in all other directions stays"},
		{Name: "drift, κ = 1.6e-10, of the optimum's", Unit: "x", Of: func(l []life) float64 { return l[2].ratio(1200) }},
		{Name: "drift, κ = 4e-11, of that without learning", Unit: "x", Of: func(l []life) float64 { return end(l, 1) / end(l, 0) }},
	}, runKeepsUpWithNoise, keepsUpWithNoiseFigure)
}

// noiseConfig is an integrator in weight form, and its life with noise on all weights:
// Life.Noise.Eta is its standard deviation after 20 minutes, relative to each weight.
type noiseConfig struct {
	lifeConfig `sweep:"-Integrator.Form -Life.Kappa -Life.Noise.Over"`
}

func noisyLives() noiseConfig {
	c := noiseConfig{inLight()}
	c.Integrator.Form = attractor.Weights
	c.Life.Noise = attractor.WeightNoise{Eta: 0.3, Over: c.Life.Seconds}
	return c
}

// runKeepsUpWithNoise lets a population live without learning, at the paper's
// rate, and at four times that.
func runKeepsUpWithNoise(ctx context.Context, r experiment.Run, c noiseConfig) ([]life, error) {
	c.follow(r.Seed)
	o, err := c.optimum(ctx, r)
	if err != nil {
		return nil, err
	}
	var lives []life
	for i, kappa := range []float64{0, paperKappa, 4 * paperKappa} {
		name := []string{"without learning", "learning", "faster learning"}[i]
		_, l, err := c.live(ctx, r, o, name, o.Attractor, func(l *integrator.LifeConfig) {
			l.Kappa, l.Noise.Over = kappa, l.Seconds
		})
		if err != nil {
			return nil, err
		}
		lives = append(lives, l)
	}
	return lives, nil
}

func keepsUpWithNoiseFigure(all [][]life) *plotting.Drawing {
	one := all[0]
	names := []string{"no learning", "κ = 4e-11", "κ = 1.6e-10"}
	roles := []plotting.Role{plotting.Perturbed, plotting.Learned, plotting.Other}
	lives := func(l []life) []life { return l }
	return plotting.Figure(
		stage{"linear optimum", one[0].at(0), plotting.Optimum}.positions(),
		stage{"after 20 min of noise, no learning", one[0].at(1200), plotting.Perturbed}.positions(),
		stage{"with learning, κ = 4e-11", one[1].at(1200), plotting.Learned}.positions(),
		velocities(stage{names[0], one[0].at(1200), plotting.Perturbed}, stage{names[1], one[1].at(1200), plotting.Learned},
			stage{"optimum", one[0].at(0), plotting.Optimum}).Title("the same population"),
		ends(all, lives, names...).Role(roles...).LogY().Title("after 20 min of noise"),
		overTime("optimum", all, lives, names...).Role(roles...).LogY().Title("median and quartiles").XLabel("time (s)"),
	).Columns(2)
}
