package spiketrain

import (
	"testing"

	"github.com/spikewalk/spikewalk/neuro"
)

// A neuron of 20 Hz whose trials of 2 s are given in milliseconds is warned of;
// in seconds it is not, nor is one that hardly fires.
func TestSpikeTimesInMilliseconds(t *testing.T) {
	for name, c := range map[string]struct {
		spikes     int
		each, stop float64
		bin, sigma float64
		unlikely   bool
	}{
		"seconds":      {40, 0.05, 2, 0.01, 0.025, false},
		"milliseconds": {40, 50, 2000, 10, 25, true},
		"rare":         {5, 400, 2000, 10, 25, false},
		"an hour":      {3600, 1, 3600, 10, 25, false},
	} {
		times := make([]float64, c.spikes)
		for i := range times {
			times[i] = (float64(i) + 0.5) * c.each
		}
		trains, err := New([]Trial{{Stop: c.stop, Times: [][]float64{times, {}}}})
		if err != nil {
			t.Fatal(err)
		}
		psth, err := trains.PSTH(PSTHConfig{Bin: c.bin, Sigma: c.sigma})
		if err != nil {
			t.Fatal(err)
		}
		if got := len(psth.Warnings) == 1 && psth.Warnings[0].Kind == neuro.UnlikelyUnit; got != c.unlikely {
			t.Errorf("%s: warnings %v", name, psth.Warnings)
		}
	}
}
