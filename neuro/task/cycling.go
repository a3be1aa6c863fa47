package task

import (
	"fmt"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"
)

// Cycling asks for the muscle activity of a stretch of hand-pedalling, with the
// factors recorded from motor cortex during it (DePasquale et al. 2023, Fig. 5). A
// pulse of 50 ms and height 2 marks the start of each trial. All trials are the
// same.
//
// Beside another task (see [Mix]) the pedalling must also end: give it some Rest,
// during which muscles and factors are zero and the input says so.
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
	// Rest is how long targets and factors are zero after the stretch, in
	// seconds, and RestInput is the input meanwhile. Default 0 s and 1; the
	// authors rest for 1 s, half the stretch, in a network that also reaches.
	Rest, RestInput float64
}

// NewCycling returns the task for recorded factors (T × P) and EMG (T × m),
// both sampled every dt seconds. An error says which shapes disagree, or
// where a value is not finite.
func NewCycling(factors, emg *mat.Dense, dt float64) (Cycling, error) {
	c := Cycling{Factors: factors, EMG: emg, Dt: dt, Pulse: 0.05, Height: 2, RestInput: 1}
	if err := c.Validate(); err != nil {
		return Cycling{}, err
	}
	return c, nil
}

// Shape is one input, m outputs and P factors.
func (c Cycling) Shape() Shape {
	s := Shape{Name: "cycling", Dt: c.Dt, Inputs: 1}
	if c.Factors != nil && c.EMG != nil {
		_, s.Factors = c.Factors.Dims()
		_, s.Outputs = c.EMG.Dims()
	}
	return s
}

// Validate says which field, or which value of the recording, makes no sense.
func (c Cycling) Validate() error {
	if c.Factors == nil || c.Factors.IsEmpty() || c.EMG == nil || c.EMG.IsEmpty() {
		return fmt.Errorf("cycling: both factors and EMG are needed")
	}
	f := check(c.Shape())
	c.lying(f)
	stretch, _ := c.EMG.Dims()
	f.pulse("Pulse", c.Pulse, "the stretch", float64(stretch)*c.Dt)
	f.finite("Height", c.Height)
	f.optional("Rest", c.Rest)
	f.finite("RestInput", c.RestInput)
	if f.err == nil {
		f.err = Trial{Targets: c.EMG, Factors: c.Factors}.Validate(Shape{
			Name: "cycling", Outputs: c.Shape().Outputs, Factors: c.Shape().Factors,
		})
	}
	return f.done()
}

// lying checks that both matrices are time x channels and of one recording.
func (c Cycling) lying(f *fields) {
	steps, muscles := c.EMG.Dims()
	rows, factors := c.Factors.Dims()
	switch {
	case rows != steps && factors == steps:
		f.fail("factors are %d x %d and EMG is %d x %d: factors need %d rows, one for each time step, so transpose them", rows, factors, steps, muscles, steps)
	case rows != steps && muscles == rows:
		f.fail("EMG is %d x %d and factors are %d x %d: EMG needs %d rows, one for each time step, so transpose it", steps, muscles, rows, factors, rows)
	case rows != steps:
		f.fail("factors have %d rows and EMG has %d: both need a row for each time step of one recording", rows, steps)
	case steps < max(muscles, factors):
		f.fail("%d steps of %d muscles and %d factors: rows are time steps, so transpose both if these are channels x time", steps, muscles, factors)
	}
}

// Trial returns the recorded stretch; rng is not used. Without a Rest the
// matrices are the task's own: do not change them.
func (c Cycling) Trial(*rand.Rand) (Trial, error) {
	if err := c.Validate(); err != nil {
		return Trial{}, err
	}
	pedalling, resting := c.EMG.RawMatrix().Rows, steps(c.Rest, c.Dt)
	length := pedalling + resting
	inputs := pulse(length, c.Pulse, c.Dt, c.Height)
	fill(inputs, 0, pedalling, length, c.RestInput)
	return Trial{
		Inputs:  inputs,
		Targets: lengthened(c.EMG, resting),
		Factors: lengthened(c.Factors, resting),
	}, nil
}

// lengthened returns m with rows of zeros after it, m itself for none.
func lengthened(m *mat.Dense, by int) *mat.Dense {
	if by == 0 {
		return m
	}
	rows, columns := m.Dims()
	long := mat.NewDense(rows+by, columns, nil)
	long.Copy(m)
	return long
}
