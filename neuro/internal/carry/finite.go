package carry

import (
	"fmt"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/run"
	"github.com/spikewalk/spikewalk/neuro/neuron"
)

// Finite is a *[neuro.DivergenceError] if a neuron has left the finite numbers. It
// looks at the last step of a trial only: looking at each would cost a part of the
// step, and a neuron that is lost stays so. One with a voltage of NaN never spikes
// again, which nothing else would tell.
func Finite(p *neuron.Population, model neuron.Model, trial *run.Trial, step int) error {
	if step < trial.Steps()-1 {
		return nil
	}
	for _, v := range model.Traits().Variables {
		values := p.Variable(v.Name)
		if i := neuro.NotFinite(values); i >= 0 {
			lost := *trial
			lost.Cause = "the model of neurons does not stay finite under its current"
			lost.Advice = "bound its variables in its Stepper, or take a shorter step"
			return lost.Diverged(step, fmt.Sprintf("%s of neuron %d", v.Name, i), values[i])
		}
	}
	return nil
}
