package spiking

import "fmt"

// refractory keeps neurons at their reset for a number of steps after each
// spike. Only those that are held cost anything.
type refractory struct {
	hold int   // steps
	left []int // of each neuron: steps for which it is still held
	held []int // the neurons that are, each once
}

func newRefractory(neurons, hold int) refractory {
	return refractory{hold: hold, left: make([]int, neurons), held: make([]int, 0, neurons)}
}

// pin makes a step of the neurons that are held lead to where they are, at
// reset: exponential Euler from reset to reset is exact, and reset lies below
// the threshold.
func (r *refractory) pin(toward []float64, reset float64) {
	still := r.held[:0]
	for _, i := range r.held {
		toward[i] = reset
		if r.left[i]--; r.left[i] > 0 {
			still = append(still, i)
		}
	}
	r.held = still
}

// enter begins the refractory period of the neurons that spiked in this step.
func (r *refractory) enter(spikes []int) {
	if r.hold == 0 {
		return
	}
	for _, i := range spikes {
		r.left[i] = r.hold
	}
	r.held = append(r.held, spikes...)
}

// steps returns a copy of the steps left of each neuron, nil if neurons have
// no refractory period.
func (r *refractory) steps() []int {
	if r.hold == 0 {
		return nil
	}
	return append([]int(nil), r.left...)
}

// check tells whether left can be restored; empty means that no neuron is held.
func (r *refractory) check(left []int) error {
	if len(left) != 0 && len(left) != len(r.left) {
		return fmt.Errorf("spiking: refractory steps of %d neurons, the network has %d", len(left), len(r.left))
	}
	for i, steps := range left {
		if steps < 0 || steps > r.hold {
			return fmt.Errorf("spiking: neuron %d is refractory for %d steps more, want 0 to %d", i, steps, r.hold)
		}
	}
	return nil
}

// restore sets the steps left of each neuron; empty means that none is held.
func (r *refractory) restore(left []int) {
	clear(r.left)
	copy(r.left, left)
	r.held = r.held[:0]
	for i, steps := range r.left {
		if steps > 0 {
			r.held = append(r.held, i)
		}
	}
}
