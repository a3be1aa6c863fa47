package task

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"
)

// Sawtooth is a periodic function that rises evenly and falls back fast, to be
// produced without any input (Sussillo & Abbott 2009; DePasquale et al. 2016). A
// trial is one period, from zero up, down and up to zero again. All trials are the
// same.
type Sawtooth struct {
	// Period in seconds. Default 1 s.
	Period float64
	// Amplitude is the height of the teeth: the function lies between
	// -Amplitude and Amplitude. Default 1.
	Amplitude float64
	// Fall is the fraction of the period that the fall takes; zero is a
	// jump. Default 0.1.
	Fall float64
	// Dt is the time step in seconds. Default 1 ms.
	Dt float64
}

// NewSawtooth returns a sawtooth of 1 Hz whose fall takes a tenth of the
// period.
func NewSawtooth() Sawtooth { return Sawtooth{Period: 1, Amplitude: 1, Fall: 0.1, Dt: 0.001} }

// Shape is no input and one output.
func (s Sawtooth) Shape() Shape { return Shape{Name: "sawtooth", Dt: s.Dt, Outputs: 1} }

// Validate says which field makes no sense.
func (s Sawtooth) Validate() error {
	f := check(s.Shape())
	f.duration("Period", s.Period)
	f.positive("Amplitude", s.Amplitude)
	f.cycles("the sawtooth", 1, s.Period)
	if !(s.Fall >= 0 && s.Fall < 1) {
		f.fail("Fall is %g: it is a fraction of the period, from 0 to less than 1", s.Fall)
	}
	return f.done()
}

// Trial returns one period; rng is not used.
func (s Sawtooth) Trial(*rand.Rand) (Trial, error) {
	if err := s.Validate(); err != nil {
		return Trial{}, err
	}
	length := steps(s.Period, s.Dt)
	target := mat.NewDense(length, 1, nil)
	for t := range length {
		target.Set(t, 0, s.Amplitude*s.tooth(float64(t)/float64(length)))
	}
	return Trial{Targets: target}, nil
}

// tooth is the function of amplitude 1 at a fraction x of the period.
func (s Sawtooth) tooth(x float64) float64 {
	rise := 1 - s.Fall
	switch {
	case x < rise/2:
		return 2 * x / rise
	case x < rise/2+s.Fall:
		return 1 - 2*(x-rise/2)/s.Fall
	default:
		return -2 * math.Max(0, 1-x) / rise
	}
}
