package rate

import (
	"context"
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// Hints reach the target-generating network and nothing else: they change what
// is wanted by u_hint f_hint, neither what the network does nor FORCE.
func TestHintsReachTheTargetGeneratingNetworkOnly(t *testing.T) {
	cfg := small()
	plain, ramp := task.SweptOscillation(), hinted{task.SweptOscillation()}
	generators, wanted := make([]*fullForce, 2), make([][]float64, 2)
	for i, k := range []task.Task{plain, ramp} {
		f := untrained[*fullForce](t, FullForce{}, cfg, k.Shape())
		f.Begin(neuro.WithCores(context.Background(), 1), trialOf(k, nil))
		for step := range 2 {
			wanted[i] = append(wanted[i], f.generator.wanted(step)...)
		}
		for step := range 500 {
			if _, err := f.Step(step, Free); err != nil {
				t.Fatal(err)
			}
		}
		generators[i] = f
	}
	a, b := generators[0], generators[1]
	for i := range a.state.x {
		if a.state.x[i] != b.state.x[i] {
			t.Fatalf("unit %d of the network proper felt the hint", i)
		}
	}
	// The ramp is 0 in the first step and 1/2000 in the second, when both
	// generators are still in the same state.
	weights := uniform(cfg.Units, 1, cfg.HintScale, cfg.stream(forHint))
	for i := range cfg.Units {
		if wanted[0][i] != wanted[1][i] {
			t.Fatalf("unit %d: a hint of zero changed what is wanted", i)
		}
		got, want := wanted[1][cfg.Units+i]-wanted[0][cfg.Units+i], weights.At(i, 0)/2000
		if math.Abs(got-want) > 1e-14 {
			t.Fatalf("unit %d: the hint changes what is wanted by %g, want %g", i, got, want)
		}
	}

	ctx := context.Background()
	fits := make(map[bool][]*Fit)
	for _, k := range []task.Task{plain, ramp} {
		for _, full := range []bool{false, true} {
			var method Method = Force{}
			if full {
				method = FullForce{}
			}
			fit, err := Train(ctx, method, cfg, k)
			if err != nil {
				t.Fatal(err)
			}
			fits[full] = append(fits[full], fit)
		}
	}
	if force := fits[false]; !mat.Equal(force[0].Activity, force[1].Activity) {
		t.Error("FORCE used the hints")
	}
	full := fits[true]
	if mat.Equal(full[0].Network.Recurrent, full[1].Network.Recurrent) {
		t.Error("full-FORCE made nothing of the hints")
	}
	// What has been trained needs no hints.
	rec, err := full[1].Network.Test(ctx, plain, TestConfig{Trials: 2, Recorded: 2, Seed: cfg.Seed})
	if err != nil {
		t.Fatal(err)
	}
	if !mat.Equal(rec.Activity, full[1].Activity.Slice(0, 4000, 0, 60)) {
		t.Error("the trained network runs differently without hints")
	}
}
