package macneil2011

import (
	"context"
	"fmt"
	"math"

	"github.com/spikewalk/spikewalk/experiment"
	"github.com/spikewalk/spikewalk/neuro/integrator"
	"github.com/spikewalk/spikewalk/plotting"
)

// surroundGains are the g, in 1/s, of surrounds that move at g E.
var surroundGains = []float64{-0.2, -0.1, 0.1, 0.2}

// followsSurround is int.distort.
func followsSurround() experiment.Experiment {
	e := experiment.Experiment{
		ID:        "int.distort",
		Statement: "A surround that moves with the eye retunes the integrator: it becomes as leaky or as unstable as the surround pretends it is, and recovers when the surround stands still (as goldfish do, Major et al. 2004).",
		Setup: "From the linear optimum, 200 s in light in which surround and target move at g E when the eye is at E (the target at most to ±45°), then 200 s with a surround at rest; κ = 4e-11. " +
			"An eye that drifted at g E would see this surround stand still, so g is the slope to be learned. Slow movements follow with a gain of 0.95, which leaves the slope a few per cent short.",
		Seeds: 20,
	}
	var measures []experiment.Measure[distorted]
	for i, g := range surroundGains {
		measures = append(measures, []experiment.Measure[distorted]{
			{Name: "slope, 200 s of " + gainName(g), Unit: "1/s", Paper: fmt.Sprintf("g = %g", g), Of: func(d distorted) float64 { return d.Moving[i].Slope },
				Thresholds: thresholds{median.AtLeast(hundredths(min(0.8*g, 1.2*g))), median.AtMost(hundredths(max(0.8*g, 1.2*g)))}},
			{Name: "slope, absolute, 200 s after " + gainName(g), Unit: "1/s", Paper: "recovers", Of: func(d distorted) float64 { return steepness(d.Still[i]) },
				Thresholds: thresholds{median.AtMost(0.03)}},
			{Name: "drift, of the optimum's, 200 s of " + gainName(g), Unit: "x", Of: func(d distorted) float64 { return ratio(d.Moving[i], d.Optimum) }},
			{Name: "drift, of the optimum's, 200 s after " + gainName(g), Unit: "x", Of: func(d distorted) float64 { return ratio(d.Still[i], d.Optimum) }},
		}...)
	}
	return experiment.Define(e, surroundConfig{inLight()}, measures, runFollowsSurround, followsSurroundFigure)
}

// hundredths rounds what is meant to be told in two digits.
func hundredths(v float64) float64 { return math.Round(100*v) / 100 }

func gainName(g float64) string { return fmt.Sprintf("g = %+g", g) }

// distorted is how a population drifts after each surround, and after the
// surround has stood still again.
type distorted struct {
	Optimum       integrator.Drift
	Moving, Still []integrator.Drift
}

// surroundConfig is an integrator's lives before surrounds that move.
type surroundConfig struct {
	lifeConfig `sweep:"-Life.Oculomotor.SurroundGain"`
}

func runFollowsSurround(ctx context.Context, r experiment.Run, c surroundConfig) (d distorted, err error) {
	c.follow(r.Seed)
	o, err := c.optimum(ctx, r)
	if err != nil {
		return d, err
	}
	d.Optimum = o.drift
	for _, gain := range surroundGains {
		g := o.Clone()
		cfg := c.life(r, 200)
		cfg.Oculomotor.SurroundGain = gain
		moving, err := liveOn(ctx, r, g, gainName(gain), cfg, 0)
		if err != nil {
			return d, err
		}
		cfg.Oculomotor.SurroundGain = 0
		still, err := liveOn(ctx, r, g, gainName(0), cfg, 1)
		if err != nil {
			return d, err
		}
		d.Moving, d.Still = append(d.Moving, moving), append(d.Still, still)
	}
	return d, nil
}

func followsSurroundFigure(all []distorted) *plotting.Drawing {
	one, most := all[0], len(surroundGains)-1
	moving := experiment.Curve("after 200 s of it", surroundGains, all, func(d distorted) []float64 { return slopes(d.Moving) })
	still := experiment.Curve("after 200 s at rest", surroundGains, all, func(d distorted) []float64 { return slopes(d.Still) })
	wanted := experiment.Curve("slope = g", surroundGains, all[:1], func(distorted) []float64 { return surroundGains })
	steepest := 0.0
	for _, v := range append(one.Moving[0].Velocities, one.Moving[most].Velocities...) {
		steepest = max(steepest, math.Abs(v))
	}
	return plotting.Figure(
		stage{"linear optimum, before", one.Optimum, plotting.Optimum}.positions(),
		stage{"after 200 s of a surround with g = -0.2 s⁻¹", one.Moving[0], plotting.Other}.positions(),
		stage{"after 200 s of a surround with g = +0.2 s⁻¹", one.Moving[most], plotting.Other}.positions(),
		stage{"the latter after 200 s of a surround at rest", one.Still[most], plotting.Learned}.positions(),
		velocities(stage{"before", one.Optimum, plotting.Optimum}, stage{"g = -0.2 s⁻¹", one.Moving[0], plotting.Other},
			stage{"g = +0.2 s⁻¹", one.Moving[most], plotting.Other}, stage{"then at rest", one.Still[most], plotting.Learned}).YLim(-1.1*steepest, 1.1*steepest).Title("the same population"),
		plotting.Curve(moving, still, wanted).Role(plotting.Other, plotting.Learned, plotting.Target).Band().Title("all populations").XLabel("g of the surround (s⁻¹)").YLabel("slope of drift (s⁻¹)"),
	).Columns(2)
}

func slopes(drifts []integrator.Drift) (v []float64) {
	for _, d := range drifts {
		v = append(v, d.Slope)
	}
	return v
}
