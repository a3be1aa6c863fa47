package macneil2011

import (
	"context"

	"github.com/spikewalk/spikewalk/experiment"
	"github.com/spikewalk/spikewalk/neuro/nef"
	"github.com/spikewalk/spikewalk/plotting"
)

// asGoodOrBetter is int.better.
func asGoodOrBetter() experiment.Experiment {
	e := experiment.Experiment{
		ID:        "int.better",
		Statement: "Learning that begins with the linear optimal weights makes an integrator as stable as they do, or more.",
		Setup: "20 minutes in light from the linear optimal decoders, κ = 4e-11, for two ways of placing spikes. Where spikes are placed exactly, the decoders are optimal for the rates that the neurons have, and little is left to win. " +
			"Where spikes fall on the grid of 0.1 ms steps, as in the authors' demo program, every interval is half a step too long: the rates are lower than the decoders were made for, the optimum leaks, and learning, which knows spikes only, mends that.",
		Seeds: 20,
	}
	return experiment.Define(e, timingConfig{inLight()}, []experiment.Measure[betters]{
		{Name: "drift after, of the optimum's", Unit: "x", Paper: "as good or better", Of: func(b betters) float64 { return b.SubStep.ratio(1200) }, Thresholds: thresholds{median.AtMost(1.05)}},
		{Name: "drift after, of the optimum's, spikes on the grid", Unit: "x", Paper: "as good or better", Of: func(b betters) float64 { return b.OnGrid.ratio(1200) }, Thresholds: thresholds{median.AtMost(0.9)}},
		{Name: "slope of the optimum", Unit: "1/s", Of: func(b betters) float64 { return b.SubStep.Optimum.Slope }},
		{Name: "slope of the optimum, spikes on the grid", Unit: "1/s", Of: func(b betters) float64 { return b.OnGrid.Optimum.Slope }},
		{Name: "slope after", Unit: "1/s", Of: func(b betters) float64 { return b.SubStep.at(1200).Slope }},
		{Name: "slope after, spikes on the grid", Unit: "1/s", Of: func(b betters) float64 { return b.OnGrid.at(1200).Slope }},
	}, runAsGoodOrBetter, asGoodOrBetterFigure)
}

// betters are the lives of a population with spikes within steps and on the grid,
// each from its own optimum on.
type betters struct{ SubStep, OnGrid life }

// timingConfig is an integrator and its life, with spikes placed in two ways.
type timingConfig struct {
	lifeConfig `sweep:"-Integrator.Timing"`
}

func runAsGoodOrBetter(ctx context.Context, r experiment.Run, c timingConfig) (betters, error) {
	var b betters
	c.follow(r.Seed)
	for timing, to := range map[nef.SpikeTiming]*life{nef.SubStep: &b.SubStep, nef.OnGrid: &b.OnGrid} {
		c.Integrator.Timing = timing
		o, err := c.optimum(ctx, r)
		if err != nil {
			return b, err
		}
		if _, *to, err = c.live(ctx, r, o, string(timing), o.Attractor, nil); err != nil {
			return b, err
		}
	}
	return b, nil
}

func asGoodOrBetterFigure(all []betters) *plotting.Drawing {
	one := all[0].OnGrid
	lives := func(b betters) []life { return []life{b.SubStep, b.OnGrid} }
	slopes := experiment.Groups(all, func(b betters) []float64 {
		return []float64{b.SubStep.Optimum.Slope, b.SubStep.at(1200).Slope, b.OnGrid.Optimum.Slope, b.OnGrid.at(1200).Slope}
	}, "exact, optimum", "exact, learned", "grid, optimum", "grid, learned")
	return plotting.Figure(
		stage{"spikes on the grid: linear optimum", one.Optimum, plotting.Optimum}.positions(),
		stage{"spikes on the grid: after 20 min", one.at(1200), plotting.Learned}.positions(),
		velocities(stage{"optimum", one.Optimum, plotting.Optimum}, stage{"after 20 min", one.at(1200), plotting.Learned}).Fit().Title("spikes on the grid, one population"),
		plotting.Comparison(slopes...).Role(plotting.Optimum, plotting.Learned, plotting.Optimum, plotting.Learned).HLine(0, "neither leaky nor unstable").Title("all populations").YLabel("slope (s⁻¹)"),
		overTime("optimum", all, lives, "exact spikes", "on the grid").Title("median and quartiles"),
		ends(all, lives, "exact spikes", "on the grid").Title("after 20 min"),
	).Columns(2)
}
