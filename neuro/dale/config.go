package dale

import (
	"fmt"
	"math"
	"slices"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/bound"
	"github.com/spikewalk/spikewalk/neuro/neuron"
)

// Config sets up and trains a network in which each neuron has a few
// presynaptic neurons of its own, and each neuron only excites or only
// inhibits ([Transfer]). Start from [Sparse] and change what you need.
// Currents are in the unit of the model of neurons, dimensionless in the presets.
type Config struct {
	// Neurons is N.
	Neurons int
	// Connectivity is the probability of a synapse from one neuron to
	// another. No neuron has one to itself.
	Connectivity float64
	// ExcitatoryFraction is the fraction of neurons that excite. They come
	// first; the others inhibit.
	ExcitatoryFraction float64
	// Neuron is the model of all neurons, [neuron.LIF] in the presets. It sets
	// the unit of currents.
	Neuron neuron.Model
	// TauSynapses are the decay times of the kinds of synapses, in seconds.
	// Where one neuron has a synapse on another, it has one of each kind.
	TauSynapses []float64
	// Drive is the root mean square, over neurons and time, of the currents
	// u ỹ that the target factors ask for; it sets g in u = g Q J̃ V.
	// Background is a constant current that is asked for on top.
	Drive, Background float64

	// Rounds of TrialsPerRound training trials each end with a fit of all
	// weights to all that was seen, older trials counting less by a factor
	// Forgetting for each trial since (1: nothing is forgotten).
	Rounds, TrialsPerRound int
	Forgetting             float64
	// TeacherAtEnd is what share of the current comes from the teacher in the
	// last round, the rest being recurrent; in the first round it is all, and
	// falls linearly.
	TeacherAtEnd float64
	// SampleEvery is the number of steps from one sample to the next.
	SampleEvery int
	// Ridge is added to each filtered train's sum of squares over samples,
	// in spikes².
	Ridge float64
	// Sweeps bounds the sweeps of coordinate descent in each fit.
	Sweeps int

	// NoiseTime is the correlation time, in seconds, of the noise
	// (Ornstein-Uhlenbeck) in training trials. FactorNoise, CommonNoise and
	// NeuronNoise are the standard deviations, as currents, of what comes
	// along the direction of each factor (root mean square over neurons), to
	// all neurons alike, and to each neuron by itself.
	NoiseTime, FactorNoise, CommonNoise, NeuronNoise float64

	// ValidationTrials follow each round, with the network on its own; the
	// round whose worst trial has the smallest error is the one kept.
	ValidationTrials int
	// Entrain is how many trials with the target factors fed in precede each
	// validation trial, as in [spiking.TestConfig]: 1 for rhythms that no input marks
	// the phase of.
	Entrain int
	// Seed of every random number of building and training.
	Seed uint64
}

// Sparse returns 1008 neurons, of which four fifths excite, connected with
// probability 1/4 by synapses of 50 ms: for tasks whose inputs tell the
// network where in a trial it is. All else was found with the cycling
// recording on validation seeds. What matters: noise (with little of it a
// network does well until, some trials later, it runs away; with none it
// fails) and a drive that is not weak, so that neurons fire at 55 Hz on
// average.
func Sparse() Config {
	return Config{
		Neurons:            1008,
		Connectivity:       0.25,
		ExcitatoryFraction: 0.8,
		Neuron:             neuron.DePasquale2023(),
		TauSynapses:        []float64{0.050},
		Drive:              7.5,
		Background:         1,
		Rounds:             12,
		TrialsPerRound:     8,
		Forgetting:         0.97,
		TeacherAtEnd:       0.4,
		SampleEvery:        4,
		Ridge:              10,
		Sweeps:             50,
		NoiseTime:          0.050,
		FactorNoise:        0.3,
		CommonNoise:        0.3,
		NeuronNoise:        0.3,
		ValidationTrials:   6,
		Seed:               1,
	}
}

// Rhythm is [Sparse] for rhythms of about a second that no input
// marks the phase of: two kinds of synapses, of 100 and 20 ms, for shape and
// for speed, a stronger drive, and twice the trials. Found with a sum of four
// sinusoids on validation seeds; neurons fire at 70 Hz on average.
//
// Cost: about four times that of Sparse for each simulated second.
func Rhythm() Config {
	c := Sparse()
	c.TauSynapses = []float64{0.100, 0.020}
	c.Drive = 12
	c.TrialsPerRound = 16
	c.Forgetting = 0.985
	c.Entrain = 1
	return c
}

// checkStep says whether a step resolves the membrane, all synapses and the
// noise.
func (c Config) checkStep(dt float64) ([]neuro.Warning, error) {
	var taus []neuro.TimeConstant
	for i, tau := range c.TauSynapses {
		taus = append(taus, neuro.TimeConstant{Name: fmt.Sprintf("TauSynapses[%d]", i), Seconds: tau})
	}
	if c.FactorNoise > 0 || c.CommonNoise > 0 || c.NeuronNoise > 0 {
		taus = append(taus, neuro.TimeConstant{Name: "NoiseTime", Seconds: c.NoiseTime})
	}
	return neuron.CheckStep("dale", c.Neuron, dt, taus...)
}

// Validate says what is wrong with c, if anything, and what would be right.
// Whether a source's step resolves the time constants ([neuro.CheckStep]) is
// checked by [Transfer].
func (c Config) Validate() error {
	fields := []bound.Field{
		bound.AtLeast("Neurons", c.Neurons, 2),
		bound.Share("Connectivity", c.Connectivity), bound.Fraction("ExcitatoryFraction", c.ExcitatoryFraction),
		bound.AtLeast("the number of TauSynapses", len(c.TauSynapses), 1),
		bound.Positive("Drive", c.Drive), bound.Finite("Background", c.Background),
		bound.AtLeast("Rounds", c.Rounds, 1), bound.AtLeast("TrialsPerRound", c.TrialsPerRound, 1),
		bound.Share("Forgetting", c.Forgetting), bound.Fraction("TeacherAtEnd", c.TeacherAtEnd),
		bound.AtLeast("SampleEvery", c.SampleEvery, 1), bound.Positive("Ridge", c.Ridge), bound.AtLeast("Sweeps", c.Sweeps, 1),
		bound.Positive("NoiseTime", c.NoiseTime), bound.NotNegative("FactorNoise", c.FactorNoise),
		bound.NotNegative("CommonNoise", c.CommonNoise), bound.NotNegative("NeuronNoise", c.NeuronNoise),
		bound.AtLeast("ValidationTrials", c.ValidationTrials, 1), bound.AtLeast("Entrain", c.Entrain, 0),
	}
	for i, tau := range c.TauSynapses {
		fields = append(fields, bound.Positive(fmt.Sprintf("TauSynapses[%d]", i), tau))
	}
	if err := bound.Check("dale", fields...); err != nil {
		return err
	}
	if err := neuron.Validate(c.Neuron); err != nil {
		return fmt.Errorf("dale: Neuron: %w", err)
	}
	for i, name := range c.quantities() {
		if slices.Contains(c.quantities()[:i], name) {
			return fmt.Errorf("dale: Neuron has a state variable %q: the network has a quantity of that name, take another", name)
		}
	}
	kinds := len(c.TauSynapses)
	return bound.Array("dale: second moments of each pair of Neurons and kinds of synapses,", kinds, kinds, c.Neurons, c.Neurons)
}

// excitatory is the number of neurons that excite.
func (c Config) excitatory() int {
	return int(math.Round(c.ExcitatoryFraction * float64(c.Neurons)))
}

// teacher is the teacher's share of the current in a round.
func (c Config) teacher(round int) float64 {
	if c.Rounds == 1 {
		return 1
	}
	return 1 - (1-c.TeacherAtEnd)*float64(round)/float64(c.Rounds-1)
}
