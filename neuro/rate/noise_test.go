package rate

import (
	"context"
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// Unconnected units are Ornstein-Uhlenbeck processes of standard deviation σ
// and correlation exp(-t/τ), whatever dt, and know nothing of each other. In
// discrete time their noise is white.
func TestNoiseOfUnconnectedUnits(t *testing.T) {
	const units, steps, sigma, tau = 40, 20000, 0.3, 0.010
	for _, c := range []struct {
		form Form
		dt   float64
	}{{Current, 0.001}, {Current, 0.004}, {Rate, 0.001}, {Discrete, 0.010}} {
		net := &Network{
			Form: c.form, Activation: Linear, Tau: tau, Dt: c.dt, Noise: sigma,
			Recurrent: mat.NewDense(units, units, nil), Readout: mat.NewDense(1, units, nil), Initial: make([]float64, units),
		}
		rec, err := net.Test(context.Background(), show(c.dt, silence(steps, 1)), TestConfig{Trials: 1, Recorded: 1, Seed: 5})
		if err != nil {
			t.Fatal(err)
		}
		var variance, lagged, shared float64
		lag := int(math.Round(tau / c.dt))
		wantLagged := math.Exp(-float64(lag) * c.dt / tau)
		if c.form == Discrete {
			wantLagged = 0
		}
		for i := range units {
			x := mat.Col(nil, i, rec.Activity)[200:]
			v := stat.Variance(x, nil)
			variance += v / units
			lagged += stat.Covariance(x[lag:], x[:len(x)-lag], nil) / v / units
			shared += stat.Correlation(x, mat.Col(nil, (i+1)%units, rec.Activity)[200:], nil) / units
		}
		// 20000 steps hold at least 2000 τ: a variance is good to
		// √(2/2000) = 3 % in each of the 40 units.
		if math.Abs(variance/(sigma*sigma)-1) > 0.02 {
			t.Errorf("%s, dt %g s: variance %g, want %g", c.form, c.dt, variance, sigma*sigma)
		}
		if math.Abs(lagged-wantLagged) > 0.02 {
			t.Errorf("%s, dt %g s: correlation %g after τ, want %g", c.form, c.dt, lagged, wantLagged)
		}
		if math.Abs(shared) > 0.02 {
			t.Errorf("%s: neighbours are correlated by %g", c.form, shared)
		}
	}
}

// Noise is determined by the seed; in training it does not touch the
// target-generating network, and it is off unless asked for.
func TestNoiseComesFromTheSeed(t *testing.T) {
	ctx, k := context.Background(), task.SweptOscillation()
	fit := func(cfg Config) *Fit {
		t.Helper()
		f, err := Train(ctx, FullForce{}, cfg, k)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	quiet := small()
	training, running := quiet, quiet
	training.TrainingNoise, running.RunningNoise = 0.1, 0.1
	a, b, c, d := fit(quiet), fit(training), fit(training), fit(running)
	if !mat.Equal(b.Network.Recurrent, c.Network.Recurrent) || !mat.Equal(b.Activity, c.Activity) {
		t.Error("the same seed gave other noise")
	}
	if mat.Equal(a.Network.Recurrent, b.Network.Recurrent) {
		t.Error("noise in training changed nothing")
	}
	if !mat.Equal(a.Network.Recurrent, d.Network.Recurrent) || mat.Equal(a.Activity, d.Activity) || d.Network.Noise != 0.1 {
		t.Error("running noise should change the run and nothing else")
	}
	first, err := d.Network.Test(ctx, k, TestConfig{Trials: 2, Recorded: 2, Seed: 7})
	if err != nil {
		t.Fatal(err)
	}
	second, _ := d.Network.Test(ctx, k, TestConfig{Trials: 2, Recorded: 2, Seed: 7})
	if !mat.Equal(first.Activity, second.Activity) {
		t.Error("the same seed gave other noise on running")
	}
	// A runner has none until it is told where from.
	run := d.Network.Runner(nil)
	x0 := run.State()
	run.Step(trialOf(k, nil).Inputs, 0)
	run.Advance()
	bare := run.State()
	run = d.Network.Runner(x0)
	run.SetNoise(neuro.Stream(1, "noise"))
	run.Step(trialOf(k, nil).Inputs, 0)
	run.Advance()
	if got := run.State(); got[0] == bare[0] || math.Abs(got[0]-bare[0]) > 5*0.1*math.Sqrt(2*0.1) {
		t.Errorf("one step of noise moved a unit by %g", got[0]-bare[0])
	}
}
