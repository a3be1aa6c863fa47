package integrator

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/nef"
)

func TestBadConfig(t *testing.T) {
	for want, change := range map[string]func(*Config){
		"Step is":    func(c *Config) { c.Step = 0 },
		"TauSyn is":  func(c *Config) { c.TauSyn = -1 },
		"a tenth of": func(c *Config) { c.TauSyn = 5e-4 },
		"Form":       func(c *Config) { c.Form = "" },
		"Degrees":    func(c *Config) { c.Degrees = math.NaN() },
		"GridStep":   func(c *Config) { c.GridStep = 0 },
		"Sigma":      func(c *Config) { c.Regularisation.Sigma = -1 },
		"refractory": func(c *Config) { c.Step = 0.005 },
		"timing":     func(c *Config) { c.Timing = "late" },
	} {
		cfg := MacNeil2011()
		change(&cfg)
		if _, err := New(paper(t, 1).Population, cfg); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error is %v", want, err)
		}
	}
	for want, change := range map[string]func(*LearnConfig){
		"Seconds":     func(c *LearnConfig) { c.Seconds = 0 },
		"Kappa":       func(c *LearnConfig) { c.Kappa = -1 },
		"Window":      func(c *LearnConfig) { c.Window = 0 },
		"Sample":      func(c *LearnConfig) { c.Sample = 20 },
		"Curve":       func(c *LearnConfig) { c.Curve = []float64{5, 5} },
		"positions":   func(c *LearnConfig) { c.Drift.Positions = 1 },
		"Hold":        func(c *LearnConfig) { c.Drift.Hold = 0 },
		"Range":       func(c *LearnConfig) { c.Drift.Range = 0 },
		"half of":     func(c *LearnConfig) { c.Drift.Sample = 1.5 },
		"TargetRange": func(c *LearnConfig) { c.Oculomotor.TargetRange = 0 },
		"TargetDwell": func(c *LearnConfig) { c.Oculomotor.TargetDwell.High = 0.1 },
		"SlowGain":    func(c *LearnConfig) { c.Oculomotor.SlowGain = 1 },
		"SlowSettle":  func(c *LearnConfig) { c.Oculomotor.SlowSettle = -1 },
	} {
		cfg := Light(10)
		change(&cfg)
		if _, err := paper(t, 1).Learn(context.Background(), cfg, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error is %v", want, err)
		}
	}
}

// A vector of the wrong dimension is refused and changes nothing.
func TestWrongDimension(t *testing.T) {
	g := paper(t, 1)
	s := simulate(t, g)
	for want, call := range map[string]func([]float64) error{
		"error vector":     func(v []float64) error { return s.Learn(1e-9, v) },
		"velocity command": s.Step,
		"position to hold": func(v []float64) error { return s.Hold(v, 1) },
	} {
		for _, v := range [][]float64{nil, {1, 2}} {
			if err := call(v); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s of %d dimensions: error is %v", want, len(v), err)
			}
		}
	}
	if !mat.Equal(g.Weights(), paper(t, 1).Weights()) {
		t.Error("a refused vector changed the weights")
	}
	p := plane(t, Weights)
	if _, err := p.MeasureDrift(context.Background(), DefaultDrift()); err == nil {
		t.Error("drift against position in the plane: no error")
	}
	if _, err := p.Learn(context.Background(), Light(1), nil); err == nil {
		t.Error("eye movements in the plane: no error")
	}
	if _, err := p.Transfer(); err == nil {
		t.Error("transfer function in the plane: no error")
	}
	if _, err := New(p.Population, MacNeil2011()); err == nil {
		t.Error("decoders on a line for a population of the plane: no error")
	}
	if _, err := FromDecoders(g.Population, p.Decoders(), MacNeil2011()); err == nil {
		t.Error("decoders of another population: no error")
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

func TestSingularDecoders(t *testing.T) {
	// Neurons with the same tuning curve cannot be told apart.
	cfg := nef.MacNeil2011()
	cfg.MaxRate, cfg.Intercepts = nef.Range{Low: 50, High: 50}, nef.Range{Low: 0, High: 0}
	pop := must[*nef.Population](t)(nef.NewPopulation(cfg))
	ic := MacNeil2011()
	ic.Regularisation.Sigma = 0
	var singular *nef.SingularError
	if _, err := New(pop, ic); !errors.As(err, &singular) {
		t.Errorf("error is %v, want a SingularError", err)
	}
}
