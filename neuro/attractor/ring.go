package attractor

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/internal/bound"
	"github.com/spikewalk/spikewalk/neuro/nef"
)

// RingConfig is an attractor on a ring of angles, or on the torus of two. It
// marshals to JSON; start from [Ring] or [Path].
type RingConfig struct {
	// Population gives the number of neurons, their membrane and their ranges
	// of rates and intercepts. Its Dimensions and its Radius follow from the
	// Angles.
	Population nef.Config
	// Angles is 1 for a ring, 2 for a torus.
	Angles int
	// Speed is the angular velocity for a control of 1, in rad/s: the fastest
	// that is represented.
	Speed float64
	// Pull is the rate, in 1/s, with which x comes back to the circle.
	Pull float64
	// Width is how far from the circle, as a fraction of its radius, decoders
	// are fitted, Points on how many random points.
	Width  float64
	Points int
	// Control is the largest share of an encoder that the controls take.
	Control float64
	Config  Config
	// Wander is the world of the attractor, for [NewWander].
	Wander WanderConfig
}

// Ring is a head-direction ring of 300 neurons that follows turns of up to
// 300 degrees/s. Each fires over about half of the ring. The head turns by about
// 80 degrees/s, now this way, now that, among landmarks.
func Ring() RingConfig {
	pop := nef.MacNeil2011()
	pop.Neurons, pop.Intercepts = 300, nef.Range{Low: -0.3, High: 0.7}
	return RingConfig{
		Population: pop, Angles: 1, Speed: 300 * math.Pi / 180, Pull: 2,
		Width: 0.3, Points: 3000, Control: 1, Config: DefaultConfig(), Wander: turning(),
	}
}

// Path is a bump on the torus, of 600 neurons, that integrates velocities of
// up to half a period per s in each of two directions: path integration as
// by grid cells (on a square lattice), with the first Fourier modes of the
// sheet as its state, after J. Conklin, C. Eliasmith (2005), Journal of
// Computational Neuroscience 18. The animal walks in a box of two periods a side,
// at about a sixth of a period per s, among landmarks.
func Path() RingConfig {
	cfg := Ring()
	cfg.Population.Neurons, cfg.Angles, cfg.Speed, cfg.Width, cfg.Control = 600, 2, math.Pi, 0.2, 0.5
	cfg.Config.Regularisation.Sigma, cfg.Wander = 0.3, walking()
	return cfg
}

// Validate says what is wrong with the configuration, or nil.
func (c RingConfig) Validate() error {
	switch {
	case c.Angles != 1 && c.Angles != 2:
		return fmt.Errorf("attractor: a ring of %d angles: want 1, or 2 for a torus", c.Angles)
	case !positive(c.Speed):
		return fmt.Errorf("attractor: a ring's Speed is %g rad/s: must be positive", c.Speed)
	case !(c.Pull >= 0 && c.Pull*c.Config.TauSyn < 1):
		return fmt.Errorf("attractor: a ring's Pull is %g/s: want at least 0 and less than 1/TauSyn, beyond which the recurrence overshoots", c.Pull)
	case !(c.Width > 0 && c.Width < 1):
		return fmt.Errorf("attractor: a ring's Width is %g: want between 0 and 1, the circle's radius", c.Width)
	case c.Points < 1:
		return fmt.Errorf("attractor: decoders of a ring fitted on %d points: want at least 1", c.Points)
	case !(c.Control > 0 && c.Control <= 1):
		return fmt.Errorf("attractor: a ring's Control is %g: want above 0, or nothing turns it, and at most 1", c.Control)
	}
	if err := notDegrees("a ring's Speed", c.Speed); err != nil {
		return err
	}
	if err := errors.Join(c.Config.Validate(), c.Wander.validate()); err != nil {
		return err
	}
	return bound.Array("attractor: a ring's Points in their dimensions,", c.Points, 3*c.Angles)
}

// NewRing builds the attractor. Its state is (cos φ, sin φ), of each angle in
// turn, its controls are the angular velocities as fractions of Speed.
func NewRing(cfg RingConfig) (*Attractor, error) {
	if err := cfg.Validate(); err != nil {
		return nil, err
	}
	// The controls reach 1, each circle has radius 1.
	cfg.Population.Dimensions, cfg.Population.Radius = 3*cfg.Angles, math.Sqrt(float64(cfg.Angles)+1)
	if err := cfg.Population.Validate(); err != nil {
		return nil, err
	}
	p := phases{cfg.Angles, cfg.Speed, cfg.Pull}
	pop, err := nef.FromTuning(cfg.Population, p.tuning(cfg.Population, cfg.Control))
	if err != nil {
		return nil, err
	}
	return New(pop, Definition{
		Controls: cfg.Angles, Dynamics: p.dynamics,
		Points: p.points(cfg.Points, cfg.Width, cfg.Population.Seed), Config: cfg.Config,
	})
}

// angles returns the angles of a state of [NewRing], in rad from -π to π.
func angles(x []float64) []float64 {
	phi := make([]float64, len(x)/2)
	for q := range phi {
		phi[q] = math.Atan2(x[2*q+1], x[2*q])
	}
	return phi
}

// Unwind returns the angles of states, T × 2Q, one after the other in time,
// in rad and without jumps at ±π: T × Q. Between one state and the next an
// angle may change by less than π.
func Unwind(states *mat.Dense) (*mat.Dense, error) {
	if states == nil || states.IsEmpty() || states.RawMatrix().Cols%2 != 0 {
		return nil, fmt.Errorf("attractor: states to unwind must be T x 2Q, cosine and sine of each angle")
	}
	t, d := states.Dims()
	unwound := mat.NewDense(t, d/2, nil)
	last := make([]float64, d/2)
	for k := range t {
		for q, phi := range angles(states.RawRowView(k)) {
			if k == 0 {
				last[q] = phi
			}
			last[q] += wrap(phi - last[q])
		}
		unwound.SetRow(k, last)
	}
	return unwound, nil
}

// fastest, in rad/s, is about ten turns a second, which no head makes and no walk
// through a grid field.
const fastest = 63

// notDegrees says that an angular velocity is too fast for one in radians.
func notDegrees(what string, speed float64) error {
	if speed > fastest {
		return fmt.Errorf("attractor: %s is %g rad/s, beyond %g: if these are degrees per second, multiply with π/180", what, speed, float64(fastest))
	}
	return nil
}
