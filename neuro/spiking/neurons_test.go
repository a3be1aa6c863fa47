package spiking_test

import (
	"bytes"
	"context"
	"path/filepath"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/neuron"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/spiking"
)

// further names the state variables of a model but the voltage.
func further(m neuron.Model) (names []string) {
	for _, v := range m.Traits().Variables[1:] {
		names = append(names, v.Name)
	}
	return names
}

// Networks of neurons of each model learn cycling, with the gains that the
// package neuron names, found on seeds from 101. They are saved, loaded and continued
// to the bit, and a test can start from where another ended.
func TestNetworksOfEachModelLearn(t *testing.T) {
	ctx, src := context.Background(), sampledCycling(t, 1)
	regular := neuron.Izhikevich2003()
	regular.Drive = 4
	for _, c := range []struct {
		model neuron.Model
		gain  float64
	}{{neuron.Adaptive(), 12}, {neuron.Quadratic(), 12}, {regular, 32}} {
		t.Run(neuron.Name(c.model), func(t *testing.T) {
			cfg := short(200, c.gain, 15)
			cfg.Neuron = c.model
			m := must[*spiking.Model](t)(spiking.Transfer(ctx, cfg, src))
			test := spiking.TestConfig{WarmUpTrials: 2, Trials: 5, Recorded: 1, Seed: 7,
				Record: recording.Keep{Units: []int{3}, Quantities: append(further(c.model), spiking.Voltage)}}
			rec := must[*recording.Recording](t)(m.Test(ctx, src, test))
			if e, _ := rec.MedianErrors(); e > 0.1 {
				t.Errorf("factor nMSE %g", e)
			}
			for name, v := range rec.Series {
				if mat.Max(v)-mat.Min(v) < 1 {
					t.Errorf("%s stays between %g and %g", name, mat.Min(v), mat.Max(v))
				}
			}
			path := filepath.Join(t.TempDir(), "model.npz")
			if err := m.Save(path); err != nil {
				t.Fatal(err)
			}
			loaded := must[*spiking.Model](t)(spiking.Load(path))
			if loaded.Config() != m.Config() {
				t.Errorf("loaded with %+v", loaded.Config())
			}
			for _, x := range []*spiking.Model{m, loaded} {
				if err := x.Train(ctx, src, 1); err != nil {
					t.Fatal(err)
				}
			}
			if !bytes.Equal(must[[]byte](t)(m.MarshalBinary()), must[[]byte](t)(loaded.MarshalBinary())) {
				t.Error("loaded and continued differs from continued")
			}
			again := spiking.TestConfig{Trials: 2, Recorded: 2, Initial: rec.Final, Restart: true, Repeat: true, Seed: 9}
			same := must[*recording.Recording](t)(m.Test(ctx, src, again))
			first, second := same.Factors.Values.Slice(0, 2000, 0, 12), same.Factors.Values.Slice(2000, 4000, 0, 12)
			if !mat.Equal(first, second) {
				t.Error("two trials from one state differ")
			}
		})
	}
}
