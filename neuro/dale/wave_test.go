package dale

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/task"
)

// wave is a task of two sinusoidal factors, whose output is their product.
type wave struct {
	steps int
	vary  bool // trials of one or two periods
}

func (w wave) Shape() task.Shape {
	return task.Shape{Name: "wave", Dt: 0.001, Inputs: 1, Outputs: 1, Factors: 2}
}

func (w wave) Trial(rng *rand.Rand) (task.Trial, error) {
	steps := w.steps
	if w.vary {
		steps *= 1 + rng.IntN(2)
	}
	in, factors, out := mat.NewDense(steps, 1, nil), mat.NewDense(steps, 2, nil), mat.NewDense(steps, 1, nil)
	for t := range steps {
		sin, cos := math.Sincos(2 * math.Pi * float64(t) / float64(w.steps))
		factors.SetRow(t, []float64{5 * sin, 5 * cos})
		out.Set(t, 0, sin)
		if t < 20 {
			in.Set(t, 0, 1)
		}
	}
	return task.Trial{Inputs: in, Factors: factors, Targets: out}, nil
}

// own is a source of the factors that a task's trials hold.
func own(k task.Task) task.Source {
	src, err := task.NewSource(k)
	if err != nil {
		panic(err)
	}
	return src
}

func waves(steps int) task.Source { return own(wave{steps: steps}) }
