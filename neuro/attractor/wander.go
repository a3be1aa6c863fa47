package attractor

import (
	"fmt"
	"math"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/stream"
)

// WanderConfig says how an animal turns, or walks, at random. It marshals to
// JSON; start from that of [Ring] or [Path].
type WanderConfig struct {
	// Deviation is the standard deviation of each angular velocity in rad/s,
	// Persistence the time constant, in s, with which it forgets: an
	// Ornstein-Uhlenbeck process. Movements faster than the ring's Speed are cut
	// off.
	Deviation, Persistence float64
	// Range, in rad, is where walls send a walker back, |φ| <= Range; 0 is no
	// walls.
	Range float64
	// Correction is what is seen.
	Correction Correction
}

// turning is a head that turns by about 80 degrees/s, now this way, now that,
// among landmarks.
func turning() WanderConfig {
	return WanderConfig{Deviation: 80 * math.Pi / 180, Persistence: 0.5, Correction: landmarkCorrection()}
}

// walking is an animal in a box of two periods a side, at about a sixth of
// a period per s, among landmarks.
func walking() WanderConfig {
	return WanderConfig{Deviation: 0.35 * math.Pi, Persistence: 1, Range: 2 * math.Pi, Correction: landmarkCorrection()}
}

// validate says what is wrong with the configuration, or nil.
func (c WanderConfig) validate() error {
	switch {
	case !positive(c.Deviation) || !positive(c.Persistence):
		return fmt.Errorf("attractor: Deviation of wandering is %g rad/s and Persistence %g s: both must be positive", c.Deviation, c.Persistence)
	case !(c.Range >= 0) || math.IsInf(c.Range, 1):
		return fmt.Errorf("attractor: Range of wandering is %g rad: it must be finite and at least 0", c.Range)
	case c.Persistence > longest:
		return fmt.Errorf("attractor: Persistence of wandering is %g s: it must be at most %g; if these are milliseconds, write %g", c.Persistence, float64(longest), c.Persistence/1000)
	}
	if err := notDegrees("Deviation of wandering", c.Deviation); err != nil {
		return err
	}
	return c.Correction.validate()
}

// wander is the world of a ring or torus.
type wander struct {
	cfg     RingConfig
	dt      float64
	random  stream.Stream
	correct *corrector

	angle, velocity  []float64 // the true ones
	at, offset       []float64 // believed, unwound, and how far off
	control          []float64
	truth, corrected []float64
}

// NewWander makes the world of an attractor that [NewRing] builds of the same
// configuration: an animal that turns, or walks, at random, from φ = 0. It tells
// the attractor the angular velocities, as controls, and otherwise the attractor
// finds out by itself where it is. What it sees is where landmarks are, and their
// slip; both become a velocity along the tangent of each circle, where the wrong
// angle is. The height of its bump it can sense without seeing, as the neurons'
// overall activity. The truth is (cos φ, sin φ).
func NewWander(cfg RingConfig, seed uint64) (World, error) {
	if err := cfg.Validate(); err != nil {
		return nil, err
	}
	dt := cfg.Config.Step
	if _, err := neuro.CheckStep("attractor: wandering", dt, neuro.TimeConstant{Name: "Persistence", Seconds: cfg.Wander.Persistence}); err != nil {
		return nil, err
	}
	if err := cfg.Wander.Correction.fits(cfg.Angles, dt); err != nil {
		return nil, err
	}
	w := &wander{cfg: cfg, dt: dt, random: stream.New(seed, string(purposeWander)), correct: newCorrector(cfg.Wander.Correction, cfg.Angles, dt)}
	for _, v := range []*[]float64{&w.angle, &w.velocity, &w.at, &w.offset, &w.control} {
		*v = make([]float64, cfg.Angles)
	}
	w.truth, w.corrected = make([]float64, 2*cfg.Angles), make([]float64, 2*cfg.Angles)
	for q := range w.velocity {
		w.velocity[q] = cfg.Wander.Deviation * w.random.NormFloat64()
	}
	w.tell()
	return w, nil
}

// Start implements [World].
func (w *wander) Start() []float64 { return w.truth }

// Step implements [World]. It panics at a state of another dimension.
func (w *wander) Step(x []float64, c *Command) {
	if len(x) != len(w.truth) {
		panic(fmt.Sprintf("attractor: a state of %d dimensions for cosine and sine of %d angles", len(x), len(w.at)))
	}
	w.move()
	w.tell()
	for q := range w.at {
		w.at[q] += wrap(math.Atan2(x[2*q+1], x[2*q]) - w.at[q])
		w.offset[q] = w.angle[q] - w.at[q]
	}
	c.Control, c.Truth = w.control, w.truth
	if turn := w.correct.step(w.offset); turn != nil {
		for q, v := range turn {
			sin, cos := math.Sincos(w.at[q])
			height := w.cfg.Wander.Correction.Height * (1 - math.Hypot(x[2*q], x[2*q+1]))
			w.corrected[2*q], w.corrected[2*q+1] = height*cos-v*sin, height*sin+v*cos
		}
		c.Correction = w.corrected
	}
}

// move turns, or walks, for a step.
func (w *wander) move() {
	keep := math.Exp(-w.dt / w.cfg.Wander.Persistence)
	for q := range w.angle {
		w.velocity[q] = keep*w.velocity[q] + math.Sqrt(1-keep*keep)*w.cfg.Wander.Deviation*w.random.NormFloat64()
		w.velocity[q] = min(max(w.velocity[q], -w.cfg.Speed), w.cfg.Speed)
		if r := w.cfg.Wander.Range; r > 0 && math.Abs(w.angle[q]) > r && w.angle[q]*w.velocity[q] > 0 {
			w.velocity[q] = -w.velocity[q]
		}
		w.angle[q] += w.dt * w.velocity[q]
	}
}

// tell updates truth and control, which the network receives, from the angles.
func (w *wander) tell() {
	for q, phi := range w.angle {
		w.truth[2*q+1], w.truth[2*q] = math.Sincos(phi)
		w.control[q] = w.velocity[q] / w.cfg.Speed
	}
}
