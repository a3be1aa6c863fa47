package rate

import (
	"context"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/internal/companion"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// generator is the target-generating network of full-FORCE. It does not
// depend on the network that learns, so it runs ahead: with a companion, who
// takes its next step while the network takes its own, by one step; alone by
// many, because either network's weights then stay in the cache for a while,
// where step by step they would drive each other out. Who computes what does
// not change a bit.
type generator struct {
	recurrent           fixed      // J̃
	target, hint, input *mat.Dense // u_out, u_hint, u_in, by columns
	bias                []float64  // nil without
	state               *state     // x_D
	total               []float64  // scratch: d and the input

	trial task.Trial
	end   int       // the next step to take, by whoever takes it
	rows  []float64 // the last d(t)

	crew   *companion.Crew
	second bool     // a companion takes the steps
	next   func()   // takes step end
	pieces [2]int64 // the numbers of these pieces of work, of even and of odd steps
}

// stepsAhead is how far the generator runs ahead where one core does all.
const stepsAhead = 64

func newGenerator(cfg Config, s task.Shape, net *Network) *generator {
	g := &generator{
		recurrent: newFixed(net.Recurrent),
		target:    byColumns(net.Feedback),
		hint:      byColumns(uniform(cfg.Units, s.Hints, cfg.HintScale, cfg.stream(forHint))),
		input:     byColumns(net.Input),
		bias:      net.Bias,
		state:     net.start(net.Initial),
		total:     make([]float64, cfg.Units),
		rows:      make([]float64, stepsAhead*cfg.Units),
	}
	g.next = func() {
		g.step(g.row(g.end), g.end)
		g.end++
	}
	return g
}

// begin starts a trial; the state goes on from the one before.
func (g *generator) begin(ctx context.Context, trial task.Trial) {
	g.trial = trial
	g.end = 0
	g.crew = companion.Of(ctx)
	g.second = g.crew.Joined()
	g.ahead(-1)
}

// row is where d(t) is kept.
func (g *generator) row(t int) []float64 {
	n := len(g.total)
	return g.rows[t%stepsAhead*n:][:n]
}

// ahead has the companion, if there is one, take the step after t, behind what it
// does already.
func (g *generator) ahead(t int) {
	if t++; g.second && t < g.trial.Steps() {
		g.pieces[t%2] = g.crew.Do(g.next)
	}
}

// wanted is d(t), for steps in order of t, until the next is asked for.
func (g *generator) wanted(t int) []float64 {
	if g.second {
		g.crew.Need(g.pieces[t%2])
	} else if t == g.end {
		for g.end < min(t+stepsAhead, g.trial.Steps()) {
			g.next()
		}
	}
	return g.row(t)
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
