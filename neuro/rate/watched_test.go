package rate

import (
	"context"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// Whoever watches sees the trial to which the reported error belongs.
func TestWatchSeesTheTrialJustDone(t *testing.T) {
	cfg, k := small(), task.SweptOscillation()
	streams := map[string]string{"warm-up": "training trials", "train": "training trials", "test": "test trials"}
	seen := 0
	_, err := Train(neuro.WithWatch(context.Background(), func(p neuro.Progress) error {
		i := p.Done - 1
		if p.Stage == "test" {
			i -= cfg.WarmUpTrials + cfg.TrainingTrials
		}
		trial := trialOf(k, neuro.Stream(cfg.Seed, neuro.Purpose(streams[p.Stage]), i))
		if p.Last == nil || p.Last.Dt != k.Shape().Dt || !mat.Equal(p.Last.Target, trial.Targets) {
			t.Fatalf("%s trial %d: another trial is shown", p.Stage, i)
		}
		if nmse := task.NMSE(mat.DenseCopyOf(p.Last.Output), trial.Targets, trial.Scored()); p.Stage != "warm-up" && nmse != p.Error {
			t.Errorf("%s trial %d: the output shown has an error of %g, %g is reported", p.Stage, i, nmse, p.Error)
		}
		seen++
		return nil
	}), FullForce{}, cfg, k)
	if err != nil || seen != cfg.WarmUpTrials+cfg.TrainingTrials+cfg.TestTrials {
		t.Errorf("%d trials seen, %v", seen, err)
	}
}
