package integrator

// plant is the eyeball and its muscles, a first-order lag from the motor
// command to eye position E in degrees,
//
//	τ_p dE/dt = x + τ_p v - E,
//
// where τ_p v is the direct path, of the slow command and of saccades with a
// [FixedPulse]. During a saccade with a [MatchedPulse], dx/dt is added to dE/dt:
// the pulse that matches the step, so that the eye moves with x. A pulse that
// does not match it leaves a glide after every saccade, which learning would
// take for drift.
type plant struct {
	tau, dt  float64
	position float64 // E, degrees
	velocity float64 // dE/dt in the last step, degrees/s
	x        float64 // represented at the end of the last step, degrees
}

// step advances by one step to the represented position x in degrees, with
// the velocity of the direct path in degrees/s.
func (p *plant) step(x, direct float64, matched bool) {
	p.velocity = (p.x-p.position)/p.tau + direct
	if matched {
		p.velocity += (x - p.x) / p.dt
	}
	p.position += p.dt * p.velocity
	p.x = x
}
