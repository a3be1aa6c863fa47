package rate

import (
	"fmt"
	"math"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/bound"
	"github.com/spikewalk/spikewalk/neuro/rls"
)

// Form says what the state of a network is.
type Form string

const (
	// Current: the state x is a unit's input current, its activity φ(x).
	Current Form = "current"
	// Rate: the state r is the activity itself.
	Rate Form = "rate"
	// Discrete: the activity is computed anew in each step, as in the vanilla
	// recurrent networks of machine learning. Such networks are imported
	// ([Import]), not trained here.
	Discrete Form = "discrete"
)

func (f Form) known() bool { return f == Current || f == Rate || f == Discrete }

// Config sets up and trains a rate network. Start from a preset
// ([DePasquale2018]) and change what you need.
type Config struct {
	// Units is N_r.
	Units int
	// Form of the state, Current or Rate.
	Form Form
	// Activation is φ; empty means [Tanh].
	Activation Activation
	// Tau is the time constant in seconds.
	Tau float64
	// Gain is g: recurrent weights J̃ are Normal(0, g²/(p N_r)). Above 1 the
	// untrained tanh network is chaotic.
	Gain float64
	// Connectivity is p, the fraction of the connections of J̃ that are there,
	// each with this probability; 1 (the presets') connects every pair. It is
	// about J̃: FORCE, which leaves J̃ alone, keeps a sparse network sparse,
	// full-FORCE learns a dense J whatever the target-generating network's
	// (one P, shared by all units, serves only units that share their
	// presynaptic partners).
	Connectivity float64
	// InputScale, TargetScale and HintScale bound the fixed uniform weights,
	// U(-scale, scale), of the inputs, of the wanted output fed into the
	// target-generating network (in FORCE: of the output fed back), and of
	// the hints.
	InputScale, TargetScale, HintScale float64
	// BiasScale gives the units random constant inputs, U(-BiasScale,
	// BiasScale), and the training a constant to learn from: full-FORCE learns
	// biases beside J, both methods learn an offset of the output. 0, the
	// presets', is no bias. Without one a network of tanh units is odd: the
	// opposite input gives the opposite output. Tasks that ask for the same
	// answer to both ("same or different") need it; 0.5 is a good start.
	BiasScale float64
	// RLS holds the ridge Alpha, P(0) = I/Alpha.
	RLS rls.Config
	// UpdateProbability is the chance of a learning step in each time step
	// (the papers' 1/DTRLS).
	UpdateProbability float64
	// TrainingNoise and RunningNoise are σ of the units' private noise, in
	// units of the state (see the package's equations), while the network
	// learns and while it runs on its own afterwards; 0, the presets', is
	// none. The target-generating network has no noise.
	TrainingNoise, RunningNoise float64
	// WarmUpTrials are run first, driven by the targets and without
	// learning; then TrainingTrials with learning; then TestTrials with the
	// network on its own.
	WarmUpTrials, TrainingTrials, TestTrials int
	// RecordedTrials is the number of test trials whose activity is kept
	// (T × N_r numbers each).
	RecordedTrials int
	// Seed of every random number.
	Seed uint64
}

// regressors is how many numbers the training learns from in a step: the units'
// activity and, with a bias, a constant.
func (c Config) regressors() int {
	if c.BiasScale > 0 {
		return c.Units + 1
	}
	return c.Units
}

// checkStep says whether a step resolves Tau.
func (c Config) checkStep(dt float64) ([]neuro.Warning, error) {
	return neuro.CheckStep("rate", dt, neuro.TimeConstant{Name: "Tau", Seconds: c.Tau})
}

// largest is the largest scale: fixed weights are kept in float32.
const largest = 1e30

// Validate says what is wrong with c, if anything, and what would be right.
// Whether a task's step resolves Tau ([neuro.CheckStep]) is checked where the
// two meet.
func (c Config) Validate() error {
	if c.Form != Current && c.Form != Rate {
		return fmt.Errorf("rate: Form is %q: choose rate.Current or rate.Rate (Discrete networks are imported, not trained)", c.Form)
	}
	if err := c.Activation.validate(); err != nil {
		return err
	}
	if c.Units < 1 {
		return fmt.Errorf("rate: %d units: at least 1 is needed (300 in the preset)", c.Units)
	}
	positive := []struct {
		name  string
		value float64
		zero  bool // zero is allowed
	}{
		{"Tau", c.Tau, false}, {"Gain", c.Gain, true}, {"InputScale", c.InputScale, true},
		{"TargetScale", c.TargetScale, true}, {"HintScale", c.HintScale, true}, {"BiasScale", c.BiasScale, true},
		{"TrainingNoise", c.TrainingNoise, true}, {"RunningNoise", c.RunningNoise, true},
	}
	for _, p := range positive {
		if math.IsNaN(p.value) || math.IsInf(p.value, 0) || p.value < 0 || p.value == 0 && !p.zero {
			return fmt.Errorf("rate: %s is %g: it must be positive and finite", p.name, p.value)
		}
		if p.value > largest {
			return fmt.Errorf("rate: %s is %g: it must be at most %g", p.name, p.value, float64(largest))
		}
	}
	if err := bound.Array("rate: the recurrent weights, Units × Units,", c.Units, c.Units); err != nil {
		return err
	}
	if !(c.Connectivity > 0 && c.Connectivity <= 1) {
		return fmt.Errorf("rate: Connectivity is %g: it must lie in (0, 1]; 1 connects every pair", c.Connectivity)
	}
	if !(c.UpdateProbability > 0 && c.UpdateProbability <= 1) {
		return fmt.Errorf("rate: UpdateProbability is %g: it must lie in (0, 1]", c.UpdateProbability)
	}
	if c.WarmUpTrials < 0 || c.TrainingTrials < 1 || c.TestTrials < 0 || c.RecordedTrials < 0 {
		return fmt.Errorf("rate: %d warm-up, %d training, %d test and %d recorded trials: at least 1 training trial and no negative number", c.WarmUpTrials, c.TrainingTrials, c.TestTrials, c.RecordedTrials)
	}
	return c.RLS.Validate()
}
