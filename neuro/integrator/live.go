package integrator

import (
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/attractor"
	"github.com/spikewalk/spikewalk/neuro/internal/bound"
	"github.com/spikewalk/spikewalk/neuro/internal/checkpoint"
)

// LifeConfig describes a stretch of life in the oculomotor system, during which
// the integrator learns. It marshals to JSON; start from [Light].
type LifeConfig struct {
	// LifeConfig is how long it lasts, how it learns and what disturbs it. Its
	// Seed names the target's jumps and what is felt in the dark, too.
	attractor.LifeConfig
	// Window is the speed, in degrees/s, from which a command is a saccade
	// and not a correction to learn from; 1e9 lets all through. Learning from
	// saccades spoils the integrator: a few per cent of the activity do not keep
	// pace with x during one, where tuning curves bend, and saccades are hundreds
	// of times as fast as corrections (experiment int.window).
	Window float64
	// Curve holds the times in s, ascending, at which the drift is measured
	// on the way, as Drift says. 0 is before learning.
	Curve []float64
	Drift DriftConfig
	// Oculomotor is the system the integrator is embedded in.
	Oculomotor OculomotorConfig
}

// Light is learning with vision for a time in s, at the rate of MacNeil &
// Eliasmith (2011), 4e-7 per second (4e-11 in each step of 0.1 ms), and with
// their window of 200 degrees/s. With Oculomotor.Light false nothing is seen, and
// the integrator learns from the small saccades that proprioception calls for.
func Light(seconds float64) LifeConfig {
	return LifeConfig{
		LifeConfig: attractor.LifeConfig{Seconds: seconds, Kappa: 4e-7, Sample: 0.01, Seed: 1},
		Window:     200, Drift: DefaultDrift(), Oculomotor: DefaultOculomotor(),
	}
}

// Validate says what is wrong with the configuration, or nil.
func (c LifeConfig) Validate() error {
	if err := c.LifeConfig.Validate(); err != nil {
		return err
	}
	if !positive(c.Window) {
		return fmt.Errorf("integrator: Window is %g degrees/s: it must be positive (the paper's is 200)", c.Window)
	}
	for i, at := range c.Curve {
		if !(at >= 0 && at <= c.Seconds) || i > 0 && at <= c.Curve[i-1] {
			return fmt.Errorf("integrator: Curve is %v: it must be ascending times from 0 to Seconds, %g", c.Curve, c.Seconds)
		}
	}
	if err := c.Drift.Validate(); err != nil {
		return err
	}
	return c.Oculomotor.Validate()
}

// Live lets the integrator live in its oculomotor system and learn from the
// commands it receives there: [attractor.Attractor.Live] in the world of the
// eyes, where E is a command below the Window, with traces in degrees. It changes
// the integrator in place.
//
// When x or the eye runs away, Live returns a [neuro.DivergenceError] and leaves
// the integrator as it was at the last whole second. It returns the traces in
// every case. Under [neuro.WithCheckpoints] it goes on at a whole second where it was
// when the program was killed.
func Live(ctx context.Context, g *attractor.Attractor, cfg LifeConfig) (Run, error) {
	l, err := enter(ctx, g, cfg)
	if err != nil {
		return Run{}, err
	}
	if watch := neuro.WatchOf(ctx); watch != nil {
		ctx = neuro.WithWatch(ctx, func(p neuro.Progress) error {
			if p.Done == p.Total {
				p.Warnings = l.run.Warnings
			}
			return watch(p)
		})
	}
	keep, err := checkpoint.Open(ctx, "life of an integrator", g, cfg)
	if err != nil {
		return Run{}, err
	}
	now := -1
	for x, stopped := range g.Steps(checkpoint.Within(ctx, keep, l.state), l.eyes, cfg.LifeConfig) {
		if stopped != nil {
			err = l.explain(stopped)
			break
		}
		if now < 0 {
			now = l.eyes.moved // 0, or where it goes on
		} else {
			now++
			l.see(x[0], now)
		}
		if now >= l.look {
			if err = l.measure(ctx); err != nil {
				break
			}
		}
	}
	l.run.Warnings = append(l.run.Warnings, l.spoilt()...)
	return l.run, err
}

// unexplored warns of what neither the paper nor the experiments here have tried.
func (c LifeConfig) unexplored(g *attractor.Attractor) []neuro.Warning {
	const authors = "MacNeil & Eliasmith 2011"
	pop := g.Population.Config
	return bound.Unexplored("integrator",
		bound.Explored{Name: "the population's TauRC", Value: pop.TauRC, From: 0.1, To: 0.1, Source: "0.1 s in " + authors},
		bound.Explored{Name: "TauSyn", Value: g.Config.TauSyn, From: 0.1, To: 0.1, Source: "0.1 s in " + authors},
		bound.Explored{Name: "Noise.Eta", Value: c.Noise.Eta, From: 0, To: 0.3, Source: "to 0.3 in " + authors},
		bound.Explored{Name: "SurroundGain", Value: c.Oculomotor.SurroundGain, From: -0.2, To: 0.2, Source: "-0.2 to 0.2 per second here"},
		bound.Explored{Name: "VisualDelay", Value: c.Oculomotor.VisualDelay, From: 0.060, To: 0.200, Source: "0.06 to 0.2 s here"})
}

// life is an integrator at work in its surroundings.
type life struct {
	integ  *attractor.Attractor
	cfg    LifeConfig
	eyes   *eyes
	left   int // steps until the next sample
	look   int // step after which drift is measured
	flying bool
	run    Run
}

// enter checks everything before time is spent on a life.
func enter(ctx context.Context, g *attractor.Attractor, cfg LifeConfig) (*life, error) {
	if err := cfg.Validate(); err != nil {
		return nil, err
	}
	if err := bound.Context("integrator", ctx); err != nil {
		return nil, err
	}
	if err := line("the oculomotor system", g); err != nil {
		return nil, err
	}
	if most := represents(g); cfg.Oculomotor.TargetLimit > most {
		return nil, fmt.Errorf("integrator: TargetLimit is ±%g degrees: it must be at most what the integrator represents, ±%g (%d times the population's Radius)", cfg.Oculomotor.TargetLimit, most, Degrees)
	}
	if len(cfg.Curve) > 0 {
		if err := cfg.Drift.within(g); err != nil {
			return nil, err
		}
	}
	warnings, err := neuro.CheckStep("integrator", g.Config.Step,
		neuro.TimeConstant{Name: "the population's TauRC", Seconds: g.Population.Config.TauRC},
		neuro.TimeConstant{Name: "TauSyn", Seconds: g.Config.TauSyn},
		neuro.TimeConstant{Name: "the oculomotor system's PlantTau", Seconds: cfg.Oculomotor.PlantTau},
		neuro.TimeConstant{Name: "its SlowTau", Seconds: cfg.Oculomotor.SlowTau})
	if err != nil {
		return nil, err
	}
	if err := bound.Array("integrator: what is seen late, steps of VisualDelay,", max(1, steps(cfg.Oculomotor.VisualDelay, g.Config.Step))); err != nil {
		return nil, err
	}
	warnings = append(warnings, cfg.unexplored(g)...)
	l := &life{integ: g, cfg: cfg, eyes: newEyes(cfg, g.Config.Step)}
	l.left, l.look, l.run.Warnings = l.sample(), l.next(), warnings
	return l, nil
}

// see lets the eye follow what is represented after a step, and records it.
func (l *life) see(x float64, now int) {
	l.eyes.move(Degrees * x)
	if l.flying && !l.eyes.inFlight {
		s, dt := l.eyes.saccades, l.integ.Config.Step
		l.run.Saccades = append(l.run.Saccades, Saccade{
			Start: float64(now-1)*dt - s.elapsed, Duration: s.elapsed, Amplitude: s.amplitude,
		})
	}
	l.flying = l.eyes.inFlight
	if l.left--; l.left == 0 {
		l.left = l.sample()
		l.record(now)
	}
}

// sample is the number of steps between two samples.
func (l *life) sample() int { return max(1, steps(l.cfg.Sample, l.integ.Config.Step)) }

// next is the step after which the curve is to be measured next.
func (l *life) next() int {
	if k := len(l.run.Curve); k < len(l.cfg.Curve) {
		return steps(l.cfg.Curve[k], l.integ.Config.Step)
	}
	return math.MaxInt
}

func (l *life) record(now int) {
	r := &l.run
	r.Time = append(r.Time, float64(now)*l.integ.Config.Step)
	r.Eye = append(r.Eye, l.eyes.plant.position)
	r.Target = append(r.Target, l.eyes.at)
	r.X = append(r.X, l.eyes.plant.x)
	r.V = append(r.V, l.eyes.told[0]*Degrees)
	r.Slow = append(r.Slow, l.eyes.slowNow)
	r.Slip = append(r.Slip, l.eyes.slip)
	correction := 0.0
	if l.eyes.corrective {
		correction = l.eyes.told[0] * Degrees
	}
	r.Correction = append(r.Correction, correction)
}

// measure takes the drift at one of the curve's times. It looks at a copy, so
// that looking changes nothing of what follows.
func (l *life) measure(ctx context.Context) error {
	drift, err := MeasureDrift(ctx, l.integ.Clone(), l.cfg.Drift)
	if err != nil {
		return err
	}
	l.run.CurveTime = append(l.run.CurveTime, l.cfg.Curve[len(l.run.Curve)])
	l.run.Curve = append(l.run.Curve, drift)
	l.look = l.next()
	return nil
}

// explain says of a life that ended in divergence what may help.
func (l *life) explain(err error) error {
	diverged := (*neuro.DivergenceError)(nil)
	if !errors.As(err, &diverged) {
		return err
	}
	span := Degrees * 1.0
	if diverged.What != eyeAway {
		span = 1
		diverged.What, diverged.Value = "the represented value", math.Copysign(diverged.Value, l.eyes.plant.x)
	}
	help := fmt.Sprintf("a smaller Kappa than %g per second", l.cfg.Kappa)
	if g := l.cfg.Oculomotor.SurroundGain; g != 0 {
		help += fmt.Sprintf(" or a slower surround than SurroundGain %g", g)
	}
	diverged.Stage = fmt.Sprintf("integrator: learning, after %.4g s,", float64(diverged.Step+1)*l.integ.Config.Step)
	diverged.Advice = fmt.Sprintf("its range is %g to %g; %s usually helps", -span, span, help)
	return diverged
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
