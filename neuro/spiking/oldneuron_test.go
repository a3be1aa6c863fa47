package spiking

import (
	"context"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/neuro/internal/wave"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/neuron"
)

// The files were written when a configuration had the parameters of LIF neurons
// in place of a model: a trained network with refractory neurons, the same after
// one more trial, and its configuration.
func TestNetworksOfBeforeThereWereModelsContinueToTheBit(t *testing.T) {
	m, err := Load("testdata/before_neuron.npz")
	if err != nil {
		t.Fatal(err)
	}
	if m.cfg.Neuron != neuron.Model(neuron.DePasquale2016()) {
		t.Errorf("its neurons are %+v", m.cfg.Neuron)
	}
	held := 0.0
	for _, steps := range m.State()["refractory"] {
		held += steps
	}
	if held == 0 {
		t.Error("no neuron is held: the test says little")
	}
	if err := m.Train(context.Background(), wave.Source(300), 1); err != nil {
		t.Fatal(err)
	}
	want, err := Load("testdata/before_neuron_continued.npz")
	if err != nil {
		t.Fatal(err)
	}
	if !mat.Equal(m.Decoder(), want.Decoder()) || !mat.Equal(m.Readout(), want.Readout()) {
		t.Error("one more trial gives other weights than it did")
	}
}

func TestConfigurationsInJSON(t *testing.T) {
	want := DePasquale2016()
	want.Neurons, want.Gain = 12, 60
	want.WarmUpTrials, want.DemeaningTrials, want.TrainingTrials = 1, 1, 2
	old, err := os.ReadFile("testdata/before_neuron.json")
	if err != nil {
		t.Fatal(err)
	}
	now, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	for _, data := range [][]byte{old, now} {
		var got Config
		if err := json.Unmarshal(data, &got); err != nil || got != want {
			t.Errorf("%s:\n%+v, %v\nwant %+v", data, got, err, want)
		}
	}
	// What is not mentioned stays.
	got := DePasquale2016()
	if err := json.Unmarshal([]byte(`{"TauMembrane": 0.03, "Gain": 2}`), &got); err != nil {
		t.Fatal(err)
	}
	lif := neuron.DePasquale2016()
	lif.Tau = 0.03
	if got.Neuron != neuron.Model(lif) || got.Gain != 2 || got.TauSlow != 0.1 {
		t.Errorf("%+v", got)
	}
	if err := json.Unmarshal([]byte(`{"Neuron": {"Wang": {}}}`), &got); err == nil {
		t.Error("an unknown model was taken")
	}
	for _, data := range []string{
		`{"Neuron": {"AdaptiveLIF": {"LIF": {"Tau": 0.01, "Reset": -10}, "TauAdaptation": 0.1}}, "Threshold": 1}`,
		`{"Neuron": {"Theta": {"Tau": 0.01, "Scale": 10}}, "TauMembrane": 0.02}`,
	} {
		if err := json.Unmarshal([]byte(data), &got); err == nil || !strings.Contains(err.Error(), "those of LIF neurons") {
			t.Errorf("%s: parameters of LIF neurons beside another model: error %v", data, err)
		}
	}
}
