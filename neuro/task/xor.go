package task

import (
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"
)

// TemporalXOR asks whether two successive pulses had different lengths. Each is
// short or long, drawn evenly. Some time after the second the output makes a bump,
// up to +1 if they differed and down to -1 if they were the same; it is zero
// otherwise (DePasquale et al. 2016, Fig. 3). The events of a trial are
//
//	half a pause, first pulse, gap, second pulse, delay, response, half a pause
//
// so that the network must keep the first length through the gap, and the
// answer through the delay. The response is scored; a trial is correct if the
// mean of the output over it has the right sign. Condition is 0 for
// short-short, 1 for short-long, 2 for long-short and 3 for long-long.
//
// Two hints, ours, can show in training what must be remembered. The first is +1
// for a long first pulse and -1 for a short one, from its end to the end of the
// second pulse; the second hint is the answer, +1 or -1, from then to the end of
// the response.
type TemporalXOR struct {
	// Short and Long are the pulses' lengths in seconds. Default 0.1 s and 0.3 s.
	Short, Long float64
	// Gap separates the pulses, Delay the second of them and the response,
	// in seconds. Default 0.3 s each.
	Gap, Delay float64
	// Response is the length of the answer in seconds: a beta(4, 4) density
	// with its peak in the middle. Default 0.5 s.
	Response float64
	// Pause between trials. Default 0.4 s + Exp(0.4 s), ours: the paper does
	// not say.
	Pause Pause
	// Hint gives the hints. Default false.
	Hint bool
	// Dt is the time step in seconds. Default 1 ms.
	Dt float64
}

// NewTemporalXOR returns the task of DePasquale et al. 2016, without hints.
func NewTemporalXOR() TemporalXOR {
	return TemporalXOR{Short: 0.1, Long: 0.3, Gap: 0.3, Delay: 0.3, Response: 0.5, Pause: Pause{0.4, 0.4}, Dt: 0.001}
}

// Shape is one input, one output and, with Hint, two hints.
func (x TemporalXOR) Shape() Shape {
	s := Shape{Name: "temporal XOR", Dt: x.Dt, Inputs: 1, Outputs: 1}
	if x.Hint {
		s.Name, s.Hints = "temporal XOR with hints", 2
	}
	return s
}

// Validate says which field makes no sense.
func (x TemporalXOR) Validate() error {
	f := check(x.Shape())
	f.duration("Short", x.Short)
	f.duration("Long", x.Long)
	f.duration("Gap", x.Gap)
	f.optional("Delay", x.Delay)
	f.duration("Response", x.Response)
	x.Pause.check(f)
	if x.Long <= x.Short {
		f.fail("Long is %g s: it must be longer than Short, %g s", x.Long, x.Short)
	}
	if f.err == nil && steps(x.Long, x.Dt) == steps(x.Short, x.Dt) {
		f.fail("Short and Long are %g and %g s, the same in steps of %g s: they must differ by one at least", x.Short, x.Long, x.Dt)
	}
	return f.done()
}

// Trial draws the pause and the two lengths from rng.
func (x TemporalXOR) Trial(rng *rand.Rand) (Trial, error) {
	if err := random(x.Shape().Name, x.Validate(), rng); err != nil {
		return Trial{}, err
	}
	half := x.Pause.half(x.Dt, rng)
	condition := rng.IntN(4)
	lengths := [2]int{steps(x.Short, x.Dt), steps(x.Long, x.Dt)}
	first, second := lengths[condition/2], lengths[condition%2]
	next := half + first + steps(x.Gap, x.Dt)
	respond := next + second + steps(x.Delay, x.Dt)
	response := Window{respond, respond + steps(x.Response, x.Dt)}
	length := response.To + half

	inputs, targets := mat.NewDense(length, 1, nil), mat.NewDense(length, 1, nil)
	fill(inputs, 0, half, half+first, 1)
	fill(inputs, 0, next, next+second, 1)
	answer := -1.0
	if first != second {
		answer = 1
	}
	addBump(targets, 0, response.From, response.To, answer)
	trial := Trial{
		Inputs: inputs, Targets: targets, Score: response, Condition: condition,
		Correct: func(outputs *mat.Dense) bool { return sameSign(outputs, 0, response, answer) },
	}
	if x.Hint {
		trial.Hints = mat.NewDense(length, 2, nil)
		fill(trial.Hints, 0, half+first, next+second, float64(2*(condition/2)-1))
		fill(trial.Hints, 1, next+second, response.To, answer)
	}
	return trial, nil
}
