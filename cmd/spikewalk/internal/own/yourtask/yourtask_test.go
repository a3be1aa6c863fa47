package yourtask

import (
	"context"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/rate"
	"github.com/spikewalk/spikewalk/neuro/stats"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// trial makes the trial of a seed.
func trial(t *testing.T, k Task, seed uint64) task.Trial {
	t.Helper()
	made, err := task.NewTrial(k, rand.New(rand.NewPCG(seed, 0)))
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func TestTrials(t *testing.T) {
	k := New()
	if err := task.Validate(k); err != nil {
		t.Fatal(err)
	}
	answers := map[float64]bool{}
	for seed := range uint64(50) {
		made, again := trial(t, k, seed), trial(t, k, seed)
		if !mat.Equal(made.Inputs, again.Inputs) || !mat.Equal(made.Targets, again.Targets) {
			t.Errorf("seed %d gives two different trials", seed)
		}
		if !made.Correct(made.Targets) {
			t.Errorf("seed %d: the target itself is called wrong", seed)
		}
		// The pulse's area, in steps, is the answer times its duration.
		answer := made.Targets.At(made.Steps()-1, 0)
		if area := mat.Sum(made.Inputs); area != 100*answer {
			t.Errorf("seed %d: a pulse of area %g has the answer %g", seed, area, answer)
		}
		answers[answer] = true
	}
	if len(answers) != 2 || !answers[1] || !answers[-1] {
		t.Errorf("the answers of 50 trials are %v, want 1 and -1", answers)
	}
}

func TestTimesThatMakeNoSense(t *testing.T) {
	for _, k := range []Task{{}, {Duration: 1, Pulse: 0.6, Latest: 0.5}, {Duration: 1, Pulse: -1}, {Duration: 1e9, Pulse: 1}} {
		if task.Validate(k) == nil {
			t.Errorf("%+v was accepted", k)
		}
	}
}

// A small network learns it within a second. An output that is silent has an
// error (nMSE) of 1.
func TestNetworkLearns(t *testing.T) {
	cfg := rate.DePasquale2018()
	cfg.Units, cfg.TrainingTrials, cfg.TestTrials = 100, 60, 10
	fit, err := rate.Train(context.Background(), rate.FullForce{}, cfg, New())
	if err != nil {
		t.Fatal(err)
	}
	if e := stats.Median(fit.OutputErrors); !(e < 0.3) {
		t.Errorf("the median error is %.2g, want less than 0.3", e)
	}
}
