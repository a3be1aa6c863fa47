package integrator

import (
	"fmt"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

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
	n, d := pop.Encoders.Dims()
	if r, c := decoders.Dims(); r != n || c != d {
		return nil, fmt.Errorf("integrator: decoders are %d x %d, the population wants %d neurons x %d dimensions", r, c, n, d)
	}
	integ := &Integrator{Population: pop, Config: cfg, encode: zeros(d, n), readout: zeros(d, n)}
	for k := range d {
		mat.Col(integ.encode[k], k, pop.Encoders)
		floats.Mul(integ.encode[k], pop.Gain)
		mat.Col(integ.readout[k], k, decoders)
	}
	if cfg.Form == Weights {
		integ.connect()
	}
	// Whether the neurons can be simulated at this step is known only to them.
	if _, err := integ.Simulate(0); err != nil {
		return nil, err
	}
	return integ, nil
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
