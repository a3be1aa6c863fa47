package rate

import (
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/task"
)

// generator is the target-generating network of full-FORCE. It does not
// depend on the network that learns.
type generator struct {
	recurrent           fixed      // J̃
	target, hint, input *mat.Dense // u_out, u_hint, u_in, by columns
	bias                []float64  // nil without
	state               *state     // x_D
	total               []float64  // scratch: d and the input

	trial      task.Trial
	first, end int       // the steps in ahead
	ahead      []float64 // d(t), by rows
}

// stepsAhead is how far the generator runs ahead where one core does all:
// either network's weights then stay in the cache for a while, where step by
// step they would drive each other out.
const stepsAhead = 64

func newGenerator(recurrent fixed, target, hint, input *mat.Dense, bias []float64, s *state) *generator {
	n := len(s.x)
	return &generator{
		recurrent: recurrent, target: target, hint: hint, input: input, bias: bias, state: s,
		total: make([]float64, n), ahead: make([]float64, stepsAhead*n),
	}
}

// begin starts a trial; the state goes on from the one before.
func (g *generator) begin(trial task.Trial) {
	g.trial = trial
	g.first, g.end = 0, 0
}

// wanted is d(t), for steps in order of t.
func (g *generator) wanted(t int) []float64 {
	n := len(g.total)
	if t == g.end {
		g.first, g.end = t, min(t+stepsAhead, g.trial.Steps())
		for i := t; i < g.end; i++ {
			g.step(g.ahead[(i-t)*n:][:n], i)
		}
	}
	return g.ahead[(t-g.first)*n:][:n]
}

// step writes d(t) to d and takes the step.
func (g *generator) step(d []float64, t int) {
	g.recurrent.drive(d, g.state.r)
	drive(d, g.target, channels(g.trial.Targets, t), true)
	drive(d, g.hint, channels(g.trial.Hints, t), true)
	addBias(d, g.bias)
	copy(g.total, d)
	drive(g.total, g.input, channels(g.trial.Inputs, t), true)
	g.state.advance(g.total)
}
