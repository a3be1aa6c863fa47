package spiking

import (
	"context"
	"math"
	"path/filepath"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
)

// alone is one neuron without synapses, driven through one factor.
func alone(t *testing.T, cfg Config, dt float64) *network {
	t.Helper()
	cfg.Neurons = 1
	net := mustBlank(t, cfg, dt)
	net.slow, net.fast = []float64{0}, []float64{0}
	net.factors = mat.NewDense(1, 1, []float64{1})
	net.v[0] = cfg.Reset
	return net
}

// With a refractory period of R steps a neuron under constant drive fires
// every R + ⌈τ_V ln((I - reset)/(I - threshold))/dt⌉ steps, I being all
// currents and the resting voltage together.
func TestFrequencyAgainstCurrentIsThatOfTheClosedForm(t *testing.T) {
	const dt, seconds = 0.001, 10
	for _, hold := range []float64{0, 0.001, 0.002, 0.0074} {
		for _, drive := range []float64{0.01, 0.5, 2, 8, 30, 200, 1e5} {
			cfg := DePasquale2016()
			cfg.Refractory = hold
			net := alone(t, cfg, dt)
			level := cfg.Rest + cfg.Drive + drive
			free := math.Ceil(cfg.TauMembrane * math.Log((level-cfg.Reset)/(level-cfg.Threshold)) / dt)
			interval := int(math.Round(hold/dt) + free)
			count, last := 0, 0
			for step := 1; step <= seconds/dt; step++ {
				if len(net.step([]float64{drive}, nil)) == 0 {
					continue
				}
				count++
				want := interval
				if count == 1 {
					want = int(free) // the first starts from reset, at leisure
				}
				if step-last != want {
					t.Fatalf("refractory %g s, drive %g: spike %d comes %d steps after the one before, want %d", hold, drive, count, step-last, want)
				}
				last = step
			}
			if want := 1 + (seconds/dt-int(free))/interval; count != want {
				t.Errorf("refractory %g s, drive %g: %d spikes, want %d", hold, drive, count, want)
			}
		}
	}
	// Below its threshold it settles where the equation says, silent.
	net := alone(t, DePasquale2016(), dt)
	for range 2000 {
		if len(net.step([]float64{-3}, nil)) > 0 {
			t.Fatal("a spike below the threshold")
		}
	}
	if v := net.v[0]; math.Abs(v+58) > 1e-9 {
		t.Errorf("the voltage settles at %g mV, want -65 + 10 - 3", v)
	}
}

// A refractory neuron is deaf: whatever comes in, it is exactly at reset for
// two steps after that of the spike, and moves in the third.
func TestRefractoryNeuronsAreHeldAtReset(t *testing.T) {
	cfg := DePasquale2016()
	net := alone(t, cfg, 0.001)
	rng := neuro.Stream(1, "drive")
	since, spikes := 100, 0
	for step := range 3000 {
		fired := len(net.step([]float64{400 * rng.NormFloat64()}, nil)) > 0
		since++
		if since <= 2 && (fired || net.v[0] != cfg.Reset) {
			t.Fatalf("step %d, %d after a spike: at %g mV, fired %v", step, since, net.v[0], fired)
		}
		if since == 3 && net.v[0] == cfg.Reset && !fired {
			t.Fatalf("step %d: still held 3 steps after the spike", step)
		}
		if fired {
			since, spikes = 0, spikes+1
		}
	}
	if spikes < 100 {
		t.Fatalf("only %d spikes: the test says nothing", spikes)
	}
	if net.constant == nil || testing.AllocsPerRun(200, func() { net.step([]float64{500}, nil) }) != 0 {
		t.Error("a step allocates")
	}
}

// Without its refractory period and with the membrane of 2023 the preset of
// 2016 is that of 2023, 55 mV lower.
func TestPresetOf2016IsThatOf2023Shifted(t *testing.T) {
	low := DePasquale2016()
	low.Refractory, low.TauMembrane = 0, 0.010
	low.Neurons = 60
	high := DePasquale2023()
	high.Neurons, high.Gain = 60, low.Gain
	var nets [2]*network
	for k, cfg := range []Config{low, high} {
		var err error
		if nets[k], err = build(cfg, waves(100)); err != nil {
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
		for i := range nets[0].v {
			if d := nets[0].v[i] + 55 - nets[1].v[i]; math.Abs(d) > 1e-8 {
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
	src := waves(500)
	m, err := Transfer(ctx, cfg, src, nil)
	if err != nil {
		t.Fatal(err)
	}
	rec, err := m.Test(ctx, src, TestConfig{WarmUpTrials: 2, Trials: 10, Recorded: 10, Seed: 9}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if e, _ := rec.MedianErrors(); e > 0.1 {
		t.Errorf("factor nMSE %g", e)
	}
	last := make(map[int]float64)
	for k, at := range rec.Spikes.Times {
		j := rec.Spikes.Neurons[k]
		if before, ok := last[j]; ok && at-before < 0.0029 {
			t.Fatalf("neuron %d fires at %g and %g s", j, before, at)
		}
		last[j] = at
	}
	// Held neurons are part of what is saved.
	held := 0
	for _, steps := range m.State().Refractory {
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
		if err := x.Train(ctx, src, 1, nil); err != nil {
			t.Fatal(err)
		}
	}
	if !mat.Equal(m.Decoder(), loaded.Decoder()) {
		t.Error("loaded and continued differs from continued")
	}
}
