package spiking

import (
	"context"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/internal/carry"
	"github.com/spikewalk/spikewalk/neuro/internal/checkpoint"
	"github.com/spikewalk/spikewalk/neuro/internal/persist"
	"github.com/spikewalk/spikewalk/neuro/rls"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// state names all that trials of training change, P included.
func (m *Model) state(c *persist.State) {
	c.Int(&m.trained)
	c.Vector(&m.training.FactorErrors)
	c.Vector(&m.training.OutputErrors)
	c.Floats(m.net.bias)
	carry.KeepNeurons(c, m.net.neurons)
	carry.KeepSource(c, &m.sourceState)
	c.Part(m.decoder)
	c.Floats(m.readout.RawMatrix().Data)
	c.Part(m.readP)
}

// open finds what was kept of a training on a source, which depends on more.
func open(ctx context.Context, what string, src task.Source, more ...any) (*checkpoint.Keeper, error) {
	if !checkpoint.Wanted(ctx) {
		return nil, nil
	}
	key, err := carry.Key(src)
	if err != nil {
		return nil, err
	}
	return checkpoint.Open(ctx, what, append(key, more...)...)
}

// open finds what was kept of more training of a model as it is now.
func (m *Model) open(ctx context.Context, src task.Source, trials int) (*checkpoint.Keeper, error) {
	if !checkpoint.Wanted(ctx) {
		return nil, nil
	}
	network := persist.Sum(func(c *persist.State) {
		m.state(c)
		c.Floats(m.net.slow, m.net.fast, m.net.factors.RawMatrix().Data, m.net.constant)
		if m.net.inputs != nil {
			c.Floats(m.net.inputs.RawMatrix().Data)
		}
	})
	return open(ctx, "spiking training", src, trials, m.cfg, m.net.silent, network)
}

// before holds what a trial of training changes, P left out.
type before struct {
	neurons map[string][]float64
	source  task.State
	decoder rls.State
	readout mat.Dense
}

func (m *Model) checkpoint(c *before) {
	c.neurons = m.net.neurons.State()
	c.source = m.sourceState
	c.decoder = m.decoder.State()
	c.readout.CloneFrom(m.readout)
}

func (m *Model) restore(c *before) {
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
