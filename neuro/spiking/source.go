package spiking

import (
	"errors"
	"fmt"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/task"
)

// Source says which factors the spiking network is to carry, and through
// which directions they act on it.
//
// Of a rate network these are P principal components, or all its units: the
// basis handed to rate.NewSource decides (factor.PCA with factor.Components(k)
// or factor.Variance; for the full target set of DePasquale et al. 2016 a
// basis whose Vectors are the identity). P counts in the time that training
// takes: each update changes P × 2N weights.
//
// A source may also have a method
//
//	Constant() []float64
//
// which returns a constant drive c of length D, such as the biases of a rate
// network, or nil: every neuron then receives the constant current g Q c.
type Source interface {
	// Shape is the task's shape with Factors = P >= 1.
	Shape() task.Shape
	// Directions returns J̃ V (D × P) and ũ_in (D × inputs; nil without
	// inputs): how factors and inputs act on the D dimensions that random
	// orthonormal columns Q (N × D) carry into the network. Where ũ_in is nil
	// and there are inputs, u_in is g times numbers drawn from U(-1, 1).
	Directions() (factors, inputs *mat.Dense)
	// Trial makes a trial with its factors (T × P). The state is that of
	// whatever makes the factors, nil at the start; the state after the
	// trial is returned and handed in again for the next one.
	Trial(rng *rand.Rand, state []float64) (trial task.Trial, next []float64, err error)
}

// errNoSource says that a source is nil.
var errNoSource = errors.New("spiking: there is no source of factors: it is nil; rate.NewSource and FromRecording make one")

// fromRecording takes the factors that a task's own trials bring along.
type fromRecording struct{ task task.Task }

// FromRecording returns the factors of a task whose trials hold them, such as
// [task.Cycling]: there is no rate network, factors act through orthonormal
// directions of their own, u = g Q.
func FromRecording(k task.Task) (Source, error) {
	if err := task.Validate(k); err != nil {
		return nil, err
	}
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
