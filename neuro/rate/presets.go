package rate

import "github.com/spikewalk/spikewalk/neuro/rls"

// DePasquale2018 returns the parameters of the swept oscillation
// ([task.SweptOscillation]) of DePasquale et al. 2018: 300 units, τ = 10 ms,
// g = 1.5, 200 training trials.
func DePasquale2018() Config {
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

// DePasquale2018ReadySetGo returns the parameters of the authors' program for interval
// timing (DePasquale et al. 2018): 1000 units, 1000 training trials, an update
// in every step. The 100 test trials are ours; the program takes 500.
func DePasquale2018ReadySetGo() Config {
	cfg := DePasquale2018()
	cfg.Units, cfg.UpdateProbability = 1000, 1
	cfg.TrainingTrials, cfg.TestTrials = 1000, 100
	return cfg
}

// The papers give the sizes of the next three networks; all else is as in
// [DePasquale2018], and the numbers of trials are ours.

// DePasquale2016Sinusoids is for [task.SumOfSinusoids] and sawtooth: 300 units,
// the smallest of the networks in DePasquale et al. 2016.
func DePasquale2016Sinusoids() Config { return DePasquale2018() }

// DePasquale2016XOR is for temporal XOR: 1000 units.
func DePasquale2016XOR() Config {
	cfg := DePasquale2018()
	cfg.Units = 1000
	return cfg
}

// DePasquale2016Integration is for the integration of a noisy input
// ([task.InputIntegration]): 400 units. The low gain, g = 0.5, strong target
// weights, U(-4, 4), and 60 training trials are our choice: an integrator's
// memory is learned, and what the random weights do by themselves disturbs it.
func DePasquale2016Integration() Config {
	cfg := DePasquale2018()
	cfg.Units, cfg.Gain, cfg.TargetScale = 400, 0.5, 4
	cfg.TrainingTrials = 60
	return cfg
}

// DePasquale2023Reaching returns the parameters of the rate network behind reaching
// (DePasquale et al. 2023): 800 units of the Rate form, g = 1.4. The authors do
// not train it; the targets drive it ([New], [NewDrivenSource]).
func DePasquale2023Reaching() Config {
	cfg := DePasquale2018()
	cfg.Units, cfg.Form, cfg.Gain = 800, Rate, 1.4
	return cfg
}
