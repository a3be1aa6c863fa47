package nb

import (
	"context"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/rate"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// A network that Train keeps is the one that rate.Train returns, to the bit, and
// methods, tasks and configurations have networks of their own.
func TestTrainKeepsEachNetworkOnce(t *testing.T) {
	ownMemo(t)
	cfg := rate.DePasquale2018()
	cfg.Units, cfg.WarmUpTrials, cfg.TrainingTrials, cfg.TestTrials, cfg.RecordedTrials = 20, 1, 2, 2, 1
	short := task.SweptOscillation()
	short.Duration = 0.2
	other := cfg
	other.Seed++
	shorter := short
	shorter.Duration = 0.1
	runs := []struct {
		method rate.Method
		cfg    rate.Config
		k      task.Task
	}{{rate.FullForce{}, cfg, short}, {rate.Force{}, cfg, short}, {rate.FullForce{}, other, short}, {rate.FullForce{}, cfg, shorter}}
	for range 2 { // computed, then read
		for i, r := range runs {
			want, err := rate.Train(context.Background(), r.method, r.cfg, r.k)
			if err != nil {
				t.Fatal(err)
			}
			got := Train("network", r.method, r.cfg, r.k)
			if !mat.Equal(got.Outputs, want.Outputs) || !mat.Equal(got.Outputs.Targets, want.Outputs.Targets) ||
				!mat.Equal(got.Activity, want.Activity) || !mat.Equal(got.Network.Recurrent, want.Network.Recurrent) ||
				got.Outputs.Dt != want.Outputs.Dt || got.OutputErrors[1] != want.OutputErrors[1] {
				t.Errorf("run %d: another network was kept", i)
			}
		}
		if n := len(memoFiles(t)); n != len(runs) {
			t.Errorf("%d networks are kept, want %d", n, len(runs))
		}
	}
}
