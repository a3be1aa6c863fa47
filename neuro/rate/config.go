package rate

import (
	"fmt"

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
	// Connectivity is p, the probability of each connection of J̃; 1 (the
	// presets') connects every pair. It concerns J̃ alone: FORCE, which leaves J̃
	// as it is, keeps a sparse network sparse; full-FORCE learns a dense J,
	// because one P shared by all units serves only units that share their
	// presynaptic partners.
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
	// RLS holds the ridge Alpha, P(0) = I/Alpha, and Forgetting, which lets weights
	// follow a world that changes.
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

// unexplored warns of what neither the papers nor the experiments and lessons here
// have tried.
func (c Config) unexplored() []neuro.Warning {
	return bound.Unexplored("rate training",
		bound.Explored{Name: "Gain", Value: c.Gain, From: 0.5, To: 3, Source: "1.4 to 1.5 in DePasquale et al. 2018 and 2023, 0.5 to 3 here"},
		bound.Explored{Name: "Tau", Value: c.Tau, From: 0.010, To: 0.050, Source: "0.01 s in DePasquale et al. 2018, to 0.05 s here"},
		bound.Explored{Name: "RLS.Alpha", Value: c.RLS.Alpha, From: 0.01, To: 1000, Source: "1 in DePasquale et al. 2018, 0.01 to 1000 here"})
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
	err := bound.Check("rate",
		bound.AtLeast("Units", c.Units, 1), bound.Positive("Tau", c.Tau), bound.NotNegative("Gain", c.Gain),
		bound.NotNegative("InputScale", c.InputScale), bound.NotNegative("TargetScale", c.TargetScale),
		bound.NotNegative("HintScale", c.HintScale), bound.NotNegative("BiasScale", c.BiasScale),
		bound.Share("Connectivity", c.Connectivity), bound.Share("UpdateProbability", c.UpdateProbability),
		bound.NotNegative("TrainingNoise", c.TrainingNoise), bound.NotNegative("RunningNoise", c.RunningNoise),
		bound.AtLeast("WarmUpTrials", c.WarmUpTrials, 0), bound.AtLeast("TrainingTrials", c.TrainingTrials, 1),
		bound.AtLeast("TestTrials", c.TestTrials, 0), bound.AtLeast("RecordedTrials", c.RecordedTrials, 0),
	)
	if err != nil {
		return err
	}
	if x := max(c.Gain, c.InputScale, c.TargetScale, c.HintScale, c.BiasScale, c.TrainingNoise, c.RunningNoise); x > largest {
		return fmt.Errorf("rate: a scale of weights or noise is %g: it must be at most %g", x, float64(largest))
	}
	if err := bound.Array("rate: the recurrent weights, Units × Units,", c.Units, c.Units); err != nil {
		return err
	}
	return c.RLS.Validate()
}
