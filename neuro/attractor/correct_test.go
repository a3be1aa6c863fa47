package attractor

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// Against a steady drift the slow command settles at minus the gain times it,
// with whatever delay, and is then all there is between drift and rest.
func TestSlowCommandOpposesDrift(t *testing.T) {
	const dt, drift = 1e-3, 0.04
	for _, delay := range []float64{0, 0.08, 0.2} {
		cfg := slipCorrection()
		cfg.Delay = delay
		c, x, v := newCorrector(cfg, 2, dt), []float64{0, 1}, []float64{0, 0}
		for range 5000 {
			x[0], x[1] = x[0]+dt*(drift+v[0]), x[1]+dt*v[1]
			copy(v, c.step([]float64{-x[0], -x[1]}))
		}
		if want := -cfg.Slip * drift; math.Abs(v[0]-want) > 1e-3*drift {
			t.Errorf("delay %g s: command %g against a drift of %g, want %g", delay, v[0], drift, want)
		}
		if v[1] != 0 {
			t.Errorf("delay %g s: command %g in a dimension at rest", delay, v[1])
		}
	}
}

// A landmark pulls in what is off, late by the delay, and the short way
// round.
func TestLandmarkPulls(t *testing.T) {
	const dt = 1e-3
	c := newCorrector(Correction{Landmark: 2, Delay: 0.08, Smoothing: 0.2, Slow: 0.1}, 1, dt)
	for step := range 200 {
		got, want := c.step([]float64{2*math.Pi - 0.1})[0], 0.0
		if step >= 80 {
			want = -0.2
		}
		if math.Abs(got-want) > 1e-12 {
			t.Fatalf("command %g in step %d, want %g", got, step, want)
		}
	}
	if dark := newCorrector(Correction{}, 1, dt); dark.step([]float64{1}) != nil {
		t.Error("a command in the dark")
	}
}

// After a saccade nothing is seen for a while, and nothing remembered.
func TestRestartIsBlind(t *testing.T) {
	const dt = 1e-3
	c := newCorrector(slipCorrection(), 1, dt)
	for k := range 500 {
		c.step([]float64{float64(k) * 1e-3})
	}
	c.restart([]float64{7}, 0.06)
	for k := range 300 {
		if got := c.step([]float64{7})[0]; got != 0 {
			t.Fatalf("command %g, %d steps after a saccade to where nothing moves", got, k)
		}
	}
}

// Saccades go to the target at their speed, and slip is what corrects between
// them: a perfect integrator gets no correction at all.
func TestGazeFindsItsTargets(t *testing.T) {
	const dt = 1e-3
	g, err := NewGaze(DefaultGaze(), 2, dt, 4)
	if err != nil {
		t.Fatal(err)
	}
	x, saccades, there := []float64{0, 0}, 0, 0
	for range 60_000 {
		c := told(g, x)
		for k, v := range c.Velocity {
			x[k] += dt * v
		}
		if c.Velocity != nil {
			saccades++
			if speed := math.Hypot(c.Velocity[0], c.Velocity[1]); math.Abs(speed-10) > 1e-9 || c.Correction != nil {
				t.Fatalf("a saccade of %g per s", speed)
			}
		}
		for _, v := range c.Correction {
			if v != 0 {
				t.Fatalf("a correction of %g of a perfect integrator", v)
			}
		}
		if math.Hypot(x[0]-c.Truth[0], x[1]-c.Truth[1]) < 0.02 {
			there++
		}
	}
	// The gaze rests on the target but for latency and saccade, of 1 s on average.
	if share := float64(there) / 60_000; share < 0.65 || saccades == 0 {
		t.Errorf("on target for %g of the time", share)
	}
}

// A second life in the same world begins at rest: going back to straight
// ahead is no slip.
func TestGazeStartsAnew(t *testing.T) {
	g, err := NewGaze(DefaultGaze(), 1, 1e-3, 2)
	if err != nil {
		t.Fatal(err)
	}
	for k := range 400 {
		told(g, []float64{1e-3 * float64(k)})
	}
	x := g.Start()
	for range 200 {
		if c := told(g, x); c.Correction != nil && c.Correction[0] != 0 {
			t.Fatalf("a correction of %g at rest", c.Correction[0])
		}
	}
}

// The walk has the moments of its Ornstein-Uhlenbeck velocity and stays in
// its box.
func TestWanderMoments(t *testing.T) {
	const dt, n = 1e-2, 400_000
	cfg := Path()
	cfg.Config.Step = dt
	w := must[World](t)(NewWander(cfg, 1)).(*wander)
	square, reach := 0.0, 0.0
	for range n {
		c := told(w, w.truth)
		if c.Truth[0] != math.Cos(w.angle[0]) || c.Truth[3] != math.Sin(w.angle[1]) || c.Control[1] != w.velocity[1]/cfg.Speed {
			t.Fatal("what is told is not what is")
		}
		square += w.velocity[0] * w.velocity[0] / n
		reach = max(reach, math.Abs(w.angle[0]), math.Abs(w.angle[1]))
	}
	// Clipping at 2.9 standard deviations takes 2 % off.
	if got := math.Sqrt(square) / cfg.Wander.Deviation; got < 0.95 || got > 1.03 {
		t.Errorf("the velocity's standard deviation is %g of what was asked for", got)
	}
	if reach > cfg.Wander.Range+0.1 || reach < 0.9*cfg.Wander.Range {
		t.Errorf("walked to %g rad of %g", reach, cfg.Wander.Range)
	}
}

func TestUnwind(t *testing.T) {
	const n = 200
	x := mat.NewDense(n, 4, nil)
	for k := range n {
		a, b := 0.1*float64(k), 3-0.2*float64(k)
		x.SetRow(k, []float64{math.Cos(a), math.Sin(a), 2 * math.Cos(b), 2 * math.Sin(b)})
	}
	angles, err := Unwind(x)
	if err != nil {
		t.Fatal(err)
	}
	for k := range n {
		if math.Abs(angles.At(k, 0)-0.1*float64(k)) > 1e-9 || math.Abs(angles.At(k, 1)-3+0.2*float64(k)) > 1e-9 {
			t.Fatalf("angles %v in row %d", angles.RawRowView(k), k)
		}
	}
}

// What is decoded by f on ring and torus is what the constructor says.
func TestPhasesDynamics(t *testing.T) {
	p := phases{angles: 2, speed: 2, pull: 3}
	got := p.dynamics([]float64{1, 0, 0, 0.5}, []float64{0.5, -1})
	want := []float64{0, 1, 1, 3 * 0.75 * 0.5}
	for k := range want {
		if math.Abs(got[k]-want[k]) > 1e-15 {
			t.Fatalf("velocity %v, want %v", got, want)
		}
	}
}

// told is the command of a world in its next step.
func told(w World, x []float64) (c Command) {
	w.Step(x, &c)
	return c
}
