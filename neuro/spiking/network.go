package spiking

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/carry"
	"github.com/spikewalk/spikewalk/neuro/internal/kernel"
	"github.com/spikewalk/spikewalk/neuro/neuron"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// network is N neurons of one model with fixed random synapses. Recurrent
// currents are event-driven: they decay, and jump by a column of weights for
// each spike.
type network struct {
	n   int
	cfg Config

	factors *mat.Dense // uᵀ, P × N: a factor's row is contiguous
	inputs  *mat.Dense // u_inᵀ, inputs × N; nil without inputs
	slow    []float64  // N × N, row j: weights from neuron j
	fast    []float64  // the same, uniform inhibition included
	bias    []float64  // b
	// constant is the neurons' drive + g Q c, the latter from the source; nil if zero.
	constant []float64

	decaySlow, decayFast float64

	neurons     *neuron.Population
	silent      []bool    // whose spikes nobody hears; nil: none
	slowCurrent []float64 // J0s s
	fastCurrent []float64 // (J0f + J_μ) f
	fastTotal   float64   // Σ f: its share J_μ f is the same for all neurons
	current     []float64 // scratch: all that flows into each neuron
	acting      *acting   // what recordings want to see of the step before; may be nil
}

// build draws a network for a source.
func build(cfg Config, src task.Source) (*network, error) {
	shape := src.Shape()
	n := cfg.Neurons
	net, err := blank(cfg, shape.Dt)
	if err != nil {
		return nil, err
	}
	root := math.Sqrt(float64(n))
	net.slow = carry.Normal(n*n, cfg.SlowWeights/(cfg.TauSlow*root), neuro.Stream(cfg.Seed, slowWeights))
	net.fast = carry.Normal(n*n, cfg.FastWeights/(cfg.TauFast*root), neuro.Stream(cfg.Seed, fastWeights))
	for i := range net.fast {
		net.fast[i] += cfg.inhibition()
	}
	net.neurons.Scatter(neuro.Stream(cfg.Seed, initialVoltages))
	return net, net.drawDirections(cfg, src)
}

// blank returns a network without weights.
func blank(cfg Config, dt float64) (*network, error) {
	n := cfg.Neurons
	neurons, err := neuron.New(cfg.Neuron, n, dt)
	if err != nil {
		return nil, err
	}
	net := &network{
		n: n, cfg: cfg, neurons: neurons,
		decaySlow:   math.Exp(-dt / cfg.TauSlow),
		decayFast:   math.Exp(-dt / cfg.TauFast),
		bias:        make([]float64, n),
		slowCurrent: make([]float64, n),
		fastCurrent: make([]float64, n),
		current:     make([]float64, n),
	}
	if drive := neurons.Drive(); drive != 0 {
		net.addConstant(func(int) float64 { return drive })
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
	twin.neurons = net.neurons.Clone()
	twin.slowCurrent, twin.fastCurrent, twin.current = make([]float64, n), make([]float64, n), make([]float64, n)
	return &twin
}

// drawDirections makes u, u_in and the constant of a source.
func (net *network) drawDirections(cfg Config, src task.Source) error {
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

// step advances all neurons by one step under the given
// factors (length P) and inputs, and returns the neurons that spiked, in
// rising order; the slice is overwritten by the next step.
//
// Cost: (P + inputs) N, and 2 N for each spike. Nothing is allocated.
func (net *network) step(factors, inputs []float64) []int {
	spikes := net.fire(factors, inputs)
	net.receive(spikes)
	return spikes
}

// fire is the first part of a step: which neurons spike, silent ones left out.
func (net *network) fire(factors, inputs []float64) []int {
	kernel.Sum3(net.current, net.slowCurrent, net.fastCurrent, net.bias)
	if net.constant != nil {
		kernel.Add(net.current, net.constant)
	}
	carry.AddRows(net.current, net.factors, factors)
	if net.inputs != nil {
		carry.AddRows(net.current, net.inputs, inputs)
	}
	return net.heard(net.neurons.Step(net.current))
}

// receive is the second part: what the spikes do to the recurrent currents.
func (net *network) receive(spikes []int) {
	if net.acting != nil {
		copy(net.acting.slow, net.slowCurrent)
		copy(net.acting.fast, net.fastCurrent)
	}
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
