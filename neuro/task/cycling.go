package task

import (
	"fmt"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"
)

// Cycling asks for the muscle activity of a stretch of hand-pedalling while
// carrying the factors of motor cortex recorded during it (DePasquale et al.
// 2023, Fig. 5). A pulse of 50 ms and height 2 marks the start of each trial;
// a trial is deterministic.
type Cycling struct {
	// Factors is T × P, the population's principal components.
	Factors *mat.Dense
	// EMG is T × m, the muscles' activity.
	EMG *mat.Dense
	// Dt is the time step in seconds.
	Dt float64
	// Pulse is the input pulse's length in seconds (default 0.05 s) and
	// Height its height (default 2).
	Pulse, Height float64
}

// NewCycling returns the task for recorded factors (T × P) and EMG (T × m),
// both sampled every dt seconds. An error says which shapes disagree, or
// where a value is not finite.
func NewCycling(factors, emg *mat.Dense, dt float64) (Cycling, error) {
	c := Cycling{Factors: factors, EMG: emg, Dt: dt, Pulse: 0.05, Height: 2}
	if factors == nil || factors.IsEmpty() || emg == nil || emg.IsEmpty() {
		return Cycling{}, fmt.Errorf("cycling: both factors and EMG are needed")
	}
	if err := c.Shape().Validate(); err != nil {
		return Cycling{}, err
	}
	if err := c.Trial(nil).Validate(c.Shape()); err != nil {
		return Cycling{}, err
	}
	return c, nil
}

// Shape is one input, m outputs and P factors.
func (c Cycling) Shape() Shape {
	_, factors := c.Factors.Dims()
	_, outputs := c.EMG.Dims()
	return Shape{Name: "cycling", Dt: c.Dt, Inputs: 1, Outputs: outputs, Factors: factors}
}

// Trial returns the recorded stretch; rng is not used. The matrices are the task's own:
// do not change them.
func (c Cycling) Trial(*rand.Rand) Trial {
	steps, _ := c.EMG.Dims()
	return Trial{
		Inputs:  pulse(steps, c.Pulse, c.Dt, c.Height),
		Targets: c.EMG,
		Factors: c.Factors,
	}
}
