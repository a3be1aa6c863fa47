package task

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
)

// twoConditions are 5 samples, 20 ms apart, of two factors and one muscle.
func twoConditions(t *testing.T) Recorded {
	t.Helper()
	k, err := NewRecorded(
		[]*mat.Dense{mat.NewDense(5, 2, []float64{1, 0, 2, 0, 3, 0, 2, 0, 1, 0}), mat.NewDense(5, 2, []float64{3, 1, 2, 1, 1, 1, 0, 1, 5, 1})},
		[]*mat.Dense{mat.NewDense(5, 1, []float64{0, 1, 2, 3, 4}), mat.NewDense(5, 1, []float64{4, 3, 2, 1, 0})}, 0.02)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// A trial rests at the mean of the first samples, ramps to the stretch, which is
// interpolated, and back; the cue says which condition it is from the ramp on.
func TestRecordedTrialsAreRestRampStretchRampRest(t *testing.T) {
	k := twoConditions(t)
	seen := map[int]bool{}
	for i := range 20 {
		trial := trialOf(k, neuro.Stream(1, "trials", i))
		c, w := trial.Condition, trial.Score
		seen[c] = true
		if w.To-w.From != 100 {
			t.Fatalf("a stretch of %d ms, want 100", w.To-w.From)
		}
		for s := range 100 {
			at := math.Min(float64(s)/20, 4)
			row := int(at)
			want := k.Outputs[c].At(row, 0)
			if row < 4 {
				want += (at - float64(row)) * (k.Outputs[c].At(row+1, 0) - want)
			}
			if got := trial.Targets.At(w.From+s, 0); math.Abs(got-want) > 1e-12 {
				t.Fatalf("condition %d, %d ms: %g, want %g", c, s, got, want)
			}
		}
		rest, last := []float64{2, 0.5}, trial.Steps()-1
		for j, v := range rest {
			if trial.Factors.At(0, j) != v || trial.Factors.At(last, j) != v {
				t.Fatalf("factor %d rests at %g and %g, want %g", j, trial.Factors.At(0, j), trial.Factors.At(last, j), v)
			}
		}
		// Nothing jumps but by what the recording does in a step, or the ramp.
		for s := 1; s <= last; s++ {
			if d := math.Abs(trial.Targets.At(s, 0) - trial.Targets.At(s-1, 0)); d > 0.051 {
				t.Fatalf("a jump of %g at step %d", d, s)
			}
		}
		for s := range last + 1 {
			want := 0.0
			if s >= w.From-100 && s < w.From+100 { // ramp and stretch are 0.2 s
				want = 1
			}
			if trial.Inputs.At(s, c) != want || trial.Inputs.At(s, 1-c) != 0 {
				t.Fatalf("step %d: inputs %v", s, trial.Inputs.RawRowView(s))
			}
		}
	}
	if len(seen) != 2 {
		t.Error("one of two conditions in 20 trials")
	}
	k.Angles = []float64{0, math.Pi / 2}
	trial := trialOf(k, neuro.Stream(1, "trials"))
	if got := trial.Inputs.RawRowView(trial.Score.From); math.Abs(got[trial.Condition]-1) > 1e-12 || math.Abs(got[1-trial.Condition]) > 1e-12 {
		t.Errorf("condition %d: cosine and sine %v", trial.Condition, got)
	}
}

func TestRecordingsThatAreNoTask(t *testing.T) {
	for want, change := range map[string]func(*Recorded){
		"outputs of 2":       func(k *Recorded) { k.Factors = k.Factors[:1] },
		"factors of conditi": func(k *Recorded) { k.Factors[1] = mat.NewDense(4, 2, nil) },
		"milliseconds":       func(k *Recorded) { k.SampleInterval = 20 },
		"Cue is 0.3 s":       func(k *Recorded) { k.Cue = 0.3 },
		"multiply with":      func(k *Recorded) { k.Angles = []float64{0, 45} },
		"1 Angles":           func(k *Recorded) { k.Angles = []float64{0} },
		"hold NaN":           func(k *Recorded) { k.Outputs[0].Set(2, 0, math.NaN()) },
		"transpose":          func(k *Recorded) { k.Factors[1] = mat.NewDense(2, 5, nil) },
	} {
		k := twoConditions(t)
		change(&k)
		if err := k.Validate(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}
