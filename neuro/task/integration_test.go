package task

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
)

func TestInputIntegrationIsTheIntegral(t *testing.T) {
	k := NewInputIntegration()
	var saturated, held int
	for i := range 50 {
		trial := trialOf(k, neuro.Stream(1, "trials", i))
		if trial.Steps() != 4000 || trial.Score != (Window{100, 4000}) {
			t.Fatalf("%d steps, scored %v", trial.Steps(), trial.Score)
		}
		if r := runs(trial.Inputs, 1, 0); len(r) != 1 || r[0] != (Window{0, 100}) || trial.Targets.At(100, 0) != 0 {
			t.Fatalf("reset %v, target after it %g", r, trial.Targets.At(100, 0))
		}
		for s := 1; s < 4000; s++ {
			in, before, now := trial.Inputs.At(s-1, 0), trial.Targets.At(s-1, 0), trial.Targets.At(s, 0)
			switch change := now - before; {
			case in == 0:
				held++
				if change != 0 {
					t.Fatalf("step %d: no input, and the integral changes by %g", s, change)
				}
			case math.Abs(now) == 1:
				saturated++
			case math.Abs(change-0.002*in) > 1e-12:
				t.Fatalf("step %d: an input of %g changes the integral by %g", s, in, change)
			}
		}
	}
	if held < 20_000 || saturated < 1000 {
		t.Errorf("of 200,000 steps %d are held and %d saturated", held, saturated)
	}
}

func TestContextualIntegrationFollowsTheCue(t *testing.T) {
	k := NewContextualIntegration()
	var cued [2]int
	var square float64
	const trials = 400
	for i := range trials {
		trial := trialOf(k, neuro.Stream(1, "trials", i))
		context := runs(trial.Inputs, 2+trial.Condition, 0)
		if len(context) != 1 || context[0] != trial.Score || context[0].To-context[0].From != 1100 || len(runs(trial.Inputs, 3-trial.Condition, 0)) != 0 {
			t.Fatalf("context %v, scored %v", context, trial.Score)
		}
		cued[trial.Condition]++
		// 94 values of 10 ms each, after 60 ms of silence, then 100 ms of it.
		var sum float64
		for s := range trial.Steps() {
			v := trial.Inputs.At(s, trial.Condition)
			sum += v / 10
			if v != 0 && (s < context[0].From+60 || s >= context[0].To-100) {
				t.Fatalf("a signal at step %d of context %v", s, context[0])
			}
		}
		square += sum * sum / trials
		if end := trial.Targets.At(context[0].To-1, 0); math.Abs(end-math.Tanh(sum/5)) > 1e-9 {
			t.Fatalf("the cued sum is %g, the target ends at %g", sum, end)
		}
		if after := runs(trial.Targets, 0, 0); after[len(after)-1].To > context[0].To {
			t.Fatal("the target goes on without a context")
		}
		// The answer to the other question is not asked for.
		var wrong mat.Dense
		wrong.Apply(func(_, _ int, v float64) float64 { return -math.Copysign(1, sum) }, trial.Targets)
		if trial.Correct(&wrong) {
			t.Fatal("a wrong answer is taken for correct")
		}
	}
	// S has the variance 94² Bias²/3 + 94 Noise²; mean squares of 400 trials
	// scatter by about 7 %.
	if want := 94*94*0.01/3 + 94*0.16; math.Abs(square-want) > 0.3*want {
		t.Errorf("mean square of the cued sum %g, want %g", square, want)
	}
	if min(cued[0], cued[1]) < 150 {
		t.Errorf("contexts come %v times", cued)
	}
}

// What is read is the answer, not what went before it.
func TestContextualAnswerIsReadAtTheEnd(t *testing.T) {
	k := NewContextualIntegration()
	trial := trialOf(k, neuro.Stream(1, "trial"))
	answer := mat.NewDense(trial.Steps(), 1, nil)
	right := math.Copysign(1, trial.Targets.At(trial.Score.To-1, 0))
	fill(answer, 0, 0, trial.Score.To-100, -right)
	fill(answer, 0, trial.Score.To-100, trial.Score.To, right)
	fill(answer, 0, trial.Score.To, trial.Steps(), -right)
	if !trial.Correct(answer) {
		t.Error("right in the last 100 ms, and taken for wrong")
	}
}
