package nb_test

import (
	"context"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/notebooks/nb"
	"github.com/spikewalk/spikewalk/plotting"
)

// damped returns an oscillation that decays, T x 3: position, velocity, time.
func damped(damping float64) *mat.Dense {
	x := mat.NewDense(1000, 3, nil)
	for i := range 1000 {
		t := float64(i) * 0.01
		size := math.Exp(-damping * t)
		x.SetRow(i, []float64{size * math.Cos(3*t), -size * math.Sin(3*t), t})
	}
	return x
}

// A figure that follows a slider.
func ExamplePlay() {
	nb.Play("damping", func(at nb.Setting) *plotting.Drawing {
		return plotting.Figure(plotting.Traces(recording.Series{Dt: 0.01, Values: damped(at.Float("damping (1/s)")).Slice(0, 1000, 0, 1).(*mat.Dense)}))
	}, nb.Slider("damping (1/s)", 0.2, 0, 0.1, 0.2, 0.5, 1))
	// Output:
}

// A result that is computed when the reader asks for it, and kept.
func ExampleTry() {
	type config struct{ Units int }
	nb.Try("size", func(at nb.Setting) *plotting.Drawing {
		c := config{Units: at.Int("units")}
		errors := nb.Memo("training", c, func(ctx context.Context) ([]float64, error) {
			return train(ctx, c.Units)
		})
		return plotting.Figure(plotting.Learning(plotting.Line{Y: errors}))
	}, nb.Slider("units", 100, 100, 300, 1000))
}

// train stands for what takes seconds.
func train(ctx context.Context, units int) ([]float64, error) {
	var errors []float64
	for i := range 10 {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		errors = append(errors, math.Exp(-float64(i*units)/500))
		if stop, err := neuro.WatchOf(ctx).Report(neuro.Progress{Stage: "train", Done: i + 1, Total: 10, Error: errors[i]}); stop || err != nil {
			return errors, err
		}
	}
	return errors, nil
}

// Trajectories that the reader can turn.
func ExampleTurn() {
	nb.Turn("spiral", plotting.Space(damped(0.3), 0, 1, 2).
		Name("weak").
		Add("strong", damped(1)).
		XLabel("position (m)").YLabel("velocity (m/s)").ZLabel("time (s)"))
	// Output:
}
