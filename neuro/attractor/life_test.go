package attractor_test

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/attractor"
	"github.com/spikewalk/spikewalk/neuro/nef"
)

var ctx = context.Background()

// spread is a few states in the plane.
var spread = mat.NewDense(7, 2, []float64{0, 0, 0.6, 0, -0.6, 0, 0, 0.6, 0, -0.6, 0.4, 0.4, -0.4, -0.4})

func speed(t *testing.T, a *attractor.Attractor) float64 {
	t.Helper()
	return must[attractor.Drift](t)(a.MeasureDrift(ctx, spread, attractor.DefaultDrift())).MeanSpeed
}

// A perturbed planar integrator that lives among slip drifts less afterwards,
// one that lives in the dark, or does not learn, drifts as before.
func TestPlanarLearns(t *testing.T) {
	a := must[*attractor.Attractor](t)(attractor.New(paper(t, 100, 2, 1), attractor.Definition{
		Points: must[nef.Points](t)(nef.Ball(1, 2, 1500, 1)), Config: attractor.DefaultConfig(),
	}))
	spoiled := must[*attractor.Attractor](t)(a.PerturbDecoders(0.15, 2))
	before := speed(t, spoiled)
	live := func(c attractor.Correction, kappa float64) float64 {
		a, gaze := spoiled.Clone(), attractor.DefaultGaze()
		gaze.Correction = c
		w := must[attractor.World](t)(attractor.NewGaze(gaze, 2, a.Config.Step, 3))
		if _, err := a.Live(ctx, w, attractor.LifeConfig{Seconds: 60, Kappa: kappa, Sample: 0.1, Seed: 1}); err != nil {
			t.Fatal(err)
		}
		return speed(t, a)
	}
	if after := live(attractor.DefaultGaze().Correction, 1e-6); after > before/2 {
		t.Errorf("drift fell from %g to %g per s, want less than half", before, after)
	}
	if dark := live(attractor.Correction{}, 1e-6); dark != before {
		t.Errorf("drift changed from %g to %g in the dark", before, dark)
	}
	if rigid := live(attractor.DefaultGaze().Correction, 0); rigid != before {
		t.Errorf("drift changed from %g to %g without learning", before, rigid)
	}
}

// wrong is the root mean square angle between bump and truth in the dark.
func wrong(t *testing.T, a *attractor.Attractor) float64 {
	t.Helper()
	cfg := attractor.Ring()
	cfg.Wander.Correction = attractor.Correction{}
	w := must[attractor.World](t)(attractor.NewWander(cfg, 77))
	run := must[attractor.Run](t)(a.Live(ctx, w, attractor.LifeConfig{Seconds: 30, Sample: 0.02, Seed: 2}))
	x, truth := must[*mat.Dense](t)(attractor.Unwind(run.X)), must[*mat.Dense](t)(attractor.Unwind(run.Truth))
	x.Sub(x, truth)
	return mat.Norm(x, 2) / math.Sqrt(float64(len(run.Time)))
}

func TestRingLearns(t *testing.T) {
	a := must[*attractor.Attractor](t)(smallRing(t, 3).PerturbDecoders(0.15, 3))
	before := wrong(t, a)
	w := must[attractor.World](t)(attractor.NewWander(attractor.Ring(), 3))
	if _, err := a.Live(ctx, w, attractor.LifeConfig{Seconds: 100, Kappa: 1e-6, Sample: 0.1, Seed: 1}); err != nil {
		t.Fatal(err)
	}
	if after := wrong(t, a); after > before/2 {
		t.Errorf("the bump's error fell from %g to %g rad, want less than half", before, after)
	}
}

// The same seed gives the same bits, another one another life.
func TestLivesAreReproducible(t *testing.T) {
	path := func(seed uint64) []float64 {
		cfg := attractor.Path()
		cfg.Population.Neurons, cfg.Points = 80, 400
		a := must[*attractor.Attractor](t)(attractor.NewRing(cfg))
		w := must[attractor.World](t)(attractor.NewWander(cfg, seed))
		run := must[attractor.Run](t)(a.Live(ctx, w, attractor.LifeConfig{Seconds: 1, Kappa: 1e-7, Sample: 0.1, Seed: seed}))
		if rows, cols := run.X.Dims(); rows != 10 || cols != 4 || len(run.Activity) != 80 || mat.Norm(run.Correction, 2) == 0 {
			t.Fatalf("traces of %d x %d", rows, cols)
		}
		return run.X.RawMatrix().Data
	}
	if first := path(1); !slices.Equal(first, path(1)) || slices.Equal(first, path(2)) {
		t.Error("the seed does not say what happens")
	}
}

// Measuring leaves no trace.
func TestMeasuringChangesNothing(t *testing.T) {
	a := disc(t, nil)
	before := a.Decoders()
	f := must[attractor.Drift](t)(a.MeasureDrift(ctx, spread, attractor.DefaultDrift()))
	if g := must[attractor.Drift](t)(a.MeasureDrift(ctx, spread, attractor.DefaultDrift())); !mat.Equal(f.Velocities, g.Velocities) || !mat.Equal(before, a.Decoders()) {
		t.Error("measuring changed something")
	}
	if rows, cols := f.Traces[6].Dims(); len(f.Traces) != 7 || len(f.Time) != 100 || rows != 100 || cols != 2 {
		t.Errorf("%d traces of %d x %d at %d times", len(f.Traces), rows, cols, len(f.Time))
	}
}

// A field is what the dynamics say: of decay, minus the states.
func TestFieldOfDecay(t *testing.T) {
	const rate = 0.2
	a := disc(t, func(x, _ []float64) []float64 { return []float64{-rate * x[0], -rate * x[1]} })
	cfg := attractor.DefaultDrift()
	f := must[attractor.Drift](t)(a.MeasureDrift(ctx, spread, cfg))
	// The line fitted to exp(-rate t), from what Hold leaves.
	want := -rate * math.Exp(-rate*cfg.Free/2) * (1 - rate*a.Config.TauSyn)
	for k := range 7 {
		for d := range 2 {
			if got := f.Velocities.At(k, d); math.Abs(got-want*f.States.At(k, d)) > 0.04 {
				t.Errorf("state %v moves at %g per s in dimension %d, want %g", f.States.RawRowView(k), got, d, want*f.States.At(k, d))
			}
		}
	}
}

// script is a world that says the same all the time.
type script struct {
	start   []float64
	command attractor.Command
}

func (s script) Start() []float64                       { return s.start }
func (s script) Step(_ []float64, c *attractor.Command) { *c = s.command }

func TestDivergenceLeavesTheLastGoodState(t *testing.T) {
	a := disc(t, nil)
	good := a.Decoders()
	w := script{[]float64{0, 0}, attractor.Command{Correction: []float64{1, 0}}}
	_, err := a.Live(ctx, w, attractor.LifeConfig{Seconds: 5, Kappa: 1e-3, Sample: 0.1})
	var diverged *neuro.DivergenceError
	if !errors.As(err, &diverged) {
		t.Fatalf("error is %v, want a DivergenceError", err)
	}
	if !mat.Equal(good, a.Decoders()) {
		t.Error("the attractor is not what it was at the last whole second")
	}
}

func TestWatcherAndContextEndALife(t *testing.T) {
	a := disc(t, nil)
	w := script{start: []float64{0, 0}}
	stop := neuro.WithWatch(ctx, func(p neuro.Progress) error {
		if p.Total != 5 {
			t.Errorf("of %d seconds", p.Total)
		}
		if p.Done == 2 {
			return neuro.ErrStop
		}
		return nil
	})
	run, err := a.Live(stop, w, attractor.LifeConfig{Seconds: 5, Sample: 0.5})
	if err != nil || len(run.Time) != 4 {
		t.Errorf("%d samples, error %v: want 4 of 2 s and none", len(run.Time), err)
	}
	ended, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := a.Live(ended, w, attractor.LifeConfig{Seconds: 5, Sample: 0.5}); !errors.Is(err, context.Canceled) {
		t.Errorf("error is %v", err)
	}
	if _, err := a.MeasureDrift(ended, spread, attractor.DefaultDrift()); !errors.Is(err, context.Canceled) {
		t.Errorf("error is %v", err)
	}
}

func TestBadInput(t *testing.T) {
	pop, ball := paper(t, 30, 2, 1), must[nef.Points](t)(nef.Ball(1, 2, 200, 1))
	def := func(change func(*attractor.Definition)) func() error {
		return func() error {
			d := attractor.Definition{Points: ball, Config: attractor.DefaultConfig()}
			change(&d)
			_, err := attractor.New(pop, d)
			return err
		}
	}
	a := must[*attractor.Attractor](t)(attractor.New(pop, attractor.Definition{Points: ball, Config: attractor.DefaultConfig()}))
	sim := must[*attractor.Simulation](t)(a.Simulate(1))
	life := func(w attractor.World, change func(*attractor.LifeConfig)) func() error {
		return func() error {
			cfg := attractor.LifeConfig{Seconds: 1, Sample: 0.1}
			change(&cfg)
			_, err := a.Live(ctx, w, cfg)
			return err
		}
	}
	none, nan := func(*attractor.LifeConfig) {}, math.NaN()
	start := []float64{0, 0}
	gaze := func(change func(*attractor.GazeConfig)) func() error {
		return func() error {
			cfg := attractor.DefaultGaze()
			change(&cfg)
			_, err := attractor.NewGaze(cfg, 2, 1e-3, 1)
			return err
		}
	}
	wander := func(change func(*attractor.RingConfig)) func() error {
		return func() error {
			cfg := attractor.Ring()
			change(&cfg)
			_, err := attractor.NewWander(cfg, 1)
			return err
		}
	}
	ring := func(change func(*attractor.RingConfig)) func() error {
		return func() error {
			cfg := attractor.Ring()
			change(&cfg)
			_, err := attractor.NewRing(cfg)
			return err
		}
	}
	for want, call := range map[string]func() error{
		"population is nil":          func() error { _, err := attractor.New(nil, attractor.Definition{}); return err },
		"2 controls in a population": def(func(d *attractor.Definition) { d.Controls = 2 }),
		"-1 controls":                def(func(d *attractor.Definition) { d.Controls = -1 }),
		"no Points":                  def(func(d *attractor.Definition) { d.Points = nef.Points{} }),
		"Points have 1 dimensions":   def(func(d *attractor.Definition) { d.Points = nef.Points{X: mat.NewDense(3, 1, nil), Measure: 1} }),
		"velocity of 1 dimensions":   def(func(d *attractor.Definition) { d.Dynamics = func(x, u []float64) []float64 { return x[:1] } }),
		"not finite": def(func(d *attractor.Definition) {
			d.Dynamics = func(x, u []float64) []float64 { return []float64{nan, 0} }
		}),
		"Step is 0.05":                 def(func(d *attractor.Definition) { d.Config.Step = 0.05 }),
		"the step is 0.005 s":          def(func(d *attractor.Definition) { d.Config.Step = 0.005 }),
		"not determined":               def(func(d *attractor.Definition) { d.Points.X, d.Config.Regularisation.Sigma = mat.NewDense(1, 2, nil), 0 }),
		"velocity command has 1":       func() error { return sim.Step([]float64{1}, nil) },
		"velocity command is NaN":      func() error { return sim.Step([]float64{nan, 0}, nil) },
		"control input has 1":          func() error { return sim.Step(start, []float64{1}) },
		"state to hold is +Inf":        func() error { return sim.Hold([]float64{0, math.Inf(1)}, nil, 1) },
		"hold a state for 0 s":         func() error { return sim.Hold(start, nil, 0) },
		"error vector has 3":           func() error { return sim.Learn(1, make([]float64, 3)) },
		"kappa is NaN":                 func() error { return sim.Learn(nan, start) },
		"perturb by a fraction of -1":  func() error { _, err := a.Perturb(-1, 1); return err },
		"perturb by a fraction of NaN": func() error { _, err := a.PerturbDecoders(nan, 1); return err },
		"world is nil":                 life(nil, none),
		"life are 0":                   life(script{start: start}, func(c *attractor.LifeConfig) { c.Seconds = 0 }),
		"Kappa is -1":                  life(script{start: start}, func(c *attractor.LifeConfig) { c.Kappa = -1 }),
		"a life is 2 s":                life(script{start: start}, func(c *attractor.LifeConfig) { c.Sample = 2 }),
		"state to hold has 1":          life(script{start: start[:1]}, none),
		"world's Velocity has 1":       life(script{start, attractor.Command{Velocity: start[:1]}}, none),
		"world's Correction has 3":     life(script{start, attractor.Command{Correction: make([]float64, 3)}}, none),
		"world's Truth has 1":          life(script{start, attractor.Command{Truth: start[:1]}}, none),
		"Control has 2":                life(script{start, attractor.Command{Control: start}}, none),
		"states to measure drift at": func() error {
			_, err := a.MeasureDrift(ctx, mat.NewDense(1, 3, nil), attractor.DefaultDrift())
			return err
		},
		"drift are 0 and 0 s":  func() error { _, err := a.MeasureDrift(ctx, spread, attractor.DriftConfig{}); return err },
		"Slip gain of 1":       gaze(func(c *attractor.GazeConfig) { c.Correction.Slip = 1 }),
		"Smoothing of 0":       gaze(func(c *attractor.GazeConfig) { c.Correction.Smoothing = 0 }),
		"Range NaN":            gaze(func(c *attractor.GazeConfig) { c.Range = nan }),
		"Latency of 1 s":       gaze(func(c *attractor.GazeConfig) { c.Latency = 1 }),
		"Blind for -1":         gaze(func(c *attractor.GazeConfig) { c.Blind = -1 }),
		"gaze in 0 dimensions": func() error { _, err := attractor.NewGaze(attractor.DefaultGaze(), 0, 1e-3, 1); return err },
		"ring of 3 angles":     wander(func(c *attractor.RingConfig) { c.Angles = 3 }),
		"Persistence 0":        wander(func(c *attractor.RingConfig) { c.Wander.Persistence = 0 }),
		"wandering is -1 rad":  wander(func(c *attractor.RingConfig) { c.Wander.Range = -1 }),
		"Landmark gain of 20":  wander(func(c *attractor.RingConfig) { c.Wander.Correction.Landmark = 20 }),
		"Height gain of NaN":   wander(func(c *attractor.RingConfig) { c.Wander.Correction.Height = nan }),
		"Step is 0 s":          wander(func(c *attractor.RingConfig) { c.Config.Step = 0 }),
		"ring of 0 angles":     ring(func(c *attractor.RingConfig) { c.Angles = 0 }),
		"Speed is 0":           ring(func(c *attractor.RingConfig) { c.Speed = 0 }),
		"Pull is 10":           ring(func(c *attractor.RingConfig) { c.Pull = 10 }),
		"Width is 1":           ring(func(c *attractor.RingConfig) { c.Width = 1 }),
		"fitted on 0 points":   ring(func(c *attractor.RingConfig) { c.Points = 0 }),
		"Control is 2":         ring(func(c *attractor.RingConfig) { c.Control = 2 }),
		"Neurons is 0":         ring(func(c *attractor.RingConfig) { c.Population.Neurons = 0 }),
		"states to unwind":     func() error { _, err := attractor.Unwind(mat.NewDense(2, 3, nil)); return err },
	} {
		if err := call(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q, got %v", want, err)
		}
	}
}
