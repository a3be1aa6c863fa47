package task

import (
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"
)

// InputIntegration asks for the running integral of a noisy input of either
// sign, held while the input is silent and saturating at ±1 (DePasquale et al.
// 2016). Stretches of input and gaps alternate. In each stretch the input is a
// constant drift plus noise, drawn every NoiseStep; the target is
//
//	y(t + Dt) = clamp(y(t) + Rate · Dt · input(t), -1, 1),   y = 0 at the start
//
// A second input, a pulse at the start of each trial, tells the network to begin
// again at zero, since its state carries over from the trial before. The trial is
// scored from the end of the pulse.
type InputIntegration struct {
	// Duration of a trial in seconds. Default 4 s.
	Duration float64
	// Reset is the length of the pulse on the second input in seconds;
	// stretches follow it. Default 0.1 s.
	Reset float64
	// MinStretch and MaxStretch bound the length of a stretch of input,
	// MinGap and MaxGap that of a gap, in seconds, drawn evenly. Default
	// 0.2-0.6 s both.
	MinStretch, MaxStretch, MinGap, MaxGap float64
	// Drift bounds the mean of a stretch, U(-Drift, Drift). Default 1.
	Drift float64
	// Noise is the standard deviation of the noise, NoiseStep how long each
	// value of it lasts, in seconds. Default 0.5 and 0.01 s.
	Noise, NoiseStep float64
	// Rate is what an input of 1 adds to the integral in a second. Default 2 /s.
	Rate float64
	// Dt is the time step in seconds. Default 1 ms.
	Dt float64
}

// NewInputIntegration returns the task with durations and strengths of our
// own choice, since the paper does not give them.
func NewInputIntegration() InputIntegration {
	return InputIntegration{
		Duration: 4, Reset: 0.1, MinStretch: 0.2, MaxStretch: 0.6, MinGap: 0.2, MaxGap: 0.6,
		Drift: 1, Noise: 0.5, NoiseStep: 0.01, Rate: 2, Dt: 0.001,
	}
}

// Shape is two inputs, the signal and the reset, and one output.
func (k InputIntegration) Shape() Shape {
	return Shape{Name: "input integration", Dt: k.Dt, Inputs: 2, Outputs: 1}
}

// Validate says which field makes no sense.
func (k InputIntegration) Validate() error {
	f := check(k.Shape())
	f.duration("Duration", k.Duration)
	f.duration("Reset", k.Reset)
	f.duration("MinStretch", k.MinStretch)
	f.duration("MaxStretch", k.MaxStretch)
	f.pause("MinGap", k.MinGap)
	f.pause("MaxGap", k.MaxGap)
	f.duration("NoiseStep", k.NoiseStep)
	f.finite("Drift", k.Drift)
	f.pause("Noise", k.Noise)
	f.positive("Rate", k.Rate)
	switch {
	case k.MinStretch > k.MaxStretch:
		f.fail("MinStretch is %g s: it must be at most MaxStretch, %g s", k.MinStretch, k.MaxStretch)
	case k.MinGap > k.MaxGap:
		f.fail("MinGap is %g s: it must be at most MaxGap, %g s", k.MinGap, k.MaxGap)
	case max(k.MinStretch, k.NoiseStep) > k.Duration:
		f.fail("MinStretch is %g s and NoiseStep %g s: both must be at most Duration, %g s", k.MinStretch, k.NoiseStep, k.Duration)
	case k.Reset >= k.Duration:
		f.fail("Reset is %g s: it must be less than Duration, %g s", k.Reset, k.Duration)
	}
	return f.done()
}

// Trial draws stretches, gaps, drifts and noise from rng.
func (k InputIntegration) Trial(rng *rand.Rand) (Trial, error) {
	if err := random(k.Shape().Name, k.Validate(), rng); err != nil {
		return Trial{}, err
	}
	length, reset := steps(k.Duration, k.Dt), steps(k.Reset, k.Dt)
	inputs, targets := mat.NewDense(length, 2, nil), mat.NewDense(length, 1, nil)
	fill(inputs, 1, 0, reset, 1)
	for t := reset; t < length; {
		end := min(length, t+steps(uniform(rng, k.MinStretch, k.MaxStretch), k.Dt))
		noisy(inputs, 0, t, end, uniform(rng, -k.Drift, k.Drift), k.Noise, steps(k.NoiseStep, k.Dt), rng)
		t = end + steps(uniform(rng, k.MinGap, k.MaxGap), k.Dt)
	}
	var y float64
	for t := range length {
		targets.Set(t, 0, y)
		y = clamp(y + k.Rate*k.Dt*inputs.At(t, 0))
	}
	return Trial{Inputs: inputs, Targets: targets, Score: Window{reset, length}}, nil
}
