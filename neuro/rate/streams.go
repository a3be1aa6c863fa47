package rate

import (
	"math/rand/v2"

	"github.com/spikewalk/spikewalk/neuro"
)

// The purposes of random numbers: fixed weights and states, trials and steps.
const (
	forRecurrent     neuro.Purpose = "recurrent"
	forConnections   neuro.Purpose = "connections"
	forInput         neuro.Purpose = "input"
	forTarget        neuro.Purpose = "target"
	forHint          neuro.Purpose = "hint"
	forBias          neuro.Purpose = "bias"
	forInitial       neuro.Purpose = "initial"
	forTraining      neuro.Purpose = "training trials"
	forUpdates       neuro.Purpose = "updates"
	forTrainingNoise neuro.Purpose = "training noise"
	forTests         neuro.Purpose = "test trials"
	forRunningNoise  neuro.Purpose = "running noise"
	forKey           neuro.Purpose = "checkpoint key"
	forEvenAnswers   neuro.Purpose = "even answers"
)

// stream returns the random numbers of one purpose for a configuration.
func (c Config) stream(purpose neuro.Purpose) *rand.Rand { return neuro.Stream(c.Seed, purpose) }
