package integrator

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/floats"
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
		"more than":  func(c *Config) { c.GridStep = 1e-200 },
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
		"VisualDelay": func(c *LearnConfig) { c.Oculomotor.VisualDelay = 1e12 },
		"finite Low":  func(c *LearnConfig) { c.Oculomotor.TargetDwell.High = math.Inf(1) },
		"PlantTau":    func(c *LearnConfig) { c.Oculomotor.PlantTau = math.NaN() },
		"finite time": func(c *LearnConfig) { c.Oculomotor.SaccadePatience = math.Inf(1) },
		"Kappa is N":  func(c *LearnConfig) { c.Kappa = math.NaN() },
		"for +Inf s":  func(c *LearnConfig) { c.Seconds = math.Inf(1) },
		"TargetLimit": func(c *LearnConfig) { c.Oculomotor.TargetLimit = math.NaN() },
		"beyond Targ": func(c *LearnConfig) { c.Oculomotor.TargetRange = 50 },
		"represents":  func(c *LearnConfig) { c.Oculomotor.TargetLimit = 51 },
		"SurroundGai": func(c *LearnConfig) { c.Oculomotor.SurroundGain = math.NaN() },
		"is -Inf per": func(c *LearnConfig) { c.Oculomotor.SurroundGain = math.Inf(-1) },
		"Propriocept": func(c *LearnConfig) { c.Oculomotor.ProprioceptionEvery = 0 },
		"tionSD is -": func(c *LearnConfig) { c.Oculomotor.ProprioceptionSD = -1 },
		"tionSD is N": func(c *LearnConfig) { c.Oculomotor.ProprioceptionSD = math.NaN() },
		`Pulse is ""`: func(c *LearnConfig) { c.Oculomotor.Pulse = "" },
		"at most 100": func(c *LearnConfig) { c.Drift.Positions = 1 << 60 },
	} {
		cfg := Light(10)
		change(&cfg)
		if _, err := paper(t, 1).Learn(context.Background(), cfg); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error is %v", want, err)
		}
	}
}

// A vector that is not finite, or of the wrong dimension, is refused and
// changes nothing.
func TestWrongVector(t *testing.T) {
	g := paper(t, 1)
	s := simulate(t, g)
	for want, call := range map[string]func([]float64) error{
		"error vector":     func(v []float64) error { return s.Learn(1e-5, v) },
		"velocity command": s.Step,
		"position to hold": func(v []float64) error { return s.Hold(v, 1) },
	} {
		for _, v := range [][]float64{nil, {1, 2}} {
			if err := call(v); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s of %d dimensions: error is %v", want, len(v), err)
			}
		}
	}
	for name, err := range map[string]error{
		"Step of NaN":    s.Step([]float64{math.NaN()}),
		"Learn of Inf":   s.Learn(1e-5, []float64{math.Inf(-1)}),
		"Learn at NaN":   s.Learn(math.NaN(), []float64{1}),
		"Hold of NaN":    s.Hold([]float64{math.NaN()}, 1),
		"Hold for -1 s":  s.Hold([]float64{0}, -1),
		"Hold for Inf s": s.Hold([]float64{0}, math.Inf(1)),
		"noise of -30 %": s.Disturb(WeightNoise{-0.3, 1200}, 1),
	} {
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if floats.Norm(s.Activity(), 1) != 0 {
		t.Error("what was refused moved the neurons")
	}
	if !mat.Equal(g.Weights(), paper(t, 1).Weights()) {
		t.Error("a refused vector changed the weights")
	}
	p := plane(t, Weights)
	if _, err := p.MeasureDrift(context.Background(), DefaultDrift()); err == nil {
		t.Error("drift against position in the plane: no error")
	}
	if _, err := p.Learn(context.Background(), Light(1)); err == nil {
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

// Decoders must be numbers, and neurons enough of them.
func TestBadDecoders(t *testing.T) {
	g, p := paper(t, 1), plane(t, Weights)
	d := g.Decoders()
	d.Set(7, 0, math.Inf(1))
	if _, err := FromDecoders(g.Population, d, g.Config); err == nil || !strings.Contains(err.Error(), "neuron 7") {
		t.Errorf("an infinite decoder: error is %v", err)
	}
	cfg := p.Population.Config
	cfg.Neurons = 1
	one := must[*nef.Population](t)(nef.NewPopulation(cfg))
	if _, err := FromDecoders(one, mat.NewDense(1, 2, nil), g.Config); err == nil || !strings.Contains(err.Error(), "of 1 cannot") {
		t.Errorf("one neuron for the plane: error is %v", err)
	}
	cfg.Neurons = 0
	if _, err := nef.NewPopulation(cfg); err == nil {
		t.Error("no neurons: no error")
	}
}

// One neuron integrates nothing, but lives, learns, suffers noise and is
// saved like others.
func TestOneNeuron(t *testing.T) {
	cfg := nef.MacNeil2011()
	cfg.Neurons = 1
	for seed := range uint64(4) {
		cfg.Seed = seed
		pop := must[*nef.Population](t)(nef.NewPopulation(cfg))
		g := must[*Integrator](t)(must[*Integrator](t)(New(pop, MacNeil2011())).Perturb(0.3, 1))
		run := must[Run](t)(g.Learn(context.Background(), noisy(4e-7)))
		if len(run.X) != 300 || firstNotFinite(run.X) >= 0 || firstNotFinite(run.Eye) >= 0 {
			t.Errorf("seed %d: traces of %d samples, or not finite", seed, len(run.X))
		}
		if d := drift(t, g); firstNotFinite(d.Velocities) >= 0 || firstNotFinite([]float64{d.MeanSpeed, d.Slope}) >= 0 {
			t.Errorf("seed %d: drift is %v", seed, d.Velocities)
		}
		if !mat.Equal(reloaded(t, g).Weights(), g.Weights()) {
			t.Errorf("seed %d: saved otherwise", seed)
		}
	}
}

// A population that has fallen silent carries no current at last, and no
// subnormal numbers, on which processors are slow.
func TestSilenceIsZero(t *testing.T) {
	s := simulate(t, paper(t, 1, func(c *Config) { c.Step = 1e-3 }))
	if err := s.Hold([]float64{0.5}, 0.2); err != nil {
		t.Fatal(err)
	}
	clear(s.neurons.Voltage)
	copy(s.integ.Population.Bias, make([]float64, 40))
	for _, row := range s.integ.outgoing {
		clear(row)
	}
	for k := range s.recurrent {
		s.recurrent[k] *= 1e-3 // below every threshold
	}
	for range 80_000 {
		if err := s.Step([]float64{0}); err != nil {
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
