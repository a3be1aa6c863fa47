package attractor

import (
	"errors"
	"fmt"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/bound"
	"github.com/spikewalk/spikewalk/neuro/nef"
)

// Definition says what an attractor's recurrent connection is to do.
type Definition struct {
	// Controls is C, the number of control inputs u, which the population
	// represents in its last dimensions, behind the D of the state. An input
	// that is only added to dx/dt needs none; one that multiplies the state,
	// as an angular velocity does, needs to be represented with it.
	Controls int
	// Dynamics is f in dx/dt = f(x, u): the state x of length D and the controls
	// u of length C to a velocity of length D, in units of x per second. It may
	// not keep or change x and u. Nil is f = 0, an integrator.
	Dynamics func(x, u []float64) []float64
	// Points are the values of (x, u), T × (D + C), on which the decoders are
	// fitted: where state and controls are to be found. Off these the dynamics
	// are whatever the neurons make of them.
	Points nef.Points
	// Config says how the attractor is simulated.
	Config Config
}

// Attractor is a population connected to itself so that what it represents
// follows given dynamics. It holds everything that learning changes; its moving
// state is a [Simulation]. It is not safe for use by several goroutines while
// it learns; see [Attractor.Clone].
type Attractor struct {
	Population *nef.Population
	// State is D and Controls is C.
	State, Controls int
	Config          Config

	// encode is (D + C) × N: the columns of the scaled encoders α_j e_j.
	encode [][]float64
	// readout is D × N, the decoders of x. In decoder form they are the
	// recurrent ones as well; in weight form they are the least-squares ones,
	// pinv(α e) ω, of weights that have changed.
	readout [][]float64
	// outgoing is N × N, nil in decoder form: outgoing[i][j] = ω_ji, so that
	// all weights a spike of neuron i travels over lie in one row.
	outgoing [][]float64
	// pending is D × N, nil in decoder form: what neuron i's synapses learned
	// and is not yet written into outgoing[i]; see [Simulation.Learn].
	pending [][]float64
}

// New builds the attractor with the optimal linear decoders of the recurrent
// transform
//
//	g(x, u) = x + τ_syn f(x, u),
//
// with which x = h * g(x, u) obeys dx/dt = f(x, u) (Eliasmith & Anderson 2003,
// principle 3). The population represents D + C dimensions. New returns a
// [nef.SingularError] when the points do not determine the decoders.
func New(pop *nef.Population, def Definition) (*Attractor, error) {
	if err := pop.Validate(); err != nil {
		return nil, fmt.Errorf("attractor: %w", err)
	}
	if err := def.Config.Validate(); err != nil {
		return nil, err
	}
	a, err := blank(pop, def.Controls, def.Config)
	if err != nil {
		return nil, err
	}
	if err := a.fits(def); err != nil {
		return nil, err
	}
	d, err := nef.Decoders(pop, a.transform(def.Dynamics), def.Points, def.Config.Regularisation)
	if err != nil {
		return nil, fmt.Errorf("attractor: %w", err)
	}
	return a.WithDecoders(mat.DenseCopyOf(d.Slice(0, pop.Config.Neurons, 0, a.State)))
}

// fits says whether points and dynamics are of the attractor's dimensions,
// before time is spent on the fit.
func (a *Attractor) fits(def Definition) error {
	p := a.State + a.Controls
	if def.Points.X == nil || def.Points.X.IsEmpty() {
		return fmt.Errorf("attractor: no Points to fit the decoders on: they must be a T x %d matrix, such as nef.Ball or nef.Circle make", p)
	}
	if _, cols := def.Points.X.Dims(); cols != p {
		return fmt.Errorf("attractor: Points have %d dimensions, the population represents %d: each row must hold state and controls", cols, p)
	}
	if def.Dynamics == nil {
		return nil
	}
	z := def.Points.X.RawRowView(0)
	if v := def.Dynamics(z[:a.State], z[a.State:]); len(v) != a.State {
		return fmt.Errorf("attractor: Dynamics give a velocity of %d dimensions, the state has %d", len(v), a.State)
	}
	return nil
}

// transform is g, and 0 for the controls, which come from outside alone.
func (a *Attractor) transform(f func(x, u []float64) []float64) func([]float64) []float64 {
	return func(z []float64) []float64 {
		g := make([]float64, len(z))
		copy(g, z[:a.State])
		if f != nil {
			for k, v := range f(z[:a.State], z[a.State:]) {
				g[k] += a.Config.TauSyn * v
			}
		}
		return g
	}
}

// blank is an attractor that decodes 0, in decoder form whatever cfg says.
func blank(pop *nef.Population, controls int, cfg Config) (*Attractor, error) {
	n, p := pop.Encoders.Dims()
	switch {
	case controls < 0 || controls >= p:
		return nil, fmt.Errorf("attractor: %d controls in a population of %d dimensions: there must be at least 0, and at least one dimension left for the state", controls, p)
	case n < p:
		return nil, fmt.Errorf("attractor: a population of %d cannot represent %d dimensions: it must have at least as many neurons", n, p)
	}
	if _, err := neuro.CheckStep("attractor", cfg.Step, membrane(pop)); err != nil {
		return nil, err
	}
	a := &Attractor{
		Population: pop, State: p - controls, Controls: controls, Config: cfg,
		encode: zeros(p, n), readout: zeros(p-controls, n),
	}
	for k := range a.encode {
		mat.Col(a.encode[k], k, pop.Encoders)
		floats.Mul(a.encode[k], pop.Gain)
	}
	// Only the neurons know whether they can be simulated at this step.
	if _, err := a.Simulate(0); err != nil {
		return nil, fmt.Errorf("attractor: %w", err)
	}
	return a, nil
}

// Validate says what is wrong with an attractor whose fields were changed, or
// nil.
func (a *Attractor) Validate() error {
	if a == nil || a.Population == nil || len(a.readout) == 0 {
		return errors.New("attractor: there is no attractor: New makes one")
	}
	if err := errors.Join(a.Population.Validate(), a.Config.Validate()); err != nil {
		return fmt.Errorf("attractor: %w", err)
	}
	n, p := a.Population.Encoders.Dims()
	if n != len(a.encode[0]) || p != len(a.encode) || a.State != len(a.readout) || a.Controls != p-a.State || (a.Config.Form == Weights) != (a.outgoing != nil) {
		return fmt.Errorf("attractor: Population, State, Controls and Form of %d neurons, %d and %d dimensions and %q are not those it was made with: make another with New", n, a.State, a.Controls, a.Config.Form)
	}
	return nil
}

// WithDecoders returns a copy, of the configuration's form, whose recurrent
// connection decodes x with the given N × D decoders: in weight form ω_ji =
// α_j ⟨e_j, d_i⟩, without what single weights were besides. Zeros make an
// attractor that represents 0 whatever its neurons do.
func (a *Attractor) WithDecoders(decoders *mat.Dense) (*Attractor, error) {
	n, d := a.Population.Config.Neurons, a.State
	if decoders == nil {
		return nil, fmt.Errorf("attractor: the decoders are nil: they must be a %d x %d matrix, such as nef.Decoders makes", n, d)
	}
	if r, c := decoders.Dims(); r != n || c != d {
		return nil, fmt.Errorf("attractor: decoders are %d x %d: they must be %d neurons x %d dimensions", r, c, n, d)
	}
	c := *a
	c.readout, c.outgoing, c.pending = zeros(d, n), nil, nil
	setColumns(c.readout, decoders)
	for k, row := range c.readout {
		if i := neuro.NotFinite(row); i >= 0 {
			return nil, fmt.Errorf("attractor: the decoder of neuron %d is %g in dimension %d: it must be finite", i, row[i], k)
		}
	}
	if c.Config.Form == Weights {
		if err := bound.Array("attractor: the weights", n, n); err != nil {
			return nil, err
		}
		c.connect()
	}
	return &c, nil
}

// connect gives every pair of neurons its weight, ω_ji = α_j ⟨e_j, d_i⟩.
func (a *Attractor) connect() {
	n := a.Population.Config.Neurons
	a.outgoing, a.pending = zeros(n, n), zeros(a.State, n)
	for i, row := range a.outgoing {
		for k, d := range a.readout {
			floats.AddScaled(row, d[i], a.encode[k])
		}
	}
	a.Config.Form = Weights
}

// Clone returns an independent copy. With noise on the weights ([WeightNoise])
// it is without the noise since each neuron's last spike.
func (a *Attractor) Clone() *Attractor {
	c := *a
	c.readout, c.outgoing, c.pending = nil, nil, nil
	c.restore(a)
	return &c
}

// restore takes over the connections of another attractor of the same
// population, without sharing them, and with what is still to be written.
func (a *Attractor) restore(from *Attractor) {
	a.readout = copyRows(a.readout, from.readout)
	a.outgoing = copyRows(a.outgoing, from.outgoing)
	if a.outgoing == nil {
		return
	}
	if a.pending == nil {
		a.pending = zeros(a.State, len(a.outgoing))
	}
	for i, weights := range a.outgoing {
		from.write(weights, i)
	}
	for _, p := range a.pending {
		clear(p)
	}
}

// Decoders returns the N × D decoders of x, which in decoder form make the
// recurrent connection, too. In weight form they are the least-squares ones of
// the weights, pinv(α e) ω.
func (a *Attractor) Decoders() *mat.Dense {
	d := mat.NewDense(a.Population.Config.Neurons, a.State, nil)
	for k, row := range a.readout {
		d.SetCol(k, row)
	}
	return d
}

// Weights returns the N × N weights ω_ji, postsynaptic neurons j in rows, in
// either form.
func (a *Attractor) Weights() *mat.Dense {
	c := a.Clone()
	if c.outgoing == nil {
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
