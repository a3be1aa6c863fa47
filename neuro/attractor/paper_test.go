package attractor

import (
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/nef"
)

// fine is the configuration of the paper: weights, in steps of 0.1 ms.
func fine() Config {
	cfg := DefaultConfig()
	cfg.Step, cfg.Form = 1e-4, Weights
	return cfg
}

// paper is the optimal integrator on a line of a fresh population.
func paper(t testing.TB, seed uint64, change ...func(*Config)) *Attractor {
	t.Helper()
	cfg := fine()
	for _, c := range change {
		c(&cfg)
	}
	pop := nef.MacNeil2011()
	pop.Seed = seed
	points := must[nef.Points](t)(nef.Line(1, 0.001))
	return must[*Attractor](t)(New(must[*nef.Population](t)(nef.NewPopulation(pop)), Definition{Points: points, Config: cfg}))
}

// plane is an integrator of two dimensions with decoders that are good
// enough to be driven, not optimal.
func plane(t testing.TB, form Form) *Attractor {
	t.Helper()
	cfg, pop := fine(), nef.MacNeil2011()
	cfg.Form, pop.Neurons, pop.Dimensions = form, 80, 2
	const side = 21
	points := nef.Points{X: mat.NewDense(side*side, 2, nil), Measure: 4.0 / (side * side)}
	for k := range side * side {
		points.X.SetRow(k, []float64{float64(k/side)/10 - 1, float64(k%side)/10 - 1})
	}
	return must[*Attractor](t)(New(must[*nef.Population](t)(nef.NewPopulation(pop)), Definition{Points: points, Config: cfg}))
}

func simulate(t testing.TB, a *Attractor) *Simulation {
	t.Helper()
	return must[*Simulation](t)(a.Simulate(1))
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
