package attractor

import (
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/spikewalk/spikewalk/neuro"
)

// WanderConfig is the world of a [Ring] or [Path] attractor: an animal that
// turns, or walks, at random. It marshals to JSON; start from [Turning] or
// [Walking].
type WanderConfig struct {
	// Angles is 1 for turning, 2 for walking in the plane.
	Angles int
	// Speed is the angular velocity for a control of 1, in rad/s, as that of
	// the [RingConfig]. Faster movements are cut off.
	Speed float64
	// Deviation is the standard deviation of each angular velocity in rad/s,
	// Persistence the time constant, in s, with which it forgets: an
	// Ornstein-Uhlenbeck process.
	Deviation, Persistence float64
	// Range, in rad, is where walls send a walker back, |φ| <= Range; 0 is no
	// walls.
	Range float64
	// Correction is what is seen.
	Correction Correction
}

// Turning is a head that turns by about 80 degrees/s, now this way, now that,
// among landmarks.
func Turning() WanderConfig {
	return WanderConfig{
		Angles: 1, Speed: Ring().Speed, Deviation: 80 * math.Pi / 180, Persistence: 0.5,
		Correction: LandmarkCorrection(),
	}
}

// Walking is an animal in a box of two periods a side, at about a sixth of
// a period per s, among landmarks.
func Walking() WanderConfig {
	return WanderConfig{
		Angles: 2, Speed: Path().Speed, Deviation: 0.35 * math.Pi, Persistence: 1, Range: 2 * math.Pi,
		Correction: LandmarkCorrection(),
	}
}

// Validate says what is wrong with the configuration, or nil.
func (c WanderConfig) Validate() error {
	switch {
	case c.Angles != 1 && c.Angles != 2:
		return fmt.Errorf("attractor: wandering in %d angles: want 1 or 2", c.Angles)
	case !positive(c.Speed) || !positive(c.Deviation) || !positive(c.Persistence):
		return fmt.Errorf("attractor: wandering with Speed %g rad/s, Deviation %g rad/s and Persistence %g s: all must be positive", c.Speed, c.Deviation, c.Persistence)
	case !(c.Range >= 0) || math.IsInf(c.Range, 1):
		return fmt.Errorf("attractor: wandering within %g rad: want a Range of at least 0", c.Range)
	}
	for _, s := range []struct {
		name  string
		value float64
	}{{"Speed", c.Speed}, {"Deviation", c.Deviation}} {
		if err := notDegrees("wandering's "+s.name, s.value); err != nil {
			return err
		}
	}
	if c.Persistence > longest {
		return fmt.Errorf("attractor: wandering with a Persistence of %g s: want at most %g; if these are milliseconds, write %g", c.Persistence, float64(longest), c.Persistence/1000)
	}
	return c.Correction.Validate()
}

// Wander is the world of [WanderConfig]. The attractor is told the angular
// velocities, as controls, and otherwise finds out by itself where it is.
// What it sees is where landmarks are, and their slip; both become a velocity
// along the tangent of each circle, where the wrong angle is. The height of
// its bump it can sense without seeing, as the neurons' overall activity.
// Command.Truth is (cos φ, sin φ).
type Wander struct {
	cfg     WanderConfig
	dt      float64
	random  *rand.Rand
	correct *corrector

	angle, velocity  []float64 // the true ones
	at, offset       []float64 // believed, unwound, and how far off
	control          []float64
	truth, corrected []float64
}

// NewWander makes the world for steps of dt in s, from φ = 0.
func NewWander(cfg WanderConfig, dt float64, seed uint64) (*Wander, error) {
	if err := cfg.Validate(); err != nil {
		return nil, err
	}
	if !positive(dt) {
		return nil, fmt.Errorf("attractor: wandering in steps of %g s: must be positive", dt)
	}
	if _, err := neuro.CheckStep("attractor: wandering", dt, neuro.TimeConstant{Name: "Persistence", Seconds: cfg.Persistence}); err != nil {
		return nil, err
	}
	if err := cfg.Correction.fits(cfg.Angles, dt); err != nil {
		return nil, err
	}
	w := &Wander{cfg: cfg, dt: dt, random: neuro.Stream(seed, "attractor wander"), correct: newCorrector(cfg.Correction, cfg.Angles, dt)}
	for _, v := range []*[]float64{&w.angle, &w.velocity, &w.at, &w.offset, &w.control} {
		*v = make([]float64, cfg.Angles)
	}
	w.truth, w.corrected = make([]float64, 2*cfg.Angles), make([]float64, 2*cfg.Angles)
	for q := range w.velocity {
		w.velocity[q] = cfg.Deviation * w.random.NormFloat64()
	}
	w.tell()
	return w, nil
}

// Start implements [World].
func (w *Wander) Start() []float64 { return w.truth }

// Step implements [World]. It panics at a state of another dimension.
func (w *Wander) Step(x []float64) Command {
	if len(x) != len(w.truth) {
		panic(fmt.Sprintf("attractor: a state of %d dimensions for cosine and sine of %d angles", len(x), len(w.at)))
	}
	w.move()
	w.tell()
	for q := range w.at {
		w.at[q] += wrap(math.Atan2(x[2*q+1], x[2*q]) - w.at[q])
		w.offset[q] = w.angle[q] - w.at[q]
	}
	c := Command{Control: w.control, Truth: w.truth}
	if turn := w.correct.step(w.offset); turn != nil {
		for q, v := range turn {
			sin, cos := math.Sincos(w.at[q])
			height := w.cfg.Correction.Height * (1 - math.Hypot(x[2*q], x[2*q+1]))
			w.corrected[2*q], w.corrected[2*q+1] = height*cos-v*sin, height*sin+v*cos
		}
		c.Correction = w.corrected
	}
	return c
}

// move turns, or walks, for a step.
func (w *Wander) move() {
	keep := math.Exp(-w.dt / w.cfg.Persistence)
	for q := range w.angle {
		w.velocity[q] = keep*w.velocity[q] + math.Sqrt(1-keep*keep)*w.cfg.Deviation*w.random.NormFloat64()
		w.velocity[q] = min(max(w.velocity[q], -w.cfg.Speed), w.cfg.Speed)
		if r := w.cfg.Range; r > 0 && math.Abs(w.angle[q]) > r && w.angle[q]*w.velocity[q] > 0 {
			w.velocity[q] = -w.velocity[q]
		}
		w.angle[q] += w.dt * w.velocity[q]
	}
}

// tell updates what is told of the angles.
func (w *Wander) tell() {
	for q, phi := range w.angle {
		w.truth[2*q+1], w.truth[2*q] = math.Sincos(phi)
		w.control[q] = w.velocity[q] / w.cfg.Speed
	}
}
