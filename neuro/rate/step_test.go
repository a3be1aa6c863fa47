package rate

import (
	"context"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// A step that does not resolve Tau is an error before anything is computed; one
// above a fifth of it is a warning of the result and of the last report.
func TestStepMustResolveTau(t *testing.T) {
	ctx, k := context.Background(), task.SweptOscillation()
	cfg := small()
	cfg.WarmUpTrials, cfg.TrainingTrials, cfg.TestTrials = 0, 1, 1
	k.Dt = 0.020
	says := "rate: a step of 0.02 s does not resolve Tau, 0.01 s"
	_, err := Train(ctx, FullForce{}, cfg, k)
	_, force := Train(ctx, Force{}, cfg, k)
	_, driven := New(cfg, k.Shape())
	_, _, imported := Import(map[string]*mat.Dense{"J": mat.NewDense(2, 2, nil), "W": mat.NewDense(1, 2, nil)},
		ImportConfig{Form: Current, Orientation: Rows, Dt: 0.020, Tau: 0.010})
	for name, err := range map[string]error{"full-FORCE": err, "FORCE": force, "New": driven, "import": imported} {
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: error %v, want one that says %q", name, err, says)
		}
	}
	k.Dt = 0.004
	var last neuro.Progress
	fit, err := Train(neuro.WithWatch(ctx, func(p neuro.Progress) error { last = p; return nil }), FullForce{}, cfg, k)
	if err != nil {
		t.Fatal(err)
	}
	if got := kinds(fit.Warnings); !slices.Contains(got, neuro.CoarseStep) || !slices.Equal(got, kinds(last.Warnings)) {
		t.Errorf("warnings %v, in the last report %v", fit.Warnings, last.Warnings)
	}
}

// The published networks resolve Tau in steps of 1 ms.
func TestPresetsResolveTau(t *testing.T) {
	for _, cfg := range []Config{DePasquale2018(), DePasquale2018ReadySetGo(), DePasquale2016Sinusoids(), DePasquale2016XOR(), DePasquale2016Integration(), DePasquale2023Reaching()} {
		if warnings, err := cfg.checkStep(0.001); warnings != nil || err != nil {
			t.Errorf("%d units: %v, %v", cfg.Units, warnings, err)
		}
	}
}

// What forward Euler did in steps of nearly Tau is taken as it was.
func TestForwardEulersLargeStepsAreTaken(t *testing.T) {
	arrays := map[string]*mat.Dense{"J": mat.NewDense(2, 2, nil), "W": mat.NewDense(1, 2, nil)}
	for _, fraction := range []float64{0.2, 0.5, 0.9, 0.99} {
		n, _, err := Import(arrays, ImportConfig{Form: Current, Orientation: Rows, ForwardEuler: true, Dt: 0.1 * fraction, Tau: 0.1})
		if err != nil || n.validateUnits() != nil {
			t.Errorf("dt/τ = %g: %v", fraction, err)
		}
	}
	n := &Network{Form: Current, Initial: []float64{0}, Tau: 0.001, Dt: 0.1}
	if err := n.validateUnits(); err == nil || !strings.Contains(err.Error(), "100 times its Tau") {
		t.Errorf("a step of 100 Tau: %v", err)
	}
	if _, _, err := Import(arrays, PyTorch(10)); err == nil || !strings.Contains(err.Error(), "10 looks like milliseconds, write 0.01") {
		t.Errorf("steps of 10 ms written as 10: %v", err)
	}
}
