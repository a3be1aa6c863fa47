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
	// Positions are X in degrees, and Velocities how fast each is left,
	// (Decoded - X)/τ_syn, in degrees/s: the drift before anything has moved.
	Positions, Velocities []float64
	// Resting are the positions in degrees, ascending, at which the eye comes to
	// rest: it is driven there from either side.
	Resting []float64
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
	t.leave(g.Config.TauSyn)
	return t, nil
}

// leave tells from X and Decoded how fast positions are left and which are not.
func (t *Transfer) leave(tauSyn float64) {
	for k, x := range t.X {
		t.Positions = append(t.Positions, Degrees*x)
		t.Velocities = append(t.Velocities, Degrees*(t.Decoded[k]-x)/tauSyn)
		if k == 0 || !(t.Velocities[k-1] > 0 && t.Velocities[k] <= 0) {
			continue
		}
		// Between two points velocity is taken for a straight line.
		before, after := t.Velocities[k-1], t.Velocities[k]
		step := t.Positions[k] - t.Positions[k-1]
		t.Resting = append(t.Resting, t.Positions[k-1]+step*before/(before-after))
	}
}
