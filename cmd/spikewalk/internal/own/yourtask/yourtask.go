// Package yourtask is a task for a network: remember which of two pulses came.
// It is made to be changed.
package yourtask

import (
	"fmt"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/task"
)

// dt is the time step, in seconds.
const dt = 0.001

// Task asks for the sign of a pulse until the trial ends. Its fields are all that
// trials depend on: nb.Memo keeps one result for each set of them.
type Task struct {
	// Duration of a trial and of its pulse, in seconds.
	Duration, Pulse float64
	// Latest is when the pulse begins at the latest, in seconds.
	Latest float64
}

// New returns trials of a second, with a pulse of 100 ms in the first half.
func New() Task { return Task{Duration: 1, Pulse: 0.1, Latest: 0.5} }

// Shape tells what every trial consists of.
func (k Task) Shape() task.Shape {
	return task.Shape{Name: "yourtask", Dt: dt, Inputs: 1, Outputs: 1}
}

// Validate is called before the first trial is made.
func (k Task) Validate() error {
	if !(k.Pulse >= dt && k.Latest >= 0 && k.Latest+k.Pulse < k.Duration && k.Duration <= 100) {
		return fmt.Errorf("yourtask: the pulse of %g s begins as late as %g s in a trial of %g s: it must last a step of %g s or more and end before the trial, which may last 100 s",
			k.Pulse, k.Latest, k.Duration, dt)
	}
	return nil
}

// Trial makes one trial. All chance comes from rng. While the pulse lasts the target
// rises; the output is judged from its end on.
func (k Task) Trial(rng *rand.Rand) (task.Trial, error) {
	steps, pulse := stepsIn(k.Duration), stepsIn(k.Pulse)
	from := rng.IntN(stepsIn(k.Latest) + 1)
	sign := float64(2*rng.IntN(2) - 1)
	inputs, targets := mat.NewDense(steps, 1, nil), mat.NewDense(steps, 1, nil)
	for t := from; t < steps; t++ {
		if t < from+pulse {
			inputs.Set(t, 0, sign)
		}
		targets.Set(t, 0, sign*min(1, float64(t-from)/float64(pulse)))
	}
	return task.Trial{
		Inputs: inputs, Targets: targets,
		Score: task.Window{From: from + pulse, To: steps},
		Correct: func(outputs *mat.Dense) bool {
			return outputs.At(steps-1, 0)*sign > 0
		},
	}, nil
}

func stepsIn(seconds float64) int { return int(seconds/dt + 0.5) }
