package attractor

import (
	"fmt"
	"math"
	"slices"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/nef"
)

// Lesion returns a copy, in the same form, in which a fraction of the neurons,
// chosen at random, is silenced as by [Attractor.Silence]. The number is
// rounded, but is 1 at least for any fraction above 0, as 1 % of 40 neurons is
// less than one.
func (a *Attractor) Lesion(fraction float64, seed uint64) (*Attractor, error) {
	if !(fraction >= 0 && fraction <= 1) {
		return nil, fmt.Errorf("attractor: cannot silence a fraction of %g of the neurons: it must be from 0 to below 1 (0.1 for 10 %%)", fraction)
	}
	n := a.Population.Config.Neurons
	count := int(math.Round(fraction * float64(n)))
	if fraction > 0 {
		count = max(count, 1)
	}
	return a.Silence(neuro.Stream(seed, purposeLesion).Perm(n)[:count]...)
}

// Silence returns a copy, in the same form, in which the given neurons, counted
// from 0, never fire, whatever else happens: they receive no current and send
// none, x is not read from them, and as their activity is 0 they do not
// learn. All other weights stay as they are. In the copy's population, which is
// its own, their gain and bias are 0.
func (a *Attractor) Silence(neurons ...int) (*Attractor, error) {
	n := a.Population.Config.Neurons
	silent := make([]bool, n)
	for _, i := range neurons {
		if i < 0 || i >= n {
			return nil, fmt.Errorf("attractor: cannot silence neuron %d: the population has neurons 0 to %d", i, n-1)
		}
		silent[i] = true
	}
	if !slices.Contains(silent, false) {
		return nil, fmt.Errorf("attractor: cannot silence all %d neurons: at least one must be left", n)
	}
	c, err := blank(without(a.Population, silent), a.Controls, a.Config)
	if err != nil {
		return nil, err
	}
	c.restore(a)
	for i, dead := range silent {
		if dead {
			c.disconnect(i)
		}
	}
	if c.outgoing == nil {
		return c, nil
	}
	return c, c.readWeights()
}

// disconnect removes all that neuron i receives and sends.
func (a *Attractor) disconnect(i int) {
	for _, d := range a.readout {
		d[i] = 0
	}
	if a.outgoing == nil {
		return
	}
	clear(a.outgoing[i])
	for _, weights := range a.outgoing {
		weights[i] = 0
	}
}

// without is a copy of the population in which some neurons have neither gain
// nor bias.
func without(pop *nef.Population, silent []bool) *nef.Population {
	c := *pop
	c.Gain, c.Bias = slices.Clone(pop.Gain), slices.Clone(pop.Bias)
	for i, dead := range silent {
		if dead {
			c.Gain[i], c.Bias[i] = 0, 0
		}
	}
	return &c
}
