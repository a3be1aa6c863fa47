package neuron

import (
	"fmt"
	"math"

	"github.com/spikewalk/spikewalk/neuro/internal/bound"
)

// longestRefractory, in seconds, is beyond any neuron's.
const longestRefractory = 0.5

// refractory holds neurons for a number of steps after each spike. Only those
// that are held cost anything.
type refractory struct {
	hold int   // steps
	left []int // of each neuron: steps for which it is still held
	held []int // the neurons that are, each once
}

func newRefractory(neurons, hold int) refractory {
	return refractory{hold: hold, left: make([]int, neurons), held: make([]int, 0, neurons)}
}

// count ends a step of the neurons that were held in it.
func (r *refractory) count() {
	still := r.held[:0]
	for _, i := range r.held {
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
		if r.left[i] == 0 {
			r.held = append(r.held, i)
		}
		r.left[i] = r.hold
	}
}

// steps returns the steps left of each neuron.
func (r *refractory) steps() []float64 {
	left := make([]float64, len(r.left))
	for i, steps := range r.left {
		left[i] = float64(steps)
	}
	return left
}

// check says whether left can be restored; empty means that no neuron is held.
func (r *refractory) check(left []float64) error {
	if len(left) != 0 && len(left) != len(r.left) {
		return fmt.Errorf("neuron: refractory steps of %d neurons: the population has %d", len(left), len(r.left))
	}
	for i, steps := range left {
		if !(steps >= 0 && steps <= float64(r.hold)) || steps != math.Trunc(steps) {
			return fmt.Errorf("neuron: neuron %d is refractory for %g steps more: it must be a whole number from 0 to %d", i, steps, r.hold)
		}
	}
	return nil
}

// restore sets the steps left of each neuron; empty means that none is held.
func (r *refractory) restore(left []float64) {
	clear(r.left)
	r.held = r.held[:0]
	for i, steps := range left {
		if r.left[i] = int(steps); steps > 0 {
			r.held = append(r.held, i)
		}
	}
}

// checkRefractory says what is wrong with a model's refractory period.
func checkRefractory(model string, seconds float64) error {
	if err := bound.Check("neuron", bound.NotNegative(model+".Refractory", seconds)); err != nil {
		return err
	}
	if seconds >= longestRefractory {
		return fmt.Errorf("neuron: %s.Refractory is %g s: it must be below %g, and a few milliseconds are usual: if these are %g of them, write %g", model, seconds, longestRefractory, seconds, seconds/1000)
	}
	return nil
}

// refractorySteps is a refractory period in steps.
func refractorySteps(model string, seconds, dt float64) (int, error) {
	steps := math.Round(seconds / dt)
	if seconds > 0 && steps < 1 {
		return 0, fmt.Errorf("neuron: %s.Refractory is %g s, less than half a step of %g s: take 0 or a shorter step", model, seconds, dt)
	}
	return int(steps), nil
}
