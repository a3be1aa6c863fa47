package integrator

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/floats/scalar"

	"github.com/spikewalk/spikewalk/neuro/attractor"
)

const dt = 1e-4

func TestTargetKeepsItsRanges(t *testing.T) {
	target := newTarget(DefaultOculomotor(), dt, 1)
	last, since, jumps := target.step(0), 1, 0
	sum, square := last, last*last
	for range 2_000_000 {
		at := target.step(0)
		if at == last {
			since++
			continue
		}
		if math.Abs(at) > 40 {
			t.Fatalf("target at %g degrees", at)
		}
		if seconds := float64(since) * dt; seconds < 0.5-dt || seconds > 3+dt {
			t.Fatalf("target stayed %g s, want 0.5 to 3", seconds)
		}
		last, since = at, 1
		jumps++
		sum, square = sum+at, square+at*at
	}
	// 200 s of dwells of 1.75 s on average; five standard deviations.
	if n := float64(jumps); math.Abs(n-200/1.75) > 5*math.Sqrt(200/1.75)*0.72/1.75+1 {
		t.Errorf("%d jumps in 200 s, want about %.0f", jumps, 200/1.75)
	}
	if sd := math.Sqrt(square / float64(jumps+1)); math.Abs(sd-40/math.Sqrt(3)) > 5 {
		t.Errorf("target's standard deviation is %g degrees, want about %.1f", sd, 40/math.Sqrt(3))
	}
}

func TestDelayLine(t *testing.T) {
	line := newDelay(3)
	for i := 1; i < 20; i++ {
		if got, want := line.oldest(), float64(max(0, i-3)); got != want {
			t.Fatalf("before push %d the oldest is %g, want %g", i, got, want)
		}
		line.push(float64(i))
	}
	line.clear()
	if got := line.oldest(); got != 0 {
		t.Errorf("a cleared line gives %g", got)
	}
}

func TestMainSequence(t *testing.T) {
	for amplitude, want := range map[float64]float64{1: 0.015, -5: 0.015, 7: 0.017, 10: 0.020, 20: 0.041, -40: 0.082} {
		if got := MainSequence(amplitude); !scalar.EqualWithinAbs(got, want, 1e-12) {
			t.Errorf("MainSequence(%g) = %g s, want %g", amplitude, got, want)
		}
	}
}

// With an integrator of gain 1 a saccade lasts as long as the main sequence
// says and lands on target; with gain 2 local feedback stops it halfway; with
// gain 0.1 it ends at twice the duration.
func TestSaccadeIsEndedByLocalFeedback(t *testing.T) {
	for _, amplitude := range []float64{-3, 8, 25} {
		for _, c := range []struct{ gain, lasts, covers float64 }{{1, 1, 1}, {2, 0.5, 1}, {0.1, 2, 0.2}} {
			cfg := DefaultOculomotor()
			s := newSaccades(cfg, dt)
			x, began, ended := 0.0, -1, -1
			for step := range 3000 {
				v := s.step(amplitude, x)
				if s.on && began < 0 {
					began = step
				}
				if began >= 0 && !s.on {
					ended = step
					break
				}
				x += c.gain * v * dt
			}
			if got := float64(began) * dt; math.Abs(got-cfg.SaccadePatience) > 2*dt {
				t.Errorf("amplitude %g: saccade began after %g s, want %g", amplitude, got, cfg.SaccadePatience)
			}
			if got, want := float64(ended-began)*dt, c.lasts*MainSequence(amplitude); math.Abs(got-want) > 2*dt {
				t.Errorf("amplitude %g, gain %g: saccade lasted %g s, want %g", amplitude, c.gain, got, want)
			}
			if step := math.Abs(amplitude) / MainSequence(amplitude) * dt * c.gain; math.Abs(x-c.covers*amplitude) > 2*step {
				t.Errorf("amplitude %g, gain %g: landed at %g", amplitude, c.gain, x)
			}
		}
	}
}

func TestSaccadesRest(t *testing.T) {
	cfg := DefaultOculomotor()
	s := newSaccades(cfg, dt)
	x, ended := 0.0, -1
	for step := range 20_000 {
		was := s.on
		x += s.step(10, x) * dt
		if was && !s.on {
			ended = step
		}
		if !was && s.on && ended >= 0 {
			if got := float64(step-ended) * dt; math.Abs(got-0.13) > 2*dt {
				t.Errorf("next saccade %g s after the last, want the delay of 0.08 and the rest of 0.05", got)
			}
			return
		}
	}
	t.Error("no second saccade")
}

// An eye that drifts by itself at c degrees/s on top of the command slips by
// -(c + v_s); the efference copy lets the command reach -G c without
// oscillation, for all the delay.
func TestSlowCommandCancelsDrift(t *testing.T) {
	const drift = 3.0
	s := newSlow(DefaultOculomotor(), dt)
	v, least := 0.0, 0.0
	for range 20_000 {
		v = s.step(-(drift + v), false)
		least = min(least, v)
	}
	if want := -0.95 * drift; !scalar.EqualWithinAbs(v, want, 1e-6) || least < want-1e-6 {
		t.Errorf("slow command %g (extreme %g), want %g without overshoot", v, least, want)
	}
}

func TestSlowCommandWaitsForSaccades(t *testing.T) {
	cfg := DefaultOculomotor()
	s := newSlow(cfg, dt)
	v := 0.0
	for range 10_000 {
		v = s.step(-2-v, false)
	}
	before := v
	for range 300 {
		if v = s.step(-500, true); v != before {
			t.Fatalf("slow command moved from %g to %g during a saccade", before, v)
		}
	}
	for step := range 3000 {
		v = s.step(-2-v, false)
		quiet := float64(step+1)*dt < cfg.VisualDelay+cfg.SlowSettle
		if quiet && v != 0 {
			t.Fatalf("slow command is %g, %g s after a saccade", v, float64(step)*dt)
		}
		if step == 2999 && v > -0.5 {
			t.Errorf("slow command is %g, 0.3 s after a saccade: it did not start again", v)
		}
	}
}

// The eye follows a step of x as a first-order lag, and a saccade at once.
func TestPlant(t *testing.T) {
	p := &plant{tau: 0.2, dt: dt, x: 10}
	for range 2000 {
		p.step(10, 0, false)
	}
	if want := 10 * (1 - math.Exp(-1)); !scalar.EqualWithinAbs(p.position, want, 1e-3*want) {
		t.Errorf("eye at %g after one time constant, want %g", p.position, want)
	}
	p = &plant{tau: 0.2, dt: dt}
	for k := range 200 {
		p.step(0.1*float64(k+1), 0, true)
	}
	if !scalar.EqualWithinAbs(p.position, 20, 1e-9) {
		t.Errorf("eye at %g after a saccade of x to 20", p.position)
	}
	// The direct path makes the eye follow a slow command without lag.
	p = &plant{tau: 0.2, dt: dt}
	for k := range 5000 {
		p.step(3*dt*float64(k+1), 3, false)
	}
	if !scalar.EqualWithinAbs(p.position, 1.5, 1e-3) {
		t.Errorf("eye at %g after 0.5 s at 3 degrees/s", p.position)
	}
}

// Slow commands are corrections and saccades are not: the window tells them
// apart, and saccades teach nothing.
func TestOnlySlowCommandsTeach(t *testing.T) {
	o := system(DefaultOculomotor(), 1)
	seen := map[bool]int{}
	for range 100_000 {
		var c attractor.Command
		o.Step(nil, &c)
		v := o.rapid + o.slowNow
		if got := c.Correction != nil; got == (math.Abs(v) >= 200) || got == (c.Velocity != nil) {
			t.Fatalf("a command of %g degrees/s: %+v", v, c)
		}
		if v != 0 {
			seen[c.Correction != nil]++
		}
		o.move(o.plant.x + dt*(v+1))
	}
	if seen[true] < 1000 || seen[false] < 100 {
		t.Errorf("%d corrections and %d saccadic commands", seen[true], seen[false])
	}
}
