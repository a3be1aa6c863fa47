package integrator

import (
	"math"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/attractor"
)

// eyes is the oculomotor system around an integrator, the [attractor.World] of
// one dimension. Each step is a command, then the integrator's step, then move.
type eyes struct {
	cfg      OculomotorConfig
	window   float64 // degrees/s
	target   *target
	saccades *saccades
	slow     *slow
	plant    *plant
	seen     *delay // eye position, degrees
	muscles  *proprioception

	at       float64 // target position in this step, degrees
	slip     float64 // retinal slip in this step, degrees/s
	rapid    float64 // saccadic command in this step, degrees/s
	slowNow  float64 // slow command in this step, degrees/s
	inFlight bool    // this step is in a saccade

	told       []float64 // command in this step, in units of x per second
	corrective bool      // whether it is a correction
	moved      int       // steps
	away       error     // the eye has run away
}

func newEyes(life LifeConfig, dt float64) *eyes {
	cfg, seed := life.Oculomotor, life.Seed
	return &eyes{
		cfg: cfg, window: life.Window, told: make([]float64, 1),
		target:   newTarget(cfg, dt, seed),
		saccades: newSaccades(cfg, dt),
		slow:     newSlow(cfg, dt),
		plant:    &plant{tau: cfg.PlantTau, dt: dt},
		seen:     newDelay(steps(cfg.VisualDelay, dt)),
		muscles:  newProprioception(cfg, dt, seed),
	}
}

// Start implements [attractor.World]: at rest, looking straight ahead.
func (o *eyes) Start() []float64 { return make([]float64, 1) }

// Step implements [attractor.World]. Commands below the window are corrections.
func (o *eyes) Step(_ []float64, c *attractor.Command) {
	v := o.command()
	o.told[0] = v / Degrees
	if o.corrective = math.Abs(v) < o.window; o.corrective {
		c.Correction = o.told
	} else {
		c.Velocity = o.told
	}
	c.Err = o.away
}

// command returns the velocity command v, in degrees/s, that the integrator
// receives in this step, saccades plus slow commands.
func (o *eyes) command() float64 {
	if o.cfg.Light {
		o.look()
	} else {
		o.feel()
	}
	return o.rapid + o.slowNow
}

// look finds the commands from what is seen.
func (o *eyes) look() {
	surround := o.cfg.SurroundGain * o.plant.position
	o.at = o.target.step(surround)
	o.rapid = o.saccades.step(o.at-o.seen.oldest(), o.plant.x)
	o.inFlight = o.saccades.on
	o.slip = surround - o.plant.velocity
	o.slowNow = o.slow.step(o.slip, o.inFlight)
}

// feel finds the commands from what the eye muscles tell. Slow movements need
// slip to begin.
func (o *eyes) feel() {
	o.at = o.target.step(0)
	wrong, fresh := o.muscles.step(o.at - o.plant.position)
	o.rapid = o.saccades.correct(wrong, fresh, o.plant.x)
	o.inFlight = o.saccades.on
}

// move lets the eye follow the represented position x, in degrees.
func (o *eyes) move(x float64) {
	o.seen.push(o.plant.position)
	if o.cfg.Pulse == FixedPulse {
		o.plant.step(x, o.slowNow+o.rapid, false)
	} else {
		o.plant.step(x, o.slowNow, o.inFlight)
	}
	o.moved++
	if !(math.Abs(o.plant.position) <= runaway*Degrees) {
		o.away = &neuro.DivergenceError{Trial: -1, Step: o.moved - 1, What: eyeAway, Value: o.plant.position}
	}
}

// runaway times its range, and the eye has left everything that can be
// corrected.
const runaway = 4

// eyeAway is what diverged if it was not x.
const eyeAway = "the eye's position in degrees"
