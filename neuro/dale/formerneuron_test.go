package dale

import (
	"encoding/json"
	"testing"

	"github.com/spikewalk/spikewalk/neuro/neuron"
)

// Each parameter of neurons in a former configuration counts, also alone; Drive
// is the network's.
func TestFormerParametersOfNeurons(t *testing.T) {
	for data, want := range map[string]neuron.LIF{
		`{"TauMembrane": 0.02, "Threshold": 1, "Reset": -5}`: {Tau: 0.02, Threshold: 1, Reset: -5},
		`{"Reset": -5, "Drive": 3}`:                          {Tau: 0.01, Reset: -5},
		`{"Drive": 3}`:                                       {Tau: 0.01, Reset: -10},
	} {
		cfg := Sparse()
		if err := json.Unmarshal([]byte(data), &cfg); err != nil || cfg.Neuron != neuron.Model(want) {
			t.Errorf("%s: neurons %+v, error %v, want %+v", data, cfg.Neuron, err, want)
		}
	}
}
