package spiking

import (
	"context"
	"math"
	"path/filepath"
	"testing"

	"github.com/spikewalk/spikewalk/neuro/internal/wave"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/neuron"
)

// Without its refractory period and with the membrane of 2023 the preset of
// 2016 is that of 2023, 55 mV lower.
func TestPresetOf2016IsThatOf2023Shifted(t *testing.T) {
	low := DePasquale2016()
	lif := neuron.DePasquale2016()
	lif.Refractory, lif.Tau = 0, 0.010
	low.Neuron = lif
	low.Neurons = 60
	high := DePasquale2023()
	high.Neurons, high.Gain = 60, low.Gain
	var nets [2]*network
	for k, cfg := range []Config{low, high} {
		var err error
		if nets[k], err = build(cfg, wave.Source(100)); err != nil {
			t.Fatal(err)
		}
	}
	rng := neuro.Stream(2, "drive")
	spikes := 0
	for step := range 500 {
		y, in := []float64{rng.NormFloat64(), rng.NormFloat64()}, []float64{1}
		a := append([]int(nil), nets[0].step(y, in)...)
		b := nets[1].step(y, in)
		if len(a) != len(b) {
			t.Fatalf("step %d: %d and %d spikes", step, len(a), len(b))
		}
		other := nets[1].neurons.Voltages()
		for i, v := range nets[0].neurons.Voltages() {
			if d := v + 55 - other[i]; math.Abs(d) > 1e-8 {
				t.Fatalf("step %d: neuron %d is %g apart", step, i, d)
			}
		}
		spikes += len(a)
	}
	if spikes < 50 {
		t.Fatalf("only %d spikes: the comparison says nothing", spikes)
	}
}

func TestRefractoryNetworksTrainSaveAndContinue(t *testing.T) {
	ctx := context.Background()
	cfg := DePasquale2016()
	cfg.Neurons, cfg.Gain = 200, 12
	cfg.WarmUpTrials, cfg.DemeaningTrials, cfg.TrainingTrials = 2, 10, 40
	src := wave.Source(500)
	m, err := Transfer(ctx, cfg, src)
	if err != nil {
		t.Fatal(err)
	}
	rec, err := m.Test(ctx, src, TestConfig{WarmUpTrials: 2, Trials: 10, Recorded: 10, Seed: 9})
	if err != nil {
		t.Fatal(err)
	}
	if e, _ := rec.MedianErrors(); e > 0.1 {
		t.Errorf("factor nMSE %g", e)
	}
	last := make(map[int]float64)
	for k, at := range rec.Spikes.Times {
		j := rec.Spikes.Units[k]
		if before, ok := last[j]; ok && at-before < 0.0029 {
			t.Fatalf("neuron %d fires at %g and %g s", j, before, at)
		}
		last[j] = at
	}
	// Held neurons are part of what is saved.
	held := 0.0
	for _, steps := range m.State()["refractory"] {
		held += steps
	}
	if held == 0 {
		t.Fatal("no neuron is refractory at the end of training: the test says nothing")
	}
	path := filepath.Join(t.TempDir(), "model.npz")
	if err := m.Save(path); err != nil {
		t.Fatal(err)
	}
	loaded, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []*Model{m, loaded} {
		if err := x.Train(ctx, src, 1); err != nil {
			t.Fatal(err)
		}
	}
	if !mat.Equal(m.Decoder(), loaded.Decoder()) {
		t.Error("loaded and continued differs from continued")
	}
}
