package neuron

import (
	"fmt"
	"math"
	"slices"

	"github.com/spikewalk/spikewalk/neuro"
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

// CheckStep says whether a step of dt seconds resolves the time constants of a
// model, and further ones ([neuro.CheckStep]). It warns where the refractory period,
// in whole steps, differs by more than a fifth from what was asked for. where names
// the network for messages.
func CheckStep(where string, m Model, dt float64, further ...neuro.TimeConstant) ([]neuro.Warning, error) {
	if err := Validate(m); err != nil {
		return nil, err
	}
	traits := m.Traits()
	warnings, err := neuro.CheckStep(where, dt, append(slices.Clip(traits.TimeConstants), further...)...)
	if err != nil {
		return nil, err
	}
	steps, err := refractorySteps(Name(m), traits.Refractory, dt)
	if err != nil {
		return nil, err
	}
	if held := float64(steps) * dt; math.Abs(held-traits.Refractory) > traits.Refractory/5*(1+1e-9) {
		warnings = append(warnings, neuro.Warning{
			Kind: neuro.CoarseStep, Where: where,
			Message: fmt.Sprintf("steps of %g s make a refractory period of %g s of one of %g s", dt, held, traits.Refractory),
			Try:     fmt.Sprintf("take a step of at most %g s", traits.Refractory/5),
		})
	}
	return warnings, nil
}

// refractorySteps is a refractory period in steps.
func refractorySteps(model string, seconds, dt float64) (int, error) {
	steps := math.Round(seconds / dt)
	if seconds > 0 && steps < 1 {
		return 0, fmt.Errorf("neuron: %s.Refractory is %g s, less than half a step of %g s: take 0 or a shorter step", model, seconds, dt)
	}
	return int(steps), nil
}
