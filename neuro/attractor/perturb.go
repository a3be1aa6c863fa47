package attractor

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
// full noisy matrix; x is read with the least-squares decoders of that matrix,
// pinv(α e) ω.
//
// The disturbances of the N weights that one spike travels over average out
// in part, and what is left is no longer of the form α_j ⟨e_j, d_i⟩, to which
// the learning rule is confined. Compare [Attractor.PerturbDecoders].
func (a *Attractor) Perturb(fraction float64, seed uint64) (*Attractor, error) {
	if err := validFraction(fraction); err != nil {
		return nil, err
	}
	c := a.Clone()
	if c.outgoing == nil {
		c.connect()
	}
	noise := neuro.Stream(seed, purposeWeightPerturbation)
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
// [Attractor.Perturb] with the same fraction, and learning can undo all of
// it.
func (a *Attractor) PerturbDecoders(fraction float64, seed uint64) (*Attractor, error) {
	if err := validFraction(fraction); err != nil {
		return nil, err
	}
	c := a.Clone()
	noise := neuro.Stream(seed, purposeDecoderPerturbation)
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

// largestFraction is beyond all perturbations; larger ones are per cent.
const largestFraction = 4

func validFraction(fraction float64) error {
	if !(fraction >= 0) || math.IsInf(fraction, 1) {
		return fmt.Errorf("attractor: cannot perturb by a fraction of %g: it must be finite and at least 0 (0.15 for 15 %%)", fraction)
	}
	if fraction > largestFraction {
		return fmt.Errorf("attractor: cannot perturb by a fraction of %g, %g times the weights: for %g %% write %g", fraction, fraction, fraction, fraction/100)
	}
	return nil
}

// readWeights makes the readout the least-squares decoders of the weights,
// those that come closest to ω_ji = α_j ⟨e_j, d_i⟩ over j for each i.
func (a *Attractor) readWeights() error {
	var d mat.Dense
	if err := d.Solve(a.scaledEncoders(), a.Weights()); err != nil {
		return unreadable(err)
	}
	for k := range a.readout {
		mat.Row(a.readout[k], k, &d)
	}
	return nil
}

// reader is pinv(α e), (D + C) × N, whose first D rows make least-squares
// decoders of weights.
func (a *Attractor) reader() (*mat.Dense, error) {
	ones := make([]float64, a.Population.Config.Neurons)
	floats.AddConst(1, ones)
	var pinv mat.Dense
	if err := pinv.Solve(a.scaledEncoders(), mat.NewDiagDense(len(ones), ones)); err != nil {
		return nil, unreadable(err)
	}
	return &pinv, nil
}

// scaledEncoders is the N × (D + C) matrix of α_j e_j.
func (a *Attractor) scaledEncoders() *mat.Dense {
	scaled := mat.NewDense(a.Population.Config.Neurons, len(a.encode), nil)
	for k, e := range a.encode {
		scaled.SetCol(k, e)
	}
	return scaled
}

func unreadable(err error) error {
	return fmt.Errorf("attractor: no least-squares decoders of the weights: the scaled encoders do not span the represented space (%w)", err)
}
