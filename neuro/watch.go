package neuro

import (
	"context"
	"errors"

	"gonum.org/v1/gonum/mat"
)

// Progress is what a running computation tells whoever watches it.
type Progress struct {
	// Stage names what is going on: "demean", "train", "test", …
	Stage string
	// Done of Total units of work (trials, simulated seconds) are complete
	// over the whole computation, all stages together.
	Done, Total int
	// Error is the normalised mean squared error of the last trial, NaN
	// where the stage has none.
	Error float64
	// Last is the trial just done, nil where the stage does not show it. It
	// may be overwritten once the Watch has returned.
	Last *Outcome
	// Warnings come with the last report of a training or a test: what is
	// doubtful about the result.
	Warnings []Warning
}

// Outcome is what a network was asked to do in one trial, and did.
type Outcome struct {
	// Dt is the time step, in seconds.
	Dt float64
	// Target and Output are T × outputs.
	Target, Output mat.Matrix
}

// Watch is called after each trial of a training, simulation or test run. It
// serves progress bars, live figures and early stopping alike: returning
// [ErrStop] ends the current stage early and keeps what has been reached,
// any other error ends the whole computation and is returned from it. A nil
// Watch watches nothing.
type Watch func(Progress) error

// ErrStop, returned by a [Watch], ends the current stage early without
// failing.
var ErrStop = errors.New("stopped early by the watcher")

// Report calls w unless it is nil. It tells [ErrStop], which ends a stage, from
// other errors, which end the computation.
func (w Watch) Report(p Progress) (stop bool, err error) {
	if w == nil {
		return false, nil
	}
	if err := w(p); err != nil && !errors.Is(err, ErrStop) {
		return false, err
	} else {
		return err != nil, nil
	}
}

type watchKey struct{}

// WithWatch returns a context under which a computation reports to w after each
// trial. Like [WithCores] it changes no result, which is why it is not part of
// any Config. It replaces the Watch that ctx had; nil watches nothing.
//
// A nil ctx is context.Background(), here and in [WatchOf].
func WithWatch(ctx context.Context, w Watch) context.Context {
	if ctx == nil {
		ctx = context.Background()
	}
	return context.WithValue(ctx, watchKey{}, w)
}

// WatchOf returns the Watch of ctx, nil if it has none.
func WatchOf(ctx context.Context) Watch {
	if ctx == nil {
		return nil
	}
	w, _ := ctx.Value(watchKey{}).(Watch)
	return w
}
