package integrator

import (
	"context"
	"math"
	"testing"

	"gonum.org/v1/gonum/floats/scalar"

	"github.com/spikewalk/spikewalk/neuro/attractor"
	"github.com/spikewalk/spikewalk/neuro/nef"
)

// still is a system whose target stays where it first appears.
func still(change ...func(*OculomotorConfig)) OculomotorConfig {
	cfg := DefaultOculomotor()
	cfg.TargetDwell = nef.Range{Low: 1000, High: 1000}
	for _, c := range change {
		c(&cfg)
	}
	return cfg
}

// system is an oculomotor system by itself.
func system(cfg OculomotorConfig, seed uint64) *eyes {
	life := Light(1)
	life.Oculomotor, life.Seed = cfg, seed
	return newEyes(life, dt)
}

// withPerfect runs the oculomotor system with an integrator of no error but a
// drift in degrees/s, and shows the system after each step.
func withPerfect(cfg OculomotorConfig, seed uint64, drift, seconds float64, look func(at float64, o *eyes)) {
	o, x := system(cfg, seed), 0.0
	for step := range steps(seconds, dt) {
		x += dt * (o.command() + drift)
		o.move(x)
		look(float64(step)*dt, o)
	}
}

// One saccade, SaccadePatience after the target has been seen, of the main
// sequence's duration, brings a perfect integrator's eye on target, where it
// stays; whichever way the pulse takes, the eye makes the same movement.
func TestOneSaccadeFindsTarget(t *testing.T) {
	for seed := range uint64(5) {
		var position [2][]float64
		for k, pulse := range []Pulse{MatchedPulse, FixedPulse} {
			cfg := still(func(c *OculomotorConfig) { c.Pulse = pulse })
			began, ended, count, was, target := 0.0, 0.0, 0, false, 0.0
			withPerfect(cfg, seed, 0, 1, func(at float64, o *eyes) {
				if o.inFlight && !was {
					began = at
					count++
				}
				if was && !o.inFlight {
					ended = at
				}
				was, target = o.inFlight, o.at
				if ended > 0 && math.Abs(o.at-o.plant.position) > 0.1*cfg.SaccadeThreshold {
					t.Fatalf("%s, seed %d: %g s after the saccade the eye is %g degrees off", pulse, seed, at-ended, o.at-o.plant.position)
				}
				position[k] = append(position[k], o.plant.position)
			})
			if count != 1 || !scalar.EqualWithinAbs(began, cfg.SaccadePatience, 2*dt) || !scalar.EqualWithinAbs(ended-began, MainSequence(target), 2*dt) {
				t.Errorf("%s, seed %d: %d saccades to %g, from %g to %g s", pulse, seed, count, target, began, ended)
			}
		}
		for i := range position[0] {
			if math.Abs(position[0][i]-position[1][i]) > 0.1 {
				t.Fatalf("seed %d: after %g s a matched pulse has moved the eye to %g, a fixed one to %g", seed, float64(i)*dt, position[0][i], position[1][i])
			}
		}
	}
}

// A fixed pulse moves the eye even when nothing is integrated: a pulse of
// velocity v and width W through the direct path to v τ (1 - exp(-W/τ)), from
// where it glides back with the plant's time constant.
func TestFixedPulseWithoutIntegrator(t *testing.T) {
	cfg := still(func(c *OculomotorConfig) { c.Pulse, c.SlowGain, c.SaccadeRest = FixedPulse, 0, 1 })
	o := system(cfg, 3)
	landed, after := 0.0, 0
	for range 10_000 {
		was := o.inFlight
		o.command()
		if was && !o.inFlight {
			landed = o.plant.position
			width := MainSequence(o.at)
			if want := o.at / width * 0.2 * (1 - math.Exp(-width/0.2)); !scalar.EqualWithinAbs(landed, want, 2e-3*math.Abs(want)) {
				t.Errorf("a pulse for %g degrees brought the eye to %g, want %g", o.at, landed, want)
			}
		}
		o.move(0)
		if landed == 0 {
			continue
		}
		if after++; after == 2000 {
			if want := landed / math.E; !scalar.EqualWithinAbs(o.plant.position, want, 1e-3*math.Abs(want)) {
				t.Errorf("0.2 s later the eye is at %g, want %g", o.plant.position, want)
			}
			return
		}
	}
	t.Error("no saccade, or none that ended")
}

// In the loop with visual delay and plant, a drift of c is brought down to
// (1 - G) c, by a command of -G c, without oscillation.
func TestSlowLoopInTheSystem(t *testing.T) {
	const c = 3.0
	cfg := still(func(c *OculomotorConfig) { c.SaccadeThreshold = 1000 })
	var last *eyes
	withPerfect(cfg, 1, c, 4, func(_ float64, o *eyes) {
		if last = o; o.slowNow < -cfg.SlowGain*c-1e-9 {
			t.Fatalf("the slow command overshoots to %g", o.slowNow)
		}
	})
	if !scalar.EqualWithinAbs(last.slowNow, -cfg.SlowGain*c, 1e-3) || !scalar.EqualWithinAbs(last.plant.velocity, (1-cfg.SlowGain)*c, 1e-3) {
		t.Errorf("against a drift of %g the command is %g, and the eye drifts at %g", c, last.slowNow, last.plant.velocity)
	}
}

// A surround that moves at g E drags the eye along at G g E, so that the
// command is what an integrator with a slope of g would not need. The target
// rides on it, up to its limit.
func TestSurroundDragsTheEye(t *testing.T) {
	for _, gain := range []float64{0.1, -0.1} {
		cfg := still(func(c *OculomotorConfig) { c.SurroundGain = gain })
		slow, eye, velocity := 0.0, 0.0, 0.0
		withPerfect(cfg, 3, 0, 20, func(at float64, o *eyes) {
			if math.Abs(o.at) > cfg.TargetLimit {
				t.Fatalf("target at %g degrees", o.at)
			}
			if want := gain*eye - velocity; !scalar.EqualWithinAbs(o.slip, want, 1e-9) {
				t.Fatalf("slip %g, want %g", o.slip, want)
			}
			eye, velocity = o.plant.position, o.plant.velocity
			if at > 0.5 && at < 3 && o.slowNow != 0 {
				slow = o.slowNow / o.plant.position
			}
		})
		if !scalar.EqualWithinAbs(slow, cfg.SlowGain*gain, 0.2*math.Abs(gain)) {
			t.Errorf("g = %g: the slow command is %g of the eye's position, want %g", gain, slow, cfg.SlowGain*gain)
		}
		if gain > 0 && math.Abs(eye) < 0.9*cfg.TargetLimit {
			t.Errorf("the eye was carried to %g degrees only", eye)
		}
		if gain < 0 && math.Abs(eye) > 8 {
			t.Errorf("the eye was not carried to the middle, it is at %g", eye)
		}
	}
}

// Between jumps the target moves with the surround, and never beyond its limit.
func TestTargetRides(t *testing.T) {
	cfg := still()
	a, b := newTarget(cfg, dt, 1), newTarget(cfg, dt, 1)
	if from, to := a.step(0), b.step(50); from != to {
		t.Fatalf("target appears at %g, and at %g where the surround moves", from, to)
	}
	for k := range 20_000 {
		at := b.step(2)
		if want := min(a.position+2*dt*float64(k+1), cfg.TargetLimit); !scalar.EqualWithinAbs(at, want, 1e-9) {
			t.Fatalf("target at %g, want %g", at, want)
		}
	}
	for range 500_000 {
		b.step(-2)
	}
	if b.position != -cfg.TargetLimit {
		t.Errorf("target at %g, want it at its limit, %g", b.position, -cfg.TargetLimit)
	}
}

// Proprioceptors tell the error every 0.25 s, unbiased and with the standard
// deviation asked for.
func TestProprioception(t *testing.T) {
	const reports = 20_000
	cfg := DefaultOculomotor()
	p := newProprioception(cfg, 0.01, 1)
	sum, square, last, count := 0.0, 0.0, 0, 0
	for step := 1; count < reports; step++ {
		felt, fresh := p.step(7)
		if !fresh {
			continue
		}
		if step-last != 25 {
			t.Fatalf("reports %d steps of 10 ms apart, want 25", step-last)
		}
		last = step
		count++
		sum, square = sum+felt, square+(felt-7)*(felt-7)
	}
	if mean, sd := sum/reports, math.Sqrt(square/reports); math.Abs(mean-7) > 5/math.Sqrt(reports) || math.Abs(sd-1) > 5/math.Sqrt(2*reports) {
		t.Errorf("an error of 7 degrees is felt as %g ± %g, want 7 ± 1", mean, sd)
	}
}

// Without light, a perfect integrator lands on target with the next report
// when proprioception is exact, and within its error when it is not. There is
// no slip and no slow command, whatever the surround does.
func TestDarkness(t *testing.T) {
	for _, sd := range []float64{0, 1} {
		cfg := still(func(c *OculomotorConfig) { c.Light, c.ProprioceptionSD, c.SurroundGain = false, sd, 0.5 })
		square, count := 0.0, 0.0
		withPerfect(cfg, 1, 0, 200, func(at float64, o *eyes) {
			if o.slip != 0 || o.slowNow != 0 {
				t.Fatalf("slip %g, slow command %g in the dark", o.slip, o.slowNow)
			}
			if at < 0.25-2*dt && o.inFlight {
				t.Fatalf("a saccade after %g s, before anything was felt", at)
			}
			if at > 0.45 {
				off := o.at - o.plant.position
				square, count = square+off*off, count+1
			}
		})
		// Each correction leaves the error of the report it followed; reports
		// within the threshold leave the one before.
		if rms := math.Sqrt(square / count); sd == 0 && rms > 0.1 || sd > 0 && (rms < 0.5*sd || rms > 1.5*sd) {
			t.Errorf("with an error of %g degrees of proprioception the eye is %g off", sd, rms)
		}
	}
}

// What a life in the dark records, and that it is the same system in light.
func TestTracesOfParts(t *testing.T) {
	for _, c := range []struct {
		name string
		life LifeConfig
	}{{"light", Light(20)}, {"dark", inTheDark(20)}} {
		g := must[*attractor.Attractor](t)(paper(t, 1).PerturbDecoders(0.15, 1))
		run := must[Run](t)(Live(context.Background(), g, c.life))
		if n := len(run.Time); n != 2000 || len(run.Slow) != n || len(run.Slip) != n {
			t.Errorf("%s: %d times, %d slow commands, %d slips", c.name, n, len(run.Slow), len(run.Slip))
		}
		slow, slip, rapid := 0.0, 0.0, 0
		for k := range run.Time {
			slow, slip = max(slow, math.Abs(run.Slow[k])), max(slip, math.Abs(run.Slip[k]))
			if run.V[k] != run.Slow[k] {
				rapid++
			}
		}
		if dark := c.name == "dark"; dark != (slow == 0 && slip == 0) {
			t.Errorf("%s: largest slow command %g, largest slip %g degrees/s", c.name, slow, slip)
		}
		if rapid == 0 || len(run.Saccades) < 5 {
			t.Errorf("%s: %d samples in saccades, %d saccades", c.name, rapid, len(run.Saccades))
		}
		end := 0.0
		for _, s := range run.Saccades {
			if s.Start < end || !(s.Duration > 0 && s.Duration <= 2*MainSequence(s.Amplitude)+dt) || math.Abs(s.Amplitude) < 0.5 {
				t.Errorf("%s: saccade %+v after one that ended at %g s", c.name, s, end)
			}
			end = s.Start + s.Duration
			k := int(math.Round(s.Start/0.01)) + 1 // a sample within, as even the shortest outlasts 10 ms
			if at := run.Time[k-1]; at > s.Start && at < end && run.V[k-1] == run.Slow[k-1] {
				t.Errorf("%s: no saccade in the command at %g s, within %+v", c.name, at, s)
			}
		}
	}
}
