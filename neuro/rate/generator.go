package rate

import (
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/task"
)

// generator is the target-generating network of full-FORCE. It does not
// depend on the network that learns, so it runs ahead of it by some steps:
// either network's weights then stay in the cache for a while, where step by
// step they would drive each other out. On a second processor it runs while
// the other network learns.
type generator struct {
	recurrent           fixed      // J̃
	target, hint, input *mat.Dense // u_out, u_hint, u_in, by columns
	state               *state     // x_D
	total               []float64  // scratch: d and the input

	trial     task.Trial
	now, next stretch
	ahead     bool          // next is being computed
	done      chan struct{} // when it is
}

// stretch is d(t) over the steps from first to end, by rows.
type stretch struct {
	first, end int
	wanted     []float64
}

// stepsAhead are enough that neither cache nor handing over matters.
const stepsAhead = 64

func newGenerator(recurrent fixed, target, hint, input *mat.Dense, s *state) *generator {
	n := len(s.x)
	return &generator{
		recurrent: recurrent, target: target, hint: hint, input: input, state: s,
		total: make([]float64, n),
		now:   stretch{wanted: make([]float64, stepsAhead*n)},
		next:  stretch{wanted: make([]float64, stepsAhead*n)},
		done:  make(chan struct{}, 1),
	}
}

// begin starts a trial; the state goes on from the one before.
func (g *generator) begin(trial task.Trial) {
	if g.ahead { // of a trial that was given up
		<-g.done
		g.ahead = false
	}
	g.trial = trial
	g.now.first, g.now.end = 0, 0
}

// wanted is d(t), for steps in order of t. The slice is good for some steps.
func (g *generator) wanted(t, cores int) []float64 {
	if t == g.now.end {
		g.handOver(cores)
	}
	n, row := len(g.total), t-g.now.first
	return g.now.wanted[row*n : (row+1)*n]
}

func (g *generator) handOver(cores int) {
	if g.ahead {
		<-g.done
	} else {
		g.run(g.now.end)
	}
	g.now, g.next = g.next, g.now
	if g.ahead = cores > 1 && g.now.end < g.trial.Steps(); g.ahead {
		go func(first int) {
			g.run(first)
			g.done <- struct{}{}
		}(g.now.end)
	}
}

// run computes the next stretch.
func (g *generator) run(first int) {
	g.next.first, g.next.end = first, min(first+stepsAhead, g.trial.Steps())
	n := len(g.total)
	for t := first; t < g.next.end; t++ {
		d := g.next.wanted[(t-first)*n:][:n]
		g.recurrent.drive(d, g.state.r)
		drive(d, g.target, channels(g.trial.Targets, t), true)
		drive(d, g.hint, channels(g.trial.Hints, t), true)
		copy(g.total, d)
		drive(g.total, g.input, channels(g.trial.Inputs, t), true)
		g.state.advance(g.total)
	}
}
