package checkpoint_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/spikewalk/spikewalk/data"
	"github.com/spikewalk/spikewalk/internal/testkit"
	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/attractor"
	"github.com/spikewalk/spikewalk/neuro/dale"
	"github.com/spikewalk/spikewalk/neuro/integrator"
	"github.com/spikewalk/spikewalk/neuro/rate"
	"github.com/spikewalk/spikewalk/neuro/spiking"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// patience is how long whoever stops a computation should have to wait.
const patience = 200 * time.Millisecond

// cycling is a source of the size of the recording.
func cycling(t *testing.T) task.Source {
	t.Helper()
	rec := data.SyntheticCycling(1)
	k, err := task.NewCycling(rec.Factors, rec.EMG, rec.Dt)
	if err != nil {
		t.Fatal(err)
	}
	src, err := task.NewSource(k)
	if err != nil {
		t.Fatal(err)
	}
	return src
}

// Whatever takes long, at the sizes of the papers, ends soon after its context does,
// with checkpoints as well.
func TestCancelled(t *testing.T) {
	if !testkit.All() {
		t.Skip("takes the time of others that run at the same time: left out unless all tests run")
	}
	src, sweep, spikes := cycling(t), task.SweptOscillation(), spiking.DePasquale2023()
	large := spikes
	large.Neurons = 1200
	signs := dale.Sparse()
	signs.TrialsPerRound = 1 // so that most of the time goes into fits
	model, err := spiking.New(spikes, src)
	if err != nil {
		t.Fatal(err)
	}
	untrained, err := rate.New(rate.DePasquale2018(), sweep.Shape())
	if err != nil {
		t.Fatal(err)
	}
	ring, err := attractor.NewRing(attractor.Ring())
	if err != nil {
		t.Fatal(err)
	}
	for name, compute := range map[string]func(context.Context) error{
		"rate.Train, full-FORCE": func(ctx context.Context) error {
			_, err := rate.Train(ctx, rate.FullForce{}, rate.DePasquale2018(), sweep)
			return err
		},
		"rate.Train, FORCE": func(ctx context.Context) error {
			_, err := rate.Train(ctx, rate.Force{}, rate.DePasquale2018(), sweep)
			return err
		},
		"rate.TrainAll": func(ctx context.Context) error {
			_, err := rate.TrainAll(ctx, rate.FullForce{}, sweep, rate.DePasquale2018(), rate.DePasquale2018())
			return err
		},
		"rate.Network.Test": func(ctx context.Context) error {
			_, err := untrained.Test(ctx, sweep, rate.TestConfig{Trials: 1000, Seed: 1})
			return err
		},
		"spiking.Transfer, 800":  func(ctx context.Context) error { _, err := spiking.Transfer(ctx, spikes, src); return err },
		"spiking.Transfer, 1200": func(ctx context.Context) error { _, err := spiking.Transfer(ctx, large, src); return err },
		"spiking.Model.Test": func(ctx context.Context) error {
			_, err := model.Test(ctx, src, spiking.DefaultTest())
			return err
		},
		"dale.Transfer": func(ctx context.Context) error { _, err := dale.Transfer(ctx, signs, src); return err },
		"integrator.Live": func(ctx context.Context) error {
			eye, err := perturbed()
			if err != nil {
				return err
			}
			_, err = integrator.Live(ctx, eye, integrator.Light(12000))
			return err
		},
		"attractor.Live, ring": func(ctx context.Context) error {
			w, err := attractor.NewWander(attractor.Ring(), 1)
			if err != nil {
				return err
			}
			_, err = ring.Clone().Live(ctx, w, attractor.LifeConfig{Seconds: 3600, Kappa: 1e-6, Sample: 0.1, Seed: 1})
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			random := rand.New(rand.NewPCG(1, 2))
			var took []time.Duration
			for range 5 {
				took = append(took, stopped(t, time.Duration(100+random.IntN(500))*time.Millisecond, compute))
			}
			slices.Sort(took)
			// The longest may be that of a machine which others keep busy.
			if took[len(took)/2] > patience || took[len(took)-1] > 5*patience {
				t.Errorf("it took %v to stop", took)
			}
			t.Logf("stopped within %v (median), %v (longest)", took[len(took)/2].Round(time.Millisecond/10), took[len(took)-1].Round(time.Millisecond/10))
		})
	}
}

// stopped is how long a computation takes to end when it is cancelled after a time.
func stopped(t *testing.T, after time.Duration, compute func(context.Context) error) time.Duration {
	t.Helper()
	ctx, cancel := context.WithCancel(neuro.WithCheckpoints(t.Context(), neuro.Checkpoints{Folder: t.TempDir(), Trials: 1}))
	defer cancel()
	var at time.Time
	defer time.AfterFunc(after, func() {
		at = time.Now()
		cancel()
	}).Stop()
	err := compute(ctx)
	now := time.Now()
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("it ended by itself after less than %v: %v", after, err)
	}
	runtime.GC()
	return now.Sub(at)
}
