package dale

import (
	"context"

	"github.com/spikewalk/spikewalk/neuro/internal/carry"
	"github.com/spikewalk/spikewalk/neuro/internal/checkpoint"
	"github.com/spikewalk/spikewalk/neuro/internal/persist"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// open finds what was kept of a training.
func open(ctx context.Context, cfg Config, src task.Source) (*checkpoint.Keeper, error) {
	if !checkpoint.Wanted(ctx) {
		return nil, nil
	}
	key, err := carry.Key(src)
	if err != nil {
		return nil, err
	}
	return checkpoint.Open(ctx, "dale transfer", append(key, cfg)...)
}

// state names all that trials of training change: the network that learns, the
// best so far, and what the fits need.
func (c *course) state(s *persist.State) {
	c.net.keep(s)
	c.Network.net.keep(s)
	carry.KeepSource(s, &c.live.state)
	s.Floats(c.noise.shared, c.noise.own)
	c.moments.keep(s)
	s.Float(&c.best)
	c.history.keep(s)
	c.Training.keep(s)
}

// keep names the weights and the state of neurons.
func (net *neurons) keep(s *persist.State) {
	carry.KeepNeurons(s, net.Population)
	s.Floats(net.bias)
	for _, k := range net.kinds {
		s.Floats(k.weights, k.trains)
	}
}

// keep names the sums, in which all samples are, and of the symmetric one half.
func (m *moments) keep(s *persist.State) {
	if !s.Reading() {
		m.flush() // as the next trial would, or the fit
	}
	m.pending = m.pending[:0]
	s.Float(&m.count)
	persist.Symmetric(s, m.minusSS, m.n)
	s.Floats(m.ys.RawMatrix().Data, m.s, m.y)
}

// keep names all but the warnings about the step, which are there from the start.
func (t *Training) keep(s *persist.State) {
	s.Vector(&t.Teacher)
	s.Vector(&t.MedianErrors)
	s.Vector(&t.WorstErrors)
	s.Int(&t.Kept)
}
