package spiking

import (
	"fmt"
	"slices"
)

// Silence returns a copy of the model in which nobody hears the given neurons,
// counted from 0: their spikes reach no synapse, no factor and no recording. All
// weights stay as they are, and what their last spikes have left in the traces
// fades. The copy may learn to do without them ([Model.Train]).
//
// Cost: that of saving and loading the model in memory.
func (m *Model) Silence(neurons ...int) (*Model, error) {
	data, err := m.MarshalBinary()
	if err != nil {
		return nil, err
	}
	c := new(Model)
	if err := c.UnmarshalBinary(data); err != nil {
		return nil, err
	}
	return c, c.net.silence(neurons)
}

// silence adds to the neurons that nobody hears.
func (net *network) silence(neurons []int) error {
	if len(neurons) == 0 {
		return nil
	}
	silent := make([]bool, net.n)
	copy(silent, net.silent)
	for _, i := range neurons {
		if i < 0 || i >= net.n {
			return fmt.Errorf("spiking: cannot silence neuron %d: the network has neurons 0 to %d", i, net.n-1)
		}
		silent[i] = true
	}
	if !slices.Contains(silent, false) {
		return fmt.Errorf("spiking: cannot silence all %d neurons: at least one must be left", net.n)
	}
	net.silent = silent
	return nil
}

// silenced lists the neurons that nobody hears.
func (net *network) silenced() (neurons []int) {
	for i, silent := range net.silent {
		if silent {
			neurons = append(neurons, i)
		}
	}
	return neurons
}

// heard leaves out the spikes of silent neurons, in place.
func (net *network) heard(spikes []int) []int {
	if net.silent == nil {
		return spikes
	}
	return slices.DeleteFunc(spikes, func(i int) bool { return net.silent[i] })
}
