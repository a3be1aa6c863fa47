package spiking

import (
	"context"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/rls"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// checkpoint holds what a trial of training changes, P left out.
type checkpoint struct {
	neurons map[string][]float64
	source  task.State
	decoder rls.State
	readout mat.Dense
}

func (m *Model) checkpoint(c *checkpoint) {
	c.neurons = m.net.neurons.State()
	c.source = m.sourceState
	c.decoder = m.decoder.State()
	c.readout.CloneFrom(m.readout)
}

func (m *Model) restore(c *checkpoint) {
	if err := m.net.neurons.Restore(c.neurons); err != nil {
		panic(err) // our own state does not fit: a bug
	}
	m.sourceState = c.source
	m.readout.Copy(&c.readout)
	// P already knows the neurons that fired for the first time in the trial
	// that is taken back.
	c.decoder.Fired = m.decoder.State().Fired
	if err := m.decoder.Restore(c.decoder); err != nil {
		panic(err) // our own state does not fit: a bug
	}
	m.begin(context.Background(), false)
}
