package run

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// Trial is a task's trial with what a network going through it has to know.
type Trial struct {
	task.Trial
	// Driven feeds the targets in place of what the network carries itself:
	// target factors, or target outputs in a network that hears its output.
	Driven bool
	// Where ("spiking training"), Number, -1 for none, and the step Dt, in seconds,
	// identify the trial and the time in errors. Cause and Advice say what is
	// likely behind divergence, and what helps.
	Where, Cause, Advice string
	Number               int
	Dt                   float64
}

// FactorsBefore returns the target factors that act in step t of a driven trial:
// those of the step before.
func (t *Trial) FactorsBefore(step int) []float64 { return t.Factors.RawRowView(max(step-1, 0)) }

// InputsAt returns the inputs in a step, nil without inputs.
func (t *Trial) InputsAt(step int) []float64 {
	if t.Inputs == nil {
		return nil
	}
	return t.Inputs.RawRowView(step)
}

// At adds to an error the trial and the step in which it arose, unless it says so
// by itself.
func (t *Trial) At(step int, err error) error {
	if diverged := (*neuro.DivergenceError)(nil); errors.As(err, &diverged) {
		return err
	}
	if t.Number < 0 {
		return fmt.Errorf("%s, step %d: %w", t.Where, step, err)
	}
	return fmt.Errorf("%s, trial %d, step %d: %w", t.Where, t.Number, step, err)
}

// Step is what a network did in a step. The slices are overwritten by the next
// one.
type Step struct {
	// T counts steps of the trial from 0.
	T int
	// Activity holds the activity of a rate network's units. Spikes lists the units that
	// spiked, in rising order. What a network does not have, or does not read out
	// in a driven trial, is nil.
	Activity, Factors, Outputs []float64
	Spikes                     []int
}

// Network is anything that can go through a trial.
type Network interface {
	// Begin prepares for the first step of a trial. End follows the last step
	// that is taken, whatever ends the trial.
	Begin(ctx context.Context, trial *Trial)
	End()
	// Step takes step t of the trial, and allocates nothing.
	Step(trial *Trial, t int) (Step, error)
}

// Steps takes a network through a trial and yields each step. An error ends it:
// that of a cancelled ctx, one of the network, or a *[neuro.DivergenceError]
// where a factor or an output is not finite.
func Steps(ctx context.Context, net Network, trial *Trial) iter.Seq2[Step, error] {
	return func(yield func(Step, error) bool) {
		net.Begin(ctx, trial)
		defer net.End()
		for t := range trial.Steps() {
			if err := ctx.Err(); err != nil {
				yield(Step{T: t}, err)
				return
			}
			step, err := net.Step(trial, t)
			if step.T = t; err != nil {
				err = trial.At(t, err)
			} else {
				err = trial.finite(step)
			}
			if !yield(step, err) || err != nil {
				return
			}
		}
	}
}

func (t *Trial) finite(s Step) error {
	what, values := "factor", s.Factors
	i := neuro.NotFinite(values)
	if i < 0 {
		what, values = "output", s.Outputs
		i = neuro.NotFinite(values)
	}
	if i < 0 {
		return nil
	}
	return t.Diverged(s.T, fmt.Sprintf("%s %d", what, i), values[i])
}

// Diverged is the error of a quantity that has left the finite numbers.
func (t *Trial) Diverged(step int, what string, value float64) error {
	return &neuro.DivergenceError{
		Stage: t.Where, Trial: t.Number, Step: step, Seconds: float64(step+1) * t.Dt,
		What: what, Value: value, Cause: t.Cause, Advice: t.Advice,
	}
}

// Observer sees each step of a trial, and its end unless the trial is broken off,
// and keeps what it wants.
type Observer interface {
	See(trial *Trial, step Step) error
	Done(trial *Trial) error
}

// Each is an observer that calls a function after each step.
type Each func(trial *Trial, step Step) error

// See calls the function.
func (f Each) See(trial *Trial, step Step) error { return f(trial, step) }

// Done does nothing.
func (Each) Done(*Trial) error { return nil }

// Through takes a network through a trial and shows each step to the observers,
// in their order.
func Through(ctx context.Context, net Network, trial *Trial, observers ...Observer) error {
	for step, err := range Steps(ctx, net, trial) {
		if err != nil {
			return err
		}
		for _, o := range observers {
			if err := o.See(trial, step); err != nil {
				return err
			}
		}
	}
	for _, o := range observers {
		if err := o.Done(trial); err != nil {
			return err
		}
	}
	return nil
}
