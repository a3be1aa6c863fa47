package rate

import (
	"math"
	"math/rand/v2"

	"github.com/spikewalk/spikewalk/neuro/internal/kernel"
	"github.com/spikewalk/spikewalk/neuro/internal/persist"
	"github.com/spikewalk/spikewalk/neuro/internal/stream"
)

// state is a network's state and activity in time. The two are one vector in
// all forms but Current.
type state struct {
	form  Form
	phi   func(dst, x []float64)
	fused bool    // Current with tanh, which has a kernel of its own
	decay float64 // exp(-dt/τ), 0 in the Discrete form
	x     []float64
	r     []float64
	goal  []float64 // scratch of the Rate form: φ(input)

	noise float64 // standard deviation of a step's noise
	rng   *rand.Rand
	drawn stream.Stream // whose numbers rng gives, in training
}

func (n *Network) start(x []float64) *state {
	s := &state{form: n.Form, phi: n.Activation.function(), x: append([]float64(nil), x...)}
	if n.Form != Discrete {
		s.decay = math.Exp(-n.Dt / n.Tau)
	}
	s.fused = n.Activation == Tanh || n.Activation == ""
	if n.Form == Current {
		s.r = make([]float64, len(x))
		s.phi(s.r, s.x)
	} else {
		s.r, s.goal = s.x, make([]float64, len(x))
	}
	return s
}

// noisy gives the units private noise of standard deviation sigma from rng,
// and returns s. A step adds what an Ornstein-Uhlenbeck process of time
// constant τ gains in it, so that σ does not depend on dt.
func (s *state) noisy(sigma float64, rng *rand.Rand) *state {
	s.noise, s.rng = sigma*math.Sqrt(1-s.decay*s.decay), rng
	return s
}

// training gives the units the noise of training.
func (s *state) training(cfg Config) *state {
	s.drawn = stream.New(cfg.Seed, string(forTrainingNoise))
	return s.noisy(cfg.TrainingNoise, s.drawn.Rand)
}

// keep names all that the future of the units depends on.
func (s *state) keep(to *persist.State) {
	to.Floats(s.x, s.r) // one vector in most forms, which does no harm
	if s.noise > 0 {
		to.Binary(s.drawn)
	}
}

// set puts the units into state x.
func (s *state) set(x []float64) {
	copy(s.x, x)
	if s.form == Current {
		s.phi(s.r, s.x)
	}
}

// advance moves the state one step under the given total input, exponential
// Euler.
func (s *state) advance(input []float64) {
	switch {
	case s.form == Discrete:
		s.phi(s.x, input)
		s.shake()
	case s.form == Rate:
		s.phi(s.goal, input)
		kernel.Relax(s.x, s.goal, s.decay)
		s.shake()
	case s.fused && s.noise == 0:
		kernel.RelaxTanh(s.x, s.r, input, s.decay)
	default:
		kernel.Relax(s.x, input, s.decay)
		s.shake()
		s.phi(s.r, s.x)
	}
}

// shake adds a step's noise.
func (s *state) shake() {
	if s.noise == 0 {
		return
	}
	for i := range s.x {
		s.x[i] += float64(s.noise * s.rng.NormFloat64())
	}
}
