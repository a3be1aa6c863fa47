package attractor

import (
	"context"
	"fmt"
	"io"

	"github.com/spikewalk/spikewalk/neuro/internal/checkpoint"
	"github.com/spikewalk/spikewalk/neuro/internal/persist"
)

// kept returns ctx with the checkpoints of a life in a world.
func (a *Attractor) kept(ctx context.Context, w World, cfg LifeConfig) (context.Context, error) {
	const what = "life of an attractor"
	if !checkpoint.Wanted(ctx) {
		return ctx, nil
	}
	world, ok := w.(persist.Kept)
	if !ok {
		_, err := checkpoint.Refuse(ctx, what, fmt.Errorf("the world, a %T, does not say what is to be kept of it: give it WriteTo and ReadFrom (io.WriterTo, io.ReaderFrom)", w))
		return ctx, err
	}
	keep, err := checkpoint.Open(ctx, what, a, cfg, w)
	return checkpoint.Within(ctx, keep, func(s *persist.State) { s.Part(world) }), err
}

// state names all that changes in a life, at a whole second.
func (l *life) state(s *persist.State) {
	s.Int(&l.now)
	l.sim.state(s)
	s.Vector(&l.time)
	for i := range l.rows {
		s.Vector(&l.rows[i])
	}
	l.around(s)
}

func (s *Simulation) state(to *persist.State) {
	to.Part(s.neurons)
	to.Part(s.synapse)
	to.Floats(s.x, s.recurrent)
	to.Int(&s.unswept)
	if s.walk != nil {
		to.Int(&s.walk.now)
		to.Ints(&s.walk.last)
		to.Binary(s.walk.drawn)
	}
	a := s.attractor
	for _, rows := range [][][]float64{a.readout, a.outgoing, a.pending} {
		to.Floats(rows...)
	}
}

func (g *gaze) state(s *persist.State) {
	s.Binary(g.random)
	g.correct.state(s)
	s.Floats(g.target, g.from, g.velocity)
	s.Int(&g.jump)
	s.Int(&g.leave)
	s.Int(&g.ends)
	s.Float(&g.amplitude)
}

// WriteTo and ReadFrom keep where the gaze and its target are.
func (g *gaze) WriteTo(w io.Writer) (int64, error)  { return persist.WriterTo(w, g.state) }
func (g *gaze) ReadFrom(r io.Reader) (int64, error) { return persist.ReaderFrom(r, g.state) }

func (w *wander) state(s *persist.State) {
	s.Binary(w.random)
	w.correct.state(s)
	s.Floats(w.angle, w.velocity, w.at)
}

// WriteTo and ReadFrom keep where the animal is, and believes to be.
func (w *wander) WriteTo(to io.Writer) (int64, error) { return persist.WriterTo(to, w.state) }
func (w *wander) ReadFrom(r io.Reader) (int64, error) { return persist.ReaderFrom(r, w.state) }

func (c *corrector) state(s *persist.State) {
	s.Floats(c.image, c.slow, c.out, c.drift, c.late)
	s.Int(&c.now)
	s.Int(&c.blind)
	s.Bool(&c.began)
}
