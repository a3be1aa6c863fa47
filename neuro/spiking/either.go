package spiking

import (
	"fmt"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/internal/carry"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// ConditionsEach is the distance between the conditions of the sources that
// [Either] joins: condition c of source i becomes ConditionsEach i + c.
const ConditionsEach = 1000

// either shows one of several sources in each trial.
type either struct {
	sources []Source
	shape   task.Shape
	// Where each source's channels begin, and its dimensions; dim is all D.
	inputs, outputs, factors, dims []int
	dim                            int
	directions                     [2]*mat.Dense // of factors, of inputs
	constant                       []float64
}

// Either joins sources into one for a network that does several tasks, one at
// a time: reaching and cycling (DePasquale et al. 2023). Each trial is drawn
// from all sources alike. Inputs, outputs and factors of all stand side by
// side in the order given; those of sources that are not shown are zero,
// targets among them, and their own networks stand still. Directions are
// block-diagonal: each source has D dimensions of its own.
//
// A trial's condition tells its source ([ConditionsEach]), so that errors can
// be taken for each task ([Recording.Where]). They are pooled over all
// channels: what a network puts out or carries for the task that is not shown
// counts as an error of the one that is. Hints are not passed on.
//
// An error says which sources do not go together, or which has more than
// ConditionsEach conditions when such a trial comes up.
func Either(sources ...Source) (Source, error) {
	if len(sources) < 2 {
		return nil, fmt.Errorf("spiking: %d sources to choose from: at least 2 are needed", len(sources))
	}
	e := &either{sources: sources}
	for i, s := range sources {
		if s == nil {
			return nil, errNoSource
		}
		shape := s.Shape()
		if err := shape.Validate(); err != nil {
			return nil, err
		}
		directions, err := carry.DirectionsOf(s)
		if err != nil {
			return nil, err
		}
		if i == 0 {
			e.shape.Name, e.shape.Dt = shape.Name, shape.Dt
		} else {
			e.shape.Name += " or " + shape.Name
		}
		if shape.Dt != e.shape.Dt {
			return nil, fmt.Errorf("spiking: %s has steps of %g s, %s of %g s: one network has one step, resample one of them", sources[0].Shape().Name, e.shape.Dt, shape.Name, shape.Dt)
		}
		e.append(shape, directions.Factors)
	}
	if err := e.join(); err != nil {
		return nil, err
	}
	return e, nil
}

// append makes room for a source's channels and dimensions.
func (e *either) append(shape task.Shape, factors *mat.Dense) {
	e.inputs = append(e.inputs, e.shape.Inputs)
	e.outputs = append(e.outputs, e.shape.Outputs)
	e.factors = append(e.factors, e.shape.Factors)
	e.shape.Inputs += shape.Inputs
	e.shape.Outputs += shape.Outputs
	e.shape.Factors += shape.Factors
	d, _ := factors.Dims()
	e.dims = append(e.dims, e.dim)
	e.dim += d
}

// join makes block-diagonal directions and the constant drive, zero for
// sources that have none. Inputs to which a source gives no direction have
// columns of zeros; Drawn tells which these are.
func (e *either) join() error {
	e.directions[0] = mat.NewDense(e.dim, e.shape.Factors, nil)
	if e.shape.Inputs > 0 {
		e.directions[1] = mat.NewDense(e.dim, e.shape.Inputs, nil)
	}
	for i, s := range e.sources {
		d, err := carry.DirectionsOf(s)
		if err != nil {
			return err
		}
		place(e.directions[0], d.Factors, e.dims[i], e.factors[i])
		place(e.directions[1], d.Inputs, e.dims[i], e.inputs[i])
		if d.Constant != nil && e.constant == nil {
			e.constant = make([]float64, e.dim)
		}
		if d.Constant != nil {
			copy(e.constant[e.dims[i]:], d.Constant)
		}
	}
	return nil
}

func (e *either) Shape() task.Shape { return e.shape }

func (e *either) Directions() (factors, inputs *mat.Dense) { return e.directions[0], e.directions[1] }

// Constant is the sources' constant drives, one after the other.
func (e *either) Constant() []float64 { return e.constant }

// Drawn tells whether an input's weights are to be drawn at random.
func (e *either) Drawn(input int) bool {
	for i := len(e.sources) - 1; ; i-- {
		if input < e.inputs[i] {
			continue
		}
		s := e.sources[i]
		if some, ok := s.(interface{ Drawn(input int) bool }); ok {
			return some.Drawn(input - e.inputs[i])
		}
		_, given := s.Directions()
		return given == nil
	}
}

// Trial draws a source and takes a trial from it. The state is that of all
// sources.
func (e *either) Trial(rng *rand.Rand, state []float64) (task.Trial, []float64, error) {
	states, err := unpack(state, len(e.sources))
	if err != nil {
		return task.Trial{}, nil, err
	}
	i := rng.IntN(len(e.sources))
	own, next, err := e.sources[i].Trial(rng, states[i])
	if err != nil {
		return own, nil, err
	}
	shape := e.sources[i].Shape()
	if err := own.Validate(shape); err != nil {
		return own, nil, err
	}
	if own.Condition < 0 || own.Condition >= ConditionsEach {
		return own, nil, fmt.Errorf("spiking: a trial of %s has condition %d: Either takes 0 to %d", shape.Name, own.Condition, ConditionsEach-1)
	}
	states[i] = next
	trial := task.Trial{
		Targets:   widened(own.Targets, e.shape.Outputs, e.outputs[i]),
		Factors:   widened(own.Factors, e.shape.Factors, e.factors[i]),
		Score:     own.Score,
		Condition: i*ConditionsEach + own.Condition,
		Part:      i,
	}
	if e.shape.Inputs > 0 {
		trial.Inputs = mat.NewDense(own.Steps(), e.shape.Inputs, nil)
		place(trial.Inputs, own.Inputs, 0, e.inputs[i])
	}
	if own.Correct != nil {
		trial.Correct = func(outputs *mat.Dense) bool {
			rows, _ := outputs.Dims()
			return own.Correct(mat.DenseCopyOf(outputs.Slice(0, rows, e.outputs[i], e.outputs[i]+shape.Outputs)))
		}
	}
	return trial, pack(states), nil
}

// widened puts m among zeros for the columns of other sources.
func widened(m *mat.Dense, columns, from int) *mat.Dense {
	rows, _ := m.Dims()
	wide := mat.NewDense(rows, columns, nil)
	place(wide, m, 0, from)
	return wide
}

// place copies m into dst at a row and a column; nil is nothing.
func place(dst, m *mat.Dense, row, column int) {
	if m == nil || m.IsEmpty() {
		return
	}
	r, c := m.Dims()
	dst.Slice(row, row+r, column, column+c).(*mat.Dense).Copy(m)
}
