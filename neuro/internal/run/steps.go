package run

import (
	"context"
	"fmt"
	"iter"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// Trial is a trial that a network is taken through.
type Trial struct {
	task.Trial
	// Driven feeds the targets in, in place of what the network carries itself:
	// target factors, or target outputs where those are fed back.
	Driven bool
	// Where says for errors what is going on ("spiking training"), Number which
	// trial it is, -1 where it has none, and Advice what helps against divergence.
	Where, Advice string
	Number        int
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

// At says of an error in which step of which trial it arose.
func (t *Trial) At(step int, err error) error {
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
	// Activity of the units of a rate network; Factors and Outputs; Spikes, the
	// units that spiked, in rising order. What a network does not have, or does
	// not read out in a driven trial, is nil.
	Activity, Factors, Outputs []float64
	Spikes                     []int
}

// Network is what can be taken through a trial.
type Network interface {
	// Begin prepares for the first step of a trial, and End is called after the
	// last one that is taken, whatever ends the trial.
	Begin(ctx context.Context, trial *Trial)
	End()
	// Step takes step t of the trial, and allocates nothing.
	Step(trial *Trial, t int) (Step, error)
}

// Steps takes a network through a trial, step by step. An error is the last thing
// it yields: that of a cancelled ctx, of the network, or a
// *[neuro.DivergenceError] where a factor or an output is not finite.
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
	return &neuro.DivergenceError{
		Stage: t.Where, Trial: t.Number, Step: s.T, Advice: t.Advice,
		What: fmt.Sprintf("%s %d", what, i), Value: values[i],
	}
}

// Observer sees each step of a trial, and its end if it comes to its end, and
// keeps what it wants.
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

// Through takes a network through a trial before observers, who see each step in
// their order.
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
