package dale

import "github.com/spikewalk/spikewalk/neuro/internal/carry"

// The names of quantities, besides those of the trains.
const (
	voltage   = "voltage"
	recurrent = "recurrent"
	input     = "input"
)

// quantities are the names of all.
func (net *neurons) quantities() []string {
	all := []string{voltage, recurrent, input}
	for kind := range net.kinds {
		all = append(all, train(kind))
	}
	return all
}

// Quantity returns a quantity of all neurons, in scratch or where it is kept.
func (l *live) Quantity(name string, scratch []float64) []float64 {
	net := l.net
	switch name {
	case voltage:
		return net.Voltages()
	case recurrent:
		return net.acted
	case input:
		clear(scratch)
		if net.inputs != nil {
			carry.AddRows(scratch, net.inputs, net.given)
		}
		return scratch
	}
	for kind, k := range net.kinds {
		if name == train(kind) {
			return k.trains
		}
	}
	return nil
}
