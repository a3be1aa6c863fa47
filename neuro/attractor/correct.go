package attractor

import (
	"fmt"
	"math"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/bound"
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
	// Height is the velocity, per unit, that brings a bump of the wrong height
	// back to 1, in 1/s: a homeostasis of the overall activity.
	Height float64
	// Delay of seeing, in s.
	Delay float64
	// Smoothing, in s, is the time constant of what moves the image, such as
	// the eye, and Slow that of the slow command.
	Smoothing, Slow float64
}

// slipCorrection is the slow command of the oculomotor system: gain 0.95,
// delay 80 ms, an eye of 0.2 s, a command of 0.1 s.
func slipCorrection() Correction {
	return Correction{Slip: 0.95, Delay: 0.08, Smoothing: 0.2, Slow: 0.1}
}

// landmarkCorrection is slipCorrection, a pull to where a landmark, seen
// 80 ms ago, says one is, with a time constant of 0.5 s, and one of the
// bump's height.
func landmarkCorrection() Correction {
	c := slipCorrection()
	c.Landmark, c.Height = 2, 2
	return c
}

// validate says what is wrong with the correction, or nil.
func (c Correction) validate() error {
	switch {
	case c == Correction{}:
		return nil
	case !(c.Slip >= 0 && c.Slip < 1):
		return fmt.Errorf("attractor: a Slip gain of %g: want at least 0 and below 1, or the loop runs away (the eye's is 0.95)", c.Slip)
	case !(c.Landmark >= 0) || !(c.Landmark*c.Delay < 1):
		return fmt.Errorf("attractor: a Landmark gain of %g/s: want at least 0 and below 1/Delay, or the loop runs away", c.Landmark)
	case !(c.Height >= 0 && c.Height <= 10):
		return fmt.Errorf("attractor: a Height gain of %g/s: want 0 to 10", c.Height)
	case !(c.Delay >= 0 && c.Delay <= 10):
		return fmt.Errorf("attractor: a Delay of %g s: want 0 to 10", c.Delay)
	case !positive(c.Smoothing) || !positive(c.Slow):
		return fmt.Errorf("attractor: Smoothing of %g s and Slow of %g s: both must be positive", c.Smoothing, c.Slow)
	}
	return nil
}

// fits says whether steps of dt resolve the time constants ([neuro.CheckStep]),
// and whether what is seen late can be kept until it is: the Delay of each
// coordinate in steps.
func (c Correction) fits(coordinates int, dt float64) error {
	if c != (Correction{}) {
		_, err := neuro.CheckStep("attractor: what corrects", dt,
			neuro.TimeConstant{Name: "Smoothing", Seconds: c.Smoothing}, neuro.TimeConstant{Name: "Slow", Seconds: c.Slow})
		if err != nil {
			return err
		}
	}
	return bound.Array("attractor: what is seen, coordinates × steps of Delay,", coordinates, max(1, steps(c.Delay, dt)))
}

// corrector sends corrective commands in the coordinates in which errors are
// seen: positions, or angles.
type corrector struct {
	Correction
	dt    float64
	image []float64 // the smoothed error
	slow  []float64 // the slow command
	out   []float64
	drift []float64 // Q × delay: minus the drift that was seen, to be used later
	late  []float64 // likewise the error
	now   int
	blind int  // steps for which nothing is seen
	began bool // nothing moved before the first step
}

func newCorrector(c Correction, coordinates int, dt float64) *corrector {
	late := max(1, steps(c.Delay, dt))
	v := func(n int) []float64 { return make([]float64, n) }
	return &corrector{
		Correction: c, dt: dt, image: v(coordinates), slow: v(coordinates), out: v(coordinates),
		drift: v(coordinates * late), late: v(coordinates * late),
	}
}

// step takes the error of each coordinate, where it ought to be minus where
// it is, before any delay and without jumps, and returns the corrective
// velocities, nil in darkness:
//
//	Slow dv_s/dt = Slip [slip(t - D) + v(t - D)] - v_s,
//	v = v_s + Landmark error(t - D).
//
// Slip is the velocity of the smoothed error; slip and the efference copy of
// v together are minus the drift.
func (c *corrector) step(errors []float64) []float64 {
	if (c.Correction == Correction{}) {
		return nil
	}
	if !c.began {
		c.began = true
		copy(c.image, errors)
	}
	delay := len(c.drift) / len(errors)
	c.now = (c.now + 1) % delay
	seen := c.blind == 0
	c.blind = max(0, c.blind-1)
	for k, e := range errors {
		slip := (e - c.image[k]) / c.Smoothing
		c.image[k] += c.dt * slip
		then := k*delay + c.now
		drift, late := c.drift[then], c.late[then]
		c.drift[then], c.late[then] = slip+c.out[k], e
		c.out[k] = 0
		if seen {
			c.slow[k] += c.dt / c.Slow * (c.Slip*drift - c.slow[k])
			c.out[k] = c.slow[k] + c.Landmark*wrap(late)
		}
	}
	return c.out
}

// restart forgets what was seen, at the end of a movement that let nothing be
// seen, and sees nothing for a time in s.
func (c *corrector) restart(errors []float64, blind float64) {
	copy(c.image, errors)
	for _, v := range [][]float64{c.slow, c.out, c.drift, c.late} {
		clear(v)
	}
	c.blind = steps(blind+c.Delay, c.dt)
}

// wrap brings an angle to -π … π.
func wrap(angle float64) float64 { return math.Remainder(angle, 2*math.Pi) }
