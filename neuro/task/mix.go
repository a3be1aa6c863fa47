package task

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
)

// Mix is several tasks in one network, one at a time: reaching and cycling
// (DePasquale et al. 2023, Fig. 7). The channels of all stand side by side in the
// order of Tasks: inputs, hints, outputs and factors. Each trial is of one task,
// chosen by chance; inputs, hints and factors of the others are zero then, and
// their outputs should rest (see [Resting]). All outputs are scored, in the
// window of the task that is shown. Trial.Part is the index of that task;
// Trial.Condition and Trial.Correct are its own. Of a Mix within a Mix, Part
// tells the outer tasks apart.
//
// A network knows by its inputs alone which task is shown, so at most one of the
// tasks may do without any (two rhythms cannot be mixed).
type Mix struct {
	Tasks []Task
	// Shares are the probabilities of the tasks, with sum 1; nil for equal ones.
	Shares []float64
}

// NewMix returns a mix of tasks that are shown equally often.
func NewMix(tasks ...Task) (Mix, error) {
	m := Mix{Tasks: tasks}
	return m, m.Validate()
}

// Shape is the channels of all tasks.
func (m Mix) Shape() Shape {
	shapes := m.shapes()
	if len(shapes) == 0 {
		return Shape{Name: "mix"}
	}
	return beside(shapes)
}

func (m Mix) shapes() []Shape {
	shapes := make([]Shape, len(m.Tasks))
	for i, k := range m.Tasks {
		if k == nil {
			return nil
		}
		shapes[i] = k.Shape()
	}
	return shapes
}

// Rest is the outputs of all tasks between trials, nil of an invalid mix.
func (m Mix) Rest() []float64 {
	var all []float64
	for _, k := range m.Tasks {
		all = append(all, rest(k)...)
	}
	return all
}

// Validate says what is wrong with a task, or with all of them together.
func (m Mix) Validate() error {
	if len(m.Tasks) < 2 {
		return fmt.Errorf("mix: %d tasks: at least 2 are needed", len(m.Tasks))
	}
	for i, k := range m.Tasks {
		if k == nil {
			return fmt.Errorf("mix: task %d is nil", i)
		}
		if err := Validate(k); err != nil {
			return err
		}
		if outputs, resting := k.Shape().Outputs, len(rest(k)); outputs != resting {
			return fmt.Errorf("%s: Rest has %d values for %d outputs", k.Shape().Name, resting, outputs)
		}
	}
	if err := sameStep(m.shapes()); err != nil {
		return err
	}
	return m.checkShares()
}

func (m Mix) checkShares() error {
	if m.Shares == nil {
		return nil
	}
	if len(m.Shares) != len(m.Tasks) {
		return fmt.Errorf("mix: %d Shares of %d tasks: each task needs one", len(m.Shares), len(m.Tasks))
	}
	var sum float64
	for i, share := range m.Shares {
		if !(share >= 0 && share <= 1) {
			return fmt.Errorf("mix: Shares[%d] is %g: it must be a probability", i, share)
		}
		sum += share
	}
	if math.Abs(sum-1) > 1e-9 {
		return fmt.Errorf("mix: the sum of Shares is %g: it must be 1", sum)
	}
	return nil
}

// Trial draws the task from rng, and then a trial of it.
func (m Mix) Trial(rng *rand.Rand) (Trial, error) {
	if err := random("mix", m.Validate(), rng); err != nil {
		return Trial{}, err
	}
	part := m.choose(rng)
	trial, err := NewTrial(m.Tasks[part], rng)
	if err != nil {
		return Trial{}, err
	}
	return widen(m.shapes(), part, trial, m.Rest()), nil
}

// choose draws the index of a task.
func (m Mix) choose(rng *rand.Rand) int {
	if m.Shares == nil {
		return rng.IntN(len(m.Tasks))
	}
	u := rng.Float64()
	for i, share := range m.Shares {
		if u < share {
			return i
		}
		u -= share
	}
	return len(m.Shares) - 1
}

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

// mixedSources shows one of several sources in each trial.
type mixedSources struct {
	sources    []Source
	shapes     []Shape
	directions Directions
}

// MixSources joins sources of factors into one for a network that does several
// tasks, one at a time, as [Mix] does tasks. All are shown equally often.
// Targets of those that are not shown are zero, and their own networks stand
// still. Directions are block-diagonal: each source has dimensions of its own.
//
// Errors are pooled over all channels: what a network puts out or carries for
// a task that is not shown counts as an error of the one that is.
//
// An error says which sources do not go together.
func MixSources(sources ...Source) (Source, error) {
	if len(sources) < 2 {
		return nil, fmt.Errorf("mix: %d sources: at least 2 are needed", len(sources))
	}
	m := &mixedSources{sources: sources}
	var directions []Directions
	for i, s := range sources {
		if s == nil {
			return nil, fmt.Errorf("mix: there is no source %d: it is nil", i)
		}
		shape, d := s.Shape(), s.Directions()
		if err := cmp.Or(shape.Validate(), d.Validate(shape)); err != nil {
			return nil, err
		}
		m.shapes, directions = append(m.shapes, shape), append(directions, d)
	}
	m.directions = blockDiagonal(m.shapes, directions)
	return m, sameStep(m.shapes)
}

func (m *mixedSources) Shape() Shape           { return beside(m.shapes) }
func (m *mixedSources) Directions() Directions { return m.directions }

// Trial draws a source and takes a trial from it. The state is that of all
// sources.
func (m *mixedSources) Trial(rng *rand.Rand, state State) (Trial, State, error) {
	if rng == nil {
		return Trial{}, State{}, fmt.Errorf("mix: %w", errNoStream)
	}
	states, err := state.split(len(m.sources))
	if err != nil {
		return Trial{}, State{}, err
	}
	part := rng.IntN(len(m.sources))
	trial, next, err := m.sources[part].Trial(rng, states[part])
	if err == nil {
		err = trial.Validate(m.shapes[part])
	}
	if err != nil {
		return Trial{}, State{}, err
	}
	states[part] = next
	return widen(m.shapes, part, trial, nil), joinStates(states), nil
}
