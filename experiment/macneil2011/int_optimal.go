package macneil2011

import (
	"context"
	"fmt"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/experiment"
	"github.com/spikewalk/spikewalk/neuro/attractor"
	"github.com/spikewalk/spikewalk/neuro/integrator"
	"github.com/spikewalk/spikewalk/neuro/nef"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/plotting"
)

// linearOptimum is int.optimal.
func linearOptimum() experiment.Experiment {
	e := experiment.Experiment{
		ID:        "int.optimal",
		Statement: "Linear optimal decoders make 40 neurons an integrator that drifts by less than a degree per second.",
		Setup: "Nothing learns. The static error is that of Σ a_i(x) d_i against x, without spikes, over ±50°, for decoders with the demo program's regularisation, ρ = σ² a_max = 1; " +
			"the usual (σ a_max)² = 100 is given for comparison. Two forms of the gain: the current at the intercept is the threshold, as is usual and as in all other experiments, or 0, as in the authors' demo program, with whose static error the paper's is compared.",
		Seeds: 100,
	}
	quartiles := thresholds{experiment.LowerQuartile.AtMost(paperStaticError), experiment.UpperQuartile.AtLeast(paperStaticError)}
	return experiment.Define(e, gainConfig{fortyNeurons()}, []experiment.Measure[optima]{
		{Name: "static error", Unit: "°", Of: func(o optima) float64 { return o.UsualT.RMSE }},
		{Name: "static error, demo's gain", Unit: "°", Paper: "0.134 (one population)", Of: func(o optima) float64 { return o.DemoT.RMSE }, Thresholds: quartiles,
			Why: "the one population that the paper shows is just above the upper quartile of ours"},
		{Name: "static error, ρ = 100", Unit: "°", Of: func(o optima) float64 { return o.Strong.RMSE }},
		{Name: "drift", Unit: "°/s", Of: func(o optima) float64 { return o.Usual.MeanSpeed }, Thresholds: thresholds{median.AtLeast(0.5), median.AtMost(0.8)}},
		{Name: "drift, demo's gain", Unit: "°/s", Of: func(o optima) float64 { return o.Demo.MeanSpeed }},
		{Name: "slope, absolute", Unit: "1/s", Of: func(o optima) float64 { return steepness(o.Usual) }, Thresholds: thresholds{median.AtMost(0.01)}},
		{Name: "slope, absolute, demo's gain", Unit: "1/s", Of: func(o optima) float64 { return steepness(o.Demo) }},
	}, runLinearOptimum, linearOptimumFigure)
}

// paperStaticError is the static error, in degrees, of the population that
// MacNeil & Eliasmith (2011) show.
const paperStaticError = 0.134

// optima are a seed's linear optimal integrators: with the usual gain, with
// the demo program's, and with ρ = 100.
type optima struct {
	Usual, Demo           integrator.Drift
	UsualT, DemoT, Strong integrator.Transfer
	// position, in degrees, and at each the rates of the neurons.
	Position []float64
	Rates    *mat.Dense
}

// gainConfig is an integrator, of which the gain has two forms.
type gainConfig struct {
	optimumConfig `sweep:"-Population.Gain"`
}

func runLinearOptimum(ctx context.Context, r experiment.Run, c gainConfig) (optima, error) {
	c.follow(r.Seed)
	usual, err := c.optimum(ctx, r)
	if err != nil {
		return optima{}, err
	}
	c.Population.Gain = nef.GainDemo
	pop, err := nef.NewPopulation(c.Population)
	if err != nil {
		return optima{}, err
	}
	demo, err := c.optimal(ctx, pop)
	if err != nil {
		return optima{}, err
	}
	cfg := c.Integrator
	cfg.Regularisation.Form = nef.NoiseUsual
	strong, err := integrator.New(usual.Population, cfg)
	if err != nil {
		return optima{}, err
	}
	o := optima{Usual: usual.drift, Demo: demo.drift}
	for of, g := range map[*integrator.Transfer]*attractor.Attractor{&o.UsualT: usual.Attractor, &o.DemoT: demo.Attractor, &o.Strong: strong} {
		if *of, err = integrator.MeasureTransfer(g); err != nil {
			return optima{}, err
		}
	}
	x := floats.Span(make([]float64, 201), -1, 1)
	if o.Rates, err = usual.Population.TuningCurves(mat.NewDense(len(x), 1, x)); err != nil {
		return optima{}, err
	}
	o.Position = floats.ScaleTo(make([]float64, len(x)), integrator.Degrees, x)
	return o, nil
}

func linearOptimumFigure(all []optima) *plotting.Drawing {
	one := all[0]
	degrees := one.Position[len(one.Position)-1]
	static := mat.NewDense(len(one.UsualT.X), 2, nil)
	for k, t := range []integrator.Transfer{one.UsualT, one.Strong} {
		static.SetCol(k, floats.ScaleTo(make([]float64, len(t.X)), degrees, floats.SubTo(make([]float64, len(t.X)), t.Decoded, t.X)))
	}
	spacing := degrees * (one.UsualT.X[1] - one.UsualT.X[0])
	rmse := experiment.Groups(all, func(o optima) []float64 { return []float64{o.UsualT.RMSE, o.DemoT.RMSE} }, "usual gain", "demo's gain")
	drift := experiment.Groups(all, func(o optima) []float64 { return []float64{o.Usual.MeanSpeed, o.Demo.MeanSpeed} }, "usual gain", "demo's gain")
	return plotting.Figure(
		plotting.Tuning(one.Position, one.Rates).Title("tuning curves of one population").XLabel("position (°)"),
		plotting.Traces(recording.Series{Dt: spacing, Values: static, Start: -degrees}).Names("ρ = 1", "ρ = 100").
			Title("what its decoders make of a position").XLabel("position (°)").YLabel("decoded - held (°)"),
		stage{"left alone", one.Usual, plotting.Optimum}.positions(),
		velocities(stage{"drift", one.Usual, plotting.Optimum}).Fit().Title("where it drifts"),
		plotting.Comparison(rmse...).HLine(paperStaticError, "the paper's").Title(fmt.Sprintf("%d populations", len(all))).YLabel("static error (°)"),
		plotting.Comparison(drift...).Title(fmt.Sprintf("%d populations", len(all))).YLabel("drift (°/s)"),
	).Columns(2)
}
