package rate

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// integrator is one linear unit that adds up its input, one a step.
func integrator(dt float64) *Network {
	return &Network{
		Form: Discrete, Activation: Linear, Dt: dt, Restart: true,
		Recurrent: mat.NewDense(1, 1, []float64{1}), Input: mat.NewDense(1, 1, []float64{1}),
		Readout: mat.NewDense(1, 1, []float64{1}), Initial: []float64{0},
	}
}

// constant is a trial of constant input and a target of the given sign; it is
// answered by an output of that sign at the end.
func constant(steps int, input, sign float64, condition int, question bool) task.Trial {
	trial := task.Trial{Inputs: mat.NewDense(steps, 1, nil), Targets: mat.NewDense(steps, 1, nil), Condition: condition}
	for t := range steps {
		trial.Inputs.Set(t, 0, input)
		trial.Targets.Set(t, 0, sign)
	}
	if question {
		trial.Correct = func(z *mat.Dense) bool { return z.At(steps-1, 0)*sign > 0 }
	}
	return trial
}

// Activity is cut by condition, and questions are counted, recorded or not.
func TestRecordingKnowsTrialsAndAnswers(t *testing.T) {
	k := show(0.001,
		constant(5, 1, 1, 2, true),   // answered
		constant(3, -1, 1, 0, true),  // not answered
		constant(4, 2, 1, 1, false),  // not a question
		constant(2, -1, -1, 2, true), // answered
		constant(6, -1, -1, 1, true)) // answered, not recorded
	rec, err := integrator(0.001).Test(context.Background(), k, TestConfig{Trials: 5, Recorded: 4, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	want := []recording.Trial{
		{From: 0, To: 5, Condition: 2, Question: true, Correct: true}, {From: 5, To: 8, Question: true}, {From: 8, To: 12, Condition: 1},
		{From: 12, To: 14, Condition: 2, Question: true, Correct: true}, {Condition: 1, Question: true, Correct: true},
	}
	if !reflect.DeepEqual(rec.Trials, want) || rec.Accuracy() != 0.75 {
		t.Errorf("trials %v, want %v, accuracy %g", rec.Trials, want, rec.Accuracy())
	}
	if len(rec.OutputErrors) != 5 || rec.Rates != nil || rec.Units != 1 {
		t.Errorf("%d errors of 5 trials, rates %v, %d units", len(rec.OutputErrors), rec.Rates, rec.Units)
	}
	for _, s := range rec.Kept() { // the last sum is input times length
		if got := rec.Activity.At(s.To-1, 0); math.Abs(got) != float64(s.To-s.From) && s.Condition != 1 {
			t.Errorf("%v ends at %g", s, got)
		}
	}
	rec, err = integrator(0.001).Test(context.Background(), show(0.001, constant(4, 2, 1, 1, false)), TestConfig{Trials: 2, Seed: 1})
	if err != nil || !math.IsNaN(rec.Accuracy()) || rec.Activity.Values != nil || rec.Kept() != nil {
		t.Errorf("%+v, accuracy %g, %v", rec, rec.Accuracy(), err)
	}
}

// A trial whose matrices are parts of wider ones is recorded as any other.
func TestTargetsMayBeAPartOfAMatrix(t *testing.T) {
	trial := constant(4, 1, 1, 0, false)
	wide := mat.NewDense(4, 3, []float64{9, 1, 9, 9, 2, 9, 9, 3, 9, 9, 4, 9})
	trial.Targets = wide.Slice(0, 4, 1, 2).(*mat.Dense)
	rec, err := integrator(0.001).Test(context.Background(), show(0.001, trial), TestConfig{Trials: 1, Recorded: 1, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	if !mat.Equal(rec.Outputs.Targets, rec.Outputs) || rec.OutputErrors[0] != 0 {
		t.Errorf("targets %v", mat.Formatted(rec.Outputs.Targets))
	}
}

// A network that runs away says in which trial, and leaves the trials before.
func TestRunawayNamesTheTrial(t *testing.T) {
	net := integrator(0.001)
	net.Restart, net.Initial = false, []float64{1}
	net.Recurrent.Set(0, 0, 10) // 1e308 is passed in the fourth trial of 100 steps
	rec, err := net.Test(context.Background(), show(0.001, constant(100, 0, 1, 0, true)), TestConfig{Trials: 9, Recorded: 9, Seed: 1})
	var div *neuro.DivergenceError
	if !errors.As(err, &div) || div.Trial != 3 || div.Step != 8 || !strings.Contains(err.Error(), "trial 3, step 8 (0.009 s): output 0 became +Inf, as its weights amplify") {
		t.Errorf("error %v, want a DivergenceError at trial 3, step 8", err)
	}
	if rows, _ := rec.Activity.Dims(); rows != 300 || len(rec.OutputErrors) != 3 || len(rec.Trials) != 3 {
		t.Errorf("%d steps, %d errors and %d trials are left of 3 trials", rows, len(rec.OutputErrors), len(rec.Trials))
	}
}

// poisonedLater has a NaN in the target of its third trial.
type poisonedLater struct{ n *int }

func (poisonedLater) Shape() task.Shape { return task.Shape{Name: "poisoned", Dt: 0.001, Outputs: 1} }
func (p poisonedLater) Trial(*rand.Rand) (task.Trial, error) {
	trial := silence(10, 1)
	if *p.n++; *p.n == 3 {
		trial.Targets.Set(7, 0, math.NaN())
	}
	return trial, nil
}

func TestNaNInATargetIsNamed(t *testing.T) {
	want := "trial 2: poisoned: targets hold NaN at step 7, channel 0"
	if _, err := Train(context.Background(), Force{}, small(), poisonedLater{new(int)}); err == nil || !strings.Contains(err.Error(), "training "+want) {
		t.Errorf("training: %v", err)
	}
	net := integrator(0.001)
	net.Input = nil
	if _, err := net.Test(context.Background(), poisonedLater{new(int)}, TestConfig{Trials: 5, Recorded: 5, Seed: 1}); err == nil || !strings.Contains(err.Error(), "test "+want) {
		t.Errorf("test: %v", err)
	}
}
