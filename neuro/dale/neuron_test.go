package dale

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/spikewalk/spikewalk/neuro/internal/wave"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/neuron"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/spiking"
)

// Neurons with a variable of their own besides the voltage learn, and continue
// from a file as they would have without it.
func TestAdaptingNeuronsLearnAndAreSaved(t *testing.T) {
	ctx := context.Background()
	cfg := Sparse()
	cfg.Neurons, cfg.Rounds, cfg.ValidationTrials, cfg.Neuron = 150, 4, 2, neuron.Adaptive()
	m := must[*Network](t)(Transfer(ctx, cfg, wave.Source(500)))
	path := filepath.Join(t.TempDir(), "adaptive.npz")
	if err := m.Save(path); err != nil {
		t.Fatal(err)
	}
	loaded := must[*Network](t)(Load(path))
	if loaded.Config.Neuron != cfg.Neuron || mat.Norm(mat.NewVecDense(150, loaded.net.State()["w"]), 2) == 0 {
		t.Errorf("loaded %+v, adaptation %v", loaded.Config.Neuron, loaded.net.State()["w"])
	}
	test := spiking.TestConfig{WarmUpTrials: 1, Trials: 5, Recorded: 2, Seed: 3, Record: recording.Keep{Units: []int{7}, Quantities: []string{"w"}}}
	a := must[*recording.Recording](t)(m.Test(ctx, wave.Source(500), test))
	b := must[*recording.Recording](t)(loaded.Test(ctx, wave.Source(500), test))
	if !mat.Equal(a.Factors, b.Factors) {
		t.Error("the loaded network does not do what the saved one does")
	}
	if w := a.Series["w"]; mat.Min(w) < 0 || mat.Max(w) < 1 {
		t.Errorf("adaptation is recorded as %g to %g", mat.Min(w), mat.Max(w))
	}
	if e, _ := a.MedianErrors(); e > 0.2 {
		t.Errorf("factor nMSE %g", e)
	}
}
