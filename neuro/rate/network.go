package rate

import (
	"fmt"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/internal/kernel"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// Network is a rate network that runs on its own: trained here, or built
// from weights found elsewhere. Matrices that a network does not have
// are nil.
type Network struct {
	Form Form
	// Tau is the time constant and Dt the step, in seconds.
	Tau, Dt float64
	// Recurrent is J, N_r × N_r; row i holds the weights onto unit i.
	Recurrent *mat.Dense
	// Input is u_in, N_r × inputs.
	Input *mat.Dense
	// Feedback carries the output back into the network, N_r × m (FORCE).
	Feedback *mat.Dense
	// Readout is W, m × N_r.
	Readout *mat.Dense
	// Bias is b, length N_r, or nil.
	Bias []float64
	// Initial is the state at the start of a run, length N_r.
	Initial []float64
}

// Units returns N_r.
func (n *Network) Units() int { return len(n.Initial) }

// Validate checks that the network's shapes fit each other and a task.
func (n *Network) Validate(s task.Shape) error {
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
			return fmt.Errorf("rate: %s is %d x %d, %s with %d units needs %d x %d", p.name, r, c, s.Name, units, p.rows, p.cols)
		}
	}
	if n.Bias != nil && len(n.Bias) != units {
		return fmt.Errorf("rate: %d biases for %d units", len(n.Bias), units)
	}
	if n.Dt != s.Dt {
		return fmt.Errorf("rate: the network steps by %g s, %s by %g s: they must agree", n.Dt, s.Name, s.Dt)
	}
	return nil
}

// EffectiveRecurrent returns the weights that act on the activity when the
// loop is closed, J + u W: Recurrent itself where there is no feedback.
func (n *Network) EffectiveRecurrent() *mat.Dense {
	j := mat.DenseCopyOf(n.Recurrent)
	if n.Feedback != nil {
		var loop mat.Dense
		loop.Mul(n.Feedback, n.Readout)
		j.Add(j, &loop)
	}
	return j
}

// newNetwork draws the fixed random weights of cfg for a task.
func newNetwork(cfg Config, s task.Shape, stream func(string) *rand.Rand) *Network {
	n := &Network{
		Form:      cfg.Form,
		Tau:       cfg.Tau,
		Dt:        s.Dt,
		Recurrent: normal(cfg.Units, cfg.Units, cfg.Gain/math.Sqrt(float64(cfg.Units)), stream("recurrent")),
		Input:     uniform(cfg.Units, s.Inputs, cfg.InputScale, stream("input")),
		Readout:   mat.NewDense(s.Outputs, cfg.Units, nil),
		Initial:   make([]float64, cfg.Units),
	}
	initial := stream("initial")
	for i := range n.Initial {
		n.Initial[i] = initial.NormFloat64()
	}
	return n
}

func normal(rows, cols int, sd float64, rng *rand.Rand) *mat.Dense {
	m := mat.NewDense(rows, cols, nil)
	m.Apply(func(_, _ int, _ float64) float64 { return sd * rng.NormFloat64() }, m)
	return m
}

// uniform returns nil for no columns, as everywhere here.
func uniform(rows, cols int, scale float64, rng *rand.Rand) *mat.Dense {
	if cols == 0 {
		return nil
	}
	m := mat.NewDense(rows, cols, nil)
	m.Apply(func(_, _ int, _ float64) float64 { return scale * (2*rng.Float64() - 1) }, m)
	return m
}

// state is a network's state and activity in time. The two are one vector in
// the Rate form.
type state struct {
	form  Form
	decay float64
	x     []float64
	r     []float64
	goal  []float64 // scratch of the Rate form: φ(input)
}

func (n *Network) start(x []float64) *state {
	s := &state{form: n.Form, decay: math.Exp(-n.Dt / n.Tau), x: append([]float64(nil), x...)}
	if n.Form == Rate {
		s.r, s.goal = s.x, make([]float64, len(x))
	} else {
		s.r = make([]float64, len(x))
		kernel.Tanh(s.r, s.x)
	}
	return s
}

// advance moves the state one step under the given total input, exponential
// Euler.
func (s *state) advance(input []float64) {
	if s.form == Rate {
		kernel.Tanh(s.goal, input)
		kernel.Relax(s.x, s.goal, s.decay)
		return
	}
	kernel.RelaxTanh(s.x, s.r, input, s.decay)
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
