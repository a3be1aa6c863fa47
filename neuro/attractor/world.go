package attractor

import (
	"fmt"

	"github.com/spikewalk/spikewalk/neuro"
)

// World is what an attractor lives in: it looks at what the attractor
// represents and says what commands it gets.
type World interface {
	// Start is the state, of length D, that the attractor is held at before.
	Start() []float64
	// Step takes the state x at the end of the last step and fills in the
	// command for the next, which is empty. It may not keep or change x, nor keep
	// the command; the vectors in it are used before the next call.
	Step(x []float64, c *Command)
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
	// Truth, of length D, is what x ought to be now. It is recorded and the
	// attractor never sees it; nil where there is none.
	Truth []float64
	// Err ends the life: the world cannot go on.
	Err error
}

// check says whether a command is one for D dimensions of state and C controls.
func (c *Command) check(a *Attractor) error {
	if c.Err != nil {
		return c.Err
	}
	for _, v := range [...]struct {
		what string
		v    []float64
	}{{"world's Velocity", c.Velocity}, {"world's Correction", c.Correction}, {"world's Truth", c.Truth}} {
		if v.v != nil {
			if err := checkVector(v.what, v.v, a.State); err != nil {
				return err
			}
		}
	}
	return checkVector("world's Control", c.Control, a.Controls)
}

// slight reports whether a command is a correction of one finite number and
// nothing else: most commands on a line are, and check would take a part of their
// step's time.
func (c *Command) slight() bool {
	return len(c.Correction) == 1 && c.Correction[0]-c.Correction[0] == 0 &&
		c.Velocity == nil && c.Control == nil && c.Truth == nil && c.Err == nil
}

// checkVector says whether v is a vector of the wanted number of finite numbers.
func checkVector(what string, v []float64, want int) error {
	if len(v) != want {
		return fmt.Errorf("attractor: the %s has %d dimensions: it must have %d", what, len(v), want)
	}
	if k := neuro.NotFinite(v); k >= 0 {
		return fmt.Errorf("attractor: the %s is %g in dimension %d: it must be finite", what, v[k], k)
	}
	return nil
}
