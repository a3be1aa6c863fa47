package spiking

import (
	"fmt"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/task"
)

// Source says which factors the spiking network is to carry, and through
// which directions they act on it.
type Source interface {
	// Shape is the task's shape with Factors = P >= 1.
	Shape() task.Shape
	// Directions returns J̃ V (D × P) and ũ_in (D × inputs; nil without
	// inputs): how factors and inputs act on the D dimensions that random
	// orthonormal columns Q (N × D) carry into the network.
	Directions() (factors, inputs *mat.Dense)
	// Trial makes a trial with its factors (T × P). The state is that of
	// whatever makes the factors, nil at the start; the state after the
	// trial is returned and handed in again for the next one.
	Trial(rng *rand.Rand, state []float64) (trial task.Trial, next []float64, err error)
}

// fromRecording takes the factors that a task's own trials bring along.
type fromRecording struct{ task task.Task }

// FromRecording returns the factors of a task whose trials hold them, such as
// [task.Cycling]: there is no rate network, factors act through orthonormal
// directions of their own, u = g Q.
func FromRecording(k task.Task) (Source, error) {
	if s := k.Shape(); s.Factors < 1 {
		return nil, fmt.Errorf("spiking: trials of %s hold no factors: train a rate network and use rate.NewSource", s.Name)
	}
	return fromRecording{k}, nil
}

func (s fromRecording) Shape() task.Shape { return s.task.Shape() }

func (s fromRecording) Directions() (factors, inputs *mat.Dense) {
	shape := s.Shape()
	factors = mat.NewDense(shape.Factors, shape.Factors, nil)
	for i := range shape.Factors {
		factors.Set(i, i, 1)
	}
	return factors, nil
}

func (s fromRecording) Trial(rng *rand.Rand, _ []float64) (task.Trial, []float64, error) {
	trial := s.task.Trial(rng)
	return trial, nil, trial.Validate(s.Shape())
}
