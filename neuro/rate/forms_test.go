package rate

import (
	"context"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// shown is a task made of given trials, one after the other.
type shown struct {
	dt     float64
	trials []task.Trial
	next   *int
}

func show(dt float64, trials ...task.Trial) shown { return shown{dt, trials, new(int)} }

func (s shown) Shape() task.Shape {
	shape := task.Shape{Name: "shown", Dt: s.dt}
	_, shape.Outputs = s.trials[0].Targets.Dims()
	if in := s.trials[0].Inputs; in != nil {
		_, shape.Inputs = in.Dims()
	}
	return shape
}

func (s shown) Trial(*rand.Rand) (task.Trial, error) {
	trial := s.trials[*s.next%len(s.trials)]
	*s.next++
	return trial, nil
}

func silence(steps, outputs int) task.Trial {
	return task.Trial{Targets: mat.NewDense(steps, outputs, nil)}
}

// A linear network under constant bias follows
//
//	x(t) = x∞ + exp((J - 1)t/τ) (x(0) - x∞),  x∞ = (1 - J)⁻¹ b,
//
// to first order in dt, in either form.
func TestLinearNetworkFollowsItsClosedForm(t *testing.T) {
	const n, tau, seconds = 4, 0.010, 0.03
	j := normal(n, n, 0.5/math.Sqrt(n), neuro.Stream(3, "J"))
	b, x0 := []float64{0.3, -0.2, 0.5, 1}, []float64{1, 0, -1, 0.5}
	var a, inverse, grown mat.Dense
	var rest, want mat.VecDense
	a.Apply(func(r, c int, v float64) float64 {
		if r == c {
			return v - 1
		}
		return v
	}, j)
	if err := inverse.Inverse(&a); err != nil {
		t.Fatal(err)
	}
	rest.MulVec(&inverse, mat.NewVecDense(n, []float64{-b[0], -b[1], -b[2], -b[3]}))
	a.Scale(seconds/tau, &a)
	grown.Exp(&a)
	want.SubVec(mat.NewVecDense(n, x0), &rest)
	want.MulVec(&grown, &want)
	want.AddVec(&want, &rest)
	for _, form := range []Form{Current, Rate} {
		var errors []float64
		for _, dt := range []float64{2e-5, 1e-5} {
			net := &Network{Form: form, Activation: Linear, Tau: tau, Dt: dt, Recurrent: j, Readout: mat.NewDense(1, n, nil), Bias: b, Initial: x0}
			run := net.Runner(nil)
			for step := range int(math.Round(seconds / dt)) {
				run.Step(nil, step)
				run.Advance()
			}
			var far mat.VecDense
			far.SubVec(mat.NewVecDense(n, run.State()), &want)
			errors = append(errors, far.Norm(2))
		}
		if errors[1] > 1e-3 || math.Abs(errors[0]/errors[1]-2) > 0.05 {
			t.Errorf("%s: errors %v at dt and dt/2: they should be small and halve", form, errors)
		}
	}
}

// Two rectified units in discrete time, with every kind of weight and bias, and
// their output fed back: by hand,
//
//	r(t) = [J r(t-1) + B f(t) + u z(t-1) + b]₊,  z = W r + c.
func TestDiscreteNetworkByHand(t *testing.T) {
	net := &Network{
		Form: Discrete, Activation: ReLU, Dt: 0.010,
		Recurrent: mat.NewDense(2, 2, []float64{0, 1, -1, 0.5}),
		Input:     mat.NewDense(2, 1, []float64{1, 2}),
		Feedback:  mat.NewDense(2, 1, []float64{0.5, 0}),
		Readout:   mat.NewDense(1, 2, []float64{1, -1}),
		Bias:      []float64{0, 1}, ReadoutBias: []float64{3},
		Initial: []float64{1, 2},
	}
	// z(-1) = 1 - 2 + 3 = 2.
	// f 1: r = [2 + 1 + 1, -1 + 1 + 2 + 1]₊ = (4, 3), z = 4
	// f -2: r = [3 - 2 + 2, -4 + 1.5 - 4 + 1]₊ = (3, 0), z = 6
	// f 0: r = [0 + 3, -3 + 1]₊ = (3, 0), z = 6
	wantR, wantZ := []float64{4, 3, 3, 0, 3, 0}, []float64{4, 6, 6}
	trial := silence(3, 1)
	trial.Inputs = mat.NewDense(3, 1, []float64{1, -2, 0})
	rec, err := net.Test(context.Background(), show(0.010, trial), TestConfig{Trials: 1, Recorded: 1, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	if !mat.Equal(rec.Activity, mat.NewDense(3, 2, wantR)) || !mat.Equal(rec.Outputs, mat.NewDense(3, 1, wantZ)) {
		t.Errorf("r %v, z %v", mat.Formatted(rec.Activity), mat.Formatted(rec.Outputs))
	}

	// On a task of finer steps each step is held, here for two.
	held := silence(5, 1)
	held.Inputs = mat.NewDense(5, 1, []float64{1, 1, -2, -2, 0})
	rec, err = net.Test(context.Background(), show(0.005, held), TestConfig{Trials: 1, Recorded: 1, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	if want := mat.NewDense(5, 1, []float64{4, 4, 6, 6, 6}); !mat.Equal(rec.Outputs, want) {
		t.Errorf("held: z %v", mat.Formatted(rec.Outputs))
	}
	if _, err := net.Test(context.Background(), show(0.003, held), TestConfig{Trials: 1, Recorded: 1, Seed: 1}); err == nil || !strings.Contains(err.Error(), "whole multiple") {
		t.Errorf("steps that do not fit: %v", err)
	}
}

// With Restart every trial begins in the same state, without it where the last
// one ended.
func TestRestart(t *testing.T) {
	net := &Network{
		Form: Current, Tau: 0.01, Dt: 0.001, Recurrent: mat.NewDense(1, 1, nil),
		Readout: mat.NewDense(1, 1, []float64{1}), Initial: []float64{2},
	}
	k := show(0.001, silence(10, 1))
	for _, restart := range []bool{false, true} {
		net.Restart = restart
		rec, err := net.Test(context.Background(), k, TestConfig{Trials: 2, Recorded: 2, Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		want := math.Tanh(2 * math.Exp(-1))
		if restart {
			want = math.Tanh(2)
		}
		if got := rec.Activity.At(10, 0); math.Abs(got-want) > 1e-12 {
			t.Errorf("restart %v: the second trial begins at %g, want %g", restart, got, want)
		}
	}
}

func TestBadNetworksAreRefused(t *testing.T) {
	k := task.SweptOscillation()
	good := mustDraw(t, small(), k.Shape(), 2)
	for want, bend := range map[string]func(*Network){
		`form of the network is "spiky"`:                func(n *Network) { n.Form = "spiky" },
		`no activation "tan"`:                           func(n *Network) { n.Activation = "tan" },
		"no initial state":                              func(n *Network) { n.Initial = nil },
		"Tau is -1 s":                                   func(n *Network) { n.Tau = -1 },
		"Dt is 0 s":                                     func(n *Network) { n.Dt = 0 },
		"Noise is NaN":                                  func(n *Network) { n.Noise = math.NaN() },
		"state of unit 0 is NaN":                        func(n *Network) { n.Initial = []float64{math.NaN()} },
		"3 output biases for the 1 outputs":             func(n *Network) { n.ReadoutBias = make([]float64, 3) },
		"Input is 60 x 2, oscillation with 60 units":    func(n *Network) { n.Input = mat.NewDense(60, 2, nil) },
		"Readout is 4 x 60, oscillation with 60 units":  func(n *Network) { n.Readout = mat.NewDense(4, 60, nil) },
		"Feedback is 60 x 2, oscillation with 60 units": func(n *Network) { n.Feedback = mat.NewDense(60, 2, nil) },
	} {
		n := *good
		bend(&n)
		if _, err := n.Test(context.Background(), k, TestConfig{Trials: 1, Seed: 1}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
	if _, err := good.Test(context.Background(), k, TestConfig{Trials: -1, Seed: 1}); err == nil {
		t.Error("-1 trials were taken")
	}
	if _, err := good.Test(context.Background(), poisoned{}, TestConfig{Trials: 1, Seed: 1}); err == nil {
		t.Error("a task of other dimensions was taken")
	}
}

// A network made by hand, without an initial state, starts in silence.
func TestRunnerStartsInSilence(t *testing.T) {
	n := &Network{
		Form: Current, Tau: 0.01, Dt: 0.001,
		Recurrent: mat.NewDense(2, 2, []float64{0, 1, -1, 0}),
		Input:     mat.NewDense(2, 1, []float64{1, 0}),
		Readout:   mat.NewDense(1, 2, []float64{1, 1}),
	}
	run := n.Runner(nil)
	if r, z := run.Step(mat.NewDense(1, 1, []float64{1}), 0); floats.Norm(r, 2) != 0 || z[0] != 0 {
		t.Errorf("activity %v, output %v, want zeros", r, z)
	}
	run.Advance()
	if x := run.State(); !(x[0] > 0) || x[1] != 0 {
		t.Errorf("state %v after one step of input onto the first unit", x)
	}
}
