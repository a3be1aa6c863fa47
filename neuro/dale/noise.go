package dale

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/internal/carry"
	"github.com/spikewalk/spikewalk/neuro/internal/kernel"
)

// noise is the Ornstein-Uhlenbeck noise of training: currents along each
// factor, common to all neurons, and private to each. It shows the fit what a
// network that is a little off its course looks like, and where it should
// have been.
type noise struct {
	keep, jump              float64 // x ← keep x + jump ξ has variance 1
	factor, common, private float64
	directions              *mat.Dense // P × N, each row of mean square 1
	shared                  []float64  // of the factors, then of all neurons
	own                     []float64  // of each neuron
	scaled                  []float64  // scratch
	current                 []float64
}

func newNoise(cfg Config, factors *mat.Dense, dt float64) *noise {
	p, n := factors.Dims()
	keep := math.Exp(-dt / cfg.NoiseTime)
	directions := mat.DenseCopyOf(factors)
	for i := range p {
		row := directions.RawRowView(i)
		if size := math.Sqrt(kernel.Dot(row, row) / float64(n)); size > 0 {
			kernel.Scale(row, 1/size)
		}
	}
	return &noise{
		keep: keep, jump: math.Sqrt(1 - keep*keep),
		factor: cfg.FactorNoise, common: cfg.CommonNoise, private: cfg.NeuronNoise,
		directions: directions,
		shared:     make([]float64, p+1), own: make([]float64, n),
		scaled: make([]float64, p), current: make([]float64, n),
	}
}

// step returns the current of the next step, overwritten by the one after.
func (o *noise) step(rng *rand.Rand) []float64 {
	o.move(o.shared, rng)
	if o.private > 0 {
		o.move(o.own, rng)
	}
	p := len(o.scaled)
	for i := range o.scaled {
		o.scaled[i] = o.factor * o.shared[i]
	}
	common := o.common * o.shared[p]
	for i := range o.current {
		o.current[i] = common
	}
	kernel.Axpy(o.current, o.private, o.own)
	carry.AddRows(o.current, o.directions, o.scaled)
	return o.current
}

func (o *noise) move(x []float64, rng *rand.Rand) {
	for i := range x {
		x[i] = math.FMA(o.keep, x[i], float64(o.jump*rng.NormFloat64()))
	}
}
