package neuron

import (
	"fmt"
	"math/rand/v2"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/bound"
)

// Population is N neurons of one model, with their state: made by [New]. The
// zero value has no neurons.
type Population struct {
	model  Model
	traits Traits
	dt     float64
	step   Step
	state  [][]float64 // for each variable N values
	hold   refractory
	spikes []int // scratch
}

// New returns n neurons of a model, to be advanced by steps of dt seconds. All
// variables are at the lower end of the range in which they start; see
// [Population.Scatter]. It is an error if the step does not resolve the
// model's time constants ([neuro.CheckStep]).
func New(model Model, n int, dt float64) (*Population, error) {
	if err := Validate(model); err != nil {
		return nil, err
	}
	if err := bound.Check("neuron", bound.AtLeast("the number of neurons", n, 1), bound.Positive("the step", dt)); err != nil {
		return nil, err
	}
	traits := model.Traits()
	if err := bound.Array("neuron: the state, variables × neurons,", len(traits.Variables), n); err != nil {
		return nil, err
	}
	if _, err := CheckStep("neuron", model, dt); err != nil {
		return nil, err
	}
	hold, _ := refractorySteps(Name(model), traits.Refractory, dt)
	p := &Population{
		model: model, traits: traits, dt: dt, step: model.Stepper(dt),
		hold: newRefractory(n, hold), spikes: make([]int, 0, n),
	}
	for _, v := range traits.Variables {
		values := make([]float64, n)
		for i := range values {
			values[i] = v.From
		}
		p.state = append(p.state, values)
	}
	return p, nil
}

// Step advances all neurons by one step and returns those that spiked in it,
// in rising order; the slice is overwritten by the next step. The current, of
// length N, is all that flows into each neuron, [Population.Drive] included.
// It is overwritten. Step allocates nothing. It panics unless there is one
// current for every neuron.
func (p *Population) Step(current []float64) []int {
	if n := len(p.hold.left); len(current) != n || n == 0 {
		panic(fmt.Sprintf("neuron: %d currents for %d neurons: want one for every neuron, and a neuron", len(current), n))
	}
	p.spikes = p.step(p.state, current, p.hold.held, p.spikes[:0])
	if p.hold.hold > 0 {
		p.hold.count()
		p.hold.enter(p.spikes)
	}
	return p.spikes
}

// Drive is the model's constant current. Whoever sums up the currents of a
// step begins with it.
func (p *Population) Drive() float64 { return p.traits.Drive }

// Voltages are the first state variable of each neuron: the population's own
// slice, of length N.
func (p *Population) Voltages() []float64 {
	if len(p.state) == 0 {
		return nil
	}
	return p.state[0]
}

// Variable returns a state variable of each neuron by its name in the model's
// [Traits]: the population's own slice, of length N; nil if there is none.
func (p *Population) Variable(name string) []float64 {
	for k, v := range p.traits.Variables {
		if v.Name == name {
			return p.state[k]
		}
	}
	return nil
}

// Scatter draws the state at random, each variable from the range in which
// the model lets it start. It panics without a generator.
func (p *Population) Scatter(rng *rand.Rand) {
	if rng == nil {
		panic(noGenerator)
	}
	for k, v := range p.traits.Variables {
		for i := range p.state[k] {
			if v.To > v.From {
				p.state[k][i] = v.From + (v.To-v.From)*rng.Float64()
			}
		}
	}
}

// Perturb adds normal noise of the given standard deviation to the voltages of
// neurons that are not refractory. It panics without a generator.
func (p *Population) Perturb(sd float64, rng *rand.Rand) {
	if rng == nil {
		panic(noGenerator)
	}
	v := p.Voltages()
	for i := range v {
		if x := sd * rng.NormFloat64(); p.hold.left[i] == 0 {
			v[i] += x
		}
	}
}

const noGenerator = "neuron: the generator of random numbers is nil: take neuro.Stream(seed, purpose)"

// Clone returns a population with a state of its own.
func (p *Population) Clone() *Population {
	c := *p
	if p.model != nil {
		c.step = p.model.Stepper(p.dt)
	}
	c.state = make([][]float64, len(p.state))
	for k, values := range p.state {
		c.state[k] = append([]float64(nil), values...)
	}
	c.hold = newRefractory(len(p.hold.left), p.hold.hold)
	c.hold.restore(p.hold.steps())
	c.spikes = make([]int, 0, cap(p.spikes))
	return &c
}

// The names of vectors in a state beside those of further variables.
const (
	voltagesName   = "voltages"
	refractoryName = "refractory"
)

// name returns a variable's name in a state.
func (p *Population) name(variable int) string {
	if variable == 0 {
		return voltagesName
	}
	return p.traits.Variables[variable].Name
}

// State returns a copy of all that the next step depends on, currents apart:
// vectors of length N by names. "voltages" are the first variable of each
// neuron, "refractory" the steps for which it is still held, if neurons have
// a refractory period, and further variables are there by their own names.
func (p *Population) State() map[string][]float64 {
	st := make(map[string][]float64)
	for k, values := range p.state {
		st[p.name(k)] = append([]float64(nil), values...)
	}
	if p.hold.hold > 0 {
		st[refractoryName] = p.hold.steps()
	}
	return st
}

// Restore puts the population into a state that [Population.State] returned,
// of this population or of another of the same model, size and step. Without
// "refractory" no neuron is held; vectors of other names are left alone. An error
// says what does not fit, and the population stays as it was.
func (p *Population) Restore(st map[string][]float64) error {
	if err := p.Fits(st); err != nil {
		return err
	}
	for k, values := range p.state {
		copy(values, st[p.name(k)])
	}
	p.hold.restore(st[refractoryName])
	return nil
}

// Fits says what of a state, if anything, is not one of this population.
func (p *Population) Fits(st map[string][]float64) error {
	if p.model == nil {
		return fmt.Errorf("neuron: the population has no neurons: make one with New")
	}
	for k, values := range p.state {
		name := p.name(k)
		if len(st[name]) != len(values) {
			return fmt.Errorf("neuron: the state has %q of %d neurons: the population has %d", name, len(st[name]), len(values))
		}
		if i := neuro.NotFinite(st[name]); i >= 0 {
			return fmt.Errorf("neuron: the state's %q of neuron %d is %g: it must be finite", name, i, st[name][i])
		}
	}
	return p.hold.check(st[refractoryName])
}
