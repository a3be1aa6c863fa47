package integrator

import (
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"

	"github.com/spikewalk/spikewalk/neuro/attractor"
	"github.com/spikewalk/spikewalk/neuro/nef"
)

// Transfer is the static transfer function of an integrator: what the readout
// makes of a held x, without spikes.
type Transfer struct {
	// X is the held value and Decoded is Σ_i a_i(x) d_i, both of length T and
	// in units of x.
	X, Decoded []float64
	// Lambda is the slope of the line fitted to Decoded against X.
	Lambda float64
	// TauSystem is τ_syn/(1 - λ) in s, the time constant with which the state
	// decays: 10 s for a λ off by 1 %. It is negative where the state grows
	// (λ > 1) and ill-conditioned near λ = 1; the slope of [Drift] is not.
	TauSystem float64
	// RMSE is the root mean square of Decoded - X, in degrees.
	RMSE float64
}

// MeasureTransfer computes the transfer function within ±Radius, at the points
// on which [New] fits the optimal decoders.
func MeasureTransfer(g *attractor.Attractor) (Transfer, error) {
	if err := line("the transfer function", g); err != nil {
		return Transfer{}, err
	}
	points, err := nef.Line(g.Population.Config.Radius, spacing)
	if err != nil {
		return Transfer{}, err
	}
	decoders := g.Decoders()
	estimate, err := nef.Estimate(g.Population, decoders, points)
	if err != nil {
		return Transfer{}, err
	}
	rmse, err := nef.StaticRMSE(g.Population, nef.Identity, decoders, points)
	if err != nil {
		return Transfer{}, err
	}
	t := Transfer{X: mat.Col(nil, 0, points.X), Decoded: mat.Col(nil, 0, estimate), RMSE: rmse * Degrees}
	_, t.Lambda = stat.LinearRegression(t.X, t.Decoded, nil, false)
	t.TauSystem = g.Config.TauSyn / (1 - t.Lambda)
	return t, nil
}
