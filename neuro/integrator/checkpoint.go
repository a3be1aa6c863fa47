package integrator

import "github.com/spikewalk/spikewalk/neuro/internal/persist"

// state names all that changes around the integrator in a life: the eyes, and what
// has been recorded.
func (l *life) state(s *persist.State) {
	l.eyes.state(s)
	s.Int(&l.left)
	s.Bool(&l.flying)
	r := &l.run
	for _, trace := range []*[]float64{&r.Time, &r.Eye, &r.Target, &r.X, &r.V, &r.Correction, &r.Slow, &r.Slip, &r.CurveTime} {
		s.Vector(trace)
	}
	s.Gob(&r.Saccades)
	s.Gob(&r.Curve)
	if s.Reading() {
		l.look = l.next()
	}
}

// state leaves out what each step computes first of all: the commands.
func (o *eyes) state(s *persist.State) {
	s.Int(&o.moved)
	s.Float(&o.target.position)
	s.Int(&o.target.left)
	s.Binary(o.target.draw)
	s.Int(&o.muscles.left)
	s.Binary(o.muscles.draw)
	s.Float(&o.plant.position, &o.plant.velocity, &o.plant.x)
	s.Float(&o.saccades.wrong, &o.saccades.since, &o.saccades.amplitude, &o.saccades.velocity, &o.saccades.origin, &o.saccades.elapsed)
	s.Bool(&o.saccades.on)
	s.Float(&o.slow.velocity, &o.slow.since)
	s.Bool(&o.slow.saccade)
	o.slow.seen.state(s)
	o.seen.state(s)
}

func (d *delay) state(s *persist.State) {
	s.Floats(d.line)
	s.Int(&d.next)
}
