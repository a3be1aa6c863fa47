package spiking

import (
	"fmt"
	"maps"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// State is all that the next step of a network depends on, weights apart.
type State struct {
	// Voltages v, and the filtered spike trains of the slow and fast synapses
	// s and f, each of length N.
	Voltages, Slow, Fast []float64
	// Refractory is the number of steps for which each neuron is still held
	// after its spike; empty if none is.
	Refractory []int
	// Further are the other state variables of the model of neurons, by name.
	Further map[string][]float64
	// Source is the state of the source's own network.
	Source task.State
}

// State returns a copy of the model's state: after training, that in which
// the last training trial left it.
func (m *Model) State() State {
	n := m.net.n
	st := State{
		Further: m.net.neurons.State(),
		Slow:    make([]float64, n), Fast: make([]float64, n),
		Source: m.sourceState,
	}
	st.Voltages = st.Further["voltages"]
	for _, steps := range st.Further["refractory"] {
		st.Refractory = append(st.Refractory, int(steps))
	}
	delete(st.Further, "voltages")
	delete(st.Further, "refractory")
	if len(st.Further) == 0 {
		st.Further = nil
	}
	m.decoder.Bank(st.Slow, 0)
	m.decoder.Bank(st.Fast, 1)
	return st
}

// neurons is the part of a state that is the neurons'.
func (st *State) neurons() map[string][]float64 {
	own := map[string][]float64{"voltages": st.Voltages}
	for _, steps := range st.Refractory {
		own["refractory"] = append(own["refractory"], float64(steps))
	}
	maps.Copy(own, st.Further)
	return own
}

// check tells whether a state is one of this model.
func (m *Model) check(st *State) error {
	for _, x := range []struct {
		name   string
		values []float64
	}{{"slow trains", st.Slow}, {"fast trains", st.Fast}} {
		if len(x.values) != m.net.n {
			return fmt.Errorf("spiking: the initial state has %d %s, the model has %d neurons", len(x.values), x.name, m.net.n)
		}
		if i := neuro.NotFinite(x.values); i >= 0 {
			return fmt.Errorf("spiking: the initial state's %s hold %g for neuron %d: every value must be finite", x.name, x.values[i], i)
		}
	}
	if err := m.net.neurons.Fits(st.neurons()); err != nil {
		return fmt.Errorf("spiking: the initial state: %w", err)
	}
	return nil
}

// set puts the model into a state that check has passed.
func (m *Model) set(st *State) error {
	if err := m.net.neurons.Restore(st.neurons()); err != nil {
		return err
	}
	m.sourceState = st.Source
	now := m.decoder.State()
	known := make([]bool, m.net.n)
	for _, j := range now.Fired {
		known[j] = true
	}
	for j := range m.net.n {
		if !known[j] && (st.Slow[j] != 0 || st.Fast[j] != 0) {
			now.Fired = append(now.Fired, j)
		}
	}
	now.Banks = mat.NewDense(2, m.net.n, append(append([]float64(nil), st.Slow...), st.Fast...))
	return m.decoder.Restore(now)
}
