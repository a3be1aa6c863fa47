package integrator

import (
	"context"
	"math"
	"reflect"
	"slices"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"

	"github.com/spikewalk/spikewalk/neuro/attractor"
)

// noisy is a short life with strong noise.
func noisy(kappa float64) LifeConfig {
	cfg := Light(3)
	cfg.Kappa, cfg.Noise = kappa, attractor.WeightNoise{Eta: 0.3, Over: 60}
	return cfg
}

func TestLearnWithNoise(t *testing.T) {
	live := func(cfg LifeConfig) (*attractor.Attractor, Run) {
		g := paper(t, 5)
		return g, must[Run](t)(Live(context.Background(), g, cfg))
	}
	for _, kappa := range []float64{0, 4e-7} {
		cfg := noisy(kappa)
		g, run := live(cfg)
		// Looking on the way, at whole seconds and between, changes nothing.
		cfg.Curve = []float64{0, 1, 1.5, 3}
		cfg.Drift.Positions, cfg.Drift.Free = 3, 0.5
		watched, seen := live(cfg)
		if !mat.Equal(g.Weights(), watched.Weights()) || !slices.Equal(run.X, seen.X) {
			t.Errorf("kappa %g: measuring drift changed what followed", kappa)
		}
		after := must[Drift](t)(MeasureDrift(context.Background(), g, cfg.Drift))
		if !reflect.DeepEqual(seen.Curve[3], after) || reflect.DeepEqual(seen.Curve[2], after) {
			t.Errorf("kappa %g: the last drift on the way is not that afterwards", kappa)
		}
		cfg.Seed++
		if other, _ := live(cfg); mat.EqualApprox(other.Weights(), g.Weights(), 1e-3) {
			t.Errorf("kappa %g: another seed, the same noise", kappa)
		}
	}
	// What noise did to the weights does not depend on learning but in law:
	// mean 0, standard deviation Eta √(3 s/Over).
	g, _ := live(noisy(0))
	w, u := paper(t, 5).Weights().RawMatrix().Data, g.Weights().RawMatrix().Data
	floats.Div(u, w)
	if mean, sd := stat.MeanStdDev(u, nil); math.Abs(mean-1) > 0.01 || math.Abs(sd-0.3*math.Sqrt(3.0/60)) > 0.005 {
		t.Errorf("weights multiplied by %.4f ± %.4f, want 1 ± %.4f", mean, sd, 0.3*math.Sqrt(3.0/60))
	}
}

// Learning holds up against noise that goes on: 100 s of it leave less than
// two thirds of the drift they leave without learning. Noise alone is that of
// Perturb: 30 % after 200 s are 21 % after 100 s.
func TestLearningCountersNoise(t *testing.T) {
	const populations = 5
	medians := make([]float64, 0, 2)
	for _, kappa := range []float64{0, 2e-6} {
		after := make([]float64, populations)
		for seed := range populations {
			g := paper(t, uint64(seed))
			cfg := Light(100)
			cfg.Seed, cfg.Kappa, cfg.Noise = uint64(seed), kappa, attractor.WeightNoise{Eta: 0.3, Over: 200}
			must[Run](t)(Live(context.Background(), g, cfg))
			after[seed] = drift(t, g).MeanSpeed
		}
		_, median, _ := quartiles(after)
		medians = append(medians, median)
	}
	t.Logf("drift %.2f without learning, %.2f with", medians[0], medians[1])
	if medians[0] < 2 || medians[1] > medians[0]/1.5 {
		t.Errorf("median drift %.2f degrees/s without learning, %.2f with: want above 2, and 1.5 times less", medians[0], medians[1])
	}
}
