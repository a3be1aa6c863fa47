// Package wave is a task for the tests of networks that carry factors.
package wave

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/task"
)

// Task has two sinusoidal factors of amplitude 5, the first of which, scaled to
// 1, is its output. A pulse of 20 ms marks the start of a trial.
type Task struct {
	// Steps of 1 ms in a period.
	Steps int
	// Vary makes trials of one or two periods, else they are of one.
	Vary bool
}

// Shape is one input, one output and two factors.
func (w Task) Shape() task.Shape {
	return task.Shape{Name: "wave", Dt: 0.001, Inputs: 1, Outputs: 1, Factors: 2}
}

// Trial draws the number of periods from rng where they vary.
func (w Task) Trial(rng *rand.Rand) (task.Trial, error) {
	steps := w.Steps
	if w.Vary {
		steps *= 1 + rng.IntN(2)
	}
	in, factors, out := mat.NewDense(steps, 1, nil), mat.NewDense(steps, 2, nil), mat.NewDense(steps, 1, nil)
	for t := range steps {
		sin, cos := math.Sincos(2 * math.Pi * float64(t) / float64(w.Steps))
		factors.SetRow(t, []float64{5 * sin, 5 * cos})
		out.Set(t, 0, sin)
		if t < 20 {
			in.Set(t, 0, 1)
		}
	}
	return task.Trial{Inputs: in, Factors: factors, Targets: out}, nil
}

// Source is a source of the factors of trials of one period.
func Source(steps int) task.Source { return Own(Task{Steps: steps}) }

// Drifting is Source with a state, the number of its trials, with which factors grow
// and move away from zero.
func Drifting(steps int) task.Source { return drifting{Source(steps)} }

type drifting struct{ task.Source }

func (d drifting) Trial(rng *rand.Rand, state task.State) (task.Trial, task.State, error) {
	trial, _, err := d.Source.Trial(rng, state)
	n := 1.0
	if before := state.Numbers(); before != nil {
		n += before[0]
	}
	trial.Factors.Apply(func(_, _ int, v float64) float64 { return (v + 0.5) * (1 + n/100) }, trial.Factors)
	return trial, task.NewState(n), err
}

// Own is a source of the factors that a task's trials hold. It panics where
// task.NewSource fails.
func Own(k task.Task) task.Source {
	src, err := task.NewSource(k)
	if err != nil {
		panic(err)
	}
	return src
}
