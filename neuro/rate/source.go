package rate

import (
	"fmt"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/factor"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// Source is a rate network seen through its principal components: what a
// spiking network is taught from (it is a spiking.Source). Make it with
// [NewSource].
type Source struct {
	net        *Network
	basis      *factor.Basis
	task       task.Task
	directions *mat.Dense
}

// NewSource returns the factors ỹ = Vᵀ r of a trained network that does a
// task on its own. The basis is of uncentred activity ([factor.PCA]), since
// the mean drives a network as well. An error says which shapes disagree.
func NewSource(net *Network, basis *factor.Basis, k task.Task) (*Source, error) {
	if err := net.Validate(k.Shape()); err != nil {
		return nil, err
	}
	if units, _ := basis.Vectors.Dims(); units != net.Units() {
		return nil, fmt.Errorf("rate: the components are of %d units, the network has %d", units, net.Units())
	}
	if basis.Mean != nil {
		return nil, fmt.Errorf("rate: the components are centred: use factor.PCA, whose factors also carry the mean")
	}
	s := &Source{net: net, basis: basis, task: k, directions: new(mat.Dense)}
	s.directions.Mul(net.EffectiveRecurrent(), basis.Vectors)
	return s, nil
}

// Shape is the task's, with as many factors as the basis has components.
func (s *Source) Shape() task.Shape {
	shape := s.task.Shape()
	shape.Factors = s.basis.Dim()
	return shape
}

// Directions returns J V (N_r × P), the currents that factors cause, and the
// input weights u_in (N_r × inputs; nil without inputs).
func (s *Source) Directions() (factors, inputs *mat.Dense) { return s.directions, s.net.Input }

// Trial runs the network through one trial from the given state, nil for its
// initial one, and returns the trial with its factors and the state after it.
func (s *Source) Trial(rng *rand.Rand, state []float64) (task.Trial, []float64, error) {
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
