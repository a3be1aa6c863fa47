package attractor

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/nef"
)

// What is refused changes nothing.
func TestRefusedInputChangesNothing(t *testing.T) {
	a := paper(t, 1)
	s := simulate(t, a)
	for name, err := range map[string]error{
		"Step of NaN":    s.Step([]float64{math.NaN()}, nil),
		"Learn of Inf":   s.Learn(1e-5, []float64{math.Inf(-1)}),
		"Learn at NaN":   s.Learn(math.NaN(), []float64{1}),
		"Hold of NaN":    s.Hold([]float64{math.NaN()}, nil, 1),
		"Hold for -1 s":  s.Hold([]float64{0}, nil, -1),
		"Hold for Inf s": s.Hold([]float64{0}, nil, math.Inf(1)),
		"noise of -30 %": s.disturb(WeightNoise{-0.3, 1200}, 1),
	} {
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if floats.Norm(s.Activity(), 1) != 0 || !mat.Equal(a.Weights(), paper(t, 1).Weights()) {
		t.Error("what was refused moved the neurons or changed the weights")
	}
}

// Decoders must be numbers, and neurons enough of them.
func TestBadDecoders(t *testing.T) {
	a, p := paper(t, 1), plane(t, Weights)
	infinite := a.Decoders()
	infinite.Set(7, 0, math.Inf(1))
	for want, decoders := range map[string]*mat.Dense{"neuron 7": infinite, "are 80 x 2": p.Decoders(), "nil": nil} {
		if _, err := a.WithDecoders(decoders); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q, got %v", want, err)
		}
	}
	cfg := p.Population.Config
	cfg.Neurons = 1
	one := must[*nef.Population](t)(nef.NewPopulation(cfg))
	if _, err := New(one, Definition{Points: must[nef.Points](t)(nef.Ball(1, 2, 9, 1)), Config: fine()}); err == nil || !strings.Contains(err.Error(), "of 1 cannot") {
		t.Errorf("one neuron for the plane: error is %v", err)
	}
}

// Given decoders are those that are there, in both forms, and the weights they
// make.
func TestWithDecoders(t *testing.T) {
	for _, form := range []Form{Decoders, Weights} {
		a := paper(t, 1, func(c *Config) { c.Form = form })
		d := a.Decoders()
		if same := must[*Attractor](t)(a.WithDecoders(d)); !mat.Equal(same.Weights(), a.Weights()) || same.Config != a.Config {
			t.Errorf("%s: an attractor's own decoders make another of it", form)
		}
		d.Scale(0.5, d)
		half := must[*Attractor](t)(a.WithDecoders(d))
		var w mat.Dense
		w.Scale(0.5, a.Weights())
		if !mat.Equal(half.Decoders(), d) || !mat.EqualApprox(half.Weights(), &w, 1e-15) {
			t.Errorf("%s: half the decoders are not half the weights", form)
		}
		zero := must[*Attractor](t)(a.WithDecoders(mat.NewDense(40, 1, nil)))
		if mat.Norm(zero.Weights(), 1) != 0 || mat.Norm(a.Weights(), 1) == 0 {
			t.Errorf("%s: zero decoders have weights, or took those of the original", form)
		}
	}
}

// A population that has fallen silent carries no current at last, and no
// subnormal numbers, on which processors are slow.
func TestSilenceIsZero(t *testing.T) {
	s := simulate(t, paper(t, 1, func(c *Config) { c.Step = 1e-3 }))
	if err := s.Hold([]float64{0.5}, nil, 0.2); err != nil {
		t.Fatal(err)
	}
	clear(s.neurons.Voltage)
	copy(s.attractor.Population.Bias, make([]float64, 40))
	for _, row := range s.attractor.outgoing {
		clear(row)
	}
	for k := range s.recurrent {
		s.recurrent[k] *= 1e-3 // below every threshold
	}
	for range 80_000 {
		if err := s.Step([]float64{0}, nil); err != nil {
			t.Fatal(err)
		}
	}
	for k, current := range s.recurrent {
		if a := s.Activity()[k]; current != 0 || a != 0 {
			t.Errorf("neuron %d: current %g and activity %g after 80 s of silence", k, current, a)
		}
	}
}

func TestBadPerturbation(t *testing.T) {
	for _, fraction := range []float64{-0.1, math.NaN(), math.Inf(1)} {
		if _, err := paper(t, 1).Perturb(fraction, 1); err == nil {
			t.Errorf("Perturb(%g): no error", fraction)
		}
		if _, err := paper(t, 1).PerturbDecoders(fraction, 1); err == nil {
			t.Errorf("PerturbDecoders(%g): no error", fraction)
		}
	}
}
