package task

import (
	"math"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
)

// lines returns an EMG that rises evenly: interpolation is exact on it.
func lines(conditions, samples, muscles int) []*mat.Dense {
	emg := make([]*mat.Dense, conditions)
	for c := range emg {
		emg[c] = mat.NewDense(samples, muscles, nil)
		emg[c].Apply(func(i, j int, _ float64) float64 { return 0.1*float64(c+1) + 0.01*float64(i)*float64(j+1) }, emg[c])
	}
	return emg
}

func TestReachingTrial(t *testing.T) {
	k, err := DePasquale2023Reaching(lines(8, 81, 2), 0.01)
	if err != nil {
		t.Fatal(err)
	}
	var seen [8]int
	for i := range 400 {
		trial := trialOf(k, neuro.Stream(1, "trials", i))
		c := trial.Condition
		seen[c]++
		reach, gone := runs(trial.Targets, 2, -0.5)[0], runs(trial.Inputs, 0, 0)[0]
		if reach.To-reach.From != 810 || gone != (Window{reach.From, reach.From + 350}) {
			t.Fatalf("reach %v, go %v", reach, gone)
		}
		if reach.From != trial.Steps()-reach.To || 2*reach.From < 400 {
			t.Fatalf("pauses of %d and %d ms", reach.From, trial.Steps()-reach.To)
		}
		angle := 2 * math.Pi * float64(c+1) / 8
		if x, y := trial.Inputs.At(reach.To-1, 1), trial.Inputs.At(reach.To-1, 2); math.Abs(x-0.5*math.Cos(angle)) > 1e-12 || math.Abs(y-0.5*math.Sin(angle)) > 1e-12 {
			t.Fatalf("direction %d is shown as %g, %g", c, x, y)
		}
		for s := range trial.Steps() {
			want := [3]float64{0, 0, -0.5}
			if s >= reach.From && s < reach.To {
				at := math.Min(float64(s-reach.From)/10, 80)
				want = [3]float64{-2 * (0.1*float64(c+1) + 0.01*at), 2 * (0.1*float64(c+1) + 0.02*at), 0}
			} else if trial.Inputs.At(s, 1) != 0 || trial.Inputs.At(s, 2) != 0 {
				t.Fatalf("a direction is shown at step %d, outside of the reach", s)
			}
			for j, v := range want {
				if math.Abs(trial.Targets.At(s, j)-v) > 1e-12 {
					t.Fatalf("step %d of reach %v: output %d is %g, want %g", s, reach, j, trial.Targets.At(s, j), v)
				}
			}
		}
	}
	for c, n := range seen {
		if n < 20 || n > 80 {
			t.Errorf("direction %d comes %d times of 400", c, n)
		}
	}
}

// Anybody's muscles are asked for as they were recorded.
func TestReachingLeavesMusclesAsTheyAre(t *testing.T) {
	k, err := NewReaching(lines(3, 20, 3), 0.01)
	if err != nil {
		t.Fatal(err)
	}
	trial := trialOf(k, neuro.Stream(1, "trial"))
	at := runs(trial.Inputs, 0, 0)[0].From
	for j := range 3 {
		if got := trial.Targets.At(at, j); got != k.EMG[trial.Condition].At(0, j) {
			t.Errorf("muscle %d is asked for %g, recorded was %g", j, got, k.EMG[trial.Condition].At(0, j))
		}
	}
	if _, err := DePasquale2023Reaching(lines(3, 20, 3), 0.01); err == nil || !strings.Contains(err.Error(), "3 muscles: the authors' recording has 2") {
		t.Errorf("the authors' scaling of three muscles: %v", err)
	}
}

// Recordings of other sizes and rates, also faster than the time step.
func TestReachingTakesAnyRecording(t *testing.T) {
	for _, c := range []struct {
		conditions, samples, muscles int
		interval                     float64
		steps                        int
	}{{1, 500, 1, 0.001, 500}, {5, 7, 4, 0.1, 700}, {3, 4000, 2, 0.00025, 1000}} {
		k, err := NewReaching(lines(c.conditions, c.samples, c.muscles), c.interval)
		if err != nil {
			t.Fatal(err)
		}
		trial := trialOf(k, neuro.Stream(1, "trial"))
		if err := trial.Validate(k.Shape()); err != nil {
			t.Error(err)
		}
		if r := runs(trial.Inputs, 0, 0)[0]; trial.Steps()-2*r.From != c.steps || k.Shape().Outputs != c.muscles+1 {
			t.Errorf("%+v: a reach of %d steps, %d outputs", c, trial.Steps()-2*r.From, k.Shape().Outputs)
		}
	}
}

func TestReachingWithoutDirections(t *testing.T) {
	var emg []*mat.Dense
	for c := range 4 {
		emg = append(emg, mat.NewDense(20, 1, slices.Repeat([]float64{float64(c + 1)}, 20)))
	}
	all, err := NewReaching(emg, 0.01)
	if err != nil {
		t.Fatal(err)
	}
	k, err := all.Without(2, 0)
	if err != nil {
		t.Fatal(err)
	}
	if len(k.EMG) != 2 || k.EMG[0] != emg[1] || k.EMG[1] != emg[3] || !slices.Equal(k.Directions, []float64{math.Pi, 2 * math.Pi}) || len(all.EMG) != 4 {
		t.Errorf("%d directions left, at %v; of the task %d", len(k.EMG), k.Directions, len(all.EMG))
	}
	if err := k.Validate(); err != nil {
		t.Error(err)
	}
	for says, directions := range map[string][]int{
		"no direction 4 to leave out: they are 0 to 3": {1, 4},
		"no direction -1":               {-1},
		"all 4 directions are left out": {0, 1, 2, 3},
	} {
		if _, err := all.Without(directions...); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("without %v: error %v, want one that says %q", directions, err, says)
		}
	}
}

func TestCyclingRests(t *testing.T) {
	factors, emg := lines(1, 200, 3)[0], lines(1, 200, 2)[0]
	k, err := NewCycling(factors, emg, 0.001)
	if err != nil {
		t.Fatal(err)
	}
	if trial := trialOf(k, nil); trial.Targets != emg || trial.Factors != factors {
		t.Error("without a rest the recording itself is asked for")
	}
	k.Rest = 0.1
	trial := trialOf(k, nil)
	if trial.Steps() != 300 || trial.Inputs.At(199, 0) != 0 || trial.Inputs.At(200, 0) != 1 ||
		!mat.Equal(trial.Targets.Slice(0, 200, 0, 2), emg) || mat.Norm(trial.Targets.Slice(200, 300, 0, 2), 1) != 0 ||
		!mat.Equal(trial.Factors.Slice(0, 200, 0, 3), factors) || mat.Norm(trial.Factors.Slice(200, 300, 0, 3), 1) != 0 {
		t.Error("the stretch is not followed by 100 ms of rest")
	}
}
