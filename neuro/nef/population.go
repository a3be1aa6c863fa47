package nef

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/bound"
)

// Purposes of random numbers.
const (
	encodersStream   neuro.Purpose = "nef encoders"
	maxRatesStream   neuro.Purpose = "nef maximum rates"
	interceptsStream neuro.Purpose = "nef intercepts"
	pointsStream     neuro.Purpose = "nef points in a shell"
)

// Population is N neurons that represent a variable of D dimensions.
type Population struct {
	// Config is what the population was made from.
	Config Config
	// Encoders is N × D; each row is a unit vector e_i.
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
// [FromTuning] makes one of a known tuning.
func NewPopulation(cfg Config) (*Population, error) {
	if err := cfg.Validate(); err != nil {
		return nil, err
	}
	n := cfg.Neurons
	return tuned(cfg, Tuning{
		Encoders:   unitVectors(neuro.Stream(cfg.Seed, encodersStream), n, cfg.Dimensions),
		MaxRates:   uniform(neuro.Stream(cfg.Seed, maxRatesStream), cfg.MaxRate, n),
		Intercepts: uniform(neuro.Stream(cfg.Seed, interceptsStream), cfg.Intercepts, n),
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

// Validate says what is wrong with a population whose fields were changed by
// hand: all of them must belong to the same N neurons.
func (p *Population) Validate() error {
	if err := p.whole(); err != nil {
		return err
	}
	for i := range p.Gain {
		if e := p.Encoders.RawRowView(i); neuro.NotFinite(e) >= 0 || neuro.NotFinite([]float64{p.Gain[i], p.Bias[i]}) >= 0 {
			return fmt.Errorf("nef: neuron %d has the encoder %v, gain %g and bias %g: all must be finite", i, e, p.Gain[i], p.Bias[i])
		}
	}
	return p.Config.validateNeurons()
}

// whole is the part of Validate that takes no time: is everything there?
func (p *Population) whole() error {
	if p == nil {
		return errors.New("nef: the population is nil: make it with NewPopulation or FromTuning")
	}
	if p.Encoders == nil || p.Encoders.IsEmpty() {
		return errors.New("nef: a population without Encoders: want an N x D matrix")
	}
	n, d := p.Encoders.Dims()
	if p.Config.Neurons != n || p.Config.Dimensions != d || len(p.Gain) != n || len(p.Bias) != n {
		return fmt.Errorf("nef: a population of %d neurons in %d dimensions has %d x %d Encoders, %d gains and %d biases: want one of each for every neuron",
			p.Config.Neurons, p.Config.Dimensions, n, d, len(p.Gain), len(p.Bias))
	}
	return nil
}

// Currents returns the currents J_i(x), of length N, for a finite x of length D.
func (p *Population) Currents(x []float64) ([]float64, error) {
	if err := p.whole(); err != nil {
		return nil, err
	}
	return p.currents(x)
}

// currents is Currents of a population that is known to be whole.
func (p *Population) currents(x []float64) ([]float64, error) {
	n, d := p.Encoders.Dims()
	if len(x) != d {
		return nil, fmt.Errorf("nef: x has %d dimensions, the population represents %d", len(x), d)
	}
	if k := neuro.NotFinite(x); k >= 0 {
		return nil, fmt.Errorf("nef: x is %g in dimension %d: it must be finite", x[k], k)
	}
	current := make([]float64, n)
	for i := range current {
		current[i] = p.Gain[i]*floats.Dot(p.Encoders.RawRowView(i), x) + p.Bias[i]
	}
	return current, nil
}

// Rates returns the steady rates a_i(x) in Hz, of length N, for x of length D.
func (p *Population) Rates(x []float64) ([]float64, error) {
	if err := p.whole(); err != nil {
		return nil, err
	}
	return p.rates(x)
}

// rates is Rates of a population that is known to be whole.
func (p *Population) rates(x []float64) ([]float64, error) {
	rate, err := p.currents(x)
	if err != nil {
		return nil, err
	}
	lif := p.Config.LIF()
	for i, current := range rate {
		rate[i] = lif.Rate(current)
	}
	return rate, nil
}

// TuningCurves returns the steady rates in Hz, T × N, at the T points, each a
// row of the T × D matrix points (see [Line]).
func (p *Population) TuningCurves(points *mat.Dense) (*mat.Dense, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	if points == nil || points.IsEmpty() {
		return nil, fmt.Errorf("nef: no points to take tuning curves at: want a T x %d matrix, such as the X that Line makes", p.Config.Dimensions)
	}
	t, _ := points.Dims()
	if err := bound.Array("nef: tuning curves", t, p.Config.Neurons); err != nil {
		return nil, err
	}
	curves := mat.NewDense(t, p.Config.Neurons, nil)
	for k := range t {
		rate, err := p.rates(points.RawRowView(k))
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
