package depasquale2016

import (
	"context"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"

	"github.com/spikewalk/spikewalk/experiment"
	"github.com/spikewalk/spikewalk/neuro/factor"
	"github.com/spikewalk/spikewalk/plotting"
)

// fewConfig is the networks, and how many components of the first teach the second.
type fewConfig struct {
	transferConfig
	// Components are the numbers tried one after the other; 0 is the whole activity.
	Components []int
}

// fewComponents is pcs.few.
func fewComponents() experiment.Experiment {
	e := experiment.Experiment{
		ID:        "pcs.few",
		Statement: "A dozen principal components teach as well as the activity of all units.",
		Setup: "Sum of four sinusoids, 300 rate units, 448 neurons, g = 12 √(N/N_r), 200 training trials for each number of components; " +
			"100 test trials of one period, each after one in which the targets were fed in.",
		Seeds: 5,
	}
	ofAll := func(c componentCurve, p int) float64 { return c.at(c.Outputs, p) / c.at(c.Outputs, 0) }
	return experiment.Define(e, fewConfig{sinusoidConfig(448, 200), []int{1, 2, 4, 8, 12, 20, 30, 0}}, []experiment.Measure[componentCurve]{
		{Name: "output, 30 components against all units", Unit: "x", Of: func(c componentCurve) float64 { return ofAll(c, 30) }, Thresholds: thresholds{median.AtMost(1.5)}},
		{Name: "output, 12 components against all units", Unit: "x", Paper: "as well", Of: func(c componentCurve) float64 { return ofAll(c, 12) }, Thresholds: thresholds{median.AtMost(3)}},
		{Name: "factors, 12 components", Of: func(c componentCurve) float64 { return c.at(c.Factors, 12) }, Thresholds: thresholds{median.AtMost(0.015)}},
		{Name: "output, all units", Of: func(c componentCurve) float64 { return c.at(c.Outputs, 0) }},
	}, runFewComponents, func(all []componentCurve) *plotting.Drawing {
		n := len(all[0].Components) - 1 // the last is the whole activity
		var x []float64
		for _, p := range all[0].Components[:n] {
			x = append(x, float64(p))
		}
		factors := experiment.Curve("factors", x, all, func(c componentCurve) []float64 { return c.Factors[:n] })
		outputs := experiment.Curve("output", x, all, func(c componentCurve) []float64 { return c.Outputs[:n] })
		left := experiment.Curve("left out", x, all, func(c componentCurve) []float64 { return c.Left[:n] })
		full := experiment.Groups(all, func(c componentCurve) []float64 { return c.Outputs[n:] }, "all units")
		kept := plotting.Samples{Name: "output"}
		for k := n - 1; k >= 0; k-- {
			kept.X, kept.Values = append(kept.X, stat.Mean(left.Values[k], nil)), append(kept.Values, outputs.Values[k])
		}
		reference := stat.Mean(full[0].Values, nil)
		return plotting.Figure(
			plotting.Curve(factors, outputs).LogY().HLine(reference, "output, all 300 units").XLabel("components").YLabel("test nMSE").Title("against the number of components"),
			plotting.Curve(kept).LogX().LogY().HLine(reference, "output, all 300 units").XLabel("variance left out").YLabel("test nMSE").Title("against the variance left out"),
		).Columns(2)
	})
}

// componentCurve is one seed's test errors for each number of components, and
// the fraction of variance that so many leave out.
type componentCurve struct {
	Components             []int
	Factors, Outputs, Left []float64
}

// at is the number of p components, NaN if these were not tried.
func (c componentCurve) at(numbers []float64, p int) float64 {
	if i := slices.Index(c.Components, p); i >= 0 {
		return numbers[i]
	}
	return math.NaN()
}

func runFewComponents(ctx context.Context, r experiment.Run, cfg fewConfig) (componentCurve, error) {
	cfg.follow(r.Seed)
	fit, err := sinusoids(ctx, r, cfg.Rate)
	if err != nil {
		return componentCurve{}, err
	}
	basis, err := factor.PCA(fit.Activity, factor.Components(1))
	if err != nil {
		return componentCurve{}, err
	}
	_, explained := basis.Explained()
	c := componentCurve{Components: cfg.Components}
	for _, p := range cfg.Components {
		net, err := cfg.inSpikes(ctx, r, p)
		if err != nil {
			return c, err
		}
		f, o := net.rec.MedianErrors()
		c.Factors, c.Outputs = append(c.Factors, f), append(c.Outputs, o)
		c.Left = append(c.Left, 1-explained[max(p, 1)-1])
	}
	return c, nil
}
