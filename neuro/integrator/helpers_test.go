package integrator

import (
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/nef"
)

// paper is the optimal integrator of a fresh population.
func paper(t testing.TB, seed uint64, change ...func(*Config)) *Integrator {
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

// plane is an integrator of two dimensions with decoders that are good
// enough to be driven, not optimal.
func plane(t testing.TB, form Form) *Integrator {
	t.Helper()
	popCfg := nef.MacNeil2011()
	popCfg.Neurons, popCfg.Dimensions = 80, 2
	pop, err := nef.NewPopulation(popCfg)
	if err != nil {
		t.Fatal(err)
	}
	const side = 21
	points := nef.Points{X: mat.NewDense(side*side, 2, nil), Measure: 4.0 / (side * side)}
	for k := range side * side {
		points.X.SetRow(k, []float64{float64(k/side)/10 - 1, float64(k%side)/10 - 1})
	}
	d, err := nef.Decoders(pop, nef.Identity, points, MacNeil2011().Regularisation)
	if err != nil {
		t.Fatal(err)
	}
	cfg := MacNeil2011()
	cfg.Form = form
	g, err := FromDecoders(pop, d, cfg)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func simulate(t testing.TB, g *Integrator) *Simulation {
	t.Helper()
	s, err := g.Simulate(1)
	if err != nil {
		t.Fatal(err)
	}
	return s
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
