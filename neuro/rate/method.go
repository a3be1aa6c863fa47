package rate

import (
	"context"

	"github.com/spikewalk/spikewalk/neuro/task"
)

// Method is a way to train a rate network: [Force], [FullForce], or your own. A
// method's settings are its fields; those of the network and of the training
// are in [Config].
//
// A rule that corrects the readout of a network running on its own takes some
// thirty lines: [New] draws the network, its [Runner] steps it, and Learner.Step
// changes Network.Readout in place. See the example.
type Method interface {
	// Start draws a network that has learned nothing yet. [Train] validates both
	// arguments before, and so does [New].
	Start(cfg Config, s task.Shape) (Learner, error)
}

// Learner is a network while it learns. [Train] calls Begin at the start of each
// trial, Step for each of its steps in order, and Network at the end, even if
// training was broken off. The state carries over from trial to trial.
type Learner interface {
	// Begin starts a trial. Until the trial ends, the Learner may keep as many
	// processors busy as ctx allows ([neuro.WithCores]). One that uses an rls.RLS
	// passes ctx to its Begin.
	Begin(ctx context.Context, trial task.Trial)
	// Step takes step t of the trial in a mode, and returns the output z, length
	// m, as it was before the step. The slice may be overwritten by the next step.
	// Train checks that the output is finite.
	Step(t int, mode Mode) (output []float64, err error)
	// Network returns a copy of the network as it stands. Its Initial is its
	// present state.
	Network() *Network
}

// Conditioned is a [Learner] that learns by recursive least squares and knows how well
// its P is conditioned, as those of [Force] and [FullForce] do: see
// [rls.RLS.Condition]. [Train] asks at the end, and warns.
type Conditioned interface{ Condition() float64 }

// Mode says what a [Learner] does in a step.
type Mode string

const (
	// Driven: the targets drive the network, and nothing is learned. This is the
	// mode of warm-up trials; a method without it may treat it as Free.
	Driven Mode = "driven"
	// Free: the network runs on its own, and nothing is learned.
	Free Mode = "free"
	// Learning: the network runs on its own, and its weights are corrected.
	Learning Mode = "learning"
)
