package rate

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// A fraction p of the connections is there, of variance g²/(p N): a unit's
// input has the same variance whatever p.
func TestSparseWeights(t *testing.T) {
	cfg := small()
	cfg.Units = 400
	k := task.SweptOscillation()
	full := mustDraw(t, cfg, k.Shape(), 4).Recurrent
	for _, p := range []float64{0.1, 0.5} {
		cfg.Connectivity = p
		net := mustDraw(t, cfg, k.Shape(), 4)
		var there, squares float64
		for i := range 400 {
			for j, w := range net.Recurrent.RawRowView(i) {
				if w != 0 {
					there++
					squares += w * w
					if want := full.At(i, j) / math.Sqrt(p); math.Abs(w-want) > 2e-7*math.Abs(want) { // both are rounded to float32
						t.Fatalf("weight %d, %d is %g, want the dense one over √p, %g", i, j, w, want)
					}
				}
			}
		}
		all := 400.0 * 400
		if sd := math.Sqrt(p * (1 - p) * all); math.Abs(there-p*all) > 4*sd {
			t.Errorf("p = %g: %g connections, want %g ± %g", p, there, p*all, sd)
		}
		if got, want := squares/there, cfg.Gain*cfg.Gain/(p*400); math.Abs(got/want-1) > 4*math.Sqrt(2/there) {
			t.Errorf("p = %g: variance %g, want %g", p, got, want)
		}
	}
}

func TestAUnitWithoutInputIsNamed(t *testing.T) {
	cfg := small()
	cfg.Connectivity = 0.02
	// Which is the first unit without input, by the numbers themselves.
	connections, lonely := neuro.Stream(cfg.Seed, "connections"), -1
	for i := 0; lonely < 0; i++ {
		lonely = i
		for range cfg.Units {
			if connections.Float64() < cfg.Connectivity {
				lonely = -1
			}
		}
	}
	want := fmt.Sprintf("unit %d has no recurrent input", lonely)
	for _, train := range []func() error{
		func() error {
			_, err := Train(context.Background(), Force{}, cfg, task.SweptOscillation())
			return err
		},
		func() error {
			_, err := Train(context.Background(), FullForce{}, cfg, task.SweptOscillation())
			return err
		},
		func() error { _, err := New(cfg, task.SweptOscillation().Shape()); return err },
	} {
		if err := train(); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "0.02") {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}

// FORCE leaves sparse weights sparse.
func TestForceKeepsTheNetworkSparse(t *testing.T) {
	cfg := small()
	cfg.Connectivity, cfg.TrainingTrials = 0.2, 1
	fit, err := Train(context.Background(), Force{}, cfg, task.SweptOscillation())
	if err != nil {
		t.Fatal(err)
	}
	drawn := mustDraw(t, cfg, task.SweptOscillation().Shape(), cfg.Seed)
	if !mat.Equal(fit.Network.Recurrent, drawn.Recurrent) {
		t.Error("FORCE changed the fixed weights")
	}
}
