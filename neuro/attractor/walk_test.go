package attractor_test

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/attractor"
	"github.com/spikewalk/spikewalk/neuro/nef"
	"github.com/spikewalk/spikewalk/neuro/recording"
)

// A walk in darkness is a life without corrections, and does not change the
// attractor; at its end the bump stands at the angle that is believed.
func TestWalkInDarkness(t *testing.T) {
	ctx, cfg := context.Background(), attractor.Ring()
	cfg.Population.Neurons = 150
	a := smallRing(t, 1)
	before := a.Decoders()
	walk := must[attractor.Walk](t)(a.WalkInDarkness(ctx, cfg, 5, 7))
	if !mat.Equal(before, a.Decoders()) {
		t.Error("the walk changed the decoders")
	}
	dark := cfg
	dark.Wander.Correction = attractor.Correction{}
	world := must[attractor.World](t)(attractor.NewWander(dark, 7))
	run := must[attractor.Run](t)(a.Live(ctx, world, attractor.LifeConfig{Seconds: 5, Sample: 0.02, Seed: 7}))
	believed := must[*mat.Dense](t)(attractor.Unwind(run.X))
	if !mat.Equal(walk.Angles, believed) || !slices.Equal(walk.Activity, run.Activity) || math.Abs(walk.Angles.Time(249)-5) > 1e-9 {
		t.Error("a walk is not the life in the dark")
	}
	away, rates := walk.Bump(12)
	peak := away[floats.MaxIdx(rates)] + walk.Angles.Targets.At(249, 0)
	if off := math.Remainder(peak-walk.Angles.At(249, 0), 2*math.Pi); math.Abs(off) > 0.6 {
		t.Errorf("the bump is %.2f rad from the angle that is believed", off)
	}
	if _, err := a.WalkInDarkness(ctx, attractor.Path(), 1, 1); err == nil || !strings.Contains(err.Error(), "a walk of 2 angles") {
		t.Errorf("a ring on a torus: %v", err)
	}
}

func TestErrorsOfAWalk(t *testing.T) {
	ring := attractor.Walk{Angles: recording.Series{Dt: 1,
		Values: mat.NewDense(2, 1, []float64{0, 2 * math.Pi}), Targets: mat.NewDense(2, 1, []float64{0.3, 0.4})}}
	if got := ring.Errors(); !floats.EqualApprox(got, []float64{0.3, 0.4}, 1e-12) {
		t.Errorf("on a ring the errors are %v", got)
	}
	if got := ring.RMS(); math.Abs(got-math.Sqrt(0.125)) > 1e-12 {
		t.Errorf("their root mean square is %g", got)
	}
	torus := attractor.Walk{Angles: recording.Series{Dt: 1,
		Values: mat.NewDense(1, 2, []float64{8, 3}), Targets: mat.NewDense(1, 2, []float64{5, -1})}}
	if got := torus.RMS(); math.Abs(got-5) > 1e-12 {
		t.Errorf("3 and 4 rad off on a torus are %g", got)
	}
	ring.Activity, ring.Preferred = []float64{3, 5, 8}, []float64{0.4, 0.5, 0.4 + math.Pi/2}
	if away, rates := ring.Bump(4); !floats.EqualApprox(away, []float64{-3 * math.Pi / 4, -math.Pi / 4, math.Pi / 4, 3 * math.Pi / 4}, 1e-12) ||
		rates[0] != 0 || rates[1] != 0 || rates[2]+rates[3] != 12 {
		t.Errorf("the bump is %v at %v", rates, away)
	}
}

// A ring that turns by its dynamics drifts at their angular velocity.
func TestAngularVelocities(t *testing.T) {
	a := disc(t, cycle(0.8))
	held := must[nef.Points](t)(nef.Circle(0.7, 6))
	drift := must[attractor.Drift](t)(a.MeasureDrift(context.Background(), held.X, attractor.DefaultDrift()))
	v := must[*mat.Dense](t)(drift.AngularVelocities())
	if rows, cols := v.Dims(); rows != 6 || cols != 1 {
		t.Fatalf("velocities are %d x %d", rows, cols)
	}
	if mean := mat.Sum(v) / 6; math.Abs(mean-0.8) > 0.1 {
		t.Errorf("turns at %.2f rad/s on average, want 0.8", mean)
	}
	if _, err := (attractor.Drift{}).AngularVelocities(); err == nil {
		t.Error("a drift without traces has velocities")
	}
	inDegrees := drift.Scaled(50)
	if inDegrees.MeanSpeed != 50*drift.MeanSpeed || inDegrees.States.At(2, 1) != 50*drift.States.At(2, 1) ||
		inDegrees.Velocities.At(3, 0) != 50*drift.Velocities.At(3, 0) || inDegrees.Traces[4].At(5, 1) != 50*drift.Traces[4].At(5, 1) {
		t.Error("scaled is not scaled")
	}
}

func TestALifeAsSeries(t *testing.T) {
	a := disc(t, nil)
	world := must[attractor.World](t)(attractor.NewGaze(attractor.DefaultGaze(), 2, a.Config.Step, 1))
	run := must[attractor.Run](t)(a.Live(context.Background(), world, attractor.LifeConfig{Seconds: 1, Sample: 0.1, Seed: 1}))
	states, corrections := run.States(), run.Corrections()
	if !mat.Equal(states, run.X) || !mat.Equal(states.Targets, run.Truth) || !mat.Equal(corrections, run.Correction) ||
		math.Abs(states.Time(9)-run.Time[9]) > 1e-12 {
		t.Error("the series are not what was recorded")
	}
	if steps, _ := (attractor.Run{}).States().Dims(); steps != 0 {
		t.Errorf("a run that never was has %d samples", steps)
	}
}
