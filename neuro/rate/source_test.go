package rate

import (
	"context"
	"errors"
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/factor"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// every is a network with all that a network can have.
func every(t *testing.T, form Form, dt float64) (*Network, shown) {
	t.Helper()
	const n = 6
	net := &Network{
		Form: form, Activation: Softplus, Dt: dt,
		Recurrent: normal(n, n, 0.2, neuro.Stream(1, "J")), Input: normal(n, 2, 1, neuro.Stream(1, "in")),
		Feedback: normal(n, 1, 0.2, neuro.Stream(1, "u")), Readout: normal(1, n, 0.2, neuro.Stream(1, "W")),
		Bias: []float64{1, -1, 0.5, 0, 2, -0.3}, ReadoutBias: []float64{0.7},
		Initial: make([]float64, n),
	}
	if form != Discrete {
		net.Tau = 0.010
	}
	trial := task.Trial{Inputs: normal(40, 2, 1, neuro.Stream(1, "f")), Targets: normal(40, 1, 1, neuro.Stream(1, "t"))}
	return net, show(dt, trial, trial)
}

// What a spiking network is given (directions, input weights and the constant)
// makes up the whole input of every unit: with all components kept, the
// factors of one step and the input give those of the next, in every form, with
// biases, feedback and an activation whose mean is not zero.
func TestSourceAccountsForTheWholeInput(t *testing.T) {
	for _, form := range []Form{Current, Rate, Discrete} {
		net, k := every(t, form, 0.001)
		rec, err := net.Test(context.Background(), k, TestConfig{Trials: 1, Recorded: 1, Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		basis, err := factor.PCA(rec.Activity, factor.Components(6))
		if err != nil {
			t.Fatal(err)
		}
		src, err := NewSource(net, basis, k)
		if err != nil {
			t.Fatal(err)
		}
		trial, state, err := src.Trial(nil, task.State{})
		if err != nil {
			t.Fatal(err)
		}
		directions, last := src.Directions(), state.Numbers()
		bare := &Network{Form: form, Activation: Softplus, Tau: net.Tau, Dt: net.Dt}
		s := bare.start(net.Initial)
		var before mat.VecDense // the factors before the first step
		before.MulVec(basis.Vectors.T(), mat.NewVecDense(6, net.Initial))
		for step := range trial.Steps() {
			at := step // the factors that act in this step, those of the last one in discrete time
			if form == Discrete {
				at--
			}
			y := &before
			if at >= 0 {
				y = mat.NewVecDense(6, trial.Factors.RawRowView(at))
			}
			var in, external mat.VecDense
			in.MulVec(directions.Factors, y)
			external.MulVec(directions.Inputs, mat.NewVecDense(2, trial.Inputs.RawRowView(step)))
			in.AddVec(&in, &external)
			in.AddVec(&in, mat.NewVecDense(6, directions.Constant))
			s.advance(in.RawVector().Data)
		}
		for i := range last {
			if math.Abs(s.x[i]-last[i]) > 1e-9 {
				t.Errorf("%s: unit %d ends at %g by the factors, at %g by the network", form, i, s.x[i], last[i])
			}
		}
	}
}

func TestSourceWithoutBiasHasNoConstant(t *testing.T) {
	net, k := every(t, Current, 0.001)
	net.Bias, net.ReadoutBias = nil, nil
	rec, err := net.Test(context.Background(), k, TestConfig{Trials: 1, Recorded: 1, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	basis, _ := factor.PCA(rec.Activity, factor.Components(2))
	src, err := NewSource(net, basis, k)
	if err != nil || src.Directions().Constant != nil {
		t.Errorf("constant %v, %v", src.Directions().Constant, err)
	}
}

// The factors of a target-generating network are of the activity that the
// targets drive, and its output, which is zero, does not come into it.
func TestDrivenSource(t *testing.T) {
	ctx, k := context.Background(), task.SweptOscillation()
	cfg := small()
	net, err := New(cfg, k.Shape())
	if err != nil {
		t.Fatal(err)
	}
	rec, err := net.Test(ctx, k, TestConfig{Trials: 1, Recorded: 1, Driven: true, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	// Full-FORCE's own teacher goes through the same states.
	teacher, trial := untrained[*fullForce](t, FullForce{}, cfg, k.Shape()), trialOf(k, nil)
	teacher.Begin(neuro.WithCores(ctx, 1), trial)
	var teaches []float64
	for step := range 1001 {
		teaches = teacher.generator.wanted(step)
	}
	r, want := mat.NewVecDense(60, rec.Activity.Values.RawRowView(1000)), mat.NewVecDense(60, nil)
	want.MulVec(net.Recurrent, r)
	for i := range 60 {
		wanted := want.AtVec(i) + net.Feedback.At(i, 0)*trial.Targets.At(1000, 0)
		if got := teaches[i]; math.Abs(got-wanted) > 1e-12 {
			t.Fatalf("unit %d: full-FORCE's teacher wants %g, this network %g", i, got, wanted)
		}
	}

	basis, err := factor.PCA(rec.Activity, factor.Components(60))
	if err != nil {
		t.Fatal(err)
	}
	src, err := NewDrivenSource(net, basis, k)
	if err != nil {
		t.Fatal(err)
	}
	shownTrial, _, err := src.Trial(nil, task.State{})
	if err != nil {
		t.Fatal(err)
	}
	var back mat.Dense
	back.Mul(shownTrial.Factors, basis.Vectors.T())
	if !mat.EqualApprox(&back, rec.Activity, 1e-9) {
		t.Error("the factors do not give the driven activity back")
	}
	directions := src.Directions()
	back.Reset()
	back.Mul(directions.Factors, basis.Vectors.T())
	if !mat.EqualApprox(&back, net.Recurrent, 1e-9) {
		t.Error("the directions are not J̃ V")
	}
	net.Feedback = nil
	if _, err := NewDrivenSource(net, basis, k); err == nil {
		t.Error("a network that targets cannot drive was taken")
	}
	if _, err := net.Test(ctx, k, TestConfig{Trials: 1, Recorded: 1, Driven: true, Seed: 1}); err == nil {
		t.Error("a network that targets cannot drive was driven")
	}
}

// A source whose network runs away says so instead of handing out NaN.
func TestSourceDiverges(t *testing.T) {
	net := integrator(0.001)
	k := show(0.001, constant(400, 1, 1, 0, false))
	rec, err := net.Test(context.Background(), k, TestConfig{Trials: 1, Recorded: 1, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	basis, err := factor.PCA(rec.Activity, factor.Components(1))
	if err != nil {
		t.Fatal(err)
	}
	net.Recurrent.Set(0, 0, 10)
	src, err := NewSource(net, basis, k)
	if err != nil {
		t.Fatal(err)
	}
	var div *neuro.DivergenceError
	if _, _, err := src.Trial(nil, task.State{}); !errors.As(err, &div) {
		t.Errorf("error %v, want a DivergenceError", err)
	}
}
