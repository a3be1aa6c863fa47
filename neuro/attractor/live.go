package attractor

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/bound"
	"github.com/spikewalk/spikewalk/neuro/internal/checkpoint"
	"github.com/spikewalk/spikewalk/neuro/internal/persist"
)

// LifeConfig says how long an attractor lives in a [World], and how it
// learns there. It marshals to JSON.
type LifeConfig struct {
	// Seconds is how long it lives.
	Seconds float64
	// Kappa is the learning rate κ per second, for activities in Hz and
	// corrections in units of x per second. MacNeil & Eliasmith (2011) take 4e-7
	// for 40 neurons (4e-11 in each step of 0.1 ms); 4e-7 … 1e-5 is usable, 4e-4
	// spoils what was tuned, 4e-3 runs away. 0 does not learn.
	Kappa float64
	// Sample is the spacing of the recorded traces in s.
	Sample float64
	// Noise disturbs single weights all the while, for which the attractor must
	// be in weight form; the zero value does not.
	Noise WeightNoise
	// Seed names the initial voltages and the noise. A life that continues
	// another one wants another seed.
	Seed uint64
}

// Validate says what is wrong with the configuration, or nil.
func (c LifeConfig) Validate() error {
	switch {
	case !positive(c.Seconds):
		return fmt.Errorf("attractor: Seconds of a life are %g: they must be positive", c.Seconds)
	case !(c.Kappa >= 0) || math.IsInf(c.Kappa, 1):
		return fmt.Errorf("attractor: Kappa is %g: it must be finite and at least 0 (4e-7 per second is the paper's)", c.Kappa)
	case !(c.Sample > 0 && c.Sample <= c.Seconds):
		return fmt.Errorf("attractor: Sample of a life is %g s: it must be positive and at most Seconds, %g", c.Sample, c.Seconds)
	}
	return c.Noise.validate()
}

// runaway is the |x|, in radii, beyond which no correction brings x back.
const runaway = 4

// lookAround is how many steps pass between looks at the context, one of
// which takes a good part of a step's time.
const lookAround = 16

// Live lets the attractor live in a world and learn, in place, from the
// corrections it receives there, with the rule of [Simulation.Learn]. With
// Kappa 0 it is a test. The [neuro.Watch] of ctx is called after each simulated
// second.
//
// When x runs away, Live returns a [neuro.DivergenceError] and leaves the
// attractor as it was at the last whole second; when the context, the watcher
// or the world ends it, as it had become. It returns what was recorded in every
// case. Under [neuro.WithCheckpoints] it goes on at a whole second where it was when
// the program was killed, in a world of your own if that implements io.WriterTo and
// io.ReaderFrom. Cost: about 2 ms per simulated second for 40 neurons and steps of
// 0.1 ms, noise included.
func (a *Attractor) Live(ctx context.Context, w World, cfg LifeConfig) (Run, error) {
	l, err := a.enter(ctx, w, cfg)
	if err != nil {
		return Run{}, err
	}
	if ctx, err = a.kept(ctx, w, cfg); err != nil {
		return Run{}, err
	}
	sample := max(1, steps(cfg.Sample, a.Config.Step))
	l.run(ctx, func(_ []float64, stopped error) bool {
		if err = stopped; err == nil && l.now > l.begun && l.now%sample == 0 {
			l.record()
		}
		return true
	})
	return l.recorded(), err
}

// Steps is [Attractor.Live] step by step, for whoever wants to look on the way:
//
//	for x, err := range a.Steps(ctx, world, cfg) { … }
//
// yields the state that the attractor is held at, then the state after each
// step, valid until the next, and at last the error that ended the life, if one
// did. Between steps the attractor may be looked at, cloned and measured. A
// break ends the life.
func (a *Attractor) Steps(ctx context.Context, w World, cfg LifeConfig) iter.Seq2[[]float64, error] {
	return func(yield func([]float64, error) bool) {
		l, err := a.enter(ctx, w, cfg)
		if err != nil {
			yield(nil, err)
			return
		}
		l.run(ctx, yield)
	}
}

// life is an attractor in its world.
type life struct {
	*Attractor
	sim             *Simulation
	world           World
	cfg             LifeConfig
	good            *Attractor // as it was at the last whole second
	begun, now      int        // steps lived before, and so far
	still, velocity []float64
	command         Command // in the last step
	time            []float64
	rows            [3][]float64 // x, truth and correction, row after row

	keep   *checkpoint.Keeper
	around func(*persist.State) // what is around the life, the world in it
}

// enter brings the attractor into a world, at rest.
func (a *Attractor) enter(ctx context.Context, w World, cfg LifeConfig) (*life, error) {
	if err := cfg.Validate(); err != nil {
		return nil, err
	}
	if err := bound.Context("attractor", ctx); err != nil {
		return nil, err
	}
	if w == nil {
		return nil, errors.New("attractor: the world is nil: NewGaze and NewWander make one")
	}
	switch w := w.(type) {
	case *gaze:
		if w.cfg.Range > a.Population.Config.Radius {
			return nil, fmt.Errorf("attractor: targets of the gaze are within %g, the population represents %g (its Radius): Range must be at most that, in units of x", w.cfg.Range, a.Population.Config.Radius)
		}
		if err := a.inStep(w.dt); err != nil {
			return nil, err
		}
	case *wander:
		if err := a.inStep(w.dt); err != nil {
			return nil, err
		}
	}
	sim, err := a.Simulate(cfg.Seed)
	if err != nil {
		return nil, err
	}
	if err := sim.Hold(w.Start(), make([]float64, a.Controls), 5*a.Config.TauSyn); err != nil {
		return nil, err
	}
	if err := sim.disturb(cfg.Noise, cfg.Seed); err != nil {
		return nil, err
	}
	return &life{
		Attractor: a, sim: sim, world: w, cfg: cfg, good: a.Clone(),
		still: make([]float64, a.State), velocity: make([]float64, a.State),
	}, nil
}

// inStep says whether a world that moves in steps of dt moves as the attractor.
func (a *Attractor) inStep(dt float64) error {
	if dt != a.Config.Step {
		return fmt.Errorf("attractor: the world moves in steps of %g s, the attractor of %g s: make the world with the attractor's Config.Step", dt, a.Config.Step)
	}
	return nil
}

// run lives to the end and leaves the attractor as [Attractor.Live] says.
func (l *life) run(ctx context.Context, yield func([]float64, error) bool) {
	err := l.live(ctx, yield)
	l.sim.settleAll()
	if diverged := (*neuro.DivergenceError)(nil); errors.As(err, &diverged) {
		l.restore(l.good)
	}
	if err != nil {
		yield(nil, err)
	}
}

func (l *life) live(ctx context.Context, yield func([]float64, error) bool) error {
	watch, x := neuro.WatchOf(ctx), l.sim.x
	total, second := steps(l.cfg.Seconds, l.Config.Step), max(1, steps(1, l.Config.Step))
	left := second // until the next whole second
	l.keep, l.around = checkpoint.Of(ctx)
	if n := l.keep.At(); n > 0 {
		if err := l.keep.Restore(l.state); err != nil {
			return err
		}
		l.begun = l.now
		l.good.restore(l.Attractor)
		if stop, err := watch.Report(l.progress(n, total/second)); stop || err != nil {
			return err
		}
	}
	farthest := runaway * l.Population.Config.Radius
	if !yield(x, nil) {
		return nil
	}
	for l.now < total {
		if l.now%lookAround == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		if err := l.step(); err != nil {
			return err
		}
		var lost error
		if size := l.size(); !(size <= farthest) {
			lost = l.lost(size)
		}
		left--
		whole := left == 0
		if whole {
			left = second
		}
		if whole && lost == nil {
			l.sim.settleAll()
			l.good.restore(l.Attractor)
		}
		if !yield(x, nil) {
			return nil
		}
		if lost != nil {
			return lost
		}
		if whole {
			l.keep.After(l.now/second, l.now/second == total/second, l.state)
			if stop, err := watch.Report(l.progress(l.now/second, total/second)); stop || err != nil {
				return err
			}
		}
	}
	return nil
}

func (l *life) progress(done, total int) neuro.Progress {
	p := neuro.Progress{Stage: "live", Done: done, Total: total, Error: math.NaN()}
	if done == total {
		p.Warnings = l.coarse()
	}
	return p
}

// step is one step of everything: command, learning, dynamics.
func (l *life) step() error {
	c := &l.command
	*c = Command{}
	l.world.Step(l.sim.x, c)
	if !(len(l.still) == 1 && l.Controls == 0 && c.slight()) {
		if err := c.check(l.Attractor); err != nil {
			return err
		}
	}
	v := c.Velocity
	if c.Correction != nil {
		l.sim.learn(l.cfg.Kappa, c.Correction)
		if v = c.Correction; c.Velocity != nil {
			v = floats.AddTo(l.velocity, c.Velocity, c.Correction)
		}
	}
	if v == nil {
		v = l.still
	}
	l.sim.step(v, c.Control)
	l.now++
	return nil
}

// size is |x|.
func (l *life) size() float64 {
	if x := l.sim.x; len(x) > 1 {
		return floats.Norm(x, 2)
	}
	return math.Abs(l.sim.x[0])
}

// lost says that x has run away.
func (l *life) lost(size float64) error {
	radius := l.Population.Config.Radius
	return &neuro.DivergenceError{
		Stage: fmt.Sprintf("attractor: life, after %.4g s,", float64(l.now)*l.Config.Step), Trial: -1, Step: l.now - 1, Seconds: float64(l.now) * l.Config.Step,
		What: "|x|", Value: size,
		Advice: fmt.Sprintf("the population's radius is %g; a smaller Kappa than %g, or dynamics that pull back, usually help", radius, l.cfg.Kappa),
	}
}

func (l *life) record() {
	l.time = append(l.time, float64(l.now)*l.Config.Step)
	for i, v := range [][]float64{l.sim.x, l.command.Truth, l.command.Correction} {
		if v == nil {
			v = l.still
		}
		l.rows[i] = append(l.rows[i], v...)
	}
}

func (l *life) recorded() Run {
	r := Run{Time: l.time, Activity: append([]float64{}, l.sim.Activity()...), Warnings: l.coarse()}
	if n := len(l.time); n > 0 {
		d := len(l.still)
		r.X, r.Truth, r.Correction = mat.NewDense(n, d, l.rows[0]), mat.NewDense(n, d, l.rows[1]), mat.NewDense(n, d, l.rows[2])
	}
	return r
}
