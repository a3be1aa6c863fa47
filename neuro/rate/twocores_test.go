package rate

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"time"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// large has enough units for two cores to share a trial.
func large() Config {
	cfg := small()
	cfg.Units, cfg.WarmUpTrials, cfg.TrainingTrials, cfg.TestTrials = 197, 1, 2, 1
	return cfg
}

func TestTwoCoresGiveTheBitsOfOne(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
	var fits []*Fit
	for _, cores := range []int{1, 2} {
		fit, err := Train(neuro.WithCores(context.Background(), cores), FullForce{}, large(), task.SweptOscillation())
		if err != nil {
			t.Fatal(err)
		}
		fits = append(fits, fit)
	}
	if !mat.Equal(fits[0].Network.Recurrent, fits[1].Network.Recurrent) || !mat.Equal(fits[0].Activity, fits[1].Activity) {
		t.Error("two cores gave other bits than one")
	}
}

// A trial that is given up takes its companion with it.
func TestNobodyStaysBehind(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
	before := runtime.NumGoroutine()
	cfg := large()
	cfg.TrainingTrials = 1000
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	if _, err := Train(ctx, FullForce{}, cfg, task.SweptOscillation()); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("ended with %v", err)
	}
	for range 100 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(time.Millisecond)
	}
	t.Errorf("%d goroutines, %d before", runtime.NumGoroutine(), before)
}
