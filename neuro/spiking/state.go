package spiking

import (
	"fmt"
	"slices"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// The vectors of a [recording.State] besides those of the neurons.
const (
	slowState   = "slow"
	fastState   = "fast"
	sourceState = "source"
)

// State returns all that the next step of the network depends on, except its
// weights; after training it is as the last training trial left it. "slow" and
// "fast" are the filtered spike trains s and f, each of length N, and "source" is
// the state of the source, missing at the start. "voltages", "refractory" and
// others are the state of the neurons ([neuron.Population.State]).
func (m *Model) State() recording.State {
	slow, fast := make([]float64, m.net.n), make([]float64, m.net.n)
	m.decoder.Bank(slow, 0)
	m.decoder.Bank(fast, 1)
	st := recording.State(m.net.neurons.State())
	st[slowState], st[fastState] = slow, fast
	if x := m.sourceState.Numbers(); x != nil {
		st[sourceState] = x
	}
	return st
}

// check tells whether a state is one of this model.
func (m *Model) check(st recording.State) error {
	for _, name := range []string{slowState, fastState} {
		values := st[name]
		if len(values) != m.net.n {
			return fmt.Errorf("spiking: the initial state has %d values of %q, the model has %d neurons", len(values), name, m.net.n)
		}
		if i := neuro.NotFinite(values); i >= 0 {
			return fmt.Errorf("spiking: the initial state's %q hold %g for neuron %d: every value must be finite", name, values[i], i)
		}
	}
	if err := m.net.neurons.Fits(st); err != nil {
		return fmt.Errorf("spiking: the initial state: %w", err)
	}
	return nil
}

// set puts the model into a state that check has passed.
func (m *Model) set(st recording.State) error {
	if err := m.net.neurons.Restore(st); err != nil {
		return err
	}
	slow, fast := st[slowState], st[fastState]
	m.sourceState = task.NewState(st[sourceState]...)
	now := m.decoder.State()
	known := make([]bool, m.net.n)
	for _, j := range now.Fired {
		known[j] = true
	}
	for j := range m.net.n {
		if !known[j] && (slow[j] != 0 || fast[j] != 0) {
			now.Fired = append(now.Fired, j)
		}
	}
	now.Banks = mat.NewDense(2, m.net.n, slices.Concat(slow, fast))
	return m.decoder.Restore(now)
}
