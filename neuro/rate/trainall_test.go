package rate

import (
	"context"
	"errors"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/stats"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// several are small networks of three seeds.
func several() (cfgs []Config) {
	for seed := range uint64(3) {
		cfg := DePasquale2018()
		cfg.Units, cfg.Seed = 20, seed+1
		cfg.WarmUpTrials, cfg.TrainingTrials, cfg.TestTrials, cfg.RecordedTrials = 1, 2, 2, 1
		cfgs = append(cfgs, cfg)
	}
	return cfgs
}

func TestTrainAllIsTrainOfEach(t *testing.T) {
	k, cfgs := task.SweptOscillation(), several()
	for _, cores := range []int{1, 2} {
		var seen []neuro.Progress
		ctx := neuro.WithWatch(neuro.WithCores(t.Context(), cores), func(p neuro.Progress) error {
			seen = append(seen, p)
			return nil
		})
		fits, err := TrainAll(ctx, FullForce{}, k, cfgs...)
		if err != nil || len(fits) != len(cfgs) || len(seen) != len(cfgs) {
			t.Fatalf("%d fits and %d reports of %d networks (%v)", len(fits), len(seen), len(cfgs), err)
		}
		for i, cfg := range cfgs {
			one, err := Train(t.Context(), FullForce{}, cfg, k)
			if err != nil {
				t.Fatal(err)
			}
			if !mat.Equal(fits[i].Network.Recurrent, one.Network.Recurrent) || !mat.Equal(fits[i].Outputs.Values, one.Outputs.Values) {
				t.Errorf("network %d differs from the one trained alone", i)
			}
			if p := seen[i]; p.Done != i+1 || p.Total != 3 || p.Error != stats.Median(one.OutputErrors) {
				t.Errorf("report %d is %+v", i, p)
			}
		}
	}
}

func TestTrainAllEndsAtTheFirstError(t *testing.T) {
	cfgs := several()
	cfgs[1].Units = 0
	fits, err := TrainAll(t.Context(), FullForce{}, task.SweptOscillation(), cfgs...)
	if len(fits) != 1 || err == nil || !strings.Contains(err.Error(), "network 2 of 3") || !strings.Contains(err.Error(), "Units is 0") {
		t.Errorf("%d fits and %v, want one and what is wrong with the second", len(fits), err)
	}
	if _, err := TrainAll(t.Context(), FullForce{}, task.SweptOscillation()); err == nil {
		t.Error("no network was trained, and nothing said so")
	}
}

func TestTrainAllCanBeStopped(t *testing.T) {
	stop, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := TrainAll(stop, FullForce{}, task.SweptOscillation(), several()...); !errors.Is(err, context.Canceled) {
		t.Errorf("with a cancelled context the error is %v", err)
	}
	early := neuro.WithWatch(t.Context(), func(neuro.Progress) error { return neuro.ErrStop })
	if fits, err := TrainAll(early, FullForce{}, task.SweptOscillation(), several()...); err != nil || len(fits) != 1 {
		t.Errorf("%d fits (%v), want the one that the watch was told of", len(fits), err)
	}
}
