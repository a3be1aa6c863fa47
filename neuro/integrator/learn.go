package integrator

import (
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/bound"
	"github.com/spikewalk/spikewalk/neuro/nef"
)

// Run is what happened while an integrator learned.
type Run struct {
	// Time in s, and at each time the positions of eye and target and the
	// represented position X, in degrees; the velocity command V the
	// integrator received, the part of it that is a Slow command, and the
	// retinal Slip before it is delayed (0 without light), in degrees/s. All
	// have the same length.
	Time, Eye, Target, X, V, Slow, Slip []float64
	// Saccades are all that ended in time.
	Saccades []Saccade
	// Curve is the drift on the way, at the times CurveTime in s.
	CurveTime []float64
	Curve     []Drift
	// Warnings say what the step resolves poorly, and whether the last drift of
	// the Curve is more than twice the first, which nothing but learning worked on.
	Warnings []neuro.Warning
}

// runaway times its range, and x or the eye has left everything that the loop
// around the integrator can correct.
const runaway = 4

// lookAround is how many steps pass between looks at the context, one of
// which takes a good part of a step's time.
const lookAround = 16

// Learn lets the integrator live in its oculomotor system and learn from the
// commands it receives there, with the rule of [Simulation.Learn] and
// E = [Corrective] command. It changes the integrator, of D = 1, in place, and
// returns the traces. The [neuro.Watch] of ctx is called after each simulated
// second.
// Noise on the weights, if asked for, begins with the first step.
//
// When x or the eye runs away, Learn returns a [neuro.DivergenceError] and leaves the
// integrator as it was at the last whole second; when the context or the
// watcher ends it, as it had become. The traces up to there are returned in
// every case. Cost: about 2 ms per simulated second for 40 neurons, noise
// included, and no memory but the traces.
func (g *Integrator) Learn(ctx context.Context, cfg LearnConfig) (Run, error) {
	if err := cfg.Validate(); err != nil {
		return Run{}, err
	}
	if err := bound.Context("integrator", ctx); err != nil {
		return Run{}, err
	}
	if d := len(g.readout); d != 1 {
		return Run{}, fmt.Errorf("integrator: the oculomotor system moves in 1 dimension, the integrator represents %d", d)
	}
	if err := cfg.Oculomotor.within(g.Config.Degrees * g.Population.Config.Radius); err != nil {
		return Run{}, err
	}
	if len(cfg.Curve) > 0 {
		if err := cfg.Drift.fits(g); err != nil {
			return Run{}, err
		}
	}
	l, err := newLife(g, cfg)
	if err != nil {
		return Run{}, err
	}
	err = l.live(ctx)
	l.sim.Settle()
	l.run.Warnings = append(l.run.Warnings, l.spoilt()...)
	if diverged := (*neuro.DivergenceError)(nil); errors.As(err, &diverged) {
		g.restore(l.good)
	}
	return l.run, err
}

// membrane is the time constant of a population's neurons.
func membrane(pop *nef.Population) neuro.TimeConstant {
	return neuro.TimeConstant{Name: "the population's TauRC", Seconds: pop.Config.TauRC}
}

// life is an integrator at work in its surroundings.
type life struct {
	integ *Integrator
	cfg   LearnConfig
	sim   *Simulation
	eye   *oculomotor
	good  *Integrator // the integrator at the last whole second
	run   Run

	command, correction [1]float64 // in units of x per second
}

func newLife(g *Integrator, cfg LearnConfig) (*life, error) {
	sim, err := g.Simulate(cfg.Seed)
	if err != nil {
		return nil, err
	}
	l := &life{integ: g, cfg: cfg, sim: sim, good: g.Clone()}
	l.eye = newOculomotor(cfg.Oculomotor, g.Config.Step, cfg.Seed)
	l.run.Warnings, err = neuro.CheckStep("integrator", g.Config.Step, membrane(g.Population),
		neuro.TimeConstant{Name: "TauSyn", Seconds: g.Config.TauSyn},
		neuro.TimeConstant{Name: "the oculomotor system's PlantTau", Seconds: cfg.Oculomotor.PlantTau},
		neuro.TimeConstant{Name: "its SlowTau", Seconds: cfg.Oculomotor.SlowTau})
	if err != nil {
		return nil, err
	}
	// Both begin at rest, looking straight ahead.
	if err := sim.Hold([]float64{0}, 5*g.Config.TauSyn); err != nil {
		return nil, err
	}
	return l, sim.Disturb(cfg.Noise, cfg.Seed)
}

// spoilt warns of learning that made the drift worse, where neither the surround
// taught it nor noise did.
func (l *life) spoilt() []neuro.Warning {
	last := len(l.run.Curve) - 1
	if last < 1 || l.cfg.Kappa == 0 || l.cfg.Noise.Eta > 0 || l.cfg.Oculomotor.Light && l.cfg.Oculomotor.SurroundGain != 0 {
		return nil
	}
	before, after := l.run.Curve[0].MeanSpeed, l.run.Curve[last].MeanSpeed
	if !(after > 2*before) {
		return nil
	}
	return []neuro.Warning{{
		Kind: neuro.MadeWorse, Where: "integrator",
		Message: fmt.Sprintf("drift has grown from %.3g to %.3g degrees/s while it learned", before, after),
		Try:     fmt.Sprintf("take a smaller Kappa than %g per second, or see that Window (%g degrees/s) leaves saccades out", l.cfg.Kappa, l.cfg.Window),
	}}
}

func (l *life) live(ctx context.Context) error {
	dt := l.integ.Config.Step
	total, second, sample := steps(l.cfg.Seconds, dt), steps(1, dt), max(1, steps(l.cfg.Sample, dt))
	for step := range total {
		if step%lookAround == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		if err := l.measure(ctx, step); err != nil {
			return err
		}
		flying := l.eye.inFlight
		if err := l.step(); err != nil {
			return err
		}
		if flying && !l.eye.inFlight {
			l.landed(step)
		}
		if (step+1)%sample == 0 {
			l.record(step + 1)
		}
		if err := l.check(step); err != nil {
			return err
		}
		if (step+1)%second == 0 {
			l.sim.Settle()
			l.good.restore(l.integ)
			p := neuro.Progress{Stage: "learn", Done: (step + 1) / second, Total: total / second, Error: math.NaN()}
			if p.Done == p.Total {
				p.Warnings = l.run.Warnings
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
	return l.measure(ctx, total)
}

// step is one step of everything: command, learning, integration, movement.
func (l *life) step() error {
	v, degrees := l.eye.command(), l.integ.Config.Degrees
	l.command[0] = v / degrees
	l.correction[0] = Corrective(v, l.cfg.Window) / degrees
	if err := l.sim.Learn(l.cfg.Kappa, l.correction[:]); err != nil {
		return err
	}
	if err := l.sim.Step(l.command[:]); err != nil {
		return err
	}
	l.eye.move(degrees * l.sim.X()[0])
	return nil
}

// measure takes the drift if the step is one of the curve's times. It looks at
// a snapshot, so that looking changes nothing of what follows.
func (l *life) measure(ctx context.Context, step int) error {
	k := len(l.run.Curve)
	if k == len(l.cfg.Curve) || step < steps(l.cfg.Curve[k], l.integ.Config.Step) {
		return nil
	}
	drift, err := l.sim.snapshot().MeasureDrift(ctx, l.cfg.Drift)
	if err != nil {
		return err
	}
	l.run.Curve = append(l.run.Curve, drift)
	l.run.CurveTime = append(l.run.CurveTime, l.cfg.Curve[k])
	return nil
}

func (l *life) record(step int) {
	r := &l.run
	r.Time = append(r.Time, float64(step)*l.integ.Config.Step)
	r.Eye = append(r.Eye, l.eye.plant.position)
	r.Target = append(r.Target, l.eye.at)
	r.X = append(r.X, l.eye.plant.x)
	r.V = append(r.V, l.command[0]*l.integ.Config.Degrees)
	r.Slow = append(r.Slow, l.eye.slowNow)
	r.Slip = append(r.Slip, l.eye.slip)
}

// landed records the saccade that ended before the step.
func (l *life) landed(step int) {
	s := l.eye.saccades
	l.run.Saccades = append(l.run.Saccades, Saccade{
		Start: float64(step)*l.integ.Config.Step - s.elapsed, Duration: s.elapsed, Amplitude: s.amplitude,
	})
}

// check says whether x or the eye has run away in the step.
func (l *life) check(step int) error {
	what, value, span := "the represented value", l.sim.X()[0], 1.0
	if eye := l.eye.plant.position; math.Abs(value) <= runaway && !(math.Abs(eye) <= runaway*l.integ.Config.Degrees) {
		what, value, span = "the eye's position in degrees", eye, l.integ.Config.Degrees
	}
	if math.Abs(value) <= runaway*span {
		return nil
	}
	help := fmt.Sprintf("a smaller Kappa than %g per second", l.cfg.Kappa)
	if g := l.cfg.Oculomotor.SurroundGain; g != 0 {
		help += fmt.Sprintf(" or a slower surround than SurroundGain %g", g)
	}
	return &neuro.DivergenceError{
		Stage: fmt.Sprintf("integrator: learning, after %.4g s,", float64(step+1)*l.integ.Config.Step), Trial: -1, Step: step,
		What: what, Value: value,
		Advice: fmt.Sprintf("its range is %g to %g; %s usually helps", -span, span, help),
	}
}
