package nef_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/floats/scalar"
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/nef"
)

// Neurons have no numbers and x has no unit: renamed neurons have the renamed
// decoders, and a population of twice the radius, to the bit, twice the decoders of
// twice the points.
func TestNeuronsHaveNoNumbersAndXHasNoUnit(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for seed := range uint64(12) {
		n := 2 + rng.IntN(60)
		gain := []nef.GainForm{nef.GainUsual, nef.GainDemo}[rng.IntN(2)]
		pop := population(t, seed, func(c *nef.Config) { c.Neurons, c.Gain = n, gain })
		points := line(t, 0.01)
		decoders := func(p *nef.Population, points nef.Points) *mat.Dense {
			d, err := nef.Decoders(p, nef.Identity, points, paperNoise)
			if err != nil {
				t.Fatal(err)
			}
			return d
		}
		want, number := decoders(pop, points), rng.Perm(n)
		tuning := nef.Tuning{Encoders: mat.NewDense(n, 1, nil), MaxRates: make([]float64, n), Intercepts: make([]float64, n)}
		for i, to := range number {
			tuning.Encoders.Set(to, 0, pop.Encoders.At(i, 0))
			tuning.MaxRates[to], tuning.Intercepts[to] = pop.MaxRates[i], pop.Intercepts[i]
		}
		other, err := nef.FromTuning(pop.Config, tuning)
		if err != nil {
			t.Fatal(err)
		}
		other.Config.MaxRate = pop.Config.MaxRate // which the regularisation is a part of
		largest := mat.Norm(want, math.Inf(1))
		got := decoders(other, points)
		for i, to := range number {
			if !scalar.EqualWithinAbs(got.At(to, 0), want.At(i, 0), 1e-9*largest) {
				t.Errorf("%d neurons: renamed, the decoder of neuron %d is %g, was %g", n, i, got.At(to, 0), want.At(i, 0))
			}
		}
		wide := population(t, seed, func(c *nef.Config) { c.Neurons, c.Gain, c.Radius = n, gain, 2 })
		far := nef.Points{X: mat.DenseCopyOf(points.X), Measure: points.Measure}
		far.X.Scale(2, far.X)
		twice := decoders(wide, far)
		twice.Scale(0.5, twice)
		if !mat.Equal(twice, want) {
			t.Errorf("%d neurons: of twice the radius, decoders are not twice as large", n)
		}
	}
}
