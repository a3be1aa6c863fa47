package integrator

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"

	"github.com/spikewalk/spikewalk/neuro/attractor"
	"github.com/spikewalk/spikewalk/neuro/nef"
)

// paper is the optimal integrator of a fresh population.
func paper(t testing.TB, seed uint64, change ...func(*attractor.Config)) *attractor.Attractor {
	t.Helper()
	popCfg := nef.MacNeil2011()
	popCfg.Seed = seed
	pop, err := nef.NewPopulation(popCfg)
	if err != nil {
		t.Fatal(err)
	}
	cfg := MacNeil2011()
	for _, c := range change {
		c(&cfg)
	}
	g, err := New(pop, cfg)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// plane is an integrator of two dimensions.
func plane(t testing.TB) *attractor.Attractor {
	t.Helper()
	cfg := nef.MacNeil2011()
	cfg.Neurons, cfg.Dimensions = 80, 2
	points := must[nef.Points](t)(nef.Ball(1, 2, 400, 1))
	return must[*attractor.Attractor](t)(attractor.New(must[*nef.Population](t)(nef.NewPopulation(cfg)), attractor.Definition{Points: points, Config: MacNeil2011()}))
}

// inTheDark is a life in which nothing is seen.
func inTheDark(seconds float64) LifeConfig {
	cfg := Light(seconds)
	cfg.Oculomotor.Light = false
	return cfg
}

// transfer is the transfer function of an integrator.
func transfer(t *testing.T, g *attractor.Attractor) Transfer {
	t.Helper()
	return must[Transfer](t)(MeasureTransfer(g))
}

// silent is the integrator with decoders of 0.
func silent(t *testing.T, g *attractor.Attractor) *attractor.Attractor {
	t.Helper()
	return must[*attractor.Attractor](t)(g.WithDecoders(mat.NewDense(len(g.Population.Gain), 1, nil)))
}

// fittedDecay is the slope of the line fitted to a decay with time constant tau
// at the times of a drift's traces.
func fittedDecay(d Drift, tau float64) float64 {
	steps, _ := d.Traces.Dims()
	times, decay := make([]float64, steps), make([]float64, steps)
	for k := range times {
		times[k] = d.Traces.Time(k)
		decay[k] = math.Exp(-times[k] / tau)
	}
	_, slope := stat.LinearRegression(times, decay, nil, false)
	return slope
}

func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}
