// Package bound says what may be asked for with a number: which values the fields
// of a configuration may have, how large one array may be, and how many steps a
// simulation may take that nothing interrupts.
package bound

import (
	"context"
	"fmt"
)

// numbers is the most float64 that one array may hold: 4 GB, which is the P of
// a regressor of 23,000 entries. A slip of the pen asks for more.
const numbers = 1 << 29

// Array is an error if an array of these sizes would hold more than 4 GB of
// float64. The sizes are positive.
func Array(what string, sizes ...int) error {
	product, text := 1.0, ""
	for i, n := range sizes {
		product *= float64(n)
		if i > 0 {
			text += " × "
		}
		text += fmt.Sprint(n)
	}
	if product > numbers {
		return fmt.Errorf("%s of %s numbers would take %.3g GB: at most %.3g GB are given to one array", what, text, product*8/1e9, float64(numbers)*8/1e9)
	}
	return nil
}

// steps is a day in steps of 0.1 ms.
const steps = 1e9

// Steps is an error if a time, in s, takes more than 1e9 steps of dt.
func Steps(what string, seconds, dt float64) error {
	if !(seconds/dt <= steps) {
		return fmt.Errorf("%s of %g s takes more than %g steps of %g s: want at most %g s", what, seconds, float64(steps), dt, steps*dt)
	}
	return nil
}

// Context is an error if the context is nil.
func Context(who string, ctx context.Context) error {
	if ctx == nil {
		return fmt.Errorf("%s: the context is nil: context.Background() is the one that never ends", who)
	}
	return nil
}
