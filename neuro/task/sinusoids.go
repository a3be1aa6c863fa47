package task

import (
	"fmt"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"
)

// Sinusoids is a periodic function, the sum of a few sinusoids, to be produced
// without any input (Sussillo & Abbott 2009; DePasquale et al. 2016). A trial is
// one period. All trials are the same.
type Sinusoids struct {
	// Period in seconds. Default 1 s.
	Period float64
	// Harmonics and Amplitudes, of equal length, give the sum
	// Σ a_k sin(2π h_k t / Period).
	// Default harmonics 1, 2, 3, 5 with amplitudes 1, 0.5, 0.6, 0.3.
	Harmonics  []int
	Amplitudes []float64
	// Dt is the time step in seconds. Default 1 ms.
	Dt float64
}

// SumOfSinusoids returns the sum of four sinusoids.
func SumOfSinusoids() Sinusoids {
	return Sinusoids{Period: 1, Harmonics: []int{1, 2, 3, 5}, Amplitudes: []float64{1, 0.5, 0.6, 0.3}, Dt: 0.001}
}

// Shape is no input and one output.
func (s Sinusoids) Shape() Shape {
	return Shape{Name: "sum of sinusoids", Dt: s.Dt, Outputs: 1}
}

// Validate says which field makes no sense.
func (s Sinusoids) Validate() error {
	f := check(s.Shape())
	f.duration("Period", s.Period)
	if len(s.Harmonics) != len(s.Amplitudes) || len(s.Harmonics) == 0 {
		f.fail("%d Harmonics and %d Amplitudes: give as many of one as of the other, at least one", len(s.Harmonics), len(s.Amplitudes))
	}
	for i, a := range s.Amplitudes {
		f.finite(fmt.Sprintf("amplitude %d", i), a)
	}
	for i, h := range s.Harmonics {
		f.cycles(fmt.Sprintf("harmonic %d", i), math.Abs(float64(h)), s.Period)
	}
	return f.done()
}

// Trial returns one period; rng is not used.
func (s Sinusoids) Trial(*rand.Rand) (Trial, error) {
	if err := s.Validate(); err != nil {
		return Trial{}, err
	}
	length := steps(s.Period, s.Dt)
	target := mat.NewDense(length, 1, nil)
	for t := range length {
		var v float64
		for k, h := range s.Harmonics {
			v += s.Amplitudes[k] * math.Sin(2*math.Pi*float64(h)*float64(t)/float64(length))
		}
		target.Set(t, 0, v)
	}
	return Trial{Targets: target}, nil
}
