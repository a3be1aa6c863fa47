package rate

import (
	"fmt"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"
)

// Runner steps a network through trials. Make it with [Network.Runner].
type Runner struct {
	net             *Network
	recurrent       func(dst, x []float64) // J x
	input, feedback *mat.Dense             // by columns
	state           *state
	hold            int // steps of the task for each of a Discrete network
	current         []float64
	z               []float64
}

// Runner returns a runner in state x, length N_r; nil means net.Initial, or
// silence where that is nil, too. It carries its state from trial to trial,
// whatever net.Restart says. It panics if the weights do not fit each other
// ([Network.Validate] says which), or if x does not fit them.
func (n *Network) Runner(x []float64) *Runner {
	n.mustFit()
	outputs, units := n.Readout.Dims()
	switch {
	case x != nil:
	case n.Initial != nil:
		x = n.Initial
	default:
		x = make([]float64, units)
	}
	if len(x) != units {
		panic(fmt.Sprintf("rate: a state of %d numbers for %d units", len(x), units))
	}
	return &Runner{
		net:       n,
		recurrent: multiplier(n.Recurrent), input: byColumns(n.Input), feedback: byColumns(n.Feedback),
		state: n.start(x), hold: 1,
		current: make([]float64, units), z: make([]float64, outputs),
	}
}

// SetNoise takes the units' private noise, of the size net.Noise, from rng from
// now on. Without it there is none.
func (r *Runner) SetNoise(rng *rand.Rand) { r.state.noisy(r.net.Noise, rng) }

// State returns a copy of the state.
func (r *Runner) State() []float64 { return append([]float64(nil), r.state.x...) }

// Step shows the network step t of a time-major input (nil for a network
// without inputs) and returns its activity (N_r) and output (m). Those of
// Current and Rate networks are the ones before the step is taken, by
// [Runner.Advance]; those of a Discrete network, which has no time between
// steps, are the ones that the input has already acted on, as in PyTorch and
// Keras. Both slices are overwritten by the next Step.
// Nothing is allocated. Cost: N_r² multiply-adds. It panics if the input has no
// step t, or not as many channels as the network has inputs.
func (r *Runner) Step(inputs *mat.Dense, t int) (activity, output []float64) {
	rows, columns, want := t+1, 0, 0
	if inputs != nil {
		rows, columns = inputs.Dims()
	}
	if r.input != nil {
		want = r.input.RawMatrix().Rows // kept by columns
	}
	if t < 0 || t >= rows || columns != want {
		panic(fmt.Sprintf("rate: step %d of %d x %d inputs to a network with %d", t, rows, columns, want))
	}
	return r.step(inputs, nil, t)
}

// step is Step with the given targets fed back in place of the output, unless
// they are nil.
func (r *Runner) step(inputs, targets *mat.Dense, t int) (activity, output []float64) {
	discrete := r.net.Form == Discrete
	if discrete && t%r.hold != 0 {
		return r.state.r, r.z
	}
	r.read()
	fedBack := r.z
	if targets != nil {
		fedBack = targets.RawRowView(t)
	}
	r.recurrent(r.current, r.state.r)
	drive(r.current, r.input, channels(inputs, t), true)
	drive(r.current, r.feedback, fedBack, true)
	addBias(r.current, r.net.Bias)
	if discrete {
		r.state.advance(r.current)
		r.read()
	}
	return r.state.r, r.z
}

// read is z = W r + c.
func (r *Runner) read() {
	read(r.z, r.net.Readout, r.state.r)
	addBias(r.z, r.net.ReadoutBias)
}

// Advance takes the step prepared by Step.
func (r *Runner) Advance() {
	if r.net.Form != Discrete {
		r.state.advance(r.current)
	}
}
