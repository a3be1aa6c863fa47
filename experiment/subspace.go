package experiment

import (
	"context"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/factor"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/spiking"
	"github.com/spikewalk/spikewalk/neuro/stats"
	"github.com/spikewalk/spikewalk/neuro/task"
	"github.com/spikewalk/spikewalk/plotting"
)

// comparedComponents is how many temporal components are compared.
const comparedComponents = 10

// twins is what a rate network and a spiking network taught by it do in one
// period of the sum of four sinusoids, T × units and T × neurons, averaged
// over trials.
type twins struct {
	dt                   float64
	rates, filteredRates *mat.Dense // r, and r seen through the slow synapse
	learned, slow        *mat.Dense // u y and s
}

// bothNetworks is the pair of a seed: 30 components, 448 neurons.
func bothNetworks(ctx context.Context, r Run) (twins, error) {
	var t twins
	net, err := taughtSinusoids(ctx, r, 448, 30, 200)
	if err != nil {
		return t, err
	}
	rateNet := *net.teacher
	rateNet.Restart = true
	period, err := rateNet.Test(ctx, task.SumOfSinusoids(), 1, 1, r.Seed, nil)
	if err != nil {
		return t, err
	}
	t.dt, t.rates = period.Dt, period.Activity
	if t.filteredRates, err = filteredPeriod(period.Activity, period.Dt, net.tauSlow); err != nil {
		return t, err
	}
	t.learned, t.slow = net.rec.Mean(spiking.Learned), net.rec.Mean(spiking.SlowTrain)
	return t, nil
}

// filteredPeriod is the last of several periods seen through a synapse, so
// that its beginning is forgotten.
func filteredPeriod(x *mat.Dense, dt, tau float64) (*mat.Dense, error) {
	const periods = 3
	t, n := x.Dims()
	long := mat.NewDense(periods*t, n, nil)
	for k := range periods {
		long.Slice(k*t, (k+1)*t, 0, n).(*mat.Dense).Copy(x)
	}
	y, err := factor.Filter(long, dt, tau)
	if err != nil {
		return nil, err
	}
	return y.Slice((periods-1)*t, periods*t, 0, n).(*mat.Dense), nil
}

// variancesOfBoth is pcs.variance.
func variancesOfBoth() Experiment {
	bar := []Bar{eachOver(0.90)}
	e := Experiment{
		ID:        "pcs.variance",
		Statement: "The first ten temporal components hold over 90 % of the variance, in the rate and in the spiking network.",
		Setup: "Sum of four sinusoids, 300 rate units, 448 neurons, 30 components. Rates over one period; slowly filtered spike trains averaged over 100 trials. " +
			"Uncentred as everywhere here, and centred.",
		Seeds: 5,
		Measures: []Measure{
			{Name: "rate network, uncentred", Paper: "> 0.9", Bars: bar},
			{Name: "rate network, centred", Bars: bar},
			{Name: "spiking network, uncentred", Paper: "> 0.9", Bars: bar},
			{Name: "spiking network, centred", Bars: bar},
		},
	}
	return define(e, runVariances, func(all [][]scree) *plotting.Drawing {
		var panels []plotting.Panel
		for k, first := range all[0] {
			s := plotting.Samples{}
			for p := range 20 {
				var held []float64
				for _, seed := range all {
					held = append(held, seed[k].total[p])
				}
				s.X, s.Values = append(s.X, float64(p+1)), append(s.Values, held)
			}
			panels = append(panels, plotting.Curve(s).HLine(0.9, "0.9").VLine(comparedComponents, "10 components").
				XLabel("components").YLabel("variance held").Title(first.name))
		}
		return plotting.Figure(panels...).Columns(2)
	})
}

// scree is the cumulative variance of components.
type scree struct {
	name  string
	total []float64
}

func runVariances(ctx context.Context, r Run) (Values, []scree, error) {
	t, err := bothNetworks(ctx, r)
	if err != nil {
		return nil, nil, err
	}
	values, screes := Values{}, []scree{}
	for _, network := range []struct {
		name     string
		activity *mat.Dense
	}{{"rate network", t.rates}, {"spiking network", t.slow}} {
		for _, find := range []struct {
			name string
			pca  factor.Finder
		}{{"uncentred", factor.PCA}, {"centred", factor.CentredPCA}} {
			basis, err := find.pca(network.activity, factor.Components(comparedComponents))
			if err != nil {
				return nil, nil, err
			}
			_, total := basis.Explained()
			name := network.name + ", " + find.name
			values[name] = total[comparedComponents-1]
			screes = append(screes, scree{name, total})
		}
	}
	return values, screes, nil
}

// anglesBetween is pcs.angle.
func anglesBetween() Experiment {
	e := Experiment{
		ID:        "pcs.angle",
		Statement: "The rate and the spiking network move through the same ten dimensions of time courses, a few degrees apart.",
		Setup: "The networks of pcs.variance. The median of the ten principal angles between the spans of the first ten temporal components (uncentred), " +
			"which depends on what is compared with the rates: the learned currents u y, where likeness is nearly built in; slowly filtered spike trains with rates filtered alike; " +
			"or with raw rates, from which the filter alone takes them away.",
		Seeds: 5,
		Measures: []Measure{
			{Name: "learned currents and rates", Unit: "°", Paper: "5°", Bars: []Bar{atMost(5)}},
			{Name: "filtered spikes and filtered rates", Unit: "°", Bars: []Bar{atMost(10)}},
			{Name: "filtered spikes and raw rates", Unit: "°"},
		},
	}
	return define(e, runAngles, func(all []subspaces) *plotting.Drawing {
		one := all[0]
		var curves []plotting.Samples
		var medians []plotting.Group
		for k, name := range one.names {
			s := plotting.Samples{Name: name}
			for p := range comparedComponents {
				var angles []float64
				for _, seed := range all {
					angles = append(angles, seed.angles[k][p])
				}
				s.X, s.Values = append(s.X, float64(p+1)), append(s.Values, angles)
			}
			curves = append(curves, s)
			median := plotting.Group{Name: one.short[k]}
			for _, seed := range all {
				median.Values = append(median.Values, stats.Median(seed.angles[k]))
			}
			medians = append(medians, median)
		}
		return plotting.Figure(
			plotting.Traces(recording.Series{Dt: one.dt, Values: columns(one.ofRates, 4)}).Title("temporal components of filtered rates").YLabel("component"),
			plotting.Traces(recording.Series{Dt: one.dt, Values: columns(one.ofSpikes, 4)}).Title("temporal components of filtered spikes").YLabel("component"),
			plotting.Curve(curves...).XLabel("principal angle, from the smallest").YLabel("angle (°)").Title("angles between the spans"),
			plotting.Comparison(medians...).YLabel("median angle (°)").Title("their medians, one point a seed"),
		).Columns(2)
	})
}

// subspaces are the principal angles by each definition, in degrees, and the
// temporal components of the second.
type subspaces struct {
	dt                float64
	names, short      []string
	angles            [][]float64
	ofRates, ofSpikes *mat.Dense
}

func runAngles(ctx context.Context, r Run) (Values, subspaces, error) {
	t, err := bothNetworks(ctx, r)
	if err != nil {
		return nil, subspaces{}, err
	}
	values, out := Values{}, subspaces{dt: t.dt}
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
			return nil, out, err
		}
		values[pair.name] = degrees(like.MedianAngle())
		var angles []float64
		for _, a := range like.Angles {
			angles = append(angles, degrees(a))
		}
		out.names, out.short = append(out.names, pair.name), append(out.short, pair.short)
		out.angles = append(out.angles, angles)
	}
	if out.ofRates, err = temporal(t.filteredRates); err != nil {
		return nil, out, err
	}
	out.ofSpikes, err = temporal(t.slow)
	return values, out, err
}

func temporal(activity *mat.Dense) (*mat.Dense, error) {
	basis, err := factor.PCA(activity, factor.Components(comparedComponents))
	if err != nil {
		return nil, err
	}
	return basis.Temporal(activity)
}

func degrees(radians float64) float64 { return radians * 180 / math.Pi }
