package task

import (
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
)

// every returns all tasks of the package, with made-up recordings.
func every(t *testing.T) []Task {
	t.Helper()
	made := func(rows, cols int, purpose neuro.Purpose, index ...int) *mat.Dense {
		rng := neuro.Stream(1, purpose, index...)
		m := mat.NewDense(rows, cols, nil)
		m.Apply(func(int, int, float64) float64 { return rng.NormFloat64() }, m)
		return m
	}
	emg := make([]*mat.Dense, 5)
	for c := range emg {
		emg[c] = made(41, 3, "reaches", c)
	}
	reaching, err := NewReaching(emg, 0.02)
	if err != nil {
		t.Fatal(err)
	}
	cycling, err := NewCycling(made(300, 4, "factors"), made(300, 2, "EMG"), 0.001)
	if err != nil {
		t.Fatal(err)
	}
	resting := cycling
	resting.Rest = 0.1
	both, err := NewMix(reaching, resting)
	if err != nil {
		t.Fatal(err)
	}
	recorded, err := NewRecorded([]*mat.Dense{made(30, 4, "factors", 1), made(30, 4, "factors", 2)}, []*mat.Dense{made(30, 3, "EMG", 1), made(30, 3, "EMG", 2)}, 0.02)
	if err != nil {
		t.Fatal(err)
	}
	angled := recorded
	angled.Angles = []float64{0, 1}
	hinted := NewReadySetGo()
	hinted.Hint = true
	hints := NewTemporalXOR()
	hints.Hint = true
	decisions, err := NewMix(NewTemporalXOR(), hinted)
	if err != nil {
		t.Fatal(err)
	}
	return []Task{
		SweptOscillation(), SumOfSinusoids(), NewSawtooth(), NewReadySetGo(), hinted, NewTemporalXOR(), hints,
		NewInputIntegration(), NewContextualIntegration(), reaching, cycling, resting, both, decisions, recorded, angled,
	}
}

// trialOf makes a trial of a task that can make one.
func trialOf(k Task, rng *rand.Rand) Trial {
	trial, err := NewTrial(k, rng)
	if err != nil {
		panic(err)
	}
	return trial
}

func TestEveryTrialIsAsDeclared(t *testing.T) {
	for _, k := range every(t) {
		if err := Validate(k); err != nil {
			t.Error(err)
		}
		for i := range 50 {
			trial := trialOf(k, neuro.Stream(1, "trials", i))
			if err := trial.Validate(k.Shape()); err != nil {
				t.Fatal(err)
			}
			again := trialOf(k, neuro.Stream(1, "trials", i))
			if !mat.Equal(trial.Targets, again.Targets) || trial.Inputs != nil && !mat.Equal(trial.Inputs, again.Inputs) {
				t.Fatalf("%s: one stream gives two trials", k.Shape().Name)
			}
		}
	}
}

// What a trial asks for is right, and its opposite is wrong.
func TestTheTargetIsCorrect(t *testing.T) {
	decided := map[string]bool{}
	for _, k := range every(t) {
		for i := range 200 {
			trial := trialOf(k, neuro.Stream(2, "trials", i))
			if trial.Correct == nil {
				continue
			}
			decided[k.Shape().Name] = true
			var opposite mat.Dense
			opposite.Scale(-1, trial.Targets)
			if !trial.Correct(trial.Targets) || trial.Correct(&opposite) {
				t.Fatalf("%s, trial %d: target correct %t, its opposite %t", k.Shape().Name, i, trial.Correct(trial.Targets), trial.Correct(&opposite))
			}
		}
	}
	if len(decided) != 4 {
		t.Errorf("tasks with decisions: %v, want XOR, with and without hints and beside another, and contextual integration", decided)
	}
}
