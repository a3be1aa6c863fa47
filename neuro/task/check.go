package task

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
)

// longest is the longest trial in steps: a quarter of an hour in steps of 1 ms.
// Longer ones are a slip in a unit (2000 for 2 s), and would not fit into memory.
const longest = 1_000_000

var errNoTask = errors.New("task: there is no task: it is nil")

// Validate says what is wrong with a task, before it makes any trial: with its
// Shape and, if the task has a method Validate() error (all of this package do),
// with its fields.
func Validate(k Task) error {
	if v := reflect.ValueOf(k); k == nil || v.Kind() == reflect.Pointer && v.IsNil() {
		return errNoTask
	}
	if v, ok := k.(interface{ Validate() error }); ok {
		if err := v.Validate(); err != nil {
			return err
		}
	}
	return k.Shape().Validate()
}

// largestField is the largest value of a field, so that products of two are no
// larger than a trial may hold.
const largestField = 1e50

// errNoStream is why a random trial could not be made.
var errNoStream = errors.New("its trials are random and need a stream of random numbers (neuro.Stream): none was given")

// random is the error of a task whose trials are random, if it cannot make one.
func random(name string, invalid error, rng *rand.Rand) error {
	if invalid == nil && rng == nil {
		return fmt.Errorf("%s: %w", name, errNoStream)
	}
	return invalid
}

// fields checks the fields of a task and keeps the first complaint.
type fields struct {
	task string
	dt   float64
	sum  float64 // of all durations, in seconds
	err  error
}

func check(s Shape) *fields {
	return &fields{task: s.Name, dt: s.Dt, err: s.Validate()}
}

func (f *fields) fail(format string, args ...any) {
	if f.err == nil {
		f.err = fmt.Errorf(f.task+": "+format, args...)
	}
}

// duration wants a stretch of at least one step.
func (f *fields) duration(name string, seconds float64) {
	switch {
	case !(seconds > 0) || math.IsInf(seconds, 0):
		f.fail("%s is %g s: it must be positive", name, seconds)
	case f.err == nil && seconds < f.dt/2:
		f.fail("%s is %g s: it must last at least one time step of %g s", name, seconds, f.dt)
	}
	f.sum += seconds
}

// pause wants a stretch that may be absent.
func (f *fields) pause(name string, seconds float64) {
	if !(seconds >= 0) || math.IsInf(seconds, 0) {
		f.fail("%s is %g s: it must be zero or positive", name, seconds)
	}
	f.sum += seconds
}

// pulse wants a pulse, or none, that ends within a stretch of the trial.
func (f *fields) pulse(name string, seconds float64, of string, stretch float64) {
	f.optional(name, seconds)
	f.sum -= seconds // it is part of the stretch
	if seconds > stretch {
		f.fail("%s is %g s, longer than %s of %g s", name, seconds, of, stretch)
	}
}

// optional wants a stretch that may be absent, but not one that is lost between two
// steps.
func (f *fields) optional(name string, seconds float64) {
	f.pause(name, seconds)
	if f.err == nil && seconds > 0 && seconds < f.dt/2 {
		f.fail("%s is %g s, which is lost in steps of %g s: it must be 0 or last at least one", name, seconds, f.dt)
	}
}

// cycles wants at least two steps in each cycle of the fastest rhythm, which has
// so many cycles in the given time.
func (f *fields) cycles(what string, cycles, seconds float64) {
	if f.err == nil && 2*cycles >= math.Round(seconds/f.dt) {
		f.fail("%s is %g Hz, and steps of %g s hold what is below %g Hz", what, cycles/seconds, f.dt, 1/(2*f.dt))
	}
}

// finite wants a number.
func (f *fields) finite(name string, v float64) {
	if !(math.Abs(v) <= largestField) {
		f.fail("%s is %g: it must be finite, and at most %g", name, v, float64(largestField))
	}
}

// positive wants a number above zero.
func (f *fields) positive(name string, v float64) {
	if !(v > 0 && v <= largestField) {
		f.fail("%s is %g: it must be positive, and at most %g", name, v, float64(largestField))
	}
}

// done returns the first complaint; the last is about the trial's length.
func (f *fields) done() error {
	if f.err == nil && f.sum/f.dt > longest {
		f.fail("a trial of %.3g s in steps of %g s has more than %d steps: durations are in seconds", f.sum, f.dt, longest)
	}
	return f.err
}
