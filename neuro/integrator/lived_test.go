package integrator

import (
	"context"
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/attractor"
)

func TestARunAsSeries(t *testing.T) {
	cfg := Light(2)
	cfg.Sample, cfg.Curve = 0.1, []float64{0, 2}
	cfg.Drift.Positions, cfg.Drift.Free = 3, 0.5
	bad := must[*attractor.Attractor](t)(paper(t, 1).PerturbDecoders(0.15, 1))
	run := must[Run](t)(Live(context.Background(), bad, cfg))
	gaze, corrections := run.Gaze(), run.Corrections()
	for k, at := range run.Time {
		if math.Abs(gaze.Time(k)-at) > 1e-12 || gaze.At(k, 0) != run.Eye[k] || gaze.Targets.At(k, 0) != run.Target[k] {
			t.Fatalf("sample %d: eye and target %g and %g at %g s, want %g and %g at %g s",
				k, gaze.At(k, 0), gaze.Targets.At(k, 0), gaze.Time(k), run.Eye[k], run.Target[k], at)
		}
	}
	if !mat.Equal(corrections, mat.NewDense(20, 1, run.Correction)) || corrections.Unit != "°/s" || gaze.Unit != "°" {
		t.Errorf("corrections are %v", mat.Formatted(corrections.T()))
	}
	if steps, _ := (Run{}).Gaze().Dims(); steps != 0 {
		t.Errorf("a run that never was has %d samples", steps)
	}
}

// What a held position is left with is what drift measures, but for spikes and
// for how far the eye has got meanwhile; and where it rests, drift changes sign.
func TestLeavingIsDrift(t *testing.T) {
	bad := must[*attractor.Attractor](t)(paper(t, 1).PerturbDecoders(0.15, 1))
	cfg := DefaultDrift()
	cfg.Free = 0.5
	tr, drift := transfer(t, bad), must[Drift](t)(MeasureDrift(context.Background(), bad, cfg))
	off := 0.0
	for i, at := range drift.Positions {
		k := int(math.Round((at + 50) / 0.05))
		if math.Abs(tr.Positions[k]-at) > 1e-9 {
			t.Fatalf("position %d is %g°, want %g°", k, tr.Positions[k], at)
		}
		off += math.Abs(tr.Velocities[k]-drift.Velocities[i]) / 21
	}
	if off > 0.2*drift.MeanSpeed {
		t.Errorf("velocities are %.1f°/s off on average, of %.1f", off, drift.MeanSpeed)
	}
	if len(tr.Resting) == 0 {
		t.Fatal("nowhere at rest")
	}
	for _, rest := range tr.Resting {
		if k := int((rest + 50) / 0.05); !(tr.Velocities[k-1] > 0 && tr.Velocities[k+2] < 0) {
			t.Errorf("%g° is not approached from both sides: %g and %g°/s", rest, tr.Velocities[k-1], tr.Velocities[k+2])
		}
	}
	if found := transfer(t, silent(t, bad)).Resting; len(found) != 1 || math.Abs(found[0]) > 1e-9 {
		t.Errorf("without connections the eye rests at %v, want 0 alone", found)
	}
}
