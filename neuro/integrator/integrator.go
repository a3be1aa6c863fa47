package integrator

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/bound"
	"github.com/spikewalk/spikewalk/neuro/nef"
)

// Integrator is a population and what connects it to itself and to the eye:
// everything that learning changes. Its moving state is a [Simulation]. An
// Integrator is not safe for use by several goroutines while it learns; see
// [Integrator.Clone].
type Integrator struct {
	Population *nef.Population
	Config     Config

	// encode is D x N: the columns of the scaled encoders α_j e_j.
	encode [][]float64
	// readout is D x N, the decoders from which the eye reads x. In decoder
	// form they are the recurrent decoders as well; in weight form they are
	// the least-squares ones, pinv(α e) ω, of weights that have changed.
	readout [][]float64
	// outgoing is N x N, nil in decoder form: outgoing[i][j] = ω_ji, so that
	// all weights a spike of neuron i travels over lie in one row.
	outgoing [][]float64
}

// New builds the integrator with the population's optimal linear decoders
// for x. The population must be one of D = 1; there the decoders are fitted
// on a grid.
func New(pop *nef.Population, cfg Config) (*Integrator, error) {
	if err := cfg.Validate(); err != nil {
		return nil, err
	}
	if err := pop.Validate(); err != nil {
		return nil, fmt.Errorf("integrator: %w", err)
	}
	if d := pop.Config.Dimensions; d != 1 {
		return nil, fmt.Errorf("integrator: the population represents %d dimensions, decoders are fitted on a line: want 1", d)
	}
	points, err := nef.Line(pop.Config.Radius, cfg.GridStep)
	if err != nil {
		return nil, err
	}
	d, err := nef.Decoders(pop, nef.Identity, points, cfg.Regularisation)
	if err != nil {
		return nil, err
	}
	return FromDecoders(pop, d, cfg)
}

// FromDecoders builds the integrator whose recurrent connection decodes x
// with the given N x D decoders, of any D.
func FromDecoders(pop *nef.Population, decoders *mat.Dense, cfg Config) (*Integrator, error) {
	if err := cfg.Validate(); err != nil {
		return nil, err
	}
	if err := pop.Validate(); err != nil {
		return nil, fmt.Errorf("integrator: %w", err)
	}
	if _, err := neuro.CheckStep("integrator", cfg.Step, membrane(pop)); err != nil {
		return nil, err
	}
	n, d := pop.Encoders.Dims()
	if decoders == nil {
		return nil, fmt.Errorf("integrator: the decoders are nil: want a %d x %d matrix, such as nef.Decoders makes", n, d)
	}
	if r, c := decoders.Dims(); r != n || c != d {
		return nil, fmt.Errorf("integrator: decoders are %d x %d, the population wants %d neurons x %d dimensions", r, c, n, d)
	}
	if n < d {
		return nil, fmt.Errorf("integrator: a population of %d cannot represent %d dimensions: want at least as many neurons", n, d)
	}
	integ := blank(pop, cfg)
	setColumns(integ.readout, decoders)
	for k, row := range integ.readout {
		if i := firstNotFinite(row); i >= 0 {
			return nil, fmt.Errorf("integrator: the decoder of neuron %d is %g in dimension %d: must be finite", i, row[i], k)
		}
	}
	if cfg.Form == Weights {
		if err := bound.Array("integrator: the weights", n, n); err != nil {
			return nil, err
		}
		integ.connect()
	}
	return integ.simulable()
}

// blank is an integrator that decodes 0, in decoder form.
func blank(pop *nef.Population, cfg Config) *Integrator {
	n, d := pop.Encoders.Dims()
	integ := &Integrator{Population: pop, Config: cfg, encode: zeros(d, n), readout: zeros(d, n)}
	for k := range d {
		mat.Col(integ.encode[k], k, pop.Encoders)
		floats.Mul(integ.encode[k], pop.Gain)
	}
	return integ
}

// simulable is the integrator, if its neurons can be simulated at the
// configuration's step, which is known only to them.
func (g *Integrator) simulable() (*Integrator, error) {
	if _, err := g.Simulate(0); err != nil {
		return nil, err
	}
	return g, nil
}

// connect gives every pair of neurons its weight, ω_ji = α_j ⟨e_j, d_i⟩.
func (g *Integrator) connect() {
	n := g.Population.Config.Neurons
	g.outgoing = zeros(n, n)
	for i, row := range g.outgoing {
		for k, e := range g.encode {
			floats.AddScaled(row, g.readout[k][i], e)
		}
	}
	g.Config.Form = Weights
}

// Clone returns an independent copy.
func (g *Integrator) Clone() *Integrator {
	c := *g
	c.readout, c.outgoing = nil, nil
	c.restore(g)
	return &c
}

// restore takes over the connections of another integrator of the same
// population, without sharing them.
func (g *Integrator) restore(from *Integrator) {
	g.readout = copyRows(g.readout, from.readout)
	g.outgoing = copyRows(g.outgoing, from.outgoing)
}

// Decoders returns the N x D decoders from which the eye reads x.
func (g *Integrator) Decoders() *mat.Dense {
	d := mat.NewDense(g.Population.Config.Neurons, len(g.readout), nil)
	for k, row := range g.readout {
		d.SetCol(k, row)
	}
	return d
}

// Weights returns the N x N weights ω_ji, postsynaptic neurons j in rows, in
// either form.
func (g *Integrator) Weights() *mat.Dense {
	c := g
	if g.outgoing == nil {
		c = g.Clone()
		c.connect()
	}
	n := len(c.outgoing)
	w := mat.NewDense(n, n, nil)
	for i, row := range c.outgoing {
		w.SetCol(i, row)
	}
	return w
}

func zeros(rows, cols int) [][]float64 {
	m := make([][]float64, rows)
	all := make([]float64, rows*cols)
	for i := range m {
		m[i] = all[i*cols : (i+1)*cols : (i+1)*cols]
	}
	return m
}

// setColumns makes the rows of to the columns of from.
func setColumns(to [][]float64, from *mat.Dense) {
	for k := range to {
		mat.Col(to[k], k, from)
	}
}

// firstNotFinite is the index of the first NaN or Inf in v, or -1.
func firstNotFinite(v []float64) int {
	return slices.IndexFunc(v, func(x float64) bool { return math.IsNaN(x) || math.IsInf(x, 0) })
}

// copyRows copies from into to, which is made if it is nil.
func copyRows(to, from [][]float64) [][]float64 {
	if from == nil {
		return nil
	}
	if to == nil {
		to = zeros(len(from), len(from[0]))
	}
	for i := range from {
		copy(to[i], from[i])
	}
	return to
}
