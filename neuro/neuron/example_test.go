package neuron_test

import (
	"context"
	"fmt"
	"log"
	"math"
	"os"
	"path/filepath"

	"github.com/spikewalk/spikewalk/data"
	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/neuron"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/spiking"
	"github.com/spikewalk/spikewalk/neuro/task"
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

// A model of one's own is a type with three methods, and registered so that files
// can name it. It trains, is saved and recorded like those of this package.
func ExampleModel() {
	neuron.Register(Exponential{})
	cfg := spiking.DePasquale2023()
	cfg.Neuron, cfg.Neurons, cfg.Gain = Exponential{Tau: 0.010}, 150, 12
	cfg.WarmUpTrials, cfg.DemeaningTrials, cfg.TrainingTrials = 1, 3, 10

	ctx, cycling := context.Background(), data.SyntheticCycling(1)
	k, err := task.NewCycling(cycling.Factors, cycling.EMG, cycling.Dt)
	check(err)
	source, err := task.NewSource(k)
	check(err)
	model, err := spiking.Transfer(ctx, cfg, source)
	check(err)

	file := filepath.Join(os.TempDir(), "exponential.npz")
	check(model.Save(file))
	defer os.Remove(file)
	loaded, err := spiking.Load(file)
	check(err)
	test := spiking.TestConfig{WarmUpTrials: 1, Trials: 3, Recorded: 1, Seed: 7}
	test.Record = recording.Keep{Units: []int{0, 1}, Quantities: []string{spiking.Voltage}}
	rec, err := loaded.Test(ctx, source, test)
	check(err)
	factors, _ := rec.MedianErrors()
	steps, neurons := rec.Series[spiking.Voltage].Dims()
	fmt.Printf("%+v: factors within 10 %%: %t; %d steps of %d voltages\n", loaded.Config().Neuron, factors < 0.1, steps, neurons)
	// Output: {Tau:0.01}: factors within 10 %: true; 2000 steps of 2 voltages
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
