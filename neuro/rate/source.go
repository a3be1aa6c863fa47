package rate

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/factor"
	"github.com/spikewalk/spikewalk/neuro/internal/run"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// source is a rate network seen through its principal components.
type source struct {
	net        *Network
	basis      *factor.Basis
	task       task.Task
	driven     bool
	hold       int
	directions *mat.Dense
	constant   []float64
}

// NewSource returns the factors ỹ = Vᵀ r of a trained network that does a task on
// its own: what a spiking network learns from. The basis must be of uncentred
// activity ([factor.PCA]), since the mean drives a network as well. An error says
// which shapes disagree.
//
// The network may have any form and activation, and may be imported: the current of
// a unit, J r + u_in f_in + b, becomes g Q (J V ỹ + u_in f_in + b) in the spiking
// network. Private noise is left out.
func NewSource(net *Network, basis *factor.Basis, k task.Task) (task.Source, error) {
	s, err := newSource(net, basis, k)
	if err != nil {
		return nil, err
	}
	closed := net.Closed()
	s.directions.Mul(closed.Recurrent, basis.Vectors)
	s.constant = slices.Clone(closed.Bias)
	return s, nil
}

// NewDrivenSource is [NewSource] for a target-generating network while the targets
// drive it, as in the reaching task of DePasquale et al. 2023. The directions are
// J̃ V alone, without what the targets add to the units' input.
func NewDrivenSource(net *Network, basis *factor.Basis, k task.Task) (task.Source, error) {
	s, err := newSource(net, basis, k)
	if err != nil {
		return nil, err
	}
	if net.Feedback == nil {
		return nil, errNoFeedback
	}
	s.driven = true
	s.directions.Mul(net.Recurrent, basis.Vectors)
	s.constant = slices.Clone(net.Bias)
	return s, nil
}

func newSource(net *Network, basis *factor.Basis, k task.Task) (*source, error) {
	if err := task.Validate(k); err != nil {
		return nil, err
	}
	if err := net.Validate(k.Shape()); err != nil {
		return nil, err
	}
	if err := fits(basis, net.Units()); err != nil {
		return nil, err
	}
	s := &source{net: net, basis: basis, task: k, directions: new(mat.Dense)}
	s.hold, _ = net.hold(k.Shape())
	return s, nil
}

// Shape is the task's, with as many factors as the basis has components.
func (s *source) Shape() task.Shape {
	shape := s.task.Shape()
	shape.Factors = s.basis.Dim()
	return shape
}

// Directions returns J V (N_r × P), the currents that factors cause; the input
// weights u_in (N_r × inputs; nil without inputs); and the units' constant input,
// length N_r: their bias, and what the bias of an output that is fed back causes,
// nil where there is neither.
func (s *source) Directions() task.Directions {
	return task.Directions{Factors: s.directions, Inputs: s.net.Input, Constant: slices.Clone(s.constant)}
}

// Trial runs the network through one trial from the given state, currents of
// length N_r, and returns the trial with its factors and the state after it.
// A network that restarts before every trial pays no regard to the state.
func (s *source) Trial(rng *rand.Rand, state task.State) (task.Trial, task.State, error) {
	trial, err := task.NewTrial(s.task, rng)
	if err != nil {
		return trial, state, err
	}
	x := state.Numbers()
	if s.net.Restart {
		x = nil
	}
	if x != nil && len(x) != s.net.Units() {
		return trial, state, fmt.Errorf("rate: a state of %d numbers for %d units", len(x), s.net.Units())
	}
	net := running{s.net.Runner(x)}
	net.hold = s.hold
	activity := mat.NewDense(trial.Steps(), s.net.Units(), nil)
	err = run.Through(context.Background(), net, onItsOwn(trial, -1, s.task.Shape().Dt, s.driven), run.Each(func(_ *run.Trial, step run.Step) error {
		activity.SetRow(step.T, step.Activity)
		return nil
	}))
	if err != nil {
		return trial, state, err
	}
	trial.Factors, err = s.basis.Project(activity)
	return trial, task.NewState(net.State()...), err
}
