package spiking

import (
	"fmt"

	"github.com/spikewalk/spikewalk/neuro/internal/carry"
	"github.com/spikewalk/spikewalk/neuro/internal/kernel"
)

// Quantity names something that every neuron has at every step.
type Quantity string

// The quantities that can be recorded. In each step the current into a neuron
// is
//
//	Learned + SlowInput + FastInput + Input + the model's drive + g Q c - b,
//
// the currents being those that act during the step; LIF neurons are pulled
// towards it. Voltage, SlowTrain and
// FastTrain are as the step has left them.
const (
	// Voltage is v, after its reset, or whatever a model of neurons has as its
	// first state variable.
	Voltage Quantity = "voltage"
	// Learned is u y, the current through learned synapses.
	Learned Quantity = "learned"
	// SlowInput is J0s s and FastInput (J0f + J_μ) f, the currents through
	// fixed random synapses, before the bias b is taken off.
	SlowInput Quantity = "slow_input"
	FastInput Quantity = "fast_input"
	// Input is u_in f_in, the current that the task's inputs cause.
	Input Quantity = "input"
	// SlowTrain is s and FastTrain f, the neuron's own filtered spikes.
	SlowTrain Quantity = "slow_train"
	FastTrain Quantity = "fast_train"
)

var quantities = []Quantity{Voltage, Learned, SlowInput, FastInput, Input, SlowTrain, FastTrain}

func (q Quantity) validate() error {
	for _, known := range quantities {
		if q == known {
			return nil
		}
	}
	return fmt.Errorf("spiking: there is no quantity %q to record, choose from %q", string(q), quantities)
}

// current tells the quantities that have to be taken before a step from those
// that are taken after it.
func (q Quantity) current() bool {
	return q == Learned || q == SlowInput || q == FastInput || q == Input
}

// probe takes quantities of some neurons.
type probe struct {
	neurons []int
	all     []float64              // scratch, N
	rows    map[Quantity][]float64 // of the neurons
}

func newProbe(n int, neurons []int, quantities ...Quantity) *probe {
	p := &probe{neurons: neurons, all: make([]float64, n), rows: make(map[Quantity][]float64)}
	for _, q := range quantities {
		p.rows[q] = make([]float64, len(neurons))
	}
	return p
}

// take takes either the currents or the other quantities.
func (p *probe) take(m *Model, currents bool, factors, inputs []float64) {
	for q, row := range p.rows {
		if q.current() != currents {
			continue
		}
		values := m.quantity(q, p.all, factors, inputs)
		for k, i := range p.neurons {
			row[k] = values[i]
		}
	}
}

// quantity returns a quantity of all neurons, in scratch or where it is kept.
func (m *Model) quantity(q Quantity, scratch, factors, inputs []float64) []float64 {
	switch q {
	case Voltage:
		return m.net.neurons.Voltages()
	case SlowInput:
		return m.net.slowCurrent
	case FastInput:
		return m.net.fastCurrent
	case SlowTrain:
		m.decoder.Bank(scratch, 0)
	case FastTrain:
		m.decoder.Bank(scratch, 1)
	case Learned:
		raw := m.net.factors.RawMatrix()
		kernel.MulRows(scratch, factors, raw.Data, raw.Stride, false)
	case Input:
		clear(scratch)
		if m.net.inputs != nil {
			carry.AddRows(scratch, m.net.inputs, inputs)
		}
	}
	return scratch
}
