package spiking

import (
	"slices"

	"github.com/spikewalk/spikewalk/neuro/internal/carry"
	"github.com/spikewalk/spikewalk/neuro/internal/kernel"
	"github.com/spikewalk/spikewalk/neuro/neuron"
)

// The quantities that a recording can keep ([recording.Keep]), one number for each
// neuron and step. The current into a neuron is
//
//	Learned + SlowInput + FastInput + Input + the model's drive + g Q c - b,
//
// where all currents are those that act during the step; the voltage of LIF
// neurons is pulled towards it. Voltage, SlowTrain and FastTrain are as the step
// leaves them. Further state variables of a model of neurons are recorded under
// their own names, such as "w" of [neuron.AdaptiveLIF] and "u" of
// [neuron.Izhikevich].
const (
	// Voltage is v, after its reset (spikes do not show), or whatever a model of
	// neurons has as its first state variable.
	Voltage = "voltage"
	// Learned is u y, the current through learned synapses.
	Learned = "learned"
	// SlowInput is J0s s and FastInput (J0f + J_μ) f, the currents through
	// fixed random synapses, before the bias b is taken off.
	SlowInput = "slow_input"
	FastInput = "fast_input"
	// Input is u_in f_in, the current that the task's inputs cause.
	Input = "input"
	// SlowTrain is s and FastTrain f, the neuron's own filtered spikes.
	SlowTrain = "slow_train"
	FastTrain = "fast_train"
)

var quantities = []string{Voltage, Learned, SlowInput, FastInput, Input, SlowTrain, FastTrain}

// quantitiesOf lists the quantities of a network of some model of neurons.
func quantitiesOf(model neuron.Model) []string {
	all := slices.Clip(quantities)
	for _, v := range model.Traits().Variables[1:] {
		all = append(all, v.Name)
	}
	return all
}

// acting keeps the recurrent currents that acted in the last step, after the step
// has replaced them.
type acting struct{ slow, fast []float64 }

func newActing(neurons int) *acting {
	return &acting{make([]float64, neurons), make([]float64, neurons)}
}

// Quantity returns a quantity of all neurons, in scratch or where it is kept.
func (r *running) Quantity(name string, scratch []float64) []float64 {
	net := r.m.net
	switch name {
	case Voltage:
		return net.neurons.Voltages()
	case SlowInput:
		return net.acting.slow
	case FastInput:
		return net.acting.fast
	case SlowTrain:
		r.m.decoder.Bank(scratch, 0)
	case FastTrain:
		r.m.decoder.Bank(scratch, 1)
	case Learned:
		raw := net.factors.RawMatrix()
		kernel.MulRows(scratch, r.fed, raw.Data, raw.Stride, false)
	case Input:
		clear(scratch)
		if net.inputs != nil {
			carry.AddRows(scratch, net.inputs, r.inputs)
		}
	default:
		return net.neurons.Variable(name)
	}
	return scratch
}
