package neuron_test

import (
	"fmt"
	"math"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/neuron"
)

// Exponential is the exponential integrate-and-fire neuron of Fourcaud-Trocmé et
// al. (2003), in mV with rest and reset at 0 and a threshold of 10 ± 1 mV:
// τ dv/dt = -v + exp(v - 10) + I.
type Exponential struct {
	Tau float64 // s
}

func (m Exponential) Validate() error {
	if !(m.Tau > 0) {
		return fmt.Errorf("exponential: Tau is %g s: it must be positive", m.Tau)
	}
	return nil
}

func (m Exponential) Traits() neuron.Traits {
	return neuron.Traits{
		Variables:     []neuron.Variable{{Name: "v", From: 0, To: 10}},
		Drive:         9,
		TimeConstants: []neuro.TimeConstant{{Name: "Tau", Seconds: m.Tau}},
	}
}

func (m Exponential) Stepper(dt float64) neuron.Step {
	return func(state [][]float64, current []float64, _, spikes []int) []int {
		v := state[0]
		for i := range v {
			v[i] += dt / m.Tau * (-v[i] + math.Exp(min(v[i]-10, 5)) + current[i])
			if v[i] >= 20 {
				v[i] = 0
				spikes = append(spikes, i)
			}
		}
		return spikes
	}
}

// A model of one's own is a type with three methods; neuron.Register lets files
// name it.
func ExampleModel() {
	neuron.Register(Exponential{})
	population, err := neuron.New(Exponential{Tau: 0.010}, 3, 0.001)
	if err != nil {
		fmt.Println(err)
		return
	}
	counts, current := make([]int, 3), make([]float64, 3)
	for range 1000 {
		for i := range current {
			current[i] = population.Drive() + 2*float64(i)
		}
		for _, i := range population.Step(current) {
			counts[i]++
		}
	}
	fmt.Println(counts, "spikes in a second")
	// Output: [0 31 47] spikes in a second
}
