package rate

import "github.com/spikewalk/spikewalk/neuro/rls"

// Oscillation2018 returns the parameters of the swept oscillation
// ([task.SweptOscillation]) of DePasquale et al. 2018: 300 units, τ = 10 ms,
// g = 1.5, 200 training trials.
func Oscillation2018() Config {
	return Config{
		Units:             300,
		Form:              Current,
		Activation:        Tanh,
		Tau:               0.010,
		Gain:              1.5,
		Connectivity:      1,
		InputScale:        1,
		TargetScale:       1,
		HintScale:         1,
		RLS:               rls.Default(),
		UpdateProbability: 0.5,
		WarmUpTrials:      10,
		TrainingTrials:    200,
		TestTrials:        50,
		RecordedTrials:    5,
		Seed:              1,
	}
}

// ReadySetGo2018 returns the parameters of the authors' program for interval
// timing (DePasquale et al. 2018): 1000 units, 1000 training trials, an update
// in every step. The 100 test trials are ours; the program takes 500.
func ReadySetGo2018() Config {
	cfg := Oscillation2018()
	cfg.Units, cfg.UpdateProbability = 1000, 1
	cfg.TrainingTrials, cfg.TestTrials = 1000, 100
	return cfg
}

// The papers give the sizes of the next three networks; all else is as in
// [Oscillation2018], and the numbers of trials are ours.

// SumOfSinusoids2016 is for [task.SumOfSinusoids] and sawtooth: 300 units,
// the smallest of the networks in DePasquale et al. 2016.
func SumOfSinusoids2016() Config { return Oscillation2018() }

// TemporalXOR2016 is for temporal XOR: 1000 units.
func TemporalXOR2016() Config {
	cfg := Oscillation2018()
	cfg.Units = 1000
	return cfg
}

// InputIntegration2016 is for the integration of a noisy input
// ([task.InputIntegration]): 400 units. The low gain, g = 0.5, strong target
// weights, U(-4, 4), and 60 training trials are our choice: an integrator's
// memory is learned, and what the random weights do by themselves disturbs it.
func InputIntegration2016() Config {
	cfg := Oscillation2018()
	cfg.Units, cfg.Gain, cfg.TargetScale = 400, 0.5, 4
	cfg.TrainingTrials = 60
	return cfg
}

// Reaching2023 returns the parameters of the rate network behind reaching
// (DePasquale et al. 2023): 800 units of the Rate form, g = 1.4. The authors do
// not train it; the targets drive it ([TargetGenerating],
// [NewDrivenSource]).
func Reaching2023() Config {
	cfg := Oscillation2018()
	cfg.Units, cfg.Form, cfg.Gain = 800, Rate, 1.4
	return cfg
}
