package nef

import (
	"fmt"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
)

// Population is N neurons that represent a variable of D dimensions.
type Population struct {
	// Config is what the population was made from.
	Config Config
	// Encoders is N x D; each row is a unit vector e_i.
	Encoders *mat.Dense
	// Gain (α_i, per unit of x) and Bias (J_i^bias) have length N:
	// J_i = α_i ⟨e_i, x⟩ + J_i^bias.
	Gain, Bias []float64
	// MaxRates, in Hz, and Intercepts, as a fraction of the radius, are what
	// Gain and Bias follow from.
	MaxRates, Intercepts []float64
}

// NewPopulation draws a population. Encoders are uniform on the unit sphere
// (±1 with equal probability for D = 1); maximum rates and intercepts are
// uniform in their ranges. The same configuration gives the same population.
// [FromTuning] takes a tuning that is known instead.
func NewPopulation(cfg Config) (*Population, error) {
	if err := cfg.Validate(); err != nil {
		return nil, err
	}
	n := cfg.Neurons
	return tuned(cfg, Tuning{
		Encoders:   unitVectors(neuro.Stream(cfg.Seed, "nef encoders"), n, cfg.Dimensions),
		MaxRates:   uniform(neuro.Stream(cfg.Seed, "nef maximum rates"), cfg.MaxRate, n),
		Intercepts: uniform(neuro.Stream(cfg.Seed, "nef intercepts"), cfg.Intercepts, n),
	}), nil
}

// tuned gives every neuron the gain and the bias that its tuning asks for.
func tuned(cfg Config, t Tuning) *Population {
	p := &Population{
		Config: cfg, Encoders: t.Encoders, MaxRates: t.MaxRates, Intercepts: t.Intercepts,
		Gain: make([]float64, cfg.Neurons), Bias: make([]float64, cfg.Neurons),
	}
	// J runs along a straight line from atIntercept to J_max at ⟨e, x⟩ = radius.
	atIntercept := 1.0
	if cfg.Gain == GainDemo {
		atIntercept = 0
	}
	for i := range p.Gain {
		slope := (cfg.LIF().Current(p.MaxRates[i]) - atIntercept) / (1 - p.Intercepts[i])
		p.Gain[i] = slope / cfg.Radius
		p.Bias[i] = atIntercept - slope*p.Intercepts[i]
	}
	return p
}

// Currents returns the currents J_i(x), of length N, for a finite x of length
// D.
func (p *Population) Currents(x []float64) ([]float64, error) {
	n, d := p.Encoders.Dims()
	if len(x) != d {
		return nil, fmt.Errorf("nef: x has %d dimensions, the population represents %d", len(x), d)
	}
	for k, v := range x {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil, fmt.Errorf("nef: x is %g in dimension %d: must be finite", v, k)
		}
	}
	current := make([]float64, n)
	for i := range current {
		current[i] = p.Gain[i]*floats.Dot(p.Encoders.RawRowView(i), x) + p.Bias[i]
	}
	return current, nil
}

// Rates returns the steady rates a_i(x), of length N and in Hz, for x of
// length D.
func (p *Population) Rates(x []float64) ([]float64, error) {
	rate, err := p.Currents(x)
	if err != nil {
		return nil, err
	}
	lif := p.Config.LIF()
	for i, current := range rate {
		rate[i] = lif.Rate(current)
	}
	return rate, nil
}

// TuningCurves returns the steady rates in Hz, T x N, at the T points, each a
// row of the T x D matrix points (see [Line]).
func (p *Population) TuningCurves(points *mat.Dense) (*mat.Dense, error) {
	t, _ := points.Dims()
	curves := mat.NewDense(t, p.Config.Neurons, nil)
	for k := range t {
		rate, err := p.Rates(points.RawRowView(k))
		if err != nil {
			return nil, err
		}
		curves.SetRow(k, rate)
	}
	return curves, nil
}

// unitVectors draws n vectors uniform on the unit sphere in d dimensions: a
// normalised Gaussian vector has no preferred direction.
func unitVectors(src *rand.Rand, n, d int) *mat.Dense {
	e := mat.NewDense(n, d, nil)
	for i := range n {
		row := e.RawRowView(i)
		for floats.Norm(row, 2) == 0 {
			for k := range row {
				row[k] = src.NormFloat64()
			}
		}
		if d == 1 {
			// Exactly ±1, whatever the rounding of a division.
			row[0] = math.Copysign(1, row[0])
			continue
		}
		floats.Scale(1/floats.Norm(row, 2), row)
	}
	return e
}

func uniform(src *rand.Rand, r Range, n int) []float64 {
	v := make([]float64, n)
	for i := range v {
		v[i] = r.Low + (r.High-r.Low)*src.Float64()
	}
	return v
}
