package task

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"
)

// ContextualIntegration asks for the sign of the integral of one of two noisy
// signals; a context says which (Mante et al. 2013; DePasquale et al. 2023, Fig. 6).
// Inputs are the two signals, each a constant bias plus noise, and the one-hot
// context. The events of a trial are
//
//	half a pause, signals under a context, answer, half a pause
//
// With S the running sum of the cued signal's values (one each NoiseStep), the
// target is tanh(S/Scale), a smooth sign of the integral. It is held during the
// answer, when the context stays and the signals are silent, and is zero in the
// pause, without a context. (The authors ask for S itself and reset the network
// before each trial; here the state carries over, and the network forgets in the
// pause.) Signals and answer are scored; a trial is correct if the mean of the
// output over the answer has the sign of S. Condition is the cued signal, 0 or 1.
type ContextualIntegration struct {
	// Duration of the signals in seconds. Default 1 s.
	Duration float64
	// Quiet is how long the context comes before the signals, in seconds, as part
	// of their Duration. Default 0.06 s.
	Quiet float64
	// Answer is how long the answer must be held, in seconds. Default 0.1 s.
	Answer float64
	// Bias bounds a signal's mean, U(-Bias, Bias). Default 0.1.
	Bias float64
	// Noise is the standard deviation of the noise, NoiseStep how long each
	// value of it lasts, in seconds. Default 0.4 and 0.01 s.
	Noise, NoiseStep float64
	// Scale is the sum at which the target comes near ±1. Default 5.
	Scale float64
	// Pause between trials. Default 0.2 s + Exp(0.1 s).
	Pause Pause
	// Dt is the time step in seconds. Default 1 ms.
	Dt float64
}

// NewContextualIntegration returns the task with the signals of DePasquale et al.
// 2023.
func NewContextualIntegration() ContextualIntegration {
	return ContextualIntegration{
		Duration: 1, Quiet: 0.06, Answer: 0.1, Bias: 0.1, Noise: 0.4, NoiseStep: 0.01, Scale: 5,
		Pause: Pause{0.2, 0.1}, Dt: 0.001,
	}
}

// Shape is four inputs, two signals and two of context, and one output.
func (c ContextualIntegration) Shape() Shape {
	return Shape{Name: "contextual integration", Dt: c.Dt, Inputs: 4, Outputs: 1}
}

// Validate says which field makes no sense.
func (c ContextualIntegration) Validate() error {
	f := check(c.Shape())
	f.duration("Duration", c.Duration)
	f.optional("Quiet", c.Quiet)
	f.duration("Answer", c.Answer)
	f.duration("NoiseStep", c.NoiseStep)
	f.finite("Bias", c.Bias)
	f.pause("Noise", c.Noise)
	f.positive("Scale", c.Scale)
	c.Pause.check(f)
	switch {
	case c.Quiet >= c.Duration:
		f.fail("Quiet is %g s: it must be less than Duration, %g s", c.Quiet, c.Duration)
	case c.NoiseStep > c.Duration:
		f.fail("NoiseStep is %g s: it must be at most Duration, %g s", c.NoiseStep, c.Duration)
	case c.Bias == 0 && c.Noise == 0:
		f.fail("Bias and Noise are both zero: there is nothing to integrate")
	}
	return f.done()
}

// Trial draws the pause, the context, the biases and the noise from rng.
func (c ContextualIntegration) Trial(rng *rand.Rand) (Trial, error) {
	if err := random(c.Shape().Name, c.Validate(), rng); err != nil {
		return Trial{}, err
	}
	half := c.Pause.half(c.Dt, rng)
	cued := rng.IntN(2)
	signals := Window{half, half + steps(c.Duration, c.Dt)}
	answer := Window{signals.To, signals.To + steps(c.Answer, c.Dt)}
	length := answer.To + half

	inputs, targets := mat.NewDense(length, 4, nil), mat.NewDense(length, 1, nil)
	hold := steps(c.NoiseStep, c.Dt)
	for i := range 2 {
		noisy(inputs, i, signals.From+steps(c.Quiet, c.Dt), signals.To, uniform(rng, -c.Bias, c.Bias), c.Noise, hold, rng)
	}
	fill(inputs, 2+cued, signals.From, answer.To, 1)
	var sum float64
	for t := signals.From; t < answer.To; t++ {
		targets.Set(t, 0, math.Tanh(sum/c.Scale))
		sum += inputs.At(t, cued) / float64(hold)
	}
	return Trial{
		Inputs: inputs, Targets: targets, Score: Window{signals.From, answer.To}, Condition: cued,
		Correct: func(outputs *mat.Dense) bool { return sameSign(outputs, 0, answer, sum) },
	}, nil
}
