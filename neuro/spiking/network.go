package spiking

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/carry"
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
	// constant is Rest + Drive + g Q c, the last from the source; nil if zero.
	constant []float64

	decayMembrane, decaySlow, decayFast float64

	v            []float64
	slowCurrent  []float64 // J0s s
	fastCurrent  []float64 // (J0f + J_μ) f
	fastTotal    float64   // Σ f: its share J_μ f is the same for all neurons
	toward       []float64 // scratch: where the voltage is pulled
	spikesBuffer []int

	refractory refractory
}

// build draws a network for a source.
func build(cfg Config, src Source) (*network, error) {
	shape := src.Shape()
	n := cfg.Neurons
	net, err := blank(cfg, shape.Dt)
	if err != nil {
		return nil, err
	}
	root := math.Sqrt(float64(n))
	net.slow = carry.Normal(n*n, cfg.SlowWeights/(cfg.TauSlow*root), neuro.Stream(cfg.Seed, "slow"))
	net.fast = carry.Normal(n*n, cfg.FastWeights/(cfg.TauFast*root), neuro.Stream(cfg.Seed, "fast"))
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
func blank(cfg Config, dt float64) (*network, error) {
	n := cfg.Neurons
	hold, err := cfg.refractorySteps(dt)
	if err != nil {
		return nil, err
	}
	net := &network{
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
		refractory:    newRefractory(n, hold),
	}
	if level := cfg.Rest + cfg.Drive; level != 0 {
		net.addConstant(func(int) float64 { return level })
	}
	return net, nil
}

func (net *network) addConstant(current func(i int) float64) {
	if net.constant == nil {
		net.constant = make([]float64, net.n)
	}
	for i := range net.constant {
		net.constant[i] += current(i)
	}
}

// twin returns a network with the same weights and a state of its own.
func (net *network) twin() *network {
	twin := *net
	n := net.n
	twin.v = append([]float64(nil), net.v...)
	twin.slowCurrent, twin.fastCurrent = make([]float64, n), make([]float64, n)
	twin.toward, twin.spikesBuffer = make([]float64, n), make([]int, 0, n)
	twin.refractory = newRefractory(n, net.refractory.hold)
	twin.refractory.restore(net.refractory.left)
	return &twin
}

// drawDirections makes u, u_in and the constant of a source.
func (net *network) drawDirections(cfg Config, src Source) error {
	e, err := carry.Encode(src, cfg.Neurons, cfg.Gain, cfg.Seed)
	if err != nil {
		return fmt.Errorf("spiking: %w", err)
	}
	net.factors, net.inputs = e.Factors, e.Inputs
	if e.Constant != nil {
		net.addConstant(func(i int) float64 { return e.Constant[i] })
	}
	return nil
}

// step advances all neurons by one step, exponential Euler, under the given
// factors (length P) and inputs, and returns the neurons that spiked, in
// rising order; the slice is overwritten by the next step.
//
// Cost: (P + inputs) N, and 2 N for each spike. Nothing is allocated.
func (net *network) step(factors, inputs []float64) []int {
	spikes := net.fire(factors, inputs)
	net.receive(spikes)
	return spikes
}

// fire is the first part of a step: which neurons spike.
func (net *network) fire(factors, inputs []float64) []int {
	kernel.Sum3(net.toward, net.slowCurrent, net.fastCurrent, net.bias)
	if net.constant != nil {
		kernel.Add(net.toward, net.constant)
	}
	carry.AddRows(net.toward, net.factors, factors)
	if net.inputs != nil {
		carry.AddRows(net.toward, net.inputs, inputs)
	}
	net.refractory.pin(net.toward, net.cfg.Reset)
	spikes := kernel.LIF(net.v, net.toward, net.decayMembrane, net.cfg.Threshold, net.cfg.Reset, net.spikesBuffer[:0])
	net.refractory.enter(spikes)
	return spikes
}

// receive is the second part: what the spikes do to the recurrent currents.
func (net *network) receive(spikes []int) {
	kernel.DecayAddRows(net.slowCurrent, net.decaySlow, net.slow, net.n, spikes)
	kernel.DecayAddRows(net.fastCurrent, net.decayFast, net.fast, net.n, spikes)
	net.fastTotal = float64(net.decayFast*net.fastTotal) + float64(len(spikes))
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
