package attractor

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// Rate is an attractor whose neurons have no spikes: each is at any time its
// closed-form rate a_i(x, u). Its state moves as that of a [Simulation] does
// but for the spikes' noise, and in decoder form costs D equations instead of
// N.
type Rate struct {
	// X is the state, of length D, to be set at will.
	X []float64

	attractor *Attractor
	decoders  *mat.Dense // N x D
}

// Rate returns the attractor in rate mode at x = 0, with the decoders it has
// at the moment. In weight form these are the least-squares ones, which leave
// out what the weights do besides.
func (a *Attractor) Rate() *Rate {
	return &Rate{X: make([]float64, a.State), attractor: a, decoders: a.Decoders()}
}

// Flow is the velocity dx/dt, of length D, at the state x under the controls
// u (nil for C = 0),
//
//	(Σ_i a_i(x, u) d_i - x) / τ_syn:
//
// the dynamics that were asked for, and the decoders' error.
func (r *Rate) Flow(x, u []float64) ([]float64, error) {
	g, err := r.decode(x, u)
	if err != nil {
		return nil, err
	}
	floats.Sub(g, x)
	floats.Scale(1/r.attractor.Config.TauSyn, g)
	return g, nil
}

// decode is ĝ(x, u) = Σ_i a_i(x, u) d_i.
func (r *Rate) decode(x, u []float64) ([]float64, error) {
	if err := r.attractor.both("state", x, u); err != nil {
		return nil, err
	}
	rates, err := r.attractor.Population.Rates(append(append([]float64{}, x...), u...))
	if err != nil {
		return nil, fmt.Errorf("attractor: %w", err)
	}
	g := make([]float64, r.attractor.State)
	mat.NewVecDense(len(g), g).MulVec(r.decoders.T(), mat.NewVecDense(len(rates), rates))
	return g, nil
}

// Step advances X by one step under the velocity command v and the controls
// u; see [Simulation.Step]. The synapse is integrated exactly for rates that
// are constant within the step.
func (r *Rate) Step(v, u []float64) error {
	if err := check("velocity command", v, r.attractor.State); err != nil {
		return err
	}
	cfg := r.attractor.Config
	represented := floats.AddScaledTo(make([]float64, len(v)), r.X, cfg.TauSyn, v)
	g, err := r.decode(represented, u)
	if err != nil {
		return err
	}
	decay := math.Exp(-cfg.Step / cfg.TauSyn)
	floats.Scale(decay, r.X)
	floats.AddScaled(r.X, 1-decay, g)
	return nil
}
