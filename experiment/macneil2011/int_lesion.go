package macneil2011

import (
	"context"
	"fmt"
	"slices"

	"github.com/spikewalk/spikewalk/experiment"
	"github.com/spikewalk/spikewalk/neuro/integrator"
	"github.com/spikewalk/spikewalk/plotting"
)

// lesions are the fractions of neurons that are silenced.
var lesions = []float64{0.01, 0.05, 0.1, 0.25}

// reportedLesion is the one, of lesions, that there is a bar for.
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
	for i, fraction := range lesions {
		name := lesionName(fraction)
		fall := experiment.Measure{Name: "drift falls in 20 min: " + name, Unit: "x"}
		if i == reportedLesion {
			fall.Thresholds = thresholds{median.AtLeast(2.5)}
		}
		e.Measures = append(e.Measures,
			experiment.Measure{Name: "drift, lesioned: " + name, Unit: "°/s"},
			experiment.Measure{Name: "drift, 200 s: " + name, Unit: "°/s"},
			experiment.Measure{Name: "drift, 20 min: " + name, Unit: "°/s"},
			fall,
			experiment.Measure{Name: "of the survivors' optimum, 20 min: " + name, Unit: "x"},
		)
	}
	return experiment.Define(e, runSurvivesLesions, survivesLesionsFigure)
}

func lesionName(fraction float64) string { return fmt.Sprintf("%g %%", 100*fraction) }

// lesioned is how a population drifts at each of lesionTimes after each of
// lesions, and in units of what the survivors could do at best.
type lesioned struct {
	optimum integrator.Drift
	curves  [][]integrator.Drift
	ratios  [][]float64
}

func runSurvivesLesions(ctx context.Context, r experiment.Run) (experiment.Values, lesioned, error) {
	var l lesioned
	o, err := optimumOf(ctx, r, integratorConfig(r))
	if err != nil {
		return nil, l, err
	}
	l.optimum = o.drift
	values := experiment.Values{}
	for _, fraction := range lesions {
		g, err := o.Lesion(fraction, r.Seed)
		if err != nil {
			return nil, l, err
		}
		survivors, err := optimal(ctx, r, g.Population, g.Config)
		if err != nil {
			return nil, l, err
		}
		name := lesionName(fraction)
		run, err := g.Learn(experiment.Part(ctx, name), lifeInLight(r, 1200, lesionTimes...))
		if err != nil {
			return nil, l, err
		}
		at := func(seconds float64) integrator.Drift { return run.Curve[slices.Index(lesionTimes, seconds)] }
		l.curves, l.ratios = append(l.curves, run.Curve), append(l.ratios, survivors.ratios(run.Curve))
		values["drift, lesioned: "+name] = at(0).MeanSpeed
		values["drift, 200 s: "+name] = at(200).MeanSpeed
		values["drift, 20 min: "+name] = at(1200).MeanSpeed
		values["drift falls in 20 min: "+name] = at(0).MeanSpeed / at(1200).MeanSpeed
		values["of the survivors' optimum, 20 min: "+name] = survivors.ratio(at(1200))
	}
	return values, l, nil
}

func survivesLesionsFigure(all []lesioned) *plotting.Drawing {
	one := all[0].curves[reportedLesion]
	before, after := one[0], one[len(one)-1]
	var curves []plotting.Samples
	for i, fraction := range lesions {
		var ratios [][]float64
		for _, l := range all {
			ratios = append(ratios, l.ratios[i])
		}
		curves = append(curves, overTime(lesionName(fraction), lesionTimes, ratios))
	}
	return plotting.Figure(
		stage{"10 % of the neurons silenced", before}.positions(),
		stage{"after 20 min", after}.positions(),
		velocities(stage{"10 % silenced", before}, stage{"20 min later", after}, stage{"whole, optimum", all[0].optimum}).Title("the same population"),
		plotting.Curve(curves...).Band().LogY().HLine(1, "survivors' optimum").Title("all populations").XLabel("learning time (s)").YLabel("drift / survivors' optimum"),
	).Columns(2)
}
