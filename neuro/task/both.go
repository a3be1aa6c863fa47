package task

import (
	"fmt"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"
)

// Resting is a task whose outputs are not zero between its trials.
type Resting interface {
	Task
	// Rest is the value of each output between trials.
	Rest() []float64
}

// rest returns a task's outputs between trials: zero unless it says otherwise,
// nothing of a task that has no valid shape.
func rest(k Task) []float64 {
	if k == nil || k.Shape().Validate() != nil {
		return nil
	}
	if r, ok := k.(Resting); ok {
		return r.Rest()
	}
	return make([]float64, k.Shape().Outputs)
}

// Both is two tasks in one network, one at a time (reaching + cycling of
// DePasquale et al. 2023, Fig. 7). The channels of the two stand side by side,
// the first task's first: inputs, hints, outputs and factors. Each trial is of
// one task, chosen by chance; the other's inputs, hints and factors are zero
// then and its outputs are asked to rest (see [Resting]). All outputs are
// scored, in the window of the task that is shown. Trial.Part is the task, 0
// or 1; Trial.Condition and Trial.Correct are that task's own. Of Both and
// another task, Part tells the outer two apart.
type Both struct {
	First, Second Task
	// Share is the probability of a trial of the first task. Default 1/2.
	Share float64
}

// NewBoth returns two tasks, each shown in half of the trials.
func NewBoth(first, second Task) (Both, error) {
	b := Both{First: first, Second: second, Share: 0.5}
	if err := b.Validate(); err != nil {
		return Both{}, err
	}
	return b, nil
}

// Shape is the channels of both.
func (b Both) Shape() Shape {
	if b.First == nil || b.Second == nil {
		return Shape{Name: "both"}
	}
	return b.First.Shape().Beside(b.Second.Shape())
}

// Beside returns the shape of two tasks with their channels side by side and
// the first one's time step.
func (s Shape) Beside(other Shape) Shape {
	return Shape{
		Name: s.Name + " + " + other.Name, Dt: s.Dt,
		Inputs: s.Inputs + other.Inputs, Hints: s.Hints + other.Hints,
		Outputs: s.Outputs + other.Outputs, Factors: s.Factors + other.Factors,
	}
}

// Rest is the outputs of both between trials; of a task without a valid shape
// there are none.
func (b Both) Rest() []float64 { return append(rest(b.First), rest(b.Second)...) }

// Validate says what is wrong with either task, or with the two together.
func (b Both) Validate() error {
	if b.First == nil || b.Second == nil {
		return fmt.Errorf("both: two tasks are needed, one is nil")
	}
	for _, k := range []Task{b.First, b.Second} {
		if err := Validate(k); err != nil {
			return err
		}
		if outputs, resting := k.Shape().Outputs, len(rest(k)); outputs != resting {
			return fmt.Errorf("%s: Rest has %d values for %d outputs", k.Shape().Name, resting, outputs)
		}
	}
	first, second := b.First.Shape(), b.Second.Shape()
	if first.Dt != second.Dt {
		return fmt.Errorf("both: %s steps by %g s, %s by %g s: they must agree", first.Name, first.Dt, second.Name, second.Dt)
	}
	if !(b.Share >= 0 && b.Share <= 1) {
		return fmt.Errorf("both: Share is %g: it is a probability", b.Share)
	}
	return nil
}

// Choose draws the task of a trial, 0 or 1. It panics without a stream of random
// numbers.
func (b Both) Choose(rng *rand.Rand) int {
	if rng == nil {
		panic("task: Both.Choose needs a stream of random numbers (neuro.Stream): none was given")
	}
	if rng.Float64() < b.Share {
		return 0
	}
	return 1
}

// Trial draws the task from rng, and then a trial of it.
func (b Both) Trial(rng *rand.Rand) Trial {
	if err := random("both", b.Validate(), rng); err != nil {
		return Trial{Err: err}
	}
	part := b.Choose(rng)
	shown := []Task{b.First, b.Second}[part]
	trial := shown.Trial(rng)
	return b.Widen(trial, part, b.First.Shape(), b.Second.Shape())
}

// Widen returns a trial of one of the tasks (part 0 or 1) as a trial of both. The shapes
// are those of the parts as they are shown: a source of factors has more
// factors than its task. A trial that is not of its shape gives one whose Err
// says so.
func (b Both) Widen(trial Trial, part int, first, second Shape) Trial {
	own, wide := first, first.Beside(second)
	var at Shape // where the channels of the part begin
	if part == 1 {
		own, at = second, first
	}
	if part != 0 && part != 1 {
		return Trial{Err: fmt.Errorf("both: part %d: there are 0 and 1", part)}
	}
	for _, err := range []error{first.Validate(), second.Validate(), trial.Validate(own)} {
		if err != nil {
			return Trial{Err: err}
		}
	}
	length := trial.Steps()
	out := trial
	out.Part = part
	out.Inputs = widen(trial.Inputs, length, wide.Inputs, at.Inputs, nil)
	out.Hints = widen(trial.Hints, length, wide.Hints, at.Hints, nil)
	out.Targets = widen(trial.Targets, length, wide.Outputs, at.Outputs, b.Rest())
	out.Factors = widen(trial.Factors, length, wide.Factors, at.Factors, nil)
	if correct := trial.Correct; correct != nil {
		out.Correct = func(outputs *mat.Dense) bool {
			return correct(mat.DenseCopyOf(outputs.Slice(0, length, at.Outputs, at.Outputs+own.Outputs)))
		}
	}
	return out
}

// widen puts m (nil without channels) into a matrix of more columns, from the
// given column on; the other columns are at rest, nil for zero.
func widen(m *mat.Dense, length, columns, at int, rest []float64) *mat.Dense {
	if columns == 0 {
		return nil
	}
	wide := mat.NewDense(length, columns, nil)
	for t := range length {
		row := wide.RawRowView(t)
		copy(row, rest)
		if m != nil {
			copy(row[at:], m.RawRowView(t))
		}
	}
	return wide
}
