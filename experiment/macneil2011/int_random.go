package macneil2011

import (
	"context"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"

	"github.com/spikewalk/spikewalk/experiment"
	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/attractor"
	"github.com/spikewalk/spikewalk/neuro/integrator"
	"github.com/spikewalk/spikewalk/plotting"
)

// learnsFromScratch is int.random.
func learnsFromScratch() experiment.Experiment {
	e := experiment.Experiment{
		ID:        "int.random",
		Statement: "The rule makes an integrator out of neurons that are not one.",
		Setup: "Decoders all 0, or the optimal ones shuffled among the neurons, then 20 minutes with κ = 4e-10. λ is the slope of the transfer function from held to decoded position within ±50°: 0 knows nothing, 1 integrates. " +
			"A saccade that ends by local feedback cannot move an eye that is not represented yet, so saccades have a fixed width and a direct path to the eye: in light for 400 s, after which feedback takes over (a pulse of fixed width leaves a glide that would go on being learned); in the dark, where λ stays small, all the time. " +
			"The eye then falls back with the plant's 0.2 s; so that slow movements have the time to hold it, saccades in light are at least 0.33 s apart (else 0.13 s, which leaves less than the slow system needs to set in). " +
			"Targets keep within ±40°. What zero decoders learn there goes on beyond, but shuffled decoders keep their errors in the outer 10°, where the eye hardly comes to be corrected; λ within ±40° is reported, too.",
		Seeds: 20,
	}
	var measures []experiment.Measure[raised]
	end := len(scratchTimes) - 1
	for i, from := range scratches {
		light := func(number func(childhood) float64) func(raised) float64 {
			return func(p raised) float64 { return number(p.Light[i]) }
		}
		less := func(at int) func(raised) float64 {
			return func(p raised) float64 { return p.Light[i].Lambda[at] - p.Dark[i].Lambda[at] }
		}
		measures = append(measures, []experiment.Measure[raised]{
			{Name: "λ, start: " + from, Of: light(func(c childhood) float64 { return c.Lambda[0] })},
			{Name: "λ, light, 400 s: " + from, Of: light(func(c childhood) float64 { return c.Lambda[feedbackFrom] })},
			{Name: "λ, light, 20 min: " + from, Paper: "about 1", Of: light(func(c childhood) float64 { return c.Lambda[end] }), Thresholds: thresholds{median.AtLeast(0.99)},
				Why: "shuffled decoders keep their errors in the outer 10°, where the eye hardly comes to be corrected"},
			{Name: "λ within ±40°, light, 20 min: " + from, Of: light(func(c childhood) float64 { return innerLambda(c.end(), 0.8) })},
			{Name: "static error, light, 20 min: " + from, Unit: "°", Of: light(func(c childhood) float64 { return c.end().RMSE })},
			{Name: "drift, light, 20 min: " + from, Unit: "°/s", Of: light(func(c childhood) float64 { return c.Drift.MeanSpeed })},
			{Name: "drift, of the optimum's, light, 20 min: " + from, Unit: "x", Of: func(p raised) float64 { return ratio(p.Light[i].Drift, p.Optimum) }},
			{Name: "λ, dark, 20 min: " + from, Of: func(p raised) float64 { return p.Dark[i].Lambda[end] }},
			{Name: "λ, 400 s, light less dark: " + from, Of: less(feedbackFrom), Thresholds: thresholds{median.AtLeast(0)}},
			{Name: "λ, 20 min, light less dark: " + from, Of: less(end), Thresholds: thresholds{median.AtLeast(0)}},
		}...)
	}
	return experiment.Define(e, fromScratch(), measures, runLearnsFromScratch, learnsFromScratchFigure)
}

// scratches are what is learned from.
var scratches = []string{"zero decoders", "shuffled decoders"}

// scratchTimes are the times, in s, at which λ is looked at; in light the
// pulses are matched from the one at feedbackFrom on.
var scratchTimes = []float64{0, 50, 100, 200, 400, 600, 800, 1200}

const feedbackFrom = 4

// childhood is how λ grew up to each of scratchTimes, and what came out.
type childhood struct {
	Lambda       []float64
	Transfers    []integrator.Transfer
	Start, Drift integrator.Drift
}

// end is the transfer function in the end.
func (c childhood) end() integrator.Transfer { return c.Transfers[len(c.Transfers)-1] }

// raised is a population with each of scratches, in light and in the dark.
type raised struct {
	Optimum     integrator.Drift
	Light, Dark []childhood
}

// scratchConfig is an integrator's lives in light and in the dark; the experiment says
// how saccades end.
type scratchConfig struct {
	lifeConfig `sweep:"-Life.Oculomotor.Light -Life.Oculomotor.Pulse -Life.Oculomotor.SaccadeRest"`
}

// fromScratch learns ten times as fast as the paper.
func fromScratch() scratchConfig {
	c := scratchConfig{inLight()}
	c.Life.Kappa = 4e-6
	return c
}

func runLearnsFromScratch(ctx context.Context, r experiment.Run, c scratchConfig) (all raised, err error) {
	c.follow(r.Seed)
	o, err := c.optimum(ctx, r)
	if err != nil {
		return all, err
	}
	all.Optimum = o.drift
	d := o.Decoders()
	for _, decoders := range []*mat.Dense{mat.NewDense(len(d.RawMatrix().Data), 1, nil), shuffle(d, r.Seed)} {
		g, err := o.WithDecoders(decoders)
		if err != nil {
			return all, err
		}
		light, err := c.raise(ctx, r, g, true)
		if err != nil {
			return all, err
		}
		dark, err := c.raise(ctx, r, g, false)
		if err != nil {
			return all, err
		}
		all.Light, all.Dark = append(all.Light, light), append(all.Dark, dark)
	}
	return all, nil
}

// forShuffle is what the random order of shuffled decoders is drawn for.
const forShuffle neuro.Purpose = "integrator decoder shuffle"

// shuffle gives each neuron the decoder of another at random: the same numbers,
// and nothing of what they say.
func shuffle(d *mat.Dense, seed uint64) *mat.Dense {
	n, _ := d.Dims()
	mixed := mat.NewDense(n, 1, nil)
	for i, from := range neuro.Stream(seed, forShuffle).Perm(n) {
		mixed.Set(i, 0, d.At(from, 0))
	}
	return mixed
}

// raise lets a copy of the integrator live until the last of scratchTimes.
func (c scratchConfig) raise(ctx context.Context, r experiment.Run, g *attractor.Attractor, light bool) (grown childhood, err error) {
	g = g.Clone()
	if grown.Start, err = integrator.MeasureDrift(ctx, g, c.Drift); err != nil {
		return grown, err
	}
	for i, until := range scratchTimes {
		if i > 0 {
			cfg := c.life(r, until-scratchTimes[i-1])
			cfg.Seed = r.Seed + uint64(i)<<32 // a life that goes on wants another seed
			cfg.Oculomotor.Light = light
			if light {
				cfg.Oculomotor.SaccadeRest = 0.25
			}
			if !light || i <= feedbackFrom {
				cfg.Oculomotor.Pulse = integrator.FixedPulse
			}
			if _, err := integrator.Live(experiment.Part(ctx, fmt.Sprintf("%g to %g s", scratchTimes[i-1], until)), g, cfg); err != nil {
				return grown, err
			}
		}
		t, err := integrator.MeasureTransfer(g)
		if err != nil {
			return grown, err
		}
		grown.Transfers, grown.Lambda = append(grown.Transfers, t), append(grown.Lambda, t.Lambda)
	}
	grown.Drift, err = integrator.MeasureDrift(ctx, g, c.Drift)
	return grown, err
}

// innerLambda is the slope of the transfer function within ±x.
func innerLambda(t integrator.Transfer, x float64) float64 {
	var in, out []float64
	for i, at := range t.X {
		if math.Abs(at) <= x {
			in, out = append(in, at), append(out, t.Decoded[i])
		}
	}
	_, slope := stat.LinearRegression(in, out, nil, false)
	return slope
}

func learnsFromScratchFigure(all []raised) *plotting.Drawing {
	var curves []plotting.Samples
	for i, from := range scratches {
		curves = append(curves,
			experiment.Curve(from+", light", scratchTimes, all, func(p raised) []float64 { return p.Light[i].Lambda }),
			experiment.Curve(from+", dark", scratchTimes, all, func(p raised) []float64 { return p.Dark[i].Lambda }))
	}
	zero, shuffled := all[0].Light[0], all[0].Light[1]
	return plotting.Figure(
		zero.grows("zero decoders, in light"),
		stage{"zero decoders, left alone after 20 min", zero.Drift, plotting.Learned}.positions(),
		shuffled.grows("shuffled decoders, in light"),
		stage{"shuffled decoders, left alone after 20 min", shuffled.Drift, plotting.Learned}.positions(),
		plotting.Curve(curves...).Band().HLine(0.99, "0.99").Title("all populations").XLabel("learning time (s)").YLabel("slope λ of the transfer function"),
		transferPanel(all[0]),
	).Columns(2)
}

// grows draws the transfer function at some of scratchTimes.
func (c childhood) grows(title string) *plotting.CurvePanel {
	var curves []plotting.Samples
	for _, k := range []int{0, 1, 2, 3, len(scratchTimes) - 1} {
		s := plotting.Samples{Name: fmt.Sprintf("%g s", scratchTimes[k])}
		for i := 0; i < len(c.Transfers[k].X); i += max(len(c.Transfers[k].X)/10, 1) {
			s.X = append(s.X, integrator.Degrees*c.Transfers[k].X[i])
			s.Values = append(s.Values, []float64{integrator.Degrees * c.Transfers[k].Decoded[i]})
		}
		curves = append(curves, s)
	}
	return plotting.Curve(curves...).Ordered().Diagonal("as held").Title(title).XLabel("held position (°)").YLabel("decoded position (°)")
}

// transferPanel draws how far what is decoded is from what is held, in the
// end.
func transferPanel(p raised) *plotting.DriftPanel {
	var errors []plotting.Line
	for i, from := range scratches {
		e := plotting.Line{Name: from}
		t := p.Light[i].end()
		for k := 0; k < len(t.X); k += 10 {
			e.X, e.Y = append(e.X, integrator.Degrees*t.X[k]), append(e.Y, integrator.Degrees*(t.Decoded[k]-t.X[k]))
		}
		errors = append(errors, e)
	}
	return plotting.Drift(errors...).Title("the same population, 20 min in light").XLabel("held position (°)").YLabel("decoded - held (°)")
}
