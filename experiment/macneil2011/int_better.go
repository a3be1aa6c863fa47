package macneil2011

import (
	"context"

	"github.com/spikewalk/spikewalk/experiment"
	"github.com/spikewalk/spikewalk/neuro/integrator"
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
		Measures: []experiment.Measure{
			{Name: "drift after, of the optimum's", Unit: "x", Paper: "as good or better", Thresholds: thresholds{median.AtMost(1.05)}},
			{Name: "drift after, of the optimum's, spikes on the grid", Unit: "x", Paper: "as good or better", Thresholds: thresholds{median.AtMost(0.9)}},
			{Name: "slope of the optimum", Unit: "1/s"},
			{Name: "slope of the optimum, spikes on the grid", Unit: "1/s"},
			{Name: "slope after", Unit: "1/s"},
			{Name: "slope after, spikes on the grid", Unit: "1/s"},
		},
	}
	return experiment.Define(e, runAsGoodOrBetter, asGoodOrBetterFigure)
}

// betters are a population's integrators with spikes within steps and on the
// grid, and how they fare from their optimum on.
type betters struct{ subStep, onGrid better }

type better struct {
	optimum integrator.Drift
	history history
	ratios  []float64
}

func runAsGoodOrBetter(ctx context.Context, r experiment.Run) (experiment.Values, betters, error) {
	var b betters
	for timing, to := range map[nef.SpikeTiming]*better{nef.SubStep: &b.subStep, nef.OnGrid: &b.onGrid} {
		cfg := integratorConfig(r)
		cfg.Timing = timing
		o, err := optimumOf(ctx, r, cfg)
		if err != nil {
			return nil, b, err
		}
		_, h, err := live(ctx, r, string(timing), o.Integrator, nil)
		if err != nil {
			return nil, b, err
		}
		*to = better{o.drift, h, o.ratios(h)}
	}
	return experiment.Values{
		"drift after, of the optimum's":                     b.subStep.ratio(),
		"drift after, of the optimum's, spikes on the grid": b.onGrid.ratio(),
		"slope of the optimum":                              b.subStep.optimum.Slope,
		"slope of the optimum, spikes on the grid":          b.onGrid.optimum.Slope,
		"slope after":                     b.subStep.history.at(1200).Slope,
		"slope after, spikes on the grid": b.onGrid.history.at(1200).Slope,
	}, b, nil
}

// ratio is the drift in the end in units of the optimum's.
func (b better) ratio() float64 { return b.ratios[len(b.ratios)-1] }

func asGoodOrBetterFigure(all []betters) *plotting.Drawing {
	one := all[0]
	var subStep, onGrid [][]float64
	for _, b := range all {
		subStep, onGrid = append(subStep, b.subStep.ratios), append(onGrid, b.onGrid.ratios)
	}
	slopes := []plotting.Group{{Name: "exact, optimum"}, {Name: "exact, learned"}, {Name: "grid, optimum"}, {Name: "grid, learned"}}
	for _, b := range all {
		for i, d := range []integrator.Drift{b.subStep.optimum, b.subStep.history.at(1200), b.onGrid.optimum, b.onGrid.history.at(1200)} {
			slopes[i].Values = append(slopes[i].Values, d.Slope)
		}
	}
	return plotting.Figure(
		stage{"spikes on the grid: linear optimum", one.onGrid.optimum}.positions(),
		stage{"spikes on the grid: after 20 min", one.onGrid.history.at(1200)}.positions(),
		velocities(stage{"optimum", one.onGrid.optimum}, stage{"after 20 min", one.onGrid.history.at(1200)}).Fit().Title("spikes on the grid, one population"),
		plotting.Comparison(slopes...).HLine(0, "neither leaky nor unstable").Title("all populations").YLabel("slope (s⁻¹)"),
		plotting.Curve(overTime("exact spikes", lifeTimes, subStep), overTime("on the grid", lifeTimes, onGrid)).Band().HLine(1, "optimum").
			Title("median and quartiles").XLabel("learning time (s)").YLabel("drift / optimum's"),
		plotting.Comparison(group("exact spikes", last(subStep)), group("on the grid", last(onGrid))).HLine(1, "optimum").
			Title("after 20 min").YLabel("drift / optimum's"),
	).Columns(2)
}

func group(name string, values []float64) plotting.Group {
	return plotting.Group{Name: name, Values: values}
}

// last are the last values of each population.
func last(values [][]float64) []float64 {
	var v []float64
	for _, p := range values {
		v = append(v, p[len(p)-1])
	}
	return v
}
