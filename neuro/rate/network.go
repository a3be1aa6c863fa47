package rate

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/kernel"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// Network is a rate network that runs on its own: trained here, or built
// from weights found elsewhere. Matrices that a network does not have
// are nil.
type Network struct {
	Form Form
	// Activation is φ; empty means [Tanh].
	Activation Activation
	// Tau is the time constant in seconds; Discrete networks have none.
	Tau float64
	// Dt is the step in seconds: that of the task, or for a Discrete network
	// a whole multiple of it.
	Dt float64
	// Recurrent is J, N_r × N_r; row i holds the weights onto unit i.
	Recurrent *mat.Dense
	// Input is u_in, N_r × inputs.
	Input *mat.Dense
	// Feedback carries the output back into the network, N_r × m (FORCE).
	Feedback *mat.Dense
	// Readout is W, m × N_r.
	Readout *mat.Dense
	// Bias is b, length N_r, and ReadoutBias c, length m, in z = W r + c;
	// nil where there is none.
	Bias, ReadoutBias []float64
	// Initial is the state at the start of a run, length N_r.
	Initial []float64
	// Restart puts the network back into Initial before every trial, as
	// networks trained by back-propagation usually are; without it the state
	// carries over from trial to trial.
	Restart bool
	// Noise is σ, the standard deviation of the units' private noise (see the
	// package's equations) while the network runs on its own; 0 is none.
	Noise float64
}

// Units returns N_r.
func (n *Network) Units() int { return len(n.Initial) }

// Validate checks that the network is complete and that its shapes fit each
// other and a task.
func (n *Network) Validate(s task.Shape) error {
	if n == nil {
		return errors.New("rate: the network is nil")
	}
	if err := n.validateUnits(); err != nil {
		return err
	}
	units := n.Units()
	parts := []struct {
		name       string
		m          *mat.Dense
		rows, cols int
		optional   bool
	}{
		{"Recurrent", n.Recurrent, units, units, false},
		{"Input", n.Input, units, s.Inputs, s.Inputs == 0},
		{"Feedback", n.Feedback, units, s.Outputs, true},
		{"Readout", n.Readout, s.Outputs, units, false},
	}
	for _, p := range parts {
		if p.m == nil {
			if p.optional {
				continue
			}
			return fmt.Errorf("rate: the network has no %s weights, %s needs %d x %d", p.name, s.Name, p.rows, p.cols)
		}
		if r, c := p.m.Dims(); r != p.rows || c != p.cols {
			hint := ""
			if r == p.cols && c == p.rows {
				hint = ": transpose it"
			}
			return fmt.Errorf("rate: %s is %d x %d, %s with %d units needs %d x %d%s", p.name, r, c, s.Name, units, p.rows, p.cols, hint)
		}
	}
	if n.Bias != nil && len(n.Bias) != units {
		return fmt.Errorf("rate: %d biases for %d units", len(n.Bias), units)
	}
	if n.ReadoutBias != nil && len(n.ReadoutBias) != s.Outputs {
		return fmt.Errorf("rate: %d output biases for the %d outputs of %s", len(n.ReadoutBias), s.Outputs, s.Name)
	}
	_, err := n.hold(s)
	return err
}

// fit says whether the weights fit each other, whatever the task: what runs
// only needs that.
func (n *Network) fit() error {
	if n.Recurrent == nil || n.Readout == nil {
		return errors.New("rate: the network has no Recurrent or no Readout weights")
	}
	units, columns := n.Recurrent.Dims()
	outputs, read := n.Readout.Dims()
	agree := units > 0 && outputs > 0 && columns == units && read == units && (n.Bias == nil || len(n.Bias) == units) && (n.ReadoutBias == nil || len(n.ReadoutBias) == outputs)
	if n.Input != nil {
		agree = agree && n.Input.RawMatrix().Rows == units
	}
	if n.Feedback != nil {
		rows, columns := n.Feedback.Dims()
		agree = agree && rows == units && columns == outputs
	}
	if !agree {
		return fmt.Errorf("rate: the weights of a network with %d x %d Recurrent and %d x %d Readout do not fit each other: Network.Validate tells which", units, columns, outputs, read)
	}
	return nil
}

// mustFit panics unless the weights fit each other.
func (n *Network) mustFit() {
	if err := n.fit(); err != nil {
		panic(err.Error())
	}
}

// coarsest is the longest step of a network that was not trained here, in Tau.
// Forward Euler's steps of nearly Tau are exponential Euler's of some of it
// ([ImportConfig].ForwardEuler), and such networks are right as they are.
const coarsest = 10

// validateUnits checks what does not depend on a task.
func (n *Network) validateUnits() error {
	finite := func(x float64) bool { return x >= 0 && !math.IsInf(x, 0) }
	switch {
	case !n.Form.known():
		return fmt.Errorf("rate: the form of the network is %q: choose rate.Current, rate.Rate or rate.Discrete", n.Form)
	case n.Units() == 0:
		return fmt.Errorf("rate: the network has no initial state, which says how many units there are")
	case n.Form != Discrete && (!finite(n.Tau) || n.Tau == 0):
		return fmt.Errorf("rate: the network's Tau is %g s: it must be positive and finite", n.Tau)
	case !finite(n.Dt) || n.Dt == 0:
		return fmt.Errorf("rate: the network's Dt is %g s: it must be positive and finite", n.Dt)
	case n.Dt > neuro.LongestStep:
		return fmt.Errorf("rate: the network's Dt is %g s, longer than any task's step (%g s): %g looks like milliseconds, write %g", n.Dt, neuro.LongestStep, n.Dt, n.Dt/1000)
	case n.Form != Discrete && n.Dt > coarsest*n.Tau:
		return fmt.Errorf("rate: the network's step of %g s is %.3g times its Tau, %g s, within which nothing is left of a state: both are in seconds, or the network is rate.Discrete", n.Dt, n.Dt/n.Tau, n.Tau)
	case !finite(n.Noise):
		return fmt.Errorf("rate: the network's Noise is %g: it must not be negative, and finite", n.Noise)
	}
	if i := neuro.NotFinite(n.Initial); i >= 0 {
		return fmt.Errorf("rate: the initial state of unit %d is %g: it must be finite", i, n.Initial[i])
	}
	return n.Activation.validate()
}

// hold returns how many steps of a task one step of the network lasts: 1,
// unless the network is Discrete.
func (n *Network) hold(s task.Shape) (int, error) {
	if n.Dt == s.Dt {
		return 1, nil
	}
	if n.Form != Discrete {
		return 0, fmt.Errorf("rate: the network steps by %g s, %s by %g s: they must agree", n.Dt, s.Name, s.Dt)
	}
	steps := math.Round(n.Dt / s.Dt)
	if steps < 1 || math.Abs(n.Dt/s.Dt-steps) > 1e-9*steps {
		return 0, fmt.Errorf("rate: the network steps by %g s, %s by %g s: the first must be a whole multiple of the second", n.Dt, s.Name, s.Dt)
	}
	return int(steps), nil
}

// Closed returns the same network with the loop closed: recurrent weights J + u W
// and biases b + u c in place of Feedback. It is n itself without feedback. It
// panics if the weights do not fit each other ([Network.Validate]).
func (n *Network) Closed() *Network {
	n.mustFit()
	if n.Feedback == nil {
		return n
	}
	closed := *n
	closed.Feedback, closed.Recurrent = nil, new(mat.Dense)
	closed.Recurrent.Mul(n.Feedback, n.Readout)
	closed.Recurrent.Add(n.Recurrent, closed.Recurrent)
	if n.ReadoutBias != nil {
		var loop mat.VecDense
		loop.MulVec(n.Feedback, mat.NewVecDense(len(n.ReadoutBias), n.ReadoutBias))
		closed.Bias = loop.RawVector().Data
		addBias(closed.Bias, n.Bias)
	}
	return &closed
}

// Weights onto units are used by columns (transposed, one row for each source
// of input): such a matrix is read from end to end, and sums into a vector
// that stays in registers.

// byColumns returns the transpose; nil for nil.
func byColumns(m *mat.Dense) *mat.Dense {
	if m == nil {
		return nil
	}
	return mat.DenseCopyOf(m.T())
}

// drive is dst = m x, or dst += m x when add, for m kept by columns. A nil m
// adds nothing.
func drive(dst []float64, columns *mat.Dense, x []float64, add bool) {
	if columns != nil {
		raw := columns.RawMatrix()
		kernel.MulRows(dst, x, raw.Data, raw.Stride, add)
	}
}

// channels is row t of a time-major matrix, nil where there is none.
func channels(series *mat.Dense, t int) []float64 {
	if series == nil {
		return nil
	}
	return series.RawRowView(t)
}

// read is dst = W r for the few rows of a readout.
func read(dst []float64, w *mat.Dense, r []float64) {
	for i := range dst {
		dst[i] = kernel.Dot(w.RawRowView(i), r)
	}
}
