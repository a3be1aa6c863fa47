package task

import (
	"errors"
	"slices"
)

// State is what a [Source] carries from one trial to the next, such as the
// currents of a rate network. The zero State is the start. Only the source that
// has returned a State knows what is in it.
type State struct{ numbers []float64 }

// NewState returns the state that a source describes by numbers of its own; no
// numbers are the start.
func NewState(numbers ...float64) State { return State{slices.Clone(numbers)} }

// Numbers returns a copy of the numbers of [NewState], nil of the start.
func (s State) Numbers() []float64 {
	if len(s.numbers) == 0 {
		return nil
	}
	return slices.Clone(s.numbers)
}

// joinStates makes one state of several: the numbers of each after their
// count, -1 for the start.
func joinStates(states []State) State {
	var all []float64
	for _, s := range states {
		count := float64(len(s.numbers))
		if len(s.numbers) == 0 {
			count = -1
		}
		all = append(append(all, count), s.numbers...)
	}
	return State{all}
}

var errForeign = errors.New("mix: the state handed to a mix of sources is not one that it has returned")

// split takes apart what joinStates has made of n states.
func (s State) split(n int) ([]State, error) {
	states, left := make([]State, n), s.numbers
	if len(left) == 0 {
		return states, nil
	}
	for i := range states {
		if len(left) == 0 || !(left[0] <= float64(len(left)-1)) {
			return nil, errForeign
		}
		count := max(0, int(left[0]))
		states[i], left = State{left[1 : 1+count : 1+count]}, left[1+count:]
	}
	if len(left) > 0 {
		return nil, errForeign
	}
	return states, nil
}
