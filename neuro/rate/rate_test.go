package rate

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/factor"
	"github.com/spikewalk/spikewalk/neuro/stats"
	"github.com/spikewalk/spikewalk/neuro/task"
)

func small() Config {
	cfg := DePasquale2018()
	cfg.Units, cfg.WarmUpTrials, cfg.TrainingTrials, cfg.TestTrials, cfg.RecordedTrials = 60, 2, 6, 3, 2
	return cfg
}

// mustDraw draws a network without feedback.
func mustDraw(t *testing.T, cfg Config, s task.Shape, seed uint64) *Network {
	t.Helper()
	cfg.Seed = seed
	net, err := New(cfg, s)
	if err != nil {
		t.Fatal(err)
	}
	net.Feedback = nil
	return net
}

// Under constant input the state of a unit relaxes as 1 - exp(-t/τ), which
// exponential Euler follows exactly at any step.
func TestStateRelaxesExponentially(t *testing.T) {
	const dt, tau, in = 0.004, 0.010, 0.8
	for form, goal := range map[Form]float64{Current: in, Rate: math.Tanh(in)} {
		net := &Network{Form: form, Tau: tau, Dt: dt}
		s := net.start([]float64{0})
		for step := 1; step <= 20; step++ {
			s.advance([]float64{in})
			want := goal * (1 - math.Exp(-float64(step)*dt/tau))
			if math.Abs(s.x[0]-want) > 1e-14 {
				t.Fatalf("%s, step %d: %g, want %g", form, step, s.x[0], want)
			}
		}
		want := s.x[0]
		if form == Current {
			want = math.Tanh(s.x[0])
		}
		if math.Abs(s.r[0]-want) > 1e-15 {
			t.Errorf("%s: activity %g, want %g", form, s.r[0], want)
		}
	}
}

// ridge is the offline solution of readouts from rows of r to rows of d.
func ridge(t *testing.T, r, d []([]float64), alpha float64) *mat.Dense {
	t.Helper()
	n, m := len(r[0]), len(d[0])
	a, b := mat.NewDense(len(r)+n, n, nil), mat.NewDense(len(r)+n, m, nil)
	for i := range r {
		a.SetRow(i, r[i])
		b.SetRow(i, d[i])
	}
	for i := range n {
		a.Set(len(r)+i, i, math.Sqrt(alpha))
	}
	var w mat.Dense
	if err := w.Solve(a, b); err != nil {
		t.Fatal(err)
	}
	return mat.DenseCopyOf(w.T())
}

func far(a, b mat.Matrix) float64 {
	var d mat.Dense
	d.Sub(a, b)
	return mat.Norm(&d, 2) / mat.Norm(b, 2)
}

// The recurrent weights and the readout that full-FORCE learns online are
// the ridge regression of the drive and the target on the activity the
// network went through.
func TestFullForceLearnsTheRidgeSolution(t *testing.T) {
	for _, c := range []struct {
		form Form
		bias float64
	}{{Current, 0}, {Rate, 0}, {Current, 0.5}, {Rate, 0.5}} {
		cfg := small()
		cfg.Form, cfg.BiasScale = c.form, c.bias
		k := hinted{task.SweptOscillation()}
		shape := k.Shape()
		f, trial := untrained[*fullForce](t, FullForce{}, cfg, shape), trialOf(k, nil)
		var r, d, out [][]float64
		f.Begin(neuro.WithCores(context.Background(), 1), trial)
		for step := range 1500 {
			r = append(r, regressor(cfg, f.state.r))
			if _, err := f.Step(step, Learning); err != nil {
				t.Fatal(err)
			}
			d = append(d, append([]float64(nil), f.generator.wanted(step)...))
			out = append(out, trial.Targets.RawRowView(step))
		}
		n := f.Network()
		if x := far(beside(n.Recurrent, n.Bias), ridge(t, r, d, cfg.RLS.Alpha)); x > 1e-7 {
			t.Errorf("%v: J and b are %g away from the ridge solution", c, x)
		}
		if x := far(beside(n.Readout, n.ReadoutBias), ridge(t, r, out, cfg.RLS.Alpha)); x > 1e-7 {
			t.Errorf("%v: W and c are %g away from the ridge solution", c, x)
		}
	}
}

// regressor is what is learned from: activity and, with biases, a constant.
func regressor(cfg Config, activity []float64) []float64 {
	r := append([]float64(nil), activity...)
	if cfg.BiasScale > 0 {
		r = append(r, 1)
	}
	return r
}

// beside returns weights with the biases as a last column, if there are any.
func beside(w *mat.Dense, bias []float64) *mat.Dense {
	if bias == nil {
		return w
	}
	var both mat.Dense
	both.Augment(w, mat.NewVecDense(len(bias), bias))
	return &both
}

// untrained is a method before its first trial.
func untrained[L Learner](t testing.TB, method Method, cfg Config, s task.Shape) L {
	t.Helper()
	l, err := method.Start(cfg, s)
	if err != nil {
		t.Fatal(err)
	}
	return l.(L)
}

// hinted adds a ramp hint to a task.
type hinted struct{ task.Oscillation }

func (h hinted) Shape() task.Shape {
	s := h.Oscillation.Shape()
	s.Hints = 1
	return s
}

func (h hinted) Trial(rng *rand.Rand) (task.Trial, error) {
	trial, err := h.Oscillation.Trial(rng)
	if err != nil {
		return trial, err
	}
	trial.Hints = mat.NewDense(trial.Steps(), 1, nil)
	for t := range trial.Steps() {
		trial.Hints.Set(t, 0, float64(t)/float64(trial.Steps()))
	}
	return trial, nil
}

// So are those of FORCE, also with biases, and where the past is forgotten: then a
// sample counts λ to the power of its age.
func TestForceLearnsTheRidgeSolution(t *testing.T) {
	for _, c := range []struct{ bias, forgetting float64 }{{0, 0}, {0.5, 0}, {0, 0.002}} {
		cfg := small()
		cfg.BiasScale, cfg.RLS.Forgetting = c.bias, c.forgetting
		k := task.SweptOscillation()
		f, trial := untrained[*force](t, Force{}, cfg, k.Shape()), trialOf(k, nil)
		f.Begin(t.Context(), trial)
		const steps = 1000
		var r, out [][]float64
		for step := range steps {
			root := math.Pow(1-c.forgetting, float64(steps-1-step)/2)
			r = append(r, floats.ScaleTo(make([]float64, cfg.regressors()), root, regressor(cfg, f.state.r)))
			out = append(out, floats.ScaleTo([]float64{0}, root, trial.Targets.RawRowView(step)))
			if _, err := f.Step(step, Learning); err != nil {
				t.Fatal(err)
			}
		}
		n, alpha := f.Network(), cfg.RLS.Alpha*math.Pow(1-c.forgetting, steps)
		if x := far(beside(n.Readout, n.ReadoutBias), ridge(t, r, out, alpha)); x > 1e-7 {
			t.Errorf("%+v: W and c are %g away from the ridge solution", c, x)
		}
	}
}

func TestFullForceDoesASimpleTaskOnItsOwn(t *testing.T) {
	ctx := context.Background()
	cfg := small()
	cfg.Units, cfg.TrainingTrials, cfg.TestTrials = 120, 60, 3
	k := task.Sinusoids{Period: 0.4, Harmonics: []int{1, 2}, Amplitudes: []float64{1, 0.5}, Dt: 0.001}
	fit, err := Train(ctx, FullForce{}, cfg, k)
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range fit.OutputErrors {
		// Nothing resets the phase, so the error grows from period to period.
		if e > 0.05 {
			t.Errorf("test trial %d: nMSE %g", i, e)
		}
	}
	if r, c := fit.Activity.Dims(); r != 800 || c != 120 {
		t.Errorf("activity recorded is %d x %d", r, c)
	}
	// The output is the readout of the activity.
	var z mat.Dense
	z.Mul(fit.Activity, fit.Network.Readout.T())
	if !mat.EqualApprox(&z, fit.Outputs, 1e-10) {
		t.Error("outputs are not W r")
	}
	again, err := Train(ctx, FullForce{}, cfg, k)
	if err != nil {
		t.Fatal(err)
	}
	if !mat.Equal(fit.Activity, again.Activity) {
		t.Error("the same seed gave other bits")
	}
	cfg.Seed++
	other, err := Train(ctx, FullForce{}, cfg, k)
	if err != nil {
		t.Fatal(err)
	}
	if mat.Equal(fit.Activity, other.Activity) {
		t.Error("another seed gave the same network")
	}
}

func TestAnotherInputChannelLeavesTheRecurrentWeights(t *testing.T) {
	a := mustDraw(t, small(), task.Shape{Dt: 0.001, Inputs: 1, Outputs: 1}, 1)
	b := mustDraw(t, small(), task.Shape{Dt: 0.001, Inputs: 3, Outputs: 1}, 1)
	if !mat.Equal(a.Recurrent, b.Recurrent) {
		t.Error("adding inputs changed the recurrent matrix")
	}
	if sd := mat.Norm(a.Recurrent, 2) / 60; math.Abs(sd/(1.5/math.Sqrt(60))-1) > 0.06 {
		t.Errorf("recurrent weights have sd %g, want g/√N = %g", sd, 1.5/math.Sqrt(60))
	}
}

// Recurrent feedback closes the loop: J + u W acts like J with feedback u.
func TestClosed(t *testing.T) {
	stream := func(s neuro.Purpose) *rand.Rand { return neuro.Stream(2, s) }
	k := task.SweptOscillation()
	net := mustDraw(t, small(), k.Shape(), 2)
	net.Feedback = uniform(60, 1, 1, stream("target"))
	net.Readout = normal(1, 60, 0.1, stream("readout"))
	closed := net.Closed()
	a, err := net.Test(context.Background(), k, TestConfig{Trials: 1, Recorded: 1, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	b, err := closed.Test(context.Background(), k, TestConfig{Trials: 1, Recorded: 1, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	// The network is chaotic, so only the first 100 steps stay together.
	if !mat.EqualApprox(a.Activity.Slice(0, 100, 0, 60), b.Activity.Slice(0, 100, 0, 60), 1e-9) {
		t.Error("J + u W does not act like J with feedback")
	}
}

func TestStepAllocatesNothing(t *testing.T) {
	k := task.SweptOscillation()
	net := mustDraw(t, small(), k.Shape(), 2)
	run, trial := net.Runner(nil), trialOf(k, nil)
	if a := testing.AllocsPerRun(100, func() {
		run.Step(trial.Inputs, 3)
		run.Advance()
	}); a != 0 {
		t.Errorf("%g allocations a step", a)
	}
}

func TestDivergenceSaysWhereAndKeepsTheFit(t *testing.T) {
	k := task.SweptOscillation()
	net := mustDraw(t, small(), k.Shape(), 2)
	net.Readout.Set(0, 5, math.Inf(1))
	_, err := net.Test(context.Background(), k, TestConfig{Trials: 2, Seed: 1})
	var div *neuro.DivergenceError
	if !errors.As(err, &div) || div.Trial != 0 || div.Step != 0 {
		t.Errorf("error %v, want a DivergenceError at trial 0, step 0", err)
	}
	cfg := small()
	cfg.RLS.Alpha = 1e-308
	fit, err := Train(context.Background(), FullForce{}, cfg, k)
	if err == nil || fit == nil || fit.Network == nil || !strings.Contains(err.Error(), "trial") {
		t.Errorf("hopeless training gave %v, %v", fit, err)
	}
}

func TestCancelAndStop(t *testing.T) {
	k := task.SweptOscillation()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Train(ctx, Force{}, small(), k); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want cancellation", err)
	}
	fit, err := Train(neuro.WithWatch(context.Background(), func(p neuro.Progress) error {
		if p.Stage == "train" && p.Done == 4 {
			return neuro.ErrStop
		}
		return nil
	}), Force{}, small(), k)
	if err != nil || len(fit.TrainingErrors) != 2 || len(fit.OutputErrors) != 3 {
		t.Errorf("stopped after 2 trials: %v, %d training and %d test errors", err, len(fit.TrainingErrors), len(fit.OutputErrors))
	}
}

func TestStoppedWarmUpGoesOnToTraining(t *testing.T) {
	cfg := small()
	cfg.WarmUpTrials, cfg.TrainingTrials = 5, 2
	var stages []string
	fit, err := Train(neuro.WithWatch(context.Background(), func(p neuro.Progress) error {
		stages = append(stages, p.Stage)
		if p.Stage == "warm-up" {
			return neuro.ErrStop
		}
		return nil
	}), Force{}, cfg, task.SweptOscillation())
	if err != nil || len(fit.TrainingErrors) != 2 || len(stages) != 1+2+3 {
		t.Errorf("%v, %d training errors, stages %v", err, len(fit.TrainingErrors), stages)
	}
}

func TestBadInputIsRefused(t *testing.T) {
	bend := map[string]func(*Config){
		"form": func(c *Config) { c.Form = "" }, "units": func(c *Config) { c.Units = 0 },
		"tau": func(c *Config) { c.Tau = 0 }, "gain": func(c *Config) { c.Gain = math.NaN() },
		"update": func(c *Config) { c.UpdateProbability = 1.5 }, "trials": func(c *Config) { c.TrainingTrials = 0 },
		"alpha": func(c *Config) { c.RLS.Alpha = -1 }, "activation": func(c *Config) { c.Activation = "tan" },
		"discrete": func(c *Config) { c.Form = Discrete }, "noise": func(c *Config) { c.TrainingNoise = -1 },
		"running noise": func(c *Config) { c.RunningNoise = math.NaN() }, "connectivity": func(c *Config) { c.Connectivity = 0 },
		"too connected": func(c *Config) { c.Connectivity = 1.1 },
	}
	for name, f := range bend {
		cfg := small()
		f(&cfg)
		if _, err := Train(context.Background(), Force{}, cfg, task.SweptOscillation()); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
	if _, err := Train(context.Background(), Force{}, small(), poisoned{}); err == nil || !strings.Contains(err.Error(), "step 7") {
		t.Errorf("a NaN in the targets: %v", err)
	}
	k := task.SweptOscillation()
	good := mustDraw(t, small(), k.Shape(), 2)
	for name, f := range map[string]func(*Network){
		"Recurrent is 3 x 3": func(n *Network) { n.Recurrent = mat.NewDense(3, 3, nil) },
		"no Readout":         func(n *Network) { n.Readout = nil },
		"2 biases":           func(n *Network) { n.Bias = make([]float64, 2) },
		"steps by":           func(n *Network) { n.Dt = 0.01 },
	} {
		n := *good
		f(&n)
		if _, err := n.Test(context.Background(), k, TestConfig{Trials: 1, Seed: 1}); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

// poisoned has a NaN in its target.
type poisoned struct{}

func (poisoned) Shape() task.Shape { return task.Shape{Name: "poisoned", Dt: 0.001, Outputs: 1} }
func (poisoned) Trial(*rand.Rand) (task.Trial, error) {
	m := mat.NewDense(10, 1, nil)
	m.Set(7, 0, math.NaN())
	return task.Trial{Targets: m}, nil
}

// Factors through their directions are the recurrent currents that the
// components leave: J V Vᵀ r.
func TestSourceGivesTheNetworksFactors(t *testing.T) {
	ctx := context.Background()
	k := task.SweptOscillation()
	fit, err := Train(ctx, FullForce{}, small(), k)
	if err != nil {
		t.Fatal(err)
	}
	basis, err := factor.PCA(fit.Activity, factor.Components(60))
	if err != nil {
		t.Fatal(err)
	}
	src, err := NewSource(fit.Network, basis, k)
	if err != nil {
		t.Fatal(err)
	}
	first, state, err := src.Trial(nil, task.State{})
	if err != nil {
		t.Fatal(err)
	}
	second, _, err := src.Trial(nil, state)
	if err != nil {
		t.Fatal(err)
	}
	// With all components nothing is lost, and two trials on end are the
	// network's own recording.
	for i, trial := range []task.Trial{first, second} {
		var back mat.Dense
		back.Mul(trial.Factors, basis.Vectors.T())
		if !mat.EqualApprox(&back, fit.Activity.Slice(i*2000, i*2000+2000, 0, 60), 1e-9) {
			t.Errorf("trial %d: the factors do not give the activity back", i)
		}
	}
	directions := src.Directions()
	var j mat.Dense
	j.Mul(directions.Factors, basis.Vectors.T())
	if !mat.EqualApprox(&j, fit.Network.Recurrent, 1e-9) || directions.Inputs != fit.Network.Input {
		t.Error("the directions of all components do not give J back")
	}
	if s := src.Shape(); s.Factors != 60 || s.Inputs != 1 {
		t.Errorf("shape %+v", s)
	}

	centred, _ := factor.CentredPCA(fit.Activity, factor.Components(3))
	if _, err := NewSource(fit.Network, centred, k); err == nil {
		t.Error("centred components were taken")
	}
	few, _ := factor.PCA(fit.Activity.Slice(0, 500, 0, 7), factor.Components(2))
	if _, err := NewSource(fit.Network, few, k); err == nil || !strings.Contains(err.Error(), "7 units") {
		t.Errorf("components of other units: %v", err)
	}
}

// A network without input falls silent; its state ends at zero and does not
// linger among the denormal numbers.
func TestSilenceEndsAtZero(t *testing.T) {
	for _, form := range []Form{Current, Rate} {
		s := (&Network{Form: form, Tau: 0.010, Dt: 0.001}).start([]float64{1, -0.5, 0.3})
		for range 7000 {
			s.advance([]float64{0, 0, 0})
		}
		for i := range s.x {
			if s.x[i] != 0 || s.r[i] != 0 {
				t.Errorf("%s: unit %d is still at %g, activity %g", form, i, s.x[i], s.r[i])
			}
		}
	}
}

func TestOddSizes(t *testing.T) {
	for _, units := range []int{1, 2, 9, 33} {
		cfg := small()
		cfg.Units = units
		fit, err := Train(context.Background(), FullForce{}, cfg, task.SweptOscillation())
		if err != nil {
			t.Fatal(err)
		}
		if math.IsNaN(stats.Median(fit.OutputErrors)) {
			t.Errorf("%d units: the error is not a number", units)
		}
	}
}

// trialOf makes a trial of a task that can make one.
func trialOf(k task.Task, rng *rand.Rand) task.Trial {
	trial, err := task.NewTrial(k, rng)
	if err != nil {
		panic(err)
	}
	return trial
}
