package macneil2011

import (
	"context"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/experiment"
	"github.com/spikewalk/spikewalk/neuro/attractor"
	"github.com/spikewalk/spikewalk/neuro/integrator"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/stats"
	"github.com/spikewalk/spikewalk/plotting"
)

// oculomotorParts is int.system: what surrounds the integrator, part by part.
func oculomotorParts() experiment.Experiment {
	e := experiment.Experiment{
		ID:        "int.system",
		Statement: "The integrator is part of an oculomotor system: a target, saccades, slow movements against slip, the eye.",
		Setup: "Each part at work, nothing is learned (κ = 0). With the linear optimum: targets and eye (A), the command of one saccade (B) and what integrator and eye make of it (C), how long saccades last (D). " +
			"With a surround that moves at 0.2 E: what the eye follows (E), and the slow movements among them, which every saccade sets back to 0 (F). " +
			"In the dark, with decoders perturbed by 15 %: saccades that proprioception calls for are all there is (G). Without an integrator (all decoders 0), the eye falls back after each pulse, with the 0.2 s of its muscles (H).",
		Seeds: 20,
	}
	return experiment.Define(e, movements(), []experiment.Measure[oculomotorLives]{
		{Name: "latency of saccades", Unit: "ms", Of: func(l oculomotorLives) float64 { return medianOrZero(l.Made.Latencies) }},
		{Name: "error after a target's first saccade", Unit: "°", Of: func(l oculomotorLives) float64 { return medianOrZero(l.Made.Errors) }},
		{Name: "saccades a target", Of: func(l oculomotorLives) float64 { return medianOrZero(l.Made.Counts) }},
		{Name: "duration of the main sequence's", Unit: "x", Of: func(l oculomotorLives) float64 { return medianOrZero(l.Made.Durations) }},
	}, runOculomotorParts, oculomotorFigure)
}

// oculomotorLives are the same minute under each condition.
type oculomotorLives struct {
	Light, Surround, Dark, None integrator.Run
	Made                        saccades // in light
}

// oculomotorSample is the spacing of the traces in s.
const oculomotorSample = 0.002

// systemConfig is an integrator's minutes in an oculomotor system. Nothing that is
// measured depends on how it was perturbed, or drifts.
type systemConfig struct {
	spoiltConfig `sweep:"-Drift -Perturbation -Life.Oculomotor.Light -Life.Oculomotor.SurroundGain -Life.Oculomotor.Pulse"`
}

// movements are lives in which nothing is learned.
func movements() systemConfig {
	c := systemConfig{spoilt()}
	c.Life.Kappa, c.Life.Sample = 0, oculomotorSample
	return c
}

func runOculomotorParts(ctx context.Context, r experiment.Run, c systemConfig) (oculomotorLives, error) {
	var l oculomotorLives
	c.follow(r.Seed)
	o, err := c.optimum(ctx, r)
	if err != nil {
		return l, err
	}
	perturbed, err := o.PerturbDecoders(c.Perturbation, r.Seed)
	if err != nil {
		return l, err
	}
	none, err := o.WithDecoders(mat.NewDense(o.Population.Config.Neurons, 1, nil))
	if err != nil {
		return l, err
	}
	for _, scene := range []struct {
		to     *integrator.Run
		g      *attractor.Attractor
		change func(*integrator.OculomotorConfig)
	}{
		{&l.Light, o.Attractor, func(*integrator.OculomotorConfig) {}},
		{&l.Dark, perturbed, func(c *integrator.OculomotorConfig) { c.Light = false }},
		{&l.Surround, o.Attractor, func(c *integrator.OculomotorConfig) { c.SurroundGain = 0.2 }},
		{&l.None, none, func(c *integrator.OculomotorConfig) { c.Pulse = integrator.FixedPulse }},
	} {
		cfg := c.life(r, 60)
		scene.change(&cfg.Oculomotor)
		if *scene.to, err = integrator.Live(experiment.Part(ctx, "eye movements"), scene.g.Clone(), cfg); err != nil {
			return l, err
		}
	}
	l.Made = saccadesOf(l.Light)
	return l, nil
}

// saccades describes the saccades of a life with vision: latencies in ms, errors in degrees
// after a target's first one, their numbers for each target, and how long they
// lasted, in units of the main sequence's.
type saccades struct{ Latencies, Errors, Counts, Durations []float64 }

func saccadesOf(run integrator.Run) (made saccades) {
	var jumps []float64
	for k := 1; k < len(run.Target); k++ {
		if run.Target[k] != run.Target[k-1] {
			jumps = append(jumps, run.Time[k])
		}
	}
	for _, s := range run.Saccades {
		made.Durations = append(made.Durations, s.Duration/integrator.MainSequence(s.Amplitude))
	}
	for i, jump := range jumps {
		next := run.Time[len(run.Time)-1]
		if i+1 < len(jumps) {
			next = jumps[i+1]
		}
		answered := slices.DeleteFunc(slices.Clone(run.Saccades), func(s integrator.Saccade) bool { return s.Start <= jump || s.Start >= next })
		made.Counts = append(made.Counts, float64(len(answered)))
		if len(answered) == 0 {
			continue
		}
		first := answered[0]
		made.Latencies = append(made.Latencies, 1000*(first.Start-jump))
		if at := floats.NearestIdx(run.Time, first.Start+first.Duration); run.Time[at] < next {
			made.Errors = append(made.Errors, math.Abs(run.Target[at]-run.Eye[at]))
		}
	}
	return made
}

// medianOrZero is the median of v, 0 of none: a quick run may have no saccades.
func medianOrZero(v []float64) float64 {
	if len(v) == 0 {
		return 0
	}
	return stats.Median(v)
}

func oculomotorFigure(all []oculomotorLives) *plotting.Drawing {
	one := all[0]
	positions := func(run integrator.Run, from, to float64) *plotting.TracesPanel {
		return oculomotorTraces(from, to, run.Target, run.Eye).Names("target", "eye").Role(plotting.Target, plotting.Learned).YLim(-50, 50).YLabel("position (°)")
	}
	large := largest(one.Light)
	from, to := large.Start-0.1, large.Start+0.3
	surround := make([]float64, len(one.Surround.Eye))
	floats.AddScaled(surround, 0.2, one.Surround.Eye)
	return plotting.Figure(
		positions(one.Light, 0, 12).Title("in light, the linear optimum"),
		oculomotorTraces(from, to, one.Light.V).Names("v").YLabel("command (°/s)").Title("one saccade's command"),
		oculomotorTraces(from, to, one.Light.Target, one.Light.X, one.Light.Eye).Names("target", "integrator", "eye").Role(plotting.Target, plotting.Other, plotting.Learned).YLabel("position (°)").Title("what integrator and eye make of it"),
		mainSequence(one.Light),
		positions(one.Surround, 0, 12).Title("a surround that moves at 0.2 E"),
		oculomotorTraces(0, 12, surround, one.Surround.Slow).Names("surround", "slow command").Role(plotting.Target, plotting.Learned).YLabel("velocity (°/s)").Title("slow movements follow it"),
		positions(one.Dark, 0, 12).Title("in the dark, decoders perturbed"),
		positions(one.None, 0, 12).Title("no integrator: the eye falls back"),
	).Columns(2)
}

// largest is the largest saccade of a run.
func largest(run integrator.Run) integrator.Saccade {
	var large integrator.Saccade
	for _, s := range run.Saccades {
		if math.Abs(s.Amplitude) > math.Abs(large.Amplitude) {
			large = s
		}
	}
	return large
}

// oculomotorTraces draws signals of a run from one time to another, in s.
func oculomotorTraces(from, to float64, signals ...[]float64) *plotting.TracesPanel {
	n := len(signals[0])
	first := min(max(int(from/oculomotorSample), 0), n-2)
	last := min(int(to/oculomotorSample), n)
	x := mat.NewDense(last-first, len(signals), nil)
	for c, s := range signals {
		x.SetCol(c, s[first:last])
	}
	return plotting.Traces(recording.Series{Dt: oculomotorSample, Start: float64(first+1) * oculomotorSample, Values: x})
}

// mainSequence compares the saccades of a run with what they were to last.
func mainSequence(run integrator.Run) plotting.Panel {
	made := plotting.Line{Name: "made"}
	saccades := slices.Clone(run.Saccades)
	slices.SortFunc(saccades, func(a, b integrator.Saccade) int {
		return int(math.Copysign(1, math.Abs(a.Amplitude)-math.Abs(b.Amplitude)))
	})
	for _, s := range saccades {
		if math.Abs(s.Amplitude) < 2 {
			continue // spikes' noise ends the small ones
		}
		made.X, made.Y = append(made.X, math.Abs(s.Amplitude)), append(made.Y, 1000*s.Duration)
	}
	rule := plotting.Line{Name: "main sequence"}
	for a := range 81 {
		rule.X, rule.Y = append(rule.X, float64(a)), append(rule.Y, 1000*integrator.MainSequence(float64(a)))
	}
	return plotting.Drift(rule, made).Role(plotting.Target, plotting.Learned).XLabel("amplitude (°)").YLabel("duration (ms)").Title("saccades above 2° of a minute")
}
