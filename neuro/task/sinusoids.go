package task

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"
)

// Sinusoids is a periodic function, the sum of a few sinusoids, to be
// produced without any input (Sussillo & Abbott 2009; DePasquale et al.
// 2016). A trial is one period, and is deterministic.
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

// Trial returns one period; rng is not used.
func (s Sinusoids) Trial(*rand.Rand) Trial {
	steps := int(math.Round(s.Period / s.Dt))
	target := mat.NewDense(steps, 1, nil)
	for t := range steps {
		var v float64
		for k, h := range s.Harmonics {
			v += s.Amplitudes[k] * math.Sin(2*math.Pi*float64(h)*float64(t)/float64(steps))
		}
		target.Set(t, 0, v)
	}
	return Trial{Targets: target}
}
