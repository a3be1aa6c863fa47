package spiking

import (
	"fmt"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/kernel"
)

// network is N leaky integrate-and-fire neurons with fixed random synapses.
// Recurrent currents are event-driven: they decay, and jump by a column of
// weights for each spike.
type network struct {
	n   int
	cfg Config

	factors *mat.Dense // uᵀ, P × N: a factor's row is contiguous
	inputs  *mat.Dense // u_inᵀ, inputs × N; nil without inputs
	slow    []float64  // N × N, row j: weights from neuron j
	fast    []float64  // the same, uniform inhibition included
	bias    []float64  // b

	decayMembrane, decaySlow, decayFast float64

	v            []float64
	slowCurrent  []float64 // J0s s
	fastCurrent  []float64 // (J0f + J_μ) f
	fastTotal    float64   // Σ f: its share J_μ f is the same for all neurons
	toward       []float64 // scratch: where the voltage is pulled
	spikesBuffer []int
}

// build draws a network for a source.
func build(cfg Config, src Source) (*network, error) {
	shape := src.Shape()
	n := cfg.Neurons
	net := blank(cfg, shape.Dt)
	root := math.Sqrt(float64(n))
	net.slow = normal(n*n, cfg.SlowWeights/(cfg.TauSlow*root), neuro.Stream(cfg.Seed, "slow"))
	net.fast = normal(n*n, cfg.FastWeights/(cfg.TauFast*root), neuro.Stream(cfg.Seed, "fast"))
	for i := range net.fast {
		net.fast[i] += cfg.inhibition()
	}
	initial := neuro.Stream(cfg.Seed, "voltages")
	for i := range net.v {
		net.v[i] = cfg.Reset + (cfg.Threshold-cfg.Reset)*initial.Float64()
	}
	return net, net.drawDirections(cfg, src)
}

// blank returns a network without weights.
func blank(cfg Config, dt float64) *network {
	n := cfg.Neurons
	return &network{
		n: n, cfg: cfg,
		decayMembrane: math.Exp(-dt / cfg.TauMembrane),
		decaySlow:     math.Exp(-dt / cfg.TauSlow),
		decayFast:     math.Exp(-dt / cfg.TauFast),
		bias:          make([]float64, n),
		v:             make([]float64, n),
		slowCurrent:   make([]float64, n),
		fastCurrent:   make([]float64, n),
		toward:        make([]float64, n),
		spikesBuffer:  make([]int, 0, n),
	}
}

// drawDirections makes u = g Q J̃ V and u_in = g Q ũ_in with random
// orthonormal columns Q.
func (net *network) drawDirections(cfg Config, src Source) error {
	directions, inputs := src.Directions()
	d, _ := directions.Dims()
	if d > cfg.Neurons {
		return fmt.Errorf("spiking: %d neurons cannot hold %d orthonormal directions: take at least %d neurons", cfg.Neurons, d, d)
	}
	q := orthonormal(cfg.Neurons, d, neuro.Stream(cfg.Seed, "orthonormal"))
	var u mat.Dense
	u.Mul(q, directions)
	u.Scale(cfg.Gain, &u)
	net.factors = mat.DenseCopyOf(u.T())
	if channels := src.Shape().Inputs; channels > 0 {
		var in mat.Dense
		if inputs == nil {
			in = *mat.NewDense(cfg.Neurons, channels, nil)
			rng := neuro.Stream(cfg.Seed, "input")
			in.Apply(func(_, _ int, _ float64) float64 { return 2*rng.Float64() - 1 }, &in)
		} else {
			in.Mul(q, inputs)
		}
		in.Scale(cfg.Gain, &in)
		net.inputs = mat.DenseCopyOf(in.T())
	}
	return nil
}

func normal(n int, sd float64, rng *rand.Rand) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = sd * rng.NormFloat64()
	}
	return x
}

// orthonormal returns d random orthonormal columns in n dimensions.
func orthonormal(n, d int, rng *rand.Rand) *mat.Dense {
	var qr mat.QR
	qr.Factorize(mat.NewDense(n, d, normal(n*d, 1, rng)))
	var q mat.Dense
	qr.QTo(&q)
	return mat.DenseCopyOf(q.Slice(0, n, 0, d))
}

// step advances all neurons by one step, exponential Euler, under the given
// factors (length P) and inputs, and returns the neurons that spiked, in
// rising order; the slice is overwritten by the next step.
//
// Cost: (P + inputs) N, and 2 N for each spike. Nothing is allocated.
func (net *network) step(factors, inputs []float64) []int {
	kernel.Sum3(net.toward, net.slowCurrent, net.fastCurrent, net.bias)
	addRows(net.toward, net.factors, factors)
	if net.inputs != nil {
		addRows(net.toward, net.inputs, inputs)
	}
	spikes := kernel.LIF(net.v, net.toward, net.decayMembrane, net.cfg.Threshold, net.cfg.Reset, net.spikesBuffer[:0])
	kernel.DecayAddRows(net.slowCurrent, net.decaySlow, net.slow, net.n, spikes)
	kernel.DecayAddRows(net.fastCurrent, net.decayFast, net.fast, net.n, spikes)
	net.fastTotal = float64(net.decayFast*net.fastTotal) + float64(len(spikes))
	return spikes
}

// resync computes the recurrent currents anew from the filtered trains.
func (net *network) resync(slow, fast []float64) {
	kernel.MulRows(net.slowCurrent, slow, net.slow, net.n, false)
	kernel.MulRows(net.fastCurrent, fast, net.fast, net.n, false)
	net.fastTotal = 0
	for _, f := range fast {
		net.fastTotal += f
	}
}

// addRows is dst += mᵀ x, row by row.
func addRows(dst []float64, m *mat.Dense, x []float64) {
	raw := m.RawMatrix()
	kernel.MulRows(dst, x, raw.Data, raw.Stride, true)
}
