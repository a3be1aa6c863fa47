package nb

import (
	"context"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/factor"
	"github.com/spikewalk/spikewalk/neuro/rate"
	"github.com/spikewalk/spikewalk/neuro/spiking"
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

// A spiking network and its test are kept for the weights of the source, not for
// where it lies: the same source made anew finds them, another does not.
func TestTransferAndTestAreKeptByContent(t *testing.T) {
	ownMemo(t)
	short := task.SweptOscillation()
	short.Duration = 0.2
	source := func(seed uint64) task.Source {
		cfg := rate.DePasquale2018()
		cfg.Units, cfg.Seed = 20, seed
		net, err := rate.New(cfg, short.Shape())
		if err != nil {
			t.Fatal(err)
		}
		rec, err := net.Test(context.Background(), short, rate.TestConfig{Trials: 1, Recorded: 1, Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		return Get(rate.NewSource(net, Get(factor.PCA(rec.Activity, factor.Components(2))), short))
	}
	cfg, test := spiking.DePasquale2023(), spiking.DefaultTest()
	cfg.Neurons, cfg.WarmUpTrials, cfg.DemeaningTrials, cfg.TrainingTrials = 25, 1, 1, 2
	test.WarmUpTrials, test.Trials, test.Recorded = 1, 2, 1
	for range 2 { // computed, then read
		for _, seed := range []uint64{1, 2} {
			model := Transfer("spikes", cfg, source(seed))
			want, err := spiking.Transfer(context.Background(), cfg, source(seed))
			if err != nil {
				t.Fatal(err)
			}
			if !mat.Equal(model.Decoder(), want.Decoder()) {
				t.Errorf("seed %d: another network was kept", seed)
			}
			rec, alone := Test("alone", model, source(seed), test), Get(want.Test(context.Background(), source(seed), test))
			if !slices.Equal(rec.Spikes.Times, alone.Spikes.Times) || !slices.Equal(rec.FactorErrors, alone.FactorErrors) {
				t.Errorf("seed %d: another test was kept", seed)
			}
		}
		if n := len(memoFiles(t)); n != 4 {
			t.Errorf("%d results are kept, want 2 networks and 2 tests", n)
		}
	}
}
