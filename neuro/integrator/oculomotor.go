package integrator

// oculomotor is the moving state of the system around an integrator. Each
// step is command, then the integrator's step, then move.
type oculomotor struct {
	cfg      OculomotorConfig
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
}

func newOculomotor(cfg OculomotorConfig, dt float64, seed uint64) *oculomotor {
	return &oculomotor{
		cfg:      cfg,
		target:   newTarget(cfg, dt, seed),
		saccades: newSaccades(cfg, dt),
		slow:     newSlow(cfg, dt),
		plant:    &plant{tau: cfg.PlantTau, dt: dt},
		seen:     newDelay(steps(cfg.VisualDelay, dt)),
		muscles:  newProprioception(cfg, dt, seed),
	}
}

// command returns the velocity command v, in degrees/s, that the integrator
// receives in this step, saccades plus slow commands.
func (o *oculomotor) command() float64 {
	if o.cfg.Light {
		o.look()
	} else {
		o.feel()
	}
	return o.rapid + o.slowNow
}

// look finds the commands from what is seen.
func (o *oculomotor) look() {
	surround := o.cfg.SurroundGain * o.plant.position
	o.at = o.target.step(surround)
	o.rapid = o.saccades.step(o.at-o.seen.oldest(), o.plant.x)
	o.inFlight = o.saccades.on
	o.slip = surround - o.plant.velocity
	o.slowNow = o.slow.step(o.slip, o.inFlight)
}

// feel finds the commands from what the eye muscles tell. Slow movements need
// slip to begin.
func (o *oculomotor) feel() {
	o.at = o.target.step(0)
	wrong, fresh := o.muscles.step(o.at - o.plant.position)
	o.rapid = o.saccades.correct(wrong, fresh, o.plant.x)
	o.inFlight = o.saccades.on
}

// move lets the eye follow the represented position x, in degrees.
func (o *oculomotor) move(x float64) {
	o.seen.push(o.plant.position)
	if o.cfg.Pulse == FixedPulse {
		o.plant.step(x, o.slowNow+o.rapid, false)
		return
	}
	o.plant.step(x, o.slowNow, o.inFlight)
}
