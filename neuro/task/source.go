package task

import (
	"errors"
	"fmt"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
)

// Source is what a spiking network learns from: trials with the factors that
// the network should carry, and the directions in which these act on it.
//
// The factors of a rate network (rate.NewSource) are P principal components, or
// all its units: the basis decides (factor.PCA with factor.Components(k) or
// factor.Variance; for the full target set of DePasquale et al. 2016 a basis
// whose Vectors are the identity). Those of a recording come with its task
// ([NewSource]). P counts in the time that training takes: each update changes
// P × 2N weights.
type Source interface {
	// Shape is the task's shape with Factors = P >= 1.
	Shape() Shape
	// Directions are how factors, inputs and a constant act on the network.
	Directions() Directions
	// Trial makes a trial with its factors (T × P). The state is that of
	// whatever makes the factors, the zero State at the start; the state after
	// the trial is returned and handed in again for the next one.
	Trial(rng *rand.Rand, state State) (trial Trial, next State, err error)
}

// Directions are how a source acts on the D dimensions that random orthonormal
// columns Q (N × D) carry into a network of N neurons and gain g.
type Directions struct {
	// Factors is J̃ V, D × P: the neurons' u is g Q J̃ V.
	Factors *mat.Dense
	// Inputs is ũ_in, D × inputs: u_in is g Q ũ_in. It is nil without inputs, and
	// where all of them are drawn at random.
	Inputs *mat.Dense
	// Drawn tells which inputs have no direction: their weights are g times
	// numbers drawn from U(-1, 1) for each neuron, and their columns of Inputs
	// are not used. nil stands for none, and for all if Inputs is nil.
	Drawn []bool
	// Constant is a constant drive c of length D, such as the biases of a rate
	// network: every neuron receives the current g Q c. nil stands for none.
	Constant []float64
}

// Validate checks the directions of a source with the given shape: all sizes,
// and that every number is finite.
func (d Directions) Validate(s Shape) error {
	if s.Factors < 1 {
		return fmt.Errorf("the source %s has %d factors: at least 1 is needed", s.Name, s.Factors)
	}
	if d.Factors == nil || d.Factors.IsEmpty() {
		return fmt.Errorf("the source %s gives its %d factors no directions", s.Name, s.Factors)
	}
	dimensions, p := d.Factors.Dims()
	if p != s.Factors {
		return fmt.Errorf("the source %s gives directions for %d factors and has %d", s.Name, p, s.Factors)
	}
	if d.Inputs != nil {
		if rows, columns := d.Inputs.Dims(); rows != dimensions || columns != s.Inputs {
			return fmt.Errorf("the source %s gives directions of inputs as %d x %d, want %d x %d", s.Name, rows, columns, dimensions, s.Inputs)
		}
	}
	if d.Drawn != nil && len(d.Drawn) != s.Inputs {
		return fmt.Errorf("the source %s says of %d inputs whether they are drawn and has %d", s.Name, len(d.Drawn), s.Inputs)
	}
	if err := errors.Join(allFinite(s.Name, "directions of factors", d.Factors), allFinite(s.Name, "directions of inputs", d.Inputs)); err != nil {
		return err
	}
	if d.Constant != nil && len(d.Constant) != dimensions {
		return fmt.Errorf("the source %s has a constant drive of %d numbers, its directions have %d", s.Name, len(d.Constant), dimensions)
	}
	if i := neuro.NotFinite(d.Constant); i >= 0 {
		return fmt.Errorf("the source %s has a constant drive of %g in direction %d: every value must be finite", s.Name, d.Constant[i], i)
	}
	return nil
}

func allFinite(source, what string, m *mat.Dense) error {
	if m == nil || m.IsEmpty() {
		return nil
	}
	for i := range m.RawMatrix().Rows {
		if j := neuro.NotFinite(m.RawRowView(i)); j >= 0 {
			return fmt.Errorf("the source %s has %g among its %s, at %d, %d: every value must be finite", source, m.At(i, j), what, i, j)
		}
	}
	return nil
}

// ownFactors takes the factors that a task's trials bring along.
type ownFactors struct{ task Task }

// NewSource returns the factors of a task whose trials hold them, such as
// [Cycling]: there is no rate network, and factors act through orthonormal
// directions of their own, u = g Q.
func NewSource(k Task) (Source, error) {
	if err := Validate(k); err != nil {
		return nil, err
	}
	if s := k.Shape(); s.Factors < 1 {
		return nil, fmt.Errorf("trials of %s hold no factors: train a rate network and use rate.NewSource", s.Name)
	}
	return ownFactors{k}, nil
}

func (s ownFactors) Shape() Shape { return s.task.Shape() }

func (s ownFactors) Directions() Directions {
	p := s.Shape().Factors
	identity := mat.NewDense(p, p, nil)
	for i := range p {
		identity.Set(i, i, 1)
	}
	return Directions{Factors: identity}
}

func (s ownFactors) Trial(rng *rand.Rand, _ State) (Trial, State, error) {
	trial, err := NewTrial(s.task, rng)
	return trial, State{}, err
}
