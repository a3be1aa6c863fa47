package attractor

import "fmt"

// World is what an attractor lives in: it looks at what the attractor
// represents and says what commands it gets.
type World interface {
	// Start is the state, of length D, that the attractor is held at before.
	Start() []float64
	// Step is told the state x at the end of the last step and returns the
	// commands for the next. It may not keep or change x; what it returns is
	// used before the next call.
	Step(x []float64) Command
}

// Command is what an attractor receives in one step.
type Command struct {
	// Velocity, of length D and in units of x per second, is added to dx/dt;
	// nil is none.
	Velocity []float64
	// Control is u, of length C.
	Control []float64
	// Correction, of length D and in units of x per second, is the part of the
	// velocity command that is known to be a correction: it is added to dx/dt
	// as well, and it is the E of the learning rule. Nil is none: nobody sees
	// an error.
	Correction []float64
	// Truth, of length D, is what x ought to be now. It is recorded, and not
	// told to the attractor; nil where there is none.
	Truth []float64
}

// check says whether vectors that are there have d dimensions; what they
// hold is checked by the simulation.
func (c *Command) check(d int) error {
	for i, v := range [...][]float64{c.Velocity, c.Correction, c.Truth} {
		if v != nil && len(v) != d {
			return fmt.Errorf("attractor: the world's %s has %d dimensions, the state has %d", [...]string{"Velocity", "Correction", "Truth"}[i], len(v), d)
		}
	}
	return nil
}
