package task

import (
	"math/rand/v2"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
)

func TestBothShowsOneAtATime(t *testing.T) {
	reaching, err := NewReaching(lines(4, 20, 2), 0.01)
	if err != nil {
		t.Fatal(err)
	}
	reaching.Go = 0.1
	cycling, err := NewCycling(lines(1, 200, 3)[0], lines(1, 200, 2)[0], 0.001)
	if err != nil {
		t.Fatal(err)
	}
	both, err := NewBoth(reaching, cycling)
	if err != nil {
		t.Fatal(err)
	}
	both.Share = 0.75
	if s := both.Shape(); s.Inputs != 4 || s.Outputs != 5 || s.Factors != 3 {
		t.Fatalf("shape %+v", s)
	}
	var cycles int
	for i := range 400 {
		trial := both.Trial(neuro.Stream(1, "trials", i))
		if err := trial.Validate(both.Shape()); err != nil {
			t.Fatal(err)
		}
		n := trial.Steps()
		if trial.Part == 0 {
			// The same trial alone, from the stream after the choice.
			rng := neuro.Stream(1, "trials", i)
			both.Choose(rng)
			own := reaching.Trial(rng)
			if own.Condition != trial.Condition || !mat.Equal(own.Inputs, trial.Inputs.Slice(0, n, 0, 3)) || !mat.Equal(own.Targets, trial.Targets.Slice(0, n, 0, 3)) {
				t.Fatalf("trial %d is not the reach it was drawn as", i)
			}
			if mat.Norm(trial.Inputs.Slice(0, n, 3, 4), 1) != 0 || mat.Norm(trial.Targets.Slice(0, n, 3, 5), 1) != 0 || mat.Norm(trial.Factors, 1) != 0 {
				t.Fatalf("trial %d: cycling shows in a reach", i)
			}
			continue
		}
		cycles++
		if !mat.Equal(trial.Targets.Slice(0, n, 3, 5), cycling.EMG) || !mat.Equal(trial.Factors, cycling.Factors) || mat.Norm(trial.Inputs.Slice(0, n, 0, 3), 1) != 0 {
			t.Fatalf("trial %d is not the cycling", i)
		}
		for s := range n {
			if trial.Targets.At(s, 0) != 0 || trial.Targets.At(s, 2) != -0.5 {
				t.Fatalf("trial %d: reaching does not rest", i)
			}
		}
	}
	// Binomial(400, 1/4): 100 ± 9.
	if cycles < 65 || cycles > 135 {
		t.Errorf("%d of 400 trials are the second task, want about 100", cycles)
	}
}

// A source of factors gives trials more factors than their task has.
func TestWidenPlacesFactorsOfEither(t *testing.T) {
	both, err := NewBoth(SweptOscillation(), NewSawtooth())
	if err != nil {
		t.Fatal(err)
	}
	first, second := both.First.Shape(), both.Second.Shape()
	first.Factors, second.Factors = 2, 3
	for part, k := range []Task{both.First, both.Second} {
		trial := k.Trial(nil)
		n := trial.Steps()
		trial.Factors = mat.NewDense(n, 2+part, nil)
		trial.Factors.Apply(func(int, int, float64) float64 { return 1 }, trial.Factors)
		wide := both.Widen(trial, part, first, second)
		if err := wide.Validate(first.Beside(second)); err != nil {
			t.Fatal(err)
		}
		if mat.Sum(wide.Factors) != float64(n*(2+part)) || wide.Factors.At(0, 4*part) != 1 || wide.Factors.At(0, 4-4*part) != 0 {
			t.Errorf("part %d: factors at the start are %v", part, wide.Factors.RawRowView(0))
		}
	}
}

// idle is a task that says wrongly what its outputs are at rest.
type idle struct{ Sawtooth }

func (idle) Rest() []float64 { return nil }

// broken is a task whose trials are not what it declares.
type broken struct{ Sawtooth }

func (broken) Trial(*rand.Rand) Trial { return Trial{} }

func TestBothRefusesWhatDoesNotFit(t *testing.T) {
	slow := NewSawtooth()
	slow.Dt = 0.002
	bad := NewSawtooth()
	bad.Period = -1
	for want, pair := range map[string][2]Task{
		"one is nil":         {NewSawtooth(), nil},
		"they must agree":    {NewSawtooth(), slow},
		"Period is -1":       {NewSawtooth(), bad},
		"Rest has 0 values":  {idle{NewSawtooth()}, NewSawtooth()},
		"Dt is 0 s: the tim": {Sawtooth{}, NewSawtooth()},
	} {
		if _, err := NewBoth(pair[0], pair[1]); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want one that says %q", err, want)
		}
	}
	both, err := NewBoth(broken{NewSawtooth()}, NewSawtooth())
	if err != nil {
		t.Fatal(err)
	}
	both.Share = 1
	if err := both.Trial(neuro.Stream(1, "trial")).Validate(both.Shape()); err == nil || !strings.Contains(err.Error(), "no targets") {
		t.Errorf("a broken part gives %v", err)
	}
}
