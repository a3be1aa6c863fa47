package depasquale2016

import (
	"context"
	"slices"

	"gonum.org/v1/gonum/stat"

	"github.com/spikewalk/spikewalk/experiment"
	"github.com/spikewalk/spikewalk/neuro/factor"
	"github.com/spikewalk/spikewalk/plotting"
)

// componentCounts are the numbers of components tried; 0 is the whole
// activity.
var componentCounts = []int{1, 2, 4, 8, 12, 20, 30, 0}

// fewComponents is pcs.few.
func fewComponents() experiment.Experiment {
	e := experiment.Experiment{
		ID:        "pcs.few",
		Statement: "A dozen principal components teach as well as the activity of all units.",
		Setup: "Sum of four sinusoids, 300 rate units, 448 neurons, g = 12 √(N/N_r), 200 training trials for each number of components; " +
			"100 test trials of one period, each after one in which the targets were fed in.",
		Seeds: 5,
		Measures: []experiment.Measure{
			{Name: "output, 30 components against all units", Unit: "x", Thresholds: thresholds{median.AtMost(1.5)}},
			{Name: "output, 12 components against all units", Unit: "x", Paper: "as well", Thresholds: thresholds{median.AtMost(3)}},
			{Name: "factors, 12 components", Thresholds: thresholds{median.AtMost(0.015)}},
			{Name: "output, all units"},
		},
	}
	return experiment.Define(e, runFewComponents, func(all []componentCurve) *plotting.Drawing {
		n := len(componentCounts) - 1
		factors, outputs, kept := plotting.Samples{Name: "factors"}, plotting.Samples{Name: "output"}, plotting.Samples{Name: "output"}
		full := plotting.Group{Name: "all units"}
		for k := range n {
			p := float64(componentCounts[k])
			var f, o, left []float64
			for _, c := range all {
				f, o = append(f, c.factors[k]), append(o, c.outputs[k])
				left = append(left, 1-c.variance[k])
			}
			factors.X, factors.Values = append(factors.X, p), append(factors.Values, f)
			outputs.X, outputs.Values = append(outputs.X, p), append(outputs.Values, o)
			kept.X, kept.Values = append(kept.X, stat.Mean(left, nil)), append(kept.Values, o)
		}
		slices.Reverse(kept.X)
		slices.Reverse(kept.Values)
		for _, c := range all {
			full.Values = append(full.Values, c.outputs[n])
		}
		reference := stat.Mean(full.Values, nil)
		return plotting.Figure(
			plotting.Curve(factors, outputs).LogY().HLine(reference, "output, all 300 units").XLabel("components").YLabel("test nMSE").Title("against the number of components"),
			plotting.Curve(kept).LogX().LogY().HLine(reference, "output, all 300 units").XLabel("variance left out").YLabel("test nMSE").Title("against the variance left out"),
		).Columns(2)
	})
}

// componentCurve is one seed's test errors for each of componentCounts, and
// the fraction of variance that so many components hold.
type componentCurve struct{ factors, outputs, variance []float64 }

func runFewComponents(ctx context.Context, r experiment.Run) (experiment.Values, componentCurve, error) {
	fit, err := sinusoids(ctx, r)
	if err != nil {
		return nil, componentCurve{}, err
	}
	basis, err := factor.PCA(fit.Activity, factor.Components(1))
	if err != nil {
		return nil, componentCurve{}, err
	}
	_, explained := basis.Explained()
	var c componentCurve
	at := map[int]int{}
	for i, p := range componentCounts {
		net, err := taughtSinusoids(ctx, r, 448, p, 200)
		if err != nil {
			return nil, c, err
		}
		f, o := net.rec.MedianErrors()
		c.factors, c.outputs = append(c.factors, f), append(c.outputs, o)
		c.variance = append(c.variance, explained[max(p, 1)-1])
		at[p] = i
	}
	full := c.outputs[at[0]]
	return experiment.Values{
		"output, 30 components against all units": c.outputs[at[30]] / full,
		"output, 12 components against all units": c.outputs[at[12]] / full,
		"factors, 12 components":                  c.factors[at[12]],
		"output, all units":                       full,
	}, c, nil
}
