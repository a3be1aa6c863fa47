package attractor

import (
	"fmt"
	"math"
)

// Correction says how an error that is seen becomes a corrective velocity
// command. The zero value is darkness: nothing is seen. It marshals to JSON.
type Correction struct {
	// Slip is the gain of the slow command against slip, the velocity with
	// which what is seen moves other than it should; below 1.
	Slip float64
	// Landmark is the velocity, per unit of the difference between where a
	// landmark says one is and where one believes to be, in 1/s.
	Landmark float64
	// Delay is that of seeing, in s.
	Delay float64
	// Smoothing, in s, is the time constant of what moves the image, such as
	// the eye, and Slow that of the slow command.
	Smoothing, Slow float64
}

// SlipCorrection is the slow command of the oculomotor system: gain 0.95,
// delay 80 ms, an eye of 0.2 s, a command of 0.1 s.
func SlipCorrection() Correction {
	return Correction{Slip: 0.95, Delay: 0.08, Smoothing: 0.2, Slow: 0.1}
}

// LandmarkCorrection pulls the state to where a landmark, seen 80 ms ago,
// says it is, with a time constant of 0.5 s.
func LandmarkCorrection() Correction {
	return Correction{Landmark: 2, Delay: 0.08, Smoothing: 0.2, Slow: 0.1}
}

// Validate says what is wrong with the correction, or nil.
func (c Correction) Validate() error {
	switch {
	case c == Correction{}:
		return nil
	case !(c.Slip >= 0 && c.Slip < 1):
		return fmt.Errorf("attractor: a Slip gain of %g: want at least 0 and below 1, or the loop runs away (the eye's is 0.95)", c.Slip)
	case !(c.Landmark >= 0) || !(c.Landmark*(c.Delay+c.Smoothing) < 1):
		return fmt.Errorf("attractor: a Landmark gain of %g/s: want at least 0 and less than the inverse of what it sees late, %g s", c.Landmark, c.Delay+c.Smoothing)
	case !(c.Delay >= 0 && c.Delay <= 10):
		return fmt.Errorf("attractor: a Delay of %g s: want 0 to 10", c.Delay)
	case !positive(c.Smoothing) || !positive(c.Slow):
		return fmt.Errorf("attractor: Smoothing of %g s and Slow of %g s: both must be positive", c.Smoothing, c.Slow)
	}
	return nil
}

// corrector sends corrective commands in the coordinates in which errors are
// seen: positions, or angles.
type corrector struct {
	Correction
	dt     float64
	image  []float64 // the smoothed coordinates
	slow   []float64 // the slow command
	out    []float64
	drift  []float64 // Q x delay: minus the drift that was seen, to be used later
	offset []float64 // likewise what landmarks said
	now    int
	blind  int // steps for which nothing is seen
}

func newCorrector(c Correction, coordinates int, dt float64) *corrector {
	late := max(1, steps(c.Delay, dt))
	v := func(n int) []float64 { return make([]float64, n) }
	return &corrector{
		Correction: c, dt: dt, image: v(coordinates), slow: v(coordinates), out: v(coordinates),
		drift: v(coordinates * late), offset: v(coordinates * late),
	}
}

// step is told where the attractor is, how fast its coordinates should move,
// and how far they are from where landmarks say (before any delay).
//
//	Slow dv/dt = Slip [slip(t - D) + v(t - D)] - v, slip = wanted - d image/dt
//
// with v the whole corrective command: slip and efference copy together are
// minus the drift.
func (c *corrector) step(at, wanted, offset []float64) []float64 {
	if (c.Correction == Correction{}) {
		return nil
	}
	late := len(c.drift) / len(at)
	c.now = (c.now + 1) % late
	seen := c.blind == 0
	c.blind = max(0, c.blind-1)
	for k := range at {
		velocity := (at[k] - c.image[k]) / c.Smoothing
		c.image[k] += c.dt * velocity
		then := k*late + c.now
		drift, off := c.drift[then], c.offset[then]
		c.drift[then], c.offset[then] = wanted[k]-velocity+c.out[k], offset[k]
		c.out[k] = 0
		if seen {
			c.slow[k] += c.dt / c.Slow * (c.Slip*drift - c.slow[k])
			c.out[k] = c.slow[k] + c.Landmark*off
		}
	}
	return c.out
}

// restart forgets what was seen, at the end of a movement that let nothing be
// seen, and sees nothing for a time in s.
func (c *corrector) restart(at []float64, blind float64) {
	copy(c.image, at)
	for _, v := range [][]float64{c.slow, c.out, c.drift, c.offset} {
		clear(v)
	}
	c.blind = steps(blind+c.Delay, c.dt)
}

// wrap brings an angle to -π … π.
func wrap(angle float64) float64 { return math.Remainder(angle, 2*math.Pi) }
