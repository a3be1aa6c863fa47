package rate

import (
	"context"

	"github.com/spikewalk/spikewalk/neuro/task"
)

// Method is a way to train a rate network: [Force], [FullForce], or your own.
// What a method has to set are its fields; the network's and the training's
// parameters are those of a [Config].
//
// A rule that corrects the readout of a network that runs on its own takes some
// thirty lines: [New] draws the network, its [Runner] steps it, and Learner.Step
// changes Network.Readout in place. See the example.
type Method interface {
	// Start draws a network that has learned nothing yet. Train has validated both
	// arguments; [New] does as well.
	Start(cfg Config, s task.Shape) (Learner, error)
}

// Learner is a network while it learns. [Train] calls Begin at the start of each
// trial, Step for each of its steps in order, and Network at the end, when
// training has been broken off as well. The state carries over from trial to
// trial.
type Learner interface {
	// Begin starts a trial. What it computes under ctx, until the trial ends, may
	// keep as many processors busy as [neuro.WithCores] allows: an rls.RLS is
	// told by its own Begin.
	Begin(ctx context.Context, trial task.Trial)
	// Step takes step t of the trial in a mode, and returns the output z, length
	// m, as it was before it. The slice may be overwritten by the next step.
	// Train looks whether it is finite.
	Step(t int, mode Mode) (output []float64, err error)
	// Network returns a copy of the network as it stands. Its Initial is its
	// present state.
	Network() *Network
}

// Mode says what a [Learner] does in a step.
type Mode string

const (
	// Driven: the targets drive the network, and nothing is learned, in all
	// steps of warm-up trials. A method that cannot do so takes it for Free.
	Driven Mode = "driven"
	// Free: the network runs on its own, and nothing is learned.
	Free Mode = "free"
	// Learning: the network runs on its own, and its weights are corrected.
	Learning Mode = "learning"
)
