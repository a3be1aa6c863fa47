package macneil2011

import (
	"context"
	"fmt"

	"github.com/spikewalk/spikewalk/experiment"
	"github.com/spikewalk/spikewalk/neuro/integrator"
	"github.com/spikewalk/spikewalk/plotting"
)

// lesions are the fractions of neurons that are silenced.
var lesions = []float64{0.01, 0.05, 0.1, 0.25}

// reportedLesion is the one, of lesions, that there is a threshold for.
const reportedLesion = 2

// lesionTimes are the times, in s, at which drift is measured after a lesion.
var lesionTimes = []float64{0, 50, 200, 600, 1200}

// survivesLesions is int.lesion.
func survivesLesions() experiment.Experiment {
	e := experiment.Experiment{
		ID:        "int.lesion",
		Statement: "When neurons die, the remaining ones learn to hold the eye.",
		Setup: "A part of the 40 neurons of the linear optimum falls silent, chosen at random: 1 % (one neuron, as less is none), 5 % (2), 10 % (4), 25 % (10). Then 20 minutes in light, κ = 4e-11. " +
			"\"Of the survivors' optimum\" is the ratio to linear optimal decoders for the neurons that are left.",
		Seeds: 20,
	}
	var measures []experiment.Measure[lesioned]
	for i, fraction := range lesions {
		of := func(number func(life) float64) func(lesioned) float64 {
			return func(l lesioned) float64 { return number(l.Lives[i]) }
		}
		var reported thresholds
		if i == reportedLesion {
			reported = thresholds{median.AtLeast(2.5)}
		}
		name := lesionName(fraction)
		measures = append(measures, []experiment.Measure[lesioned]{
			{Name: "drift, lesioned: " + name, Unit: "°/s", Of: of(func(l life) float64 { return l.at(0).MeanSpeed })},
			{Name: "drift, 200 s: " + name, Unit: "°/s", Of: of(func(l life) float64 { return l.at(200).MeanSpeed })},
			{Name: "drift, 20 min: " + name, Unit: "°/s", Of: of(func(l life) float64 { return l.at(1200).MeanSpeed })},
			{Name: "drift falls in 20 min: " + name, Unit: "x", Of: of(func(l life) float64 { return l.falls(1200) }), Thresholds: reported},
			{Name: "of the survivors' optimum, 20 min: " + name, Unit: "x", Of: of(func(l life) float64 { return l.ratio(1200) })},
		}...)
	}
	return experiment.Define(e, inLight(), measures, runSurvivesLesions, survivesLesionsFigure)
}

func lesionName(fraction float64) string { return fmt.Sprintf("%g %%", 100*fraction) }

// lesioned is a population's life after each of lesions, judged by what the
// survivors could do at best, and how it drifted when it was whole.
type lesioned struct {
	Whole integrator.Drift
	Lives []life
}

func runSurvivesLesions(ctx context.Context, r experiment.Run, c lifeConfig) (lesioned, error) {
	var all lesioned
	c.follow(r.Seed)
	o, err := c.optimum(ctx, r)
	if err != nil {
		return all, err
	}
	all.Whole = o.drift
	for _, fraction := range lesions {
		g, err := o.Lesion(fraction, r.Seed)
		if err != nil {
			return all, err
		}
		survivors, err := c.optimal(ctx, g.Population)
		if err != nil {
			return all, err
		}
		run, err := integrator.Live(experiment.Part(ctx, lesionName(fraction)), g, c.life(r, 1200, lesionTimes...))
		if err != nil {
			return all, err
		}
		all.Lives = append(all.Lives, life{survivors.drift, lesionTimes, run.Curve})
	}
	return all, nil
}

func survivesLesionsFigure(all []lesioned) *plotting.Drawing {
	one := all[0].Lives[reportedLesion]
	var names []string
	for _, fraction := range lesions {
		names = append(names, lesionName(fraction))
	}
	return plotting.Figure(
		stage{"10 % of the neurons silenced", one.at(0), plotting.Perturbed}.positions(),
		stage{"after 20 min", one.at(1200), plotting.Learned}.positions(),
		velocities(stage{"10 % silenced", one.at(0), plotting.Perturbed}, stage{"20 min later", one.at(1200), plotting.Learned},
			stage{"whole, optimum", all[0].Whole, plotting.Optimum}).Title("the same population"),
		overTime("survivors' optimum", all, func(l lesioned) []life { return l.Lives }, names...).Ordered().LogY().Title("all populations").YLabel("drift / survivors' optimum"),
	).Columns(2)
}
