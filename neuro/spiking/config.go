package spiking

import (
	"fmt"
	"math"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/bound"
	"github.com/spikewalk/spikewalk/neuro/rls"
)

// Config sets up and trains a spiking network. Start from a preset
// ([DePasquale2023], [DePasquale2016]) and change what you need. Voltages, and all
// currents with them, are in one unit: none in the preset of 2023, mV in that
// of 2016.
//
// How many factors there are, all units of a rate network or k components, is
// the [Source]'s business.
type Config struct {
	// Neurons is N.
	Neurons int
	// TauMembrane is τ_V, in seconds.
	TauMembrane float64
	// Threshold is the voltage at which a neuron spikes, Reset the voltage
	// it is then set to.
	Threshold, Reset float64
	// Rest is the voltage that a neuron without input decays to, and Drive a
	// constant current into every neuron, in units of voltage.
	Rest, Drive float64
	// Refractory is how long, in seconds, a neuron is held at Reset after the
	// step in which it spiked, deaf to all input: round(Refractory/dt) steps,
	// which must not come to none unless it is 0.
	Refractory float64
	// TauSlow and TauFast are the decay times of the slow and fast synapses,
	// in seconds.
	TauSlow, TauFast float64
	// SlowWeights and FastWeights scale the fixed random weights: their
	// standard deviations are SlowWeights/(TauSlow √N) and
	// FastWeights/(TauFast √N).
	SlowWeights, FastWeights float64
	// Inhibition is the uniform weight through fast synapses,
	// Inhibition/(TauFast N); negative inhibits.
	Inhibition float64
	// Gain is g in u = g Q J̃ V, in units of voltage: how strongly factors drive neurons. It is
	// what matters most: at low gain chaos from the fixed weights swamps
	// the factors.
	Gain float64
	// RLS holds the ridge Alpha, P(0) = I/Alpha, of both w and W.
	RLS rls.Config
	// UpdateProbability is the chance of a learning step in each time step.
	UpdateProbability float64
	// WarmUpTrials precede each stage, fed with the target factors and
	// without consequences. DemeaningTrials measure the bias b with the
	// target factors fed in, TrainingTrials learn w and W in closed loop.
	WarmUpTrials, DemeaningTrials, TrainingTrials int
	// Seed of every random number of building and training.
	Seed uint64
}

// inhibition is J_μ, the weight of uniform inhibition.
func (c Config) inhibition() float64 { return c.Inhibition / (c.TauFast * float64(c.Neurons)) }

// checkStep says whether a step resolves all time constants.
func (c Config) checkStep(dt float64) ([]neuro.Warning, error) {
	return neuro.CheckStep("spiking", dt,
		neuro.TimeConstant{Name: "TauMembrane", Seconds: c.TauMembrane},
		neuro.TimeConstant{Name: "TauSlow", Seconds: c.TauSlow}, neuro.TimeConstant{Name: "TauFast", Seconds: c.TauFast})
}

// Validate says what is wrong with c, if anything, and what would be right.
// Whether a source's step resolves the time constants ([neuro.CheckStep]) is
// checked by [New].
func (c Config) Validate() error {
	if c.Neurons < 1 {
		return fmt.Errorf("spiking: %d neurons: at least 1 is needed (800 in the preset)", c.Neurons)
	}
	numbers := []struct {
		name     string
		value    float64
		positive bool
	}{
		{"TauMembrane", c.TauMembrane, true}, {"TauSlow", c.TauSlow, true}, {"TauFast", c.TauFast, true},
		{"Threshold", c.Threshold, false}, {"Reset", c.Reset, false},
		{"Rest", c.Rest, false}, {"Drive", c.Drive, false}, {"Refractory", c.Refractory, false},
		{"SlowWeights", c.SlowWeights, false}, {"FastWeights", c.FastWeights, false},
		{"Inhibition", c.Inhibition, false}, {"Gain", c.Gain, true},
	}
	for _, x := range numbers {
		if math.IsNaN(x.value) || math.IsInf(x.value, 0) {
			return fmt.Errorf("spiking: %s is %g: it must be finite", x.name, x.value)
		}
		if x.positive && x.value <= 0 {
			return fmt.Errorf("spiking: %s is %g: it must be positive", x.name, x.value)
		}
	}
	if c.Refractory < 0 {
		return fmt.Errorf("spiking: Refractory is %g s: it cannot be negative, 0 is none", c.Refractory)
	}
	if err := bound.Array("spiking: P, with 4 numbers for each pair of Neurons,", 4, c.Neurons, c.Neurons); err != nil {
		return err
	}
	if c.Reset >= c.Threshold {
		return fmt.Errorf("spiking: Reset %g is not below Threshold %g: a neuron would spike for ever", c.Reset, c.Threshold)
	}
	if !(c.UpdateProbability > 0 && c.UpdateProbability <= 1) {
		return fmt.Errorf("spiking: UpdateProbability is %g: it must lie in (0, 1]", c.UpdateProbability)
	}
	if c.WarmUpTrials < 0 || c.DemeaningTrials < 0 || c.TrainingTrials < 1 {
		return fmt.Errorf("spiking: %d warm-up, %d demeaning and %d training trials: at least 1 training trial and no negative number", c.WarmUpTrials, c.DemeaningTrials, c.TrainingTrials)
	}
	return c.RLS.Validate()
}

// longestRefractory, in seconds, is beyond any neuron's.
const longestRefractory = 0.5

// refractorySteps is the refractory period in steps.
func (c Config) refractorySteps(dt float64) (int, error) {
	steps := math.Round(c.Refractory / dt)
	if c.Refractory > 0 && steps < 1 {
		return 0, fmt.Errorf("spiking: Refractory is %g s, less than half a step of %g s: take 0 or a shorter step", c.Refractory, dt)
	}
	if c.Refractory >= longestRefractory {
		return 0, fmt.Errorf("spiking: Refractory is %g s, and a few milliseconds are usual: if these are %g of them, write %g", c.Refractory, c.Refractory, c.Refractory/1000)
	}
	return int(steps), nil
}
