package rate

import (
	"context"
	"errors"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// Whoever does them, pieces are done once each, in order, and when they are
// needed; also where there is one processor for both.
func TestPiecesAreDoneInOrder(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for _, procs := range []int{1, 2} {
		runtime.GOMAXPROCS(procs)
		var order []int64
		var done atomic.Int64
		c := join(func(piece int64) {
			order = append(order, piece)
			done.Add(1)
		})
		for step := range int64(2000) {
			c.post(2*step + 2)
			c.need(2*step + 1)
			if done.Load() < 2*step+1 {
				t.Fatalf("step %d: only %d pieces are done", step, done.Load())
			}
		}
		c.need(4000)
		c.dismiss()
		if len(order) != 4000 {
			t.Fatalf("%d processors: %d pieces were done", procs, len(order))
		}
		for i, piece := range order {
			if piece != int64(i) {
				t.Fatalf("%d processors: piece %d came in place %d", procs, piece, i)
			}
		}
	}
}

// large has enough units for two cores to share a trial.
func large() Config {
	cfg := small()
	cfg.Units, cfg.WarmUpTrials, cfg.TrainingTrials, cfg.TestTrials = 2*smallShared-3, 1, 2, 1
	return cfg
}

func TestTwoCoresGiveTheBitsOfOne(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
	var fits []*Fit
	for _, cores := range []int{1, 2} {
		fit, err := TrainFullForce(neuro.WithCores(context.Background(), cores), large(), task.SweptOscillation(), nil)
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
	if _, err := TrainFullForce(ctx, cfg, task.SweptOscillation(), nil); !errors.Is(err, context.DeadlineExceeded) {
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
