package spiking

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/bound"
	"github.com/spikewalk/spikewalk/neuro/neuron"
	"github.com/spikewalk/spikewalk/neuro/rls"
)

// Config sets up and trains a spiking network. Start from a preset
// ([DePasquale2023], [DePasquale2016]) and change what you need. Voltages, and all
// currents with them, are in one unit, that of the model of neurons: none in
// the preset of 2023, mV in that of 2016.
//
// How many factors there are, all units of a rate network or k components, is
// the [task.Source]'s business.
type Config struct {
	// Neurons is N.
	Neurons int
	// Neuron is the model of all neurons, [neuron.LIF] in the presets, and sets
	// the unit of currents, weights and gain.
	Neuron neuron.Model
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
	// Gain is g in u = g Q J̃ V, in units of voltage: how strongly factors drive
	// neurons. It is what matters most: at low gain chaos from the fixed weights
	// swamps the factors. 4 to 12 suit recordings and rhythms. Factors of N_r rate
	// units are spread over N neurons, so that a gain of g₀ √(N/N_r) drives each
	// neuron g₀ times as strongly as they drive a unit. The swept oscillation needs a
	// g₀ of 14, a gain of 23 for 300 units and 800 neurons; at 4 it is lost.
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
	taus := append(c.Neuron.Traits().TimeConstants,
		neuro.TimeConstant{Name: "TauSlow", Seconds: c.TauSlow}, neuro.TimeConstant{Name: "TauFast", Seconds: c.TauFast})
	return neuro.CheckStep("spiking", dt, taus...)
}

// Validate says what is wrong with c, if anything, and what would be right.
// Whether a source's step resolves the time constants ([neuro.CheckStep]) is
// checked by [New].
func (c Config) Validate() error {
	err := bound.Check("spiking",
		bound.AtLeast("Neurons", c.Neurons, 1), bound.Positive("TauSlow", c.TauSlow), bound.Positive("TauFast", c.TauFast),
		bound.Finite("SlowWeights", c.SlowWeights), bound.Finite("FastWeights", c.FastWeights),
		bound.Finite("Inhibition", c.Inhibition), bound.Positive("Gain", c.Gain),
		bound.Share("UpdateProbability", c.UpdateProbability),
		bound.AtLeast("WarmUpTrials", c.WarmUpTrials, 0), bound.AtLeast("DemeaningTrials", c.DemeaningTrials, 0),
		bound.AtLeast("TrainingTrials", c.TrainingTrials, 1))
	if err != nil {
		return err
	}
	if err := neuron.Validate(c.Neuron); err != nil {
		return fmt.Errorf("spiking: Neuron: %w", err)
	}
	for _, v := range c.Neuron.Traits().Variables {
		if slices.Contains(quantities, v.Name) {
			return fmt.Errorf("spiking: Neuron has a state variable %q: it must have a name that no quantity has, unlike %q", v.Name, quantities)
		}
	}
	return cmp.Or(
		bound.Array("spiking: P, with 4 numbers for each pair of Neurons,", 4, c.Neurons, c.Neurons),
		c.RLS.Validate())
}
