package neuron

import (
	"fmt"
	"math"
	"reflect"
	"strings"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/bound"
)

// Model is a kind of neuron: a struct of its parameters.
type Model interface {
	// Traits says what a population of these neurons consists of.
	Traits() Traits
	// Validate says what is wrong with the parameters, if anything, and what
	// would be right.
	Validate() error
	// Stepper returns what advances neurons of valid parameters by steps of dt
	// seconds. Whatever depends on dt alone is computed here, once.
	Stepper(dt float64) Step
}

// Step advances N neurons by one time step and appends those that spiked in
// it to spikes, in rising order. The state holds one slice of length N for each variable
// of [Traits]. The current is all that flows into each neuron during the
// step, and is scratch afterwards. Neurons in held are refractory: they must
// not spike, and should stay where a spike has put them.
//
// A Step should allocate nothing. One loop over all neurons is the natural
// form; a Step is called by one goroutine at a time.
type Step func(state [][]float64, current []float64, held, spikes []int) []int

// Traits are what a population, and a network around it, must know of a model.
type Traits struct {
	// Variables are the state variables of a neuron. The first is the one that is
	// recorded, perturbed and saved as the voltage.
	Variables []Variable
	// Drive is a constant current into every neuron, which is part of the
	// current that [Step] gets.
	Drive float64
	// Refractory is how long, in seconds, neurons are held after the step in
	// which they spiked: round(Refractory/dt) steps, which must not come to
	// none unless it is 0.
	Refractory float64
	// TimeConstants must be resolved by the time step ([neuro.CheckStep]).
	TimeConstants []neuro.TimeConstant
}

// Variable is a state variable of each neuron. It starts at a random value,
// uniform from From to To; where the two are equal nothing is drawn.
type Variable struct {
	Name     string
	From, To float64
}

// Validate says what is wrong with a model, whoever wrote it: with its
// parameters ([Model.Validate]) or with its traits.
func Validate(m Model) error {
	if m == nil {
		return fmt.Errorf("neuron: the model is nil: take neuron.DePasquale2023() or another")
	}
	if p := reflect.ValueOf(m); p.Kind() == reflect.Pointer && p.IsNil() {
		return fmt.Errorf("neuron: the model is a nil %T", m)
	}
	if err := m.Validate(); err != nil {
		return err
	}
	traits := m.Traits()
	if len(traits.Variables) == 0 {
		return fmt.Errorf("neuron: %s has no state variables: at least one is needed, the first being the voltage", Name(m))
	}
	// A network's state holds these, too.
	known := map[string]bool{voltagesName: true, refractoryName: true, "slow": true, "fast": true, "source": true}
	for _, v := range traits.Variables {
		if v.Name == "" || known[v.Name] || strings.ContainsAny(v.Name, `/\`) {
			return fmt.Errorf("neuron: %s has a state variable %q: each needs a name of its own without slashes, and not voltages, refractory, slow, fast or source", Name(m), v.Name)
		}
		known[v.Name] = true
		if d := v.To - v.From; !(d >= 0) || math.IsInf(d, 0) || math.IsInf(v.From, 0) {
			return fmt.Errorf("neuron: %s.%s starts between %g and %g: want finite numbers, the smaller one first", Name(m), v.Name, v.From, v.To)
		}
	}
	if err := bound.Check("neuron", bound.Finite(Name(m)+".Drive", traits.Drive)); err != nil {
		return err
	}
	return checkRefractory(Name(m), traits.Refractory)
}
