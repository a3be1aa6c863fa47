package attractor

import (
	"context"
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/bound"
)

// LifeConfig says how long an attractor lives in a [World], and how it
// learns there. It marshals to JSON.
type LifeConfig struct {
	// Seconds is how long it lives.
	Seconds float64
	// Kappa is the learning rate κ per second, for activities in Hz and
	// corrections in units of x per second. MacNeil & Eliasmith (2011) take 4e-7
	// for 40 neurons (4e-11 in each step of 0.1 ms). 0 does not learn.
	Kappa float64
	// Sample is the spacing of the recorded traces in s.
	Sample float64
	// Seed names the initial voltages.
	Seed uint64
}

// Validate says what is wrong with the configuration, or nil.
func (c LifeConfig) Validate() error {
	switch {
	case !positive(c.Seconds):
		return fmt.Errorf("attractor: a life of %g s: Seconds must be positive", c.Seconds)
	case !(c.Kappa >= 0) || math.IsInf(c.Kappa, 1):
		return fmt.Errorf("attractor: Kappa is %g: want a finite learning rate of at least 0", c.Kappa)
	case !(c.Sample > 0 && c.Sample <= c.Seconds):
		return fmt.Errorf("attractor: traces sampled every %g s of %g: want a positive Sample of at most Seconds", c.Sample, c.Seconds)
	}
	return nil
}

// Run is what happened in a life. All matrices have a row for each time.
type Run struct {
	// Time in s, of length T.
	Time []float64
	// X is what the attractor represented and Truth what it ought to have
	// (0 where the world knows no truth), T x D.
	X, Truth *mat.Dense
	// Correction is E, T x D, in units of x per second.
	Correction *mat.Dense
	// Activity is that of the neurons at the end, in Hz, of length N: the bump.
	Activity []float64
	// Warnings say what the step resolves poorly.
	Warnings []neuro.Warning
}

// runaway is the |x|, in radii, beyond which no correction brings x back.
const runaway = 4

// lookAround is how many steps pass between looks at the context.
const lookAround = 16

// Live lets the attractor live in a world and learn, in place, from the
// corrections it receives there, with the rule of [Simulation.Learn]. With
// Kappa 0 it is a test. The [neuro.Watch] of ctx is called after each simulated
// second.
//
// When x runs away, Live returns a [neuro.DivergenceError] and leaves the
// attractor as it was at the last whole second; when the context or the
// watcher ends it, as it had become. What was recorded is returned in every
// case.
func (a *Attractor) Live(ctx context.Context, w World, cfg LifeConfig) (Run, error) {
	if err := cfg.Validate(); err != nil {
		return Run{}, err
	}
	if err := bound.Context("attractor", ctx); err != nil {
		return Run{}, err
	}
	if w == nil {
		return Run{}, fmt.Errorf("attractor: the world is nil: want one such as NewGaze makes")
	}
	if dt, ok := stepOf(w); ok && dt != a.Config.Step {
		return Run{}, fmt.Errorf("attractor: the world moves in steps of %g s, the attractor of %g s: make the world with the attractor's Config.Step", dt, a.Config.Step)
	}
	if g, ok := w.(*Gaze); ok && g.cfg.Range > a.Population.Config.Radius {
		return Run{}, fmt.Errorf("attractor: targets of the gaze are within %g, the population represents %g (its Radius): want a Range of at most that, in units of x", g.cfg.Range, a.Population.Config.Radius)
	}
	sim, err := a.Simulate(cfg.Seed)
	if err != nil {
		return Run{}, err
	}
	l := &life{sim: sim, world: w, cfg: cfg, good: a.Clone(), still: make([]float64, a.State), velocity: make([]float64, a.State)}
	if err := sim.Hold(w.Start(), make([]float64, a.Controls), 5*a.Config.TauSyn); err != nil {
		return Run{}, err
	}
	err = l.live(ctx)
	sim.Settle()
	if diverged := (*neuro.DivergenceError)(nil); errors.As(err, &diverged) {
		a.engine = l.good.engine
	}
	return l.run(), err
}

// stepOf is the step of the worlds that are made for one, in s.
func stepOf(w World) (dt float64, ok bool) {
	switch w := w.(type) {
	case *Gaze:
		return w.dt, true
	case *Wander:
		return w.dt, true
	}
	return 0, false
}

// life is an attractor in its world.
type life struct {
	sim             *Simulation
	world           World
	cfg             LifeConfig
	good            *Attractor // as it was at the last whole second
	still, velocity []float64
	time            []float64
	rows            [3][]float64 // x, truth and correction, row after row
}

func (l *life) live(ctx context.Context) error {
	a := l.sim.attractor
	dt := a.Config.Step
	total, second, sample := steps(l.cfg.Seconds, dt), steps(1, dt), max(1, steps(l.cfg.Sample, dt))
	for step := 1; step <= total; step++ {
		if step%lookAround == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		c, err := l.step()
		if err != nil {
			return err
		}
		if step%sample == 0 {
			l.record(step, c)
		}
		if size := floats.Norm(l.sim.X(), 2); !(size <= runaway*a.Population.Config.Radius) {
			return &neuro.DivergenceError{
				Stage: fmt.Sprintf("attractor: life, after %.4g s,", float64(step)*dt), Trial: -1, Step: step - 1,
				What: "|x|", Value: size,
				Advice: fmt.Sprintf("the population's radius is %g; a smaller Kappa than %g, or dynamics that pull back, usually help", a.Population.Config.Radius, l.cfg.Kappa),
			}
		}
		if step%second == 0 {
			l.sim.Settle()
			l.good = a.Clone()
			p := neuro.Progress{Stage: "live", Done: step / second, Total: total / second, Error: math.NaN()}
			if p.Done == p.Total {
				p.Warnings = l.sim.attractor.coarse()
			}
			stop, err := neuro.WatchOf(ctx).Report(p)
			if stop {
				return nil
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// step is one step of everything: command, learning, dynamics.
func (l *life) step() (Command, error) {
	c := l.world.Step(l.sim.X())
	if err := c.check(len(l.still)); err != nil {
		return c, err
	}
	copy(l.velocity, l.still)
	if c.Velocity != nil {
		copy(l.velocity, c.Velocity)
	}
	if c.Correction != nil {
		floats.Add(l.velocity, c.Correction)
		if err := l.sim.Learn(l.cfg.Kappa, c.Correction); err != nil {
			return c, err
		}
	}
	return c, l.sim.Step(l.velocity, c.Control)
}

func (l *life) record(step int, c Command) {
	l.time = append(l.time, float64(step)*l.sim.attractor.Config.Step)
	for i, v := range [][]float64{l.sim.X(), c.Truth, c.Correction} {
		if v == nil {
			v = l.still
		}
		l.rows[i] = append(l.rows[i], v...)
	}
}

// coarse warns of a step that could be built with: integrator.FromDecoders has
// refused others.
func (a *Attractor) coarse() []neuro.Warning {
	w, _ := neuro.CheckStep("attractor", a.Config.Step,
		neuro.TimeConstant{Name: "TauSyn", Seconds: a.Config.TauSyn},
		neuro.TimeConstant{Name: "the population's TauRC", Seconds: a.Population.Config.TauRC})
	return w
}

func (l *life) run() Run {
	r := Run{Time: l.time, Activity: append([]float64{}, l.sim.Activity()...), Warnings: l.sim.attractor.coarse()}
	if n := len(l.time); n > 0 {
		d := len(l.still)
		r.X, r.Truth, r.Correction = mat.NewDense(n, d, l.rows[0]), mat.NewDense(n, d, l.rows[1]), mat.NewDense(n, d, l.rows[2])
	}
	return r
}
