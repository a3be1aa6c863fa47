package attractor

import (
	"fmt"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/integrator"
	"github.com/spikewalk/spikewalk/neuro/nef"
)

// Dynamics is f in dx/dt = f(x, u): the state x of length D and the controls
// u of length C to a velocity of length D, in units of x per second. It may
// not keep or change x and u.
type Dynamics func(x, u []float64) []float64

// Definition says what an attractor's recurrent connection is to do.
type Definition struct {
	// Controls is C, the number of control inputs u, which the population
	// represents in its last dimensions, behind the D of the state. An input
	// that is only added to dx/dt needs none; one that multiplies the state,
	// as an angular velocity does, needs to be represented with it.
	Controls int
	// Dynamics is f; nil is f = 0, an integrator.
	Dynamics Dynamics
	// Points are the values of (x, u), T x (D + C), on which the decoders are
	// fitted: where state and controls are to be found. Off these the dynamics
	// are whatever the neurons make of them.
	Points nef.Points
	// Config says how the attractor is simulated.
	Config Config
}

// Attractor is a population connected to itself so that what it represents
// follows given dynamics. Everything that learning changes is in it; its
// moving state is a [Simulation]. It is not safe for use by several
// goroutines while it learns; see [Attractor.Clone].
type Attractor struct {
	Population *nef.Population
	// State is D and Controls is C.
	State, Controls int
	Config          Config

	engine *integrator.Integrator
}

// New builds the attractor with the optimal linear decoders of the recurrent
// transform
//
//	g(x, u) = x + τ_syn f(x, u),
//
// with which x = h * g(x, u) obeys dx/dt = f(x, u) (Eliasmith & Anderson 2003,
// principle 3). The population represents D + C dimensions. A
// [nef.SingularError] is returned when the points do not determine the
// decoders.
func New(pop *nef.Population, def Definition) (*Attractor, error) {
	if pop == nil {
		return nil, fmt.Errorf("attractor: the population is nil: make it with nef.NewPopulation or nef.FromTuning")
	}
	if err := def.Config.Validate(); err != nil {
		return nil, err
	}
	a := &Attractor{Population: pop, Controls: def.Controls, State: pop.Config.Dimensions - def.Controls, Config: def.Config}
	if def.Controls < 0 || a.State < 1 {
		return nil, fmt.Errorf("attractor: %d controls in a population of %d dimensions: want at least 0, and at least one dimension left for the state", def.Controls, pop.Config.Dimensions)
	}
	if def.Points.X == nil {
		return nil, fmt.Errorf("attractor: no Points to fit the decoders on: want a T x %d matrix, such as nef.Ball or nef.Circle make", pop.Config.Dimensions)
	}
	if err := a.tryDynamics(def); err != nil {
		return nil, err
	}
	d, err := nef.Decoders(pop, a.transform(def.Dynamics), def.Points, def.Config.Regularisation)
	if err != nil {
		return nil, fmt.Errorf("attractor: %w", err)
	}
	if a.engine, err = integrator.FromDecoders(pop, d, def.Config.engine()); err != nil {
		return nil, fmt.Errorf("attractor: %w", err)
	}
	return a, nil
}

// tryDynamics calls f once, as a wrong length is better told before the fit.
func (a *Attractor) tryDynamics(def Definition) error {
	_, cols := def.Points.X.Dims()
	if cols != a.State+a.Controls {
		return fmt.Errorf("attractor: Points have %d dimensions, the population represents %d: want state and controls in each row", cols, a.State+a.Controls)
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

// transform is g, and 0 for the controls: they come from outside alone.
func (a *Attractor) transform(f Dynamics) func([]float64) []float64 {
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

// Clone returns an independent copy.
func (a *Attractor) Clone() *Attractor { return a.with(a.engine.Clone()) }

// Decoders returns the N x D recurrent decoders, from which x is read as well.
// In weight form they are the least-squares ones, pinv(α e) ω.
func (a *Attractor) Decoders() *mat.Dense {
	d := a.engine.Decoders()
	return mat.DenseCopyOf(d.Slice(0, a.Population.Config.Neurons, 0, a.State))
}

// Weights returns the N x N weights ω_ji, postsynaptic neurons j in rows, in
// either form.
func (a *Attractor) Weights() *mat.Dense { return a.engine.Weights() }

// Perturb returns a copy, in weight form, in which each of the N² weights is
// multiplied by 1 + fraction ξ; see [integrator.Integrator.Perturb].
func (a *Attractor) Perturb(fraction float64, seed uint64) (*Attractor, error) {
	return a.wrap(a.engine.Perturb(fraction, seed))
}

// PerturbDecoders returns a copy in which the decoders of each neuron are
// multiplied by 1 + fraction ξ; see [integrator.Integrator.PerturbDecoders].
func (a *Attractor) PerturbDecoders(fraction float64, seed uint64) (*Attractor, error) {
	return a.wrap(a.engine.PerturbDecoders(fraction, seed))
}

func (a *Attractor) wrap(engine *integrator.Integrator, err error) (*Attractor, error) {
	if err != nil {
		return nil, fmt.Errorf("attractor: %w", err)
	}
	return a.with(engine), nil
}

// with is the attractor with another engine.
func (a *Attractor) with(engine *integrator.Integrator) *Attractor {
	c := *a
	c.engine, c.Config.Form = engine, engine.Config.Form
	return &c
}
