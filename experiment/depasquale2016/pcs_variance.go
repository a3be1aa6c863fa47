package depasquale2016

import (
	"context"
	"strings"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/experiment"
	"github.com/spikewalk/spikewalk/neuro/factor"
	"github.com/spikewalk/spikewalk/neuro/rate"
	"github.com/spikewalk/spikewalk/neuro/spiking"
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

// twinsConfig is the two networks, and how many components of the first teach the
// second.
type twinsConfig struct {
	transferConfig
	Components int
}

func twinNetworks() twinsConfig { return twinsConfig{sinusoidConfig(448, 200), 30} }

// bothNetworks is the pair of a seed.
func bothNetworks(ctx context.Context, r experiment.Run, cfg twinsConfig) (twins, error) {
	var t twins
	cfg.follow(r.Seed)
	net, err := cfg.inSpikes(ctx, r, cfg.Components)
	if err != nil {
		return t, err
	}
	rateNet := *net.teacher
	rateNet.Restart = true
	period, err := rateNet.Test(ctx, task.SumOfSinusoids(), rate.TestConfig{Trials: 1, Recorded: 1, Seed: r.Seed})
	if err != nil {
		return t, err
	}
	t.dt, t.rates = period.Dt, period.Activity.Values
	if t.filteredRates, err = filteredPeriod(period.Activity.Values, period.Dt, net.tauSlow); err != nil {
		return t, err
	}
	t.learned, t.slow = net.rec.Means.Series[spiking.Learned].Values, net.rec.Means.Series[spiking.SlowTrain].Values
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
func variancesOfBoth() experiment.Experiment {
	e := experiment.Experiment{
		ID:        "pcs.variance",
		Statement: "The first ten temporal components hold over 90 % of the variance, in the rate and in the spiking network.",
		Setup: "Sum of four sinusoids, 300 rate units, 448 neurons, 30 components. Rates over one period; slowly filtered spike trains averaged over 100 trials. " +
			"Uncentred as everywhere here, and centred.",
		Seeds: 5,
	}
	var measures []experiment.Measure[[]scree]
	for k, name := range []string{"rate network, uncentred", "rate network, centred", "spiking network, uncentred", "spiking network, centred"} {
		m := experiment.Measure[[]scree]{Name: name, Of: func(s []scree) float64 { return s[k].Total[comparedComponents-1] }, Thresholds: thresholds{each.AtLeast(0.90)}}
		if strings.HasSuffix(name, "uncentred") {
			m.Paper = "> 0.9"
		}
		measures = append(measures, m)
	}
	return experiment.Define(e, twinNetworks(), measures, runVariances, func(all [][]scree) *plotting.Drawing {
		var panels []plotting.Panel
		for k, first := range all[0] {
			held := experiment.Curve("", oneTo(20), all, func(s []scree) []float64 { return s[k].Total[:20] })
			panels = append(panels, plotting.Curve(held).HLine(0.9, "0.9").VLine(comparedComponents, "10 components").
				XLabel("components").YLabel("variance held").Title(first.Name))
		}
		return plotting.Figure(plotting.SameScales(panels...)...).Columns(2)
	})
}

// oneTo are the numbers 1 to n.
func oneTo(n int) []float64 { return floats.Span(make([]float64, n), 1, float64(n)) }

// scree is the cumulative variance of components.
type scree struct {
	Name  string
	Total []float64
}

func runVariances(ctx context.Context, r experiment.Run, cfg twinsConfig) ([]scree, error) {
	t, err := bothNetworks(ctx, r, cfg)
	if err != nil {
		return nil, err
	}
	var screes []scree
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
				return nil, err
			}
			_, total := basis.Explained()
			screes = append(screes, scree{network.name + ", " + find.name, total})
		}
	}
	return screes, nil
}
