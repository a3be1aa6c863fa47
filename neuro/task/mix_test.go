package task

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
)

func TestMixShowsOneAtATime(t *testing.T) {
	reaching, err := NewReaching(lines(4, 20, 2), 0.01)
	if err != nil {
		t.Fatal(err)
	}
	reaching.Go = 0.1
	cycling, err := NewCycling(lines(1, 200, 3)[0], lines(1, 200, 2)[0], 0.001)
	if err != nil {
		t.Fatal(err)
	}
	both, err := NewMix(reaching, cycling)
	if err != nil {
		t.Fatal(err)
	}
	both.Shares = []float64{0.75, 0.25}
	if s := both.Shape(); s.Inputs != 4 || s.Outputs != 5 || s.Factors != 3 {
		t.Fatalf("shape %+v", s)
	}
	var cycles int
	for i := range 400 {
		trial := trialOf(both, neuro.Stream(1, "trials", i))
		n := trial.Steps()
		if trial.Part == 0 {
			// The same trial alone, from the stream after the choice.
			rng := neuro.Stream(1, "trials", i)
			both.choose(rng)
			own := trialOf(reaching, rng)
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

// Of three tasks each comes up in its share, alike where none is given.
func TestMixOfThreeKeepsToShares(t *testing.T) {
	m, err := NewMix(SumOfSinusoids(), NewSawtooth(), SweptOscillation())
	if err != nil {
		t.Fatal(err)
	}
	for _, shares := range [][]float64{nil, {0.5, 0.2, 0.3}} {
		m.Shares = shares
		var shown [3]float64
		for i := range 3000 {
			shown[m.choose(neuro.Stream(1, "choice", i))]++
		}
		for part, n := range shown {
			want := 1.0 / 3
			if shares != nil {
				want = shares[part]
			}
			// Four standard deviations of a binomial.
			if sd := math.Sqrt(3000 * want * (1 - want)); math.Abs(n-3000*want) > 4*sd {
				t.Errorf("shares %v: part %d in %g of 3000 trials", shares, part, n)
			}
		}
	}
	m.Shares = nil
	if s := m.Shape(); s.Name != "sum of sinusoids + sawtooth + oscillation" || s.Outputs != 3 || s.Inputs != 1 {
		t.Errorf("shape %+v", s)
	}
	seen := map[int]bool{}
	for i := range 20 {
		trial := trialOf(m, neuro.Stream(1, "trials", i))
		seen[trial.Part] = true
		for part := range 3 {
			if size := mat.Norm(trial.Targets.ColView(part), 2); (size > 0) != (part == trial.Part) {
				t.Errorf("part %d is shown, output %d has norm %g", trial.Part, part, size)
			}
		}
	}
	if len(seen) != 3 {
		t.Errorf("parts shown: %v", seen)
	}
}

// idle is a task that says wrongly what its outputs are at rest.
type idle struct{ Sawtooth }

func (idle) Rest() []float64 { return nil }

// broken is a task whose trials are not what it declares.
type broken struct{ Sawtooth }

func (broken) Trial(*rand.Rand) (Trial, error) { return Trial{}, nil }

func TestMixRefusesWhatDoesNotFit(t *testing.T) {
	slow := NewSawtooth()
	slow.Dt = 0.002
	bad := NewSawtooth()
	bad.Period = -1
	for want, tasks := range map[string][]Task{
		"at least 2":         {NewSawtooth()},
		"task 1 is nil":      {NewSawtooth(), nil},
		"they must agree":    {NewSawtooth(), NewSawtooth(), slow},
		"Period is -1":       {NewSawtooth(), bad},
		"Rest has 0 values":  {idle{NewSawtooth()}, NewSawtooth()},
		"Dt is 0 s: the tim": {Sawtooth{}, NewSawtooth()},
	} {
		if _, err := NewMix(tasks...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want one that says %q", err, want)
		}
	}
	m, err := NewMix(broken{NewSawtooth()}, NewSawtooth())
	if err != nil {
		t.Fatal(err)
	}
	m.Shares = []float64{1, 0}
	if _, err := m.Trial(neuro.Stream(1, "trial")); err == nil || !strings.Contains(err.Error(), "no targets") {
		t.Errorf("a broken part gives %v", err)
	}
	for want, shares := range map[string][]float64{
		"1 Shares of 2 tasks": {1}, "Shares[1] is -1": {1, -1}, "Shares[0] is NaN": {math.NaN(), 1}, "is 0.5: it must be 1": {0.25, 0.25},
	} {
		m.Shares = shares
		if err := m.Validate(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want one that says %q", err, want)
		}
	}
}
