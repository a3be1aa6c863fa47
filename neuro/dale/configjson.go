package dale

import (
	"encoding/json"

	"github.com/spikewalk/spikewalk/neuro/internal/carry"
	"github.com/spikewalk/spikewalk/neuro/neuron"
)

// plain is a Config that JSON writes and reads as it does any other struct.
type plain Config

// MarshalJSON names the model of neurons: "Neuron": {"LIF": {"Tau": 0.01, …}}.
func (c Config) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		plain
		Neuron neuron.JSON
	}{plain(c), neuron.JSON{Model: c.Neuron}})
}

// UnmarshalJSON reads what MarshalJSON writes; what is not mentioned stays as it
// is. Older configurations, with TauMembrane, Threshold and Reset in place of
// Neuron, are read as those of LIF neurons.
func (c *Config) UnmarshalJSON(data []byte) error {
	read := struct {
		*plain
		Neuron neuron.JSON
	}{(*plain)(c), neuron.JSON{Model: c.Neuron}}
	if err := json.Unmarshal(data, &read); err != nil {
		return err
	}
	var err error
	c.Neuron, err = carry.FormerLIF(data, read.Neuron.Model, false)
	return err
}
