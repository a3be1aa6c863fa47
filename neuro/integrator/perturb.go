package integrator

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
)

// Perturb returns a copy in which every one of the N² weights is multiplied
// by 1 + fraction ξ with its own standard Gaussian ξ: fraction 0.15 is a
// perturbation of 15 %. The copy is in weight form. Its recurrence uses the
// full noisy matrix; the eye reads x with the least-squares decoders of that
// matrix, pinv(α e) ω.
//
// The disturbances of the N weights that one spike travels over average out
// in part, and what is left is no longer of the form α_j ⟨e_j, d_i⟩, to which
// the learning rule is confined. Compare [Integrator.PerturbDecoders].
func (g *Integrator) Perturb(fraction float64, seed uint64) (*Integrator, error) {
	if err := validFraction(fraction); err != nil {
		return nil, err
	}
	c := g.Clone()
	if c.outgoing == nil {
		c.connect()
	}
	noise := neuro.Stream(seed, "integrator weight perturbation")
	for _, row := range c.outgoing {
		for j := range row {
			row[j] *= 1 + fraction*noise.NormFloat64()
		}
	}
	return c, c.readWeights()
}

// PerturbDecoders returns a copy, in the same form, in which the decoder of
// each neuron, and with it all N weights the neuron projects with, is
// multiplied by 1 + fraction ξ with one standard Gaussian ξ per neuron.
// Nothing averages out: drift is about three times that of
// [Integrator.Perturb] with the same fraction, and learning can undo all of
// it.
func (g *Integrator) PerturbDecoders(fraction float64, seed uint64) (*Integrator, error) {
	if err := validFraction(fraction); err != nil {
		return nil, err
	}
	c := g.Clone()
	noise := neuro.Stream(seed, "integrator decoder perturbation")
	for i := range c.Population.Config.Neurons {
		factor := 1 + fraction*noise.NormFloat64()
		for _, d := range c.readout {
			d[i] *= factor
		}
		if c.outgoing != nil {
			floats.Scale(factor, c.outgoing[i])
		}
	}
	return c, nil
}

// ZeroDecoders returns a copy, in the same form, that represents 0 whatever its
// neurons do: all decoders, and in weight form all weights, are 0. Learning
// begins from scratch.
func (g *Integrator) ZeroDecoders() *Integrator {
	c := g.Clone()
	for _, rows := range [][][]float64{c.readout, c.outgoing} {
		for _, row := range rows {
			clear(row)
		}
	}
	return c
}

// ShuffleDecoders returns a copy, in the same form, in which the neurons have
// exchanged their decoders, and with them the weights they project with, at
// random: the same numbers, and nothing of what they say.
func (g *Integrator) ShuffleDecoders(seed uint64) *Integrator {
	c := g.Clone()
	from := neuro.Stream(seed, "integrator decoder shuffle").Perm(g.Population.Config.Neurons)
	for k, d := range c.readout {
		for i, j := range from {
			d[i] = g.readout[k][j]
		}
	}
	for i := range c.outgoing {
		copy(c.outgoing[i], g.outgoing[from[i]])
	}
	return c
}

// largestFraction is beyond all perturbations; larger ones are per cent.
const largestFraction = 4

func validFraction(fraction float64) error {
	if !(fraction >= 0) || math.IsInf(fraction, 1) {
		return fmt.Errorf("integrator: cannot perturb by a fraction of %g: want a finite number of at least 0 (0.15 for 15 %%)", fraction)
	}
	if fraction > largestFraction {
		return fmt.Errorf("integrator: cannot perturb by a fraction of %g, %g times the weights: for %g %% write %g", fraction, fraction, fraction, fraction/100)
	}
	return nil
}

// readWeights makes the readout the least-squares decoders of the weights,
// those that come closest to ω_ji = α_j ⟨e_j, d_i⟩ over j for each i.
func (g *Integrator) readWeights() error {
	var d mat.Dense
	if err := d.Solve(g.scaledEncoders(), g.Weights()); err != nil {
		return unreadable(err)
	}
	for k := range g.readout {
		mat.Row(g.readout[k], k, &d)
	}
	return nil
}

// reader is pinv(α e), D x N, which makes least-squares decoders of weights.
func (g *Integrator) reader() (*mat.Dense, error) {
	ones := make([]float64, g.Population.Config.Neurons)
	floats.AddConst(1, ones)
	var pinv mat.Dense
	if err := pinv.Solve(g.scaledEncoders(), mat.NewDiagDense(len(ones), ones)); err != nil {
		return nil, unreadable(err)
	}
	return &pinv, nil
}

// scaledEncoders is the N x D matrix of α_j e_j.
func (g *Integrator) scaledEncoders() *mat.Dense {
	scaled := mat.NewDense(g.Population.Config.Neurons, len(g.encode), nil)
	for k, e := range g.encode {
		scaled.SetCol(k, e)
	}
	return scaled
}

func unreadable(err error) error {
	return fmt.Errorf("integrator: no least-squares decoders of the weights: the scaled encoders do not span the represented space (%w)", err)
}
