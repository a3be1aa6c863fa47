package integrator

import (
	"context"
	"errors"
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/attractor"
)

// lived is the integrator after a life, in decoder form.
func lived(t *testing.T, g *attractor.Attractor, life LifeConfig) *attractor.Attractor {
	t.Helper()
	must[Run](t)(Live(context.Background(), g, life))
	return g
}

func inDecoders(c *attractor.Config) { c.Form = attractor.Decoders }

// A surround that moves at g E trains a slope of g into the integrator, one at
// rest takes it out again.
func TestSurroundTrainsItsSlope(t *testing.T) {
	for _, gain := range []float64{-0.2, 0.2} {
		life := Light(200)
		life.Oculomotor.SurroundGain = gain
		g := lived(t, paper(t, 1, inDecoders), life)
		if slope := drift(t, g).Slope; math.Abs(slope-gain) > 0.3*math.Abs(gain) {
			t.Errorf("g = %g trained a slope of %g", gain, slope)
		}
		life.Oculomotor.SurroundGain, life.Seed = 0, 2
		if slope := drift(t, lived(t, g, life)).Slope; math.Abs(slope) > 0.05 {
			t.Errorf("g = %g: a slope of %g is left after as long without", gain, slope)
		}
	}
}

// A surround faster than any eye leaves an error or numbers, never NaN.
func TestSurroundThatRunsAway(t *testing.T) {
	for _, gain := range []float64{-1e6, 50, 1e300} {
		life := Light(5)
		life.Oculomotor.SurroundGain = gain
		g := paper(t, 1, inDecoders)
		run, err := Live(context.Background(), g, life)
		if diverged := (*neuro.DivergenceError)(nil); err != nil && !errors.As(err, &diverged) {
			t.Errorf("g = %g: error is %v, want a DivergenceError or none", gain, err)
		}
		for _, v := range [][]float64{mat.Col(nil, 0, g.Decoders()), run.X, run.Eye, run.V, run.Slow, run.Slip} {
			if k := neuro.NotFinite(v); k >= 0 {
				t.Errorf("g = %g: %g among what came out, error is %v", gain, v[k], err)
			}
		}
	}
}

// Learning in the dark reduces drift, more slowly than with light; lesions are
// learned to live with.
func TestLearningInTheDarkAndAfterLesions(t *testing.T) {
	const populations = 3
	var before, dark, light, hurt, healed []float64
	for seed := range uint64(populations) {
		bad := must[*attractor.Attractor](t)(paper(t, seed, inDecoders).PerturbDecoders(0.15, seed))
		cut := must[*attractor.Attractor](t)(paper(t, seed, inDecoders).Lesion(0.1, seed))
		before = append(before, drift(t, bad).MeanSpeed)
		hurt = append(hurt, drift(t, cut).MeanSpeed)
		dark = append(dark, drift(t, lived(t, bad.Clone(), inTheDark(200))).MeanSpeed)
		light = append(light, drift(t, lived(t, bad.Clone(), Light(200))).MeanSpeed)
		healed = append(healed, drift(t, lived(t, cut, Light(400))).MeanSpeed)
	}
	_, b, _ := quartiles(before)
	_, d, _ := quartiles(dark)
	_, l, _ := quartiles(light)
	if !(l < d && d < b) {
		t.Errorf("median drift %g degrees/s, after 200 s in the dark %g, with light %g", b, d, l)
	}
	_, h, _ := quartiles(hurt)
	if _, r, _ := quartiles(healed); h < 1.8*r {
		t.Errorf("median drift after a lesion of 10 %% %g degrees/s, after 400 s of learning %g", h, r)
	}
}
