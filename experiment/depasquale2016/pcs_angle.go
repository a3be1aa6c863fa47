package depasquale2016

import (
	"context"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/experiment"
	"github.com/spikewalk/spikewalk/neuro/factor"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/stats"
	"github.com/spikewalk/spikewalk/plotting"
)

// anglesBetween is pcs.angle.
func anglesBetween() experiment.Experiment {
	e := experiment.Experiment{
		ID:        "pcs.angle",
		Statement: "The rate and the spiking network move through the same ten dimensions of time courses, a few degrees apart.",
		Setup: "The networks of pcs.variance. The median of the ten principal angles between the spans of the first ten temporal components (uncentred), " +
			"which depends on what is compared with the rates: the learned currents u y, where likeness is nearly built in; slowly filtered spike trains with rates filtered alike; " +
			"or with raw rates, from which the filter alone takes them away.",
		Seeds: 5,
	}
	angle := func(k int) func(subspaces) float64 { return func(s subspaces) float64 { return s.Medians[k] } }
	return experiment.Define(e, twinNetworks(), []experiment.Measure[subspaces]{
		{Name: "learned currents and rates", Unit: "°", Paper: "5°", Of: angle(0), Thresholds: thresholds{median.AtMost(5)}},
		{Name: "filtered spikes and filtered rates", Unit: "°", Of: angle(1), Thresholds: thresholds{median.AtMost(10)}},
		{Name: "filtered spikes and raw rates", Unit: "°", Of: angle(2)},
	}, runAngles, func(all []subspaces) *plotting.Drawing {
		one := all[0]
		var curves []plotting.Samples
		for k, name := range one.Names {
			curves = append(curves, experiment.Curve(name, oneTo(comparedComponents), all, func(s subspaces) []float64 { return s.Angles[k] }))
		}
		medians := experiment.Groups(all, func(s subspaces) (v []float64) {
			for _, angles := range s.Angles {
				v = append(v, stats.Median(angles))
			}
			return v
		}, one.Short...)
		return plotting.Figure(
			plotting.Traces(recording.Series{Dt: one.Dt, Values: columns(one.OfRates, 4)}).Title("temporal components of filtered rates").YLabel("component"),
			plotting.Traces(recording.Series{Dt: one.Dt, Values: columns(one.OfSpikes, 4)}).Title("temporal components of filtered spikes").YLabel("component"),
			plotting.Curve(curves...).XLabel("principal angle, from the smallest").YLabel("angle (°)").Title("angles between the spans"),
			plotting.Comparison(medians...).YLabel("median angle (°)").Title("their medians, one dot per seed"),
		).Columns(2)
	})
}

// subspaces are the principal angles by each definition, in degrees, and the
// temporal components of the second.
type subspaces struct {
	Dt                float64
	Names, Short      []string
	Angles            [][]float64
	Medians           []float64
	OfRates, OfSpikes *mat.Dense
}

func runAngles(ctx context.Context, r experiment.Run, cfg twinsConfig) (subspaces, error) {
	t, err := bothNetworks(ctx, r, cfg)
	if err != nil {
		return subspaces{}, err
	}
	out := subspaces{Dt: t.dt}
	for _, pair := range []struct {
		name, short string
		a, b        *mat.Dense
	}{
		{"learned currents and rates", "currents,\nrates", t.learned, t.rates},
		{"filtered spikes and filtered rates", "spikes,\nfiltered rates", t.slow, t.filteredRates},
		{"filtered spikes and raw rates", "spikes,\nraw rates", t.slow, t.rates},
	} {
		like, err := factor.Compare(pair.a, pair.b, comparedComponents, factor.PCA)
		if err != nil {
			return out, err
		}
		out.Medians = append(out.Medians, degrees(like.MedianAngle()))
		var angles []float64
		for _, a := range like.Angles {
			angles = append(angles, degrees(a))
		}
		out.Names, out.Short = append(out.Names, pair.name), append(out.Short, pair.short)
		out.Angles = append(out.Angles, angles)
	}
	if out.OfRates, err = temporal(t.filteredRates); err != nil {
		return out, err
	}
	out.OfSpikes, err = temporal(t.slow)
	return out, err
}

func temporal(activity *mat.Dense) (*mat.Dense, error) {
	basis, err := factor.PCA(activity, factor.Components(comparedComponents))
	if err != nil {
		return nil, err
	}
	return basis.Temporal(activity)
}

func degrees(radians float64) float64 { return radians * 180 / math.Pi }
