package task

import (
	"cmp"
	"errors"
	"math/rand/v2"

	"github.com/spikewalk/spikewalk/neuro"
)

// theTrial is what the only trial of a repeated source is drawn from.
const theTrial neuro.Purpose = "the only trial"

// repeated is a source of one trial.
type repeated struct {
	Source
	trial Trial
	next  State
}

// Repeat returns a source that shows the first trial of src, from the zero
// State, again and again: for a task without chance, whose rate network would do
// the same in every trial and cost as much as the spiking network that learns
// from it. An error is that of the trial.
func Repeat(src Source) (Source, error) {
	if src == nil {
		return nil, errors.New("task: there is no source to repeat: it is nil")
	}
	trial, next, err := src.Trial(neuro.Stream(0, theTrial), State{})
	if err != nil {
		return nil, err
	}
	shape := src.Shape()
	if err := cmp.Or(shape.Validate(), trial.Validate(shape)); err != nil {
		return nil, err
	}
	return repeated{src, trial, next}, nil
}

// Trial is the only trial; neither rng nor the state matters.
func (r repeated) Trial(*rand.Rand, State) (Trial, State, error) {
	return r.trial, r.next, nil
}
