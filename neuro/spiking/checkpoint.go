package spiking

import (
	"context"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/rls"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// checkpoint holds what a trial of training changes, P left out. Its slices
// are reused from trial to trial.
type checkpoint struct {
	v       []float64
	source  task.State
	resting []int // steps for which neurons are still refractory
	decoder rls.State
	readout mat.Dense
}

func (m *Model) checkpoint(c *checkpoint) {
	c.v = append(c.v[:0], m.net.v...)
	c.resting = append(c.resting[:0], m.net.refractory.left...)
	c.source = m.sourceState
	c.decoder = m.decoder.State()
	c.readout.CloneFrom(m.readout)
}

func (m *Model) restore(c *checkpoint) {
	copy(m.net.v, c.v)
	m.net.refractory.restore(c.resting)
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
