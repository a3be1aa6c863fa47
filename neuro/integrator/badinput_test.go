package integrator

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/attractor"
	"github.com/spikewalk/spikewalk/neuro/nef"
)

func TestBadConfig(t *testing.T) {
	for want, change := range map[string]func(*attractor.Config){
		"Step is":    func(c *attractor.Config) { c.Step = 0 },
		"TauSyn is":  func(c *attractor.Config) { c.TauSyn = -1 },
		"a tenth of": func(c *attractor.Config) { c.TauSyn = 5e-4 },
		"Form":       func(c *attractor.Config) { c.Form = "" },
		"Sigma":      func(c *attractor.Config) { c.Regularisation.Sigma = -1 },
		"refractory": func(c *attractor.Config) { c.Step = 0.005 },
		"timing":     func(c *attractor.Config) { c.Timing = "late" },
	} {
		cfg := MacNeil2011()
		change(&cfg)
		if _, err := New(paper(t, 1).Population, cfg); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error is %v", want, err)
		}
	}
	for want, change := range map[string]func(*LifeConfig){
		"Seconds":     func(c *LifeConfig) { c.Seconds = 0 },
		"Kappa":       func(c *LifeConfig) { c.Kappa = -1 },
		"Window":      func(c *LifeConfig) { c.Window = 0 },
		"Sample":      func(c *LifeConfig) { c.Sample = 20 },
		"Curve":       func(c *LifeConfig) { c.Curve = []float64{5, 5} },
		"Positions":   func(c *LifeConfig) { c.Drift.Positions = 1 },
		"Hold":        func(c *LifeConfig) { c.Drift.Hold = 0 },
		"Range":       func(c *LifeConfig) { c.Drift.Range = 0 },
		"half of":     func(c *LifeConfig) { c.Drift.Sample = 1.5 },
		"TargetRange": func(c *LifeConfig) { c.Oculomotor.TargetRange = 0 },
		"TargetDwell": func(c *LifeConfig) { c.Oculomotor.TargetDwell.High = 0.1 },
		"SlowGain":    func(c *LifeConfig) { c.Oculomotor.SlowGain = 1 },
		"SlowSettle":  func(c *LifeConfig) { c.Oculomotor.SlowSettle = -1 },
		"VisualDelay": func(c *LifeConfig) { c.Oculomotor.VisualDelay = 1e12 },
		"finite Low":  func(c *LifeConfig) { c.Oculomotor.TargetDwell.High = math.Inf(1) },
		"PlantTau":    func(c *LifeConfig) { c.Oculomotor.PlantTau = math.NaN() },
		"finite time": func(c *LifeConfig) { c.Oculomotor.SaccadePatience = math.Inf(1) },
		"Kappa is N":  func(c *LifeConfig) { c.Kappa = math.NaN() },
		"are +Inf":    func(c *LifeConfig) { c.Seconds = math.Inf(1) },
		"TargetLimit": func(c *LifeConfig) { c.Oculomotor.TargetLimit = math.NaN() },
		"beyond Targ": func(c *LifeConfig) { c.Oculomotor.TargetRange = 50 },
		"represents":  func(c *LifeConfig) { c.Oculomotor.TargetLimit = 51 },
		"SurroundGai": func(c *LifeConfig) { c.Oculomotor.SurroundGain = math.NaN() },
		"is -Inf per": func(c *LifeConfig) { c.Oculomotor.SurroundGain = math.Inf(-1) },
		"Propriocept": func(c *LifeConfig) { c.Oculomotor.ProprioceptionEvery = 0 },
		"tionSD is -": func(c *LifeConfig) { c.Oculomotor.ProprioceptionSD = -1 },
		"tionSD is N": func(c *LifeConfig) { c.Oculomotor.ProprioceptionSD = math.NaN() },
		`Pulse is ""`: func(c *LifeConfig) { c.Oculomotor.Pulse = "" },
		"at most 100": func(c *LifeConfig) { c.Drift.Positions = 1 << 60 },
	} {
		cfg := Light(10)
		change(&cfg)
		if _, err := Live(context.Background(), paper(t, 1), cfg); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error is %v", want, err)
		}
	}
}

// What is for the eyes is for one dimension.
func TestPlaneHasNoEyes(t *testing.T) {
	p := plane(t)
	for name, call := range map[string]func() error{
		"drift":     func() error { _, err := MeasureDrift(t.Context(), p, DefaultDrift()); return err },
		"movements": func() error { _, err := Live(t.Context(), p, Light(1)); return err },
		"transfer":  func() error { _, err := MeasureTransfer(p); return err },
		"line":      func() error { _, err := New(p.Population, MacNeil2011()); return err },
	} {
		if err := call(); err == nil || !strings.Contains(err.Error(), "dimension") {
			t.Errorf("%s in the plane: error is %v", name, err)
		}
	}
	if _, err := MeasureDrift(t.Context(), nil, DefaultDrift()); err == nil || !strings.Contains(err.Error(), "no attractor") {
		t.Errorf("drift of nothing: error is %v", err)
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
		g := must[*attractor.Attractor](t)(must[*attractor.Attractor](t)(New(pop, MacNeil2011())).Perturb(0.3, 1))
		run := must[Run](t)(Live(context.Background(), g, noisy(4e-7)))
		if len(run.X) != 300 || neuro.NotFinite(run.X) >= 0 || neuro.NotFinite(run.Eye) >= 0 {
			t.Errorf("seed %d: traces of %d samples, or not finite", seed, len(run.X))
		}
		if d := drift(t, g); neuro.NotFinite(d.Velocities) >= 0 || neuro.NotFinite([]float64{d.MeanSpeed, d.Slope}) >= 0 {
			t.Errorf("seed %d: drift is %v", seed, d.Velocities)
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
