package task

import (
	"fmt"

	"gonum.org/v1/gonum/mat"
)

// Several tasks, or sources of factors, with their channels side by side.

// sameStep says which tasks differ in their time step.
func sameStep(shapes []Shape) error {
	for _, s := range shapes[1:] {
		if s.Dt != shapes[0].Dt {
			return fmt.Errorf("mix: %s steps by %g s, %s by %g s: they must agree, resample one of them", shapes[0].Name, shapes[0].Dt, s.Name, s.Dt)
		}
	}
	return nil
}

// beside returns the shape of tasks with their channels side by side.
func beside(shapes []Shape) Shape {
	var all Shape
	for i, s := range shapes {
		if i > 0 {
			all.Name += " + "
		}
		all.Name += s.Name
		all.Dt = shapes[0].Dt
		all.Inputs += s.Inputs
		all.Hints += s.Hints
		all.Outputs += s.Outputs
		all.Factors += s.Factors
	}
	return all
}

// widen returns a valid trial of one task as a trial of all. rest is what the
// outputs of the others should be, nil for zero.
func widen(shapes []Shape, part int, trial Trial, rest []float64) Trial {
	all, at, outputs := beside(shapes), beside(shapes[:part]), shapes[part].Outputs
	length, wide := trial.Steps(), trial
	wide.Part = part
	wide.Inputs = within(trial.Inputs, length, all.Inputs, at.Inputs, nil)
	wide.Hints = within(trial.Hints, length, all.Hints, at.Hints, nil)
	wide.Targets = within(trial.Targets, length, all.Outputs, at.Outputs, rest)
	wide.Factors = within(trial.Factors, length, all.Factors, at.Factors, nil)
	if trial.Correct != nil {
		wide.Correct = func(z *mat.Dense) bool {
			return trial.Correct(mat.DenseCopyOf(z.Slice(0, length, at.Outputs, at.Outputs+outputs)))
		}
	}
	return wide
}

// within puts m (nil without channels) into a matrix of more columns, from
// column at on; other columns are at rest, nil for zero.
func within(m *mat.Dense, length, columns, at int, rest []float64) *mat.Dense {
	if columns == 0 {
		return nil
	}
	wide := mat.NewDense(length, columns, nil)
	for t := range length {
		row := wide.RawRowView(t)
		copy(row, rest)
		if m != nil && !m.IsEmpty() {
			copy(row[at:], m.RawRowView(t))
		}
	}
	return wide
}

// blockDiagonal gives each source dimensions of its own. Inputs without a
// direction keep a column of zeros and are drawn.
func blockDiagonal(shapes []Shape, parts []Directions) Directions {
	all, dimensions, constant := beside(shapes), 0, false
	for _, p := range parts {
		dimensions += p.Factors.RawMatrix().Rows
		constant = constant || p.Constant != nil
	}
	d := Directions{Factors: mat.NewDense(dimensions, all.Factors, nil)}
	if all.Inputs > 0 {
		d.Inputs, d.Drawn = mat.NewDense(dimensions, all.Inputs, nil), make([]bool, all.Inputs)
	}
	if constant {
		d.Constant = make([]float64, dimensions)
	}
	from := 0
	for i, p := range parts {
		at := beside(shapes[:i])
		place(d.Factors, p.Factors, from, at.Factors)
		place(d.Inputs, p.Inputs, from, at.Inputs)
		for j := range shapes[i].Inputs {
			d.Drawn[at.Inputs+j] = p.Inputs == nil || p.Drawn != nil && p.Drawn[j]
		}
		if p.Constant != nil {
			copy(d.Constant[from:], p.Constant)
		}
		from += p.Factors.RawMatrix().Rows
	}
	return d
}

// place copies m into dst at a row and a column; nil is nothing.
func place(dst, m *mat.Dense, row, column int) {
	if m == nil || m.IsEmpty() {
		return
	}
	r, c := m.Dims()
	dst.Slice(row, row+r, column, column+c).(*mat.Dense).Copy(m)
}
