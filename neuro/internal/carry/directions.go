package carry

import (
	"fmt"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// Directions say how factors and inputs act on the D dimensions that random
// orthonormal columns Q carry into a network.
type Directions struct {
	// Factors is J̃ V, D × P, Inputs ũ_in, D × inputs; nil without any.
	Factors, Inputs *mat.Dense
	// Drawn tells the inputs whose weights are drawn at random instead.
	Drawn func(input int) bool
	// Constant is a constant drive of length D, nil if there is none.
	Constant []float64
}

// Source is what directions are taken from.
type Source interface {
	Shape() task.Shape
	Directions() (factors, inputs *mat.Dense)
}

// DirectionsOf returns a source's directions. An error says what is wrong with
// them.
func DirectionsOf(src Source) (d Directions, err error) {
	d.Factors, d.Inputs = src.Directions()
	d.Drawn = func(int) bool { return d.Inputs == nil }
	if some, ok := src.(interface{ Drawn(input int) bool }); ok {
		d.Drawn = some.Drawn
	}
	if with, ok := src.(interface{ Constant() []float64 }); ok {
		d.Constant = with.Constant()
	}
	return d, d.validate(src.Shape())
}

func (d Directions) validate(s task.Shape) error {
	if s.Factors < 1 {
		return fmt.Errorf("spiking: the source %s has %d factors: at least 1 is needed", s.Name, s.Factors)
	}
	if d.Factors == nil || d.Factors.IsEmpty() {
		return fmt.Errorf("spiking: the source %s gives its %d factors no directions", s.Name, s.Factors)
	}
	dim, p := d.Factors.Dims()
	if p != s.Factors {
		return fmt.Errorf("spiking: the source %s gives directions for %d factors and has %d", s.Name, p, s.Factors)
	}
	if err := allFinite(s.Name, "directions of factors", d.Factors); err != nil {
		return err
	}
	if d.Inputs != nil {
		if r, c := d.Inputs.Dims(); r != dim || c != s.Inputs {
			return fmt.Errorf("spiking: the source %s gives directions of inputs as %d x %d, want %d x %d", s.Name, r, c, dim, s.Inputs)
		}
		if err := allFinite(s.Name, "directions of inputs", d.Inputs); err != nil {
			return err
		}
	}
	if d.Constant != nil && len(d.Constant) != dim {
		return fmt.Errorf("spiking: the source %s has a constant drive of %d numbers, its directions have %d", s.Name, len(d.Constant), dim)
	}
	if i := neuro.NotFinite(d.Constant); i >= 0 {
		return fmt.Errorf("spiking: the source %s has a constant drive of %g in direction %d: every value must be finite", s.Name, d.Constant[i], i)
	}
	return nil
}

func allFinite(source, what string, m *mat.Dense) error {
	rows, _ := m.Dims()
	for i := range rows {
		if j := neuro.NotFinite(m.RawRowView(i)); j >= 0 {
			return fmt.Errorf("spiking: the source %s has %g among its %s, at %d, %d: every value must be finite", source, m.At(i, j), what, i, j)
		}
	}
	return nil
}
