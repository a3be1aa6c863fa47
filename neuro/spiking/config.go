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
	return neuron.CheckStep("spiking", c.Neuron, dt,
		neuro.TimeConstant{Name: "TauSlow", Seconds: c.TauSlow}, neuro.TimeConstant{Name: "TauFast", Seconds: c.TauFast})
}

// unexplored warns of what neither the papers nor the experiments and lessons here
// have tried. Ranges of what has the unit of voltage are for neurons whose threshold is
// 10 above their reset, and are moved to others.
func (c Config) unexplored() []neuro.Warning {
	const authors = "DePasquale et al. 2023"
	known := []bound.Explored{
		{Name: "TauSlow", Value: c.TauSlow, From: 0.100, To: 0.100, Source: "0.1 s in " + authors},
		{Name: "TauFast", Value: c.TauFast, From: 0.005, To: 0.005, Source: "0.005 s in " + authors},
	}
	var lif neuron.LIF
	switch m := c.Neuron.(type) {
	case neuron.LIF:
		lif = m
	case neuron.AdaptiveLIF:
		lif = m.LIF
	default: // of another unit
		return bound.Unexplored("spiking training", known...)
	}
	unit := (lif.Threshold - lif.Reset) / 10
	scaled := func(name string, value, from, to float64, source string) bound.Explored {
		if unit != 1 {
			source += fmt.Sprintf(", for 10 from reset to threshold, which are %.4g", lif.Threshold-lif.Reset)
		}
		return bound.Explored{Name: name, Value: value, From: from * unit, To: to * unit, Source: source}
	}
	return bound.Unexplored("spiking training", append(known,
		bound.Explored{Name: "Neuron.Tau", Value: lif.Tau, From: 0.010, To: 0.020, Source: "0.01 s in " + authors + ", 0.02 s in 2016"},
		scaled("Gain", c.Gain, 1, 100, "3 to 6 in "+authors+", 7 in 2016, 1 to 100 here"),
		scaled("SlowWeights", c.SlowWeights, 0, 0.11, "0 and 0.11 in "+authors),
		scaled("FastWeights", c.FastWeights, 0, 0.13, "0 and 0.13 in "+authors),
		scaled("Inhibition", c.Inhibition, -0.3, -0.3, "-0.3 in "+authors))...)
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
