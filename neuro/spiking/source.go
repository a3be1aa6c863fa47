package spiking

import (
	"fmt"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/factor"
	"github.com/spikewalk/spikewalk/neuro/rate"
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

// fromRates is a rate network seen through its principal components.
type fromRates struct {
	net                *rate.Network
	basis              *factor.Basis
	task               task.Task
	directions, inputs *mat.Dense
}

// FromRates returns the factors ỹ = Vᵀ r of a trained rate network that does
// a task on its own. An error says which shapes disagree.
func FromRates(net *rate.Network, basis *factor.Basis, k task.Task) (Source, error) {
	if err := net.Validate(k.Shape()); err != nil {
		return nil, err
	}
	if units, _ := basis.Vectors.Dims(); units != net.Units() {
		return nil, fmt.Errorf("spiking: the components are of %d units, the rate network has %d", units, net.Units())
	}
	if basis.Mean != nil {
		return nil, fmt.Errorf("spiking: the components are centred: use factor.PCA, whose factors also carry the mean")
	}
	s := &fromRates{net: net, basis: basis, task: k, inputs: net.Input, directions: new(mat.Dense)}
	s.directions.Mul(net.EffectiveRecurrent(), basis.Vectors)
	return s, nil
}

func (s *fromRates) Shape() task.Shape {
	shape := s.task.Shape()
	shape.Factors = s.basis.Dim()
	return shape
}

func (s *fromRates) Directions() (factors, inputs *mat.Dense) { return s.directions, s.inputs }

func (s *fromRates) Trial(rng *rand.Rand, state []float64) (task.Trial, []float64, error) {
	trial := s.task.Trial(rng)
	if err := trial.Validate(s.task.Shape()); err != nil {
		return trial, nil, err
	}
	activity := mat.NewDense(trial.Steps(), s.net.Units(), nil)
	run := s.net.Runner(state)
	for t := range trial.Steps() {
		r, _ := run.Step(trial.Inputs, t)
		activity.SetRow(t, r)
		run.Advance()
	}
	factors, err := s.basis.Project(activity)
	trial.Factors = factors
	return trial, run.State(), err
}

// fromRecording takes the factors that a task's own trials bring along.
type fromRecording struct{ task task.Task }

// FromRecording returns the factors of a task whose trials hold them, such as
// [task.Cycling]: there is no rate network, factors act through orthonormal
// directions of their own, u = g Q.
func FromRecording(k task.Task) (Source, error) {
	if s := k.Shape(); s.Factors < 1 {
		return nil, fmt.Errorf("spiking: trials of %s hold no factors: train a rate network and use FromRates", s.Name)
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
