package dale

import (
	"github.com/spikewalk/spikewalk/neuro/internal/carry"
	"github.com/spikewalk/spikewalk/neuro/spiking"
)

// recurrent names the current J s + b.
const recurrent = "recurrent"

// quantities are the names of all that can be recorded.
func (c Config) quantities() []string {
	all := []string{spiking.Voltage, spiking.Input, recurrent}
	for kind := range c.TauSynapses {
		all = append(all, train(kind))
	}
	for _, v := range c.Neuron.Traits().Variables[1:] {
		all = append(all, v.Name)
	}
	return all
}

// Quantity returns a quantity of all neurons, in scratch or where it is kept.
func (l *live) Quantity(name string, scratch []float64) []float64 {
	switch name {
	case spiking.Voltage:
		return l.net.Voltages()
	case recurrent:
		return l.net.acted
	case spiking.Input:
		clear(scratch)
		if l.net.inputs != nil {
			carry.AddRows(scratch, l.net.inputs, l.net.given)
		}
		return scratch
	}
	for kind, k := range l.net.kinds {
		if name == train(kind) {
			return k.trains
		}
	}
	return l.net.Variable(name)
}
