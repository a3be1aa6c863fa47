package integrator

import (
	"context"
	"math"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/attractor"
	"github.com/spikewalk/spikewalk/neuro/nef"
)

// What an eye waits for is in seconds, and positions are within what is
// represented.
func TestSlipsInALife(t *testing.T) {
	for says, change := range map[string]func(*LifeConfig){
		"SlowSettle are 0.1, 0.05, 60 s":                                 func(c *LifeConfig) { c.Oculomotor.SlowSettle = 60 },
		"SlowSettle are 100, 0.05, 0.06 s":                               func(c *LifeConfig) { c.Oculomotor.SaccadePatience = 100 },
		"SlowSettle are 0.1, 50, 0.06 s":                                 func(c *LifeConfig) { c.Oculomotor.SaccadeRest = 50 },
		"TargetDwell from 500 s":                                         func(c *LifeConfig) { c.Oculomotor.TargetDwell = nef.Range{Low: 500, High: 3000} },
		"ProprioceptionEvery 250":                                        func(c *LifeConfig) { c.Oculomotor.ProprioceptionEvery = 250 },
		"VisualDelay is 80 s: want at most 5":                            func(c *LifeConfig) { c.Oculomotor.VisualDelay = 80 },
		"Range of a drift is ±60 degrees: the integrator represents ±50": func(c *LifeConfig) { c.Curve, c.Drift.Range = []float64{10}, 60 },
		"Hold of a drift is 1e-05 s: it must be at least a step":         func(c *LifeConfig) { c.Curve, c.Drift.Hold = []float64{10}, 1e-5 },
	} {
		cfg := Light(10)
		change(&cfg)
		if run, err := Live(context.Background(), paper(t, 1), cfg); err == nil || !strings.Contains(err.Error(), says) || run.Time != nil {
			t.Errorf("error %v, want one that says %q", err, says)
		}
	}
	numb := Light(10).Oculomotor
	if numb.ProprioceptionEvery = 1e9; numb.Validate() != nil {
		t.Errorf("an eye without proprioception: %v", numb.Validate())
	}
	for says, err := range map[string]error{
		"for 30 % write 0.3":  attractor.LifeConfig{Seconds: 1, Sample: 1, Noise: attractor.WeightNoise{Eta: 30, Over: 1200}}.Validate(),
		"for 15 % write 0.15": func() error { _, err := paper(t, 1).Perturb(15, 1); return err }(),
	} {
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("error %v, want one that says %q", err, says)
		}
	}
	if err := new(attractor.Attractor).Save("x.npz"); err == nil || !strings.Contains(err.Error(), "no attractor to save") {
		t.Errorf("saving nothing: %v", err)
	}
	if err := must[*attractor.Simulation](t)(paper(t, 1).Simulate(1)).Hold([]float64{0.5}, nil, 1e-5); err == nil || !strings.Contains(err.Error(), "at least a step, 0.0001 s") {
		t.Errorf("a hold of a tenth of a step: %v", err)
	}
}

// A learning rate a thousand times the paper's spoils what was tuned, and the
// curve tells; the paper's does not.
func TestTooFastALearnerIsToldSo(t *testing.T) {
	for kappa, worse := range map[float64]bool{4e-7: false, 4e-4: true} {
		cfg := Light(20)
		cfg.Kappa, cfg.Curve = kappa, []float64{0, 20}
		run, err := Live(context.Background(), paper(t, 1), cfg)
		if err != nil {
			t.Fatal(err)
		}
		told := len(run.Warnings) == 1 && run.Warnings[0].Kind == neuro.MadeWorse
		if told != worse {
			t.Errorf("Kappa %g: drift from %g to %g, warnings %v", kappa, run.Curve[0].MeanSpeed, run.Curve[1].MeanSpeed, run.Warnings)
		}
		t.Log(kappa, run.Curve[0].MeanSpeed, run.Curve[1].MeanSpeed)
	}
}

// A synapse of 100 s hardly drifts, and an integrator without decoders not at
// all: both are warned of, the paper's is not.
func TestDriftIsDoubted(t *testing.T) {
	cfg := DefaultDrift()
	cfg.Positions, cfg.Free = 5, 0.5
	slow := paper(t, 1, func(c *attractor.Config) { c.TauSyn = 100 })
	for name, c := range map[string]struct {
		eye  *attractor.Attractor
		want neuro.WarningKind
	}{
		"the paper's":      {paper(t, 1), ""},
		"a synapse of 100": {slow, neuro.UnlikelyUnit},
		"no decoders":      {silent(t, paper(t, 1)), neuro.WorseThanSilence},
	} {
		drift, err := MeasureDrift(context.Background(), c.eye, cfg)
		if err != nil {
			t.Fatal(err)
		}
		if c.want == "" && drift.Warnings != nil || c.want != "" && (len(drift.Warnings) == 0 || drift.Warnings[0].Kind != c.want) {
			t.Errorf("%s: %v, want %q", name, drift.Warnings, c.want)
		}
		if tau, _, _ := drift.TimeConstant(); name == "no decoders" && !math.IsInf(tau, 1) {
			t.Errorf("what does not move has the time constant %g, want +Inf", tau)
		}
	}
}

// What neither the paper nor the experiments have tried is said when a life begins.
func TestUnexploredParametersAreNamed(t *testing.T) {
	cfg := Light(0.1)
	for want, change := range map[string]func(){
		"":                      func() {},
		"SurroundGain is 0.5 (": func() { cfg.Oculomotor.SurroundGain = 0.5 },
	} {
		cfg = Light(0.1)
		change()
		run, err := Live(context.Background(), paper(t, 1), cfg)
		if err != nil {
			t.Fatal(err)
		}
		if w := run.Warnings; want == "" && w != nil || want != "" && (len(w) != 1 || !strings.Contains(w[0].Message, want)) {
			t.Errorf("%v, want %q", w, want)
		}
	}
}
