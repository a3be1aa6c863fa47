package spiking

import (
	"fmt"
	"math/rand/v2"

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
	// at its reset; empty if none is.
	Refractory []int
	// Source is the state of the source's own network.
	Source task.State
}

// State returns a copy of the model's state: after training, that in which
// the last training trial left it.
func (m *Model) State() State {
	n := m.net.n
	st := State{
		Voltages: append([]float64(nil), m.net.v...),
		Slow:     make([]float64, n), Fast: make([]float64, n),
		Refractory: m.net.refractory.steps(),
		Source:     m.sourceState,
	}
	m.decoder.Bank(st.Slow, 0)
	m.decoder.Bank(st.Fast, 1)
	return st
}

// check tells whether a state is one of this model.
func (m *Model) check(st *State) error {
	for _, x := range []struct {
		name   string
		values []float64
	}{{"voltages", st.Voltages}, {"slow trains", st.Slow}, {"fast trains", st.Fast}} {
		if len(x.values) != m.net.n {
			return fmt.Errorf("spiking: the initial state has %d %s, the model has %d neurons", len(x.values), x.name, m.net.n)
		}
		if i := neuro.NotFinite(x.values); i >= 0 {
			return fmt.Errorf("spiking: the initial state's %s hold %g for neuron %d: every value must be finite", x.name, x.values[i], i)
		}
	}
	return m.net.refractory.check(st.Refractory)
}

// set puts the model into a state that check has passed.
func (m *Model) set(st *State) error {
	copy(m.net.v, st.Voltages)
	m.net.refractory.restore(st.Refractory)
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

// perturb adds noise to the voltages of neurons that are not refractory.
func (net *network) perturb(sd float64, rng *rand.Rand) {
	for i := range net.v {
		if x := sd * rng.NormFloat64(); net.refractory.left[i] == 0 {
			net.v[i] += x
		}
	}
}
