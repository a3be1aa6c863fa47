package task

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"
)

// Oscillation is a sine whose frequency sweeps up and, mirrored, down again: the
// task on which full-FORCE succeeds and FORCE fails (DePasquale et al. 2018,
// Fig. 2). An input pulse marks the start of each sweep. All trials are the same.
type Oscillation struct {
	// Duration of a trial in seconds. Default 2 s: 200 time constants of
	// 10 ms, over which the frequency goes from 1.5 to 4.5 Hz and back.
	Duration float64
	// Pulse is the length of the input pulse in seconds. Default 0.05 s.
	Pulse float64
	// Dt is the time step in seconds. Default 1 ms.
	Dt float64
}

// SweptOscillation returns the task of DePasquale et al. 2018.
func SweptOscillation() Oscillation {
	return Oscillation{Duration: 2, Pulse: 0.05, Dt: 0.001}
}

// Shape is one input and one output.
func (o Oscillation) Shape() Shape {
	return Shape{Name: "oscillation", Dt: o.Dt, Inputs: 1, Outputs: 1}
}

// Validate says which field makes no sense.
func (o Oscillation) Validate() error {
	f := check(o.Shape())
	f.duration("Duration", o.Duration)
	f.pulse("Pulse", o.Pulse, "a trial", o.Duration)
	f.cycles("the fastest of the sweep", fastestCycles, o.Duration)
	return f.done()
}

// Trial returns one sweep; rng is not used.
func (o Oscillation) Trial(*rand.Rand) (Trial, error) {
	if err := o.Validate(); err != nil {
		return Trial{}, err
	}
	length := steps(o.Duration, o.Dt)
	target := mat.NewDense(length, 1, nil)
	for t := range length {
		target.Set(t, 0, math.Sin(2*math.Pi*sweptPhase(float64(t)/float64(length))))
	}
	return Trial{Inputs: pulse(length, o.Pulse, o.Dt, 1), Targets: target}, nil
}

// fastestCycles is how many cycles of the fastest frequency would fill a trial.
const fastestCycles = 9

// sweptPhase is the phase, in cycles, at a fraction x of the trial: 3 cycles
// of rising frequency, then their mirror image in time.
func sweptPhase(x float64) float64 {
	if x < 0.5 {
		return x * (6*x + 3)
	}
	return -3 + x*(15-6*x)
}
