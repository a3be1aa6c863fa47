package attractor_test

import (
	"math"
	"testing"

	"github.com/spikewalk/spikewalk/neuro/attractor"
	"github.com/spikewalk/spikewalk/neuro/nef"
)

func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// paper draws a population like that of the paper, of d dimensions.
func paper(t testing.TB, n, d int, seed uint64) *nef.Population {
	t.Helper()
	cfg := nef.MacNeil2011()
	cfg.Neurons, cfg.Dimensions, cfg.Seed = n, d, seed
	return must[*nef.Population](t)(nef.NewPopulation(cfg))
}

// disc is an attractor in the plane, fitted on the unit disc.
func disc(t testing.TB, f func(x, u []float64) []float64, change ...func(*attractor.Config)) *attractor.Attractor {
	t.Helper()
	cfg := attractor.DefaultConfig()
	for _, c := range change {
		c(&cfg)
	}
	points := must[nef.Points](t)(nef.Ball(1, 2, 2000, 1))
	return must[*attractor.Attractor](t)(attractor.New(paper(t, 150, 2, 1), attractor.Definition{Dynamics: f, Points: points, Config: cfg}))
}

// smallRing is a ring that is quick to build.
func smallRing(t testing.TB, seed uint64, change ...func(*attractor.RingConfig)) *attractor.Attractor {
	t.Helper()
	cfg := attractor.Ring()
	cfg.Population.Neurons, cfg.Population.Seed, cfg.Points = 150, seed, 1500
	for _, c := range change {
		c(&cfg)
	}
	return must[*attractor.Attractor](t)(attractor.NewRing(cfg))
}

// cycle is a limit cycle of radius 0.7 and angular velocity rate.
func cycle(rate float64) func(x, u []float64) []float64 {
	return func(x, _ []float64) []float64 {
		pull := 2 * (1 - (x[0]*x[0]+x[1]*x[1])/0.49)
		return []float64{pull*x[0] - rate*x[1], pull*x[1] + rate*x[0]}
	}
}

func angle(x []float64) float64 { return math.Atan2(x[1], x[0]) }
