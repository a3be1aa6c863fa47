package dale

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/carry"
	"github.com/spikewalk/spikewalk/neuro/internal/kernel"
	"github.com/spikewalk/spikewalk/neuro/neuron"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// synapses are the weights of one kind of synapse and what runs through them.
// Weights are stored with their zeros: adding a whole row of 1000 for a spike
// is quicker than scattering a quarter of it.
type synapses struct {
	decay   float64
	weights []float64 // J: N × N, row j: from neuron j
	trains  []float64 // s
	current []float64 // J s
}

// neurons are a population whose recurrent weights are all trained. The current
// into a neuron of it is
//
//	Σ_kinds J s + b + u_in f_in,
//
// or has what the target factors ask for in place of J s + b.
type neurons struct {
	*neuron.Population
	n          int
	factors    *mat.Dense // uᵀ, P × N
	inputs     *mat.Dense // u_inᵀ, inputs × N; nil without inputs
	background []float64  // asked for besides u ỹ
	kinds      []*synapses
	bias       []float64 // b

	drive   []float64 // the model's constant current, N times
	own     []float64 // Σ J s + b
	acted   []float64 // the same in the step before
	given   []float64 // inputs in the step before
	wanted  []float64 // scratch: u ỹ and the background
	current []float64 // scratch
}

// newNeurons returns a network with no weights yet, and the gain g with
// which target factors of the given second moments drive it as cfg asks.
func newNeurons(cfg Config, src task.Source, moments *mat.SymDense) (*neurons, float64, error) {
	gain, err := gainFor(cfg, src, moments)
	if err != nil {
		return nil, 0, err
	}
	drawn, err := carry.Encode(src, cfg.Neurons, gain, cfg.Seed)
	if err != nil {
		return nil, 0, fmt.Errorf("dale: %w", err)
	}
	net, err := blank(cfg, src.Shape().Dt)
	if err != nil {
		return nil, 0, err
	}
	for _, k := range net.kinds {
		k.weights = make([]float64, net.n*net.n)
	}
	net.factors, net.inputs = drawn.Factors, drawn.Inputs
	for i := range net.background {
		net.background[i] = cfg.Background
	}
	if drawn.Constant != nil {
		kernel.Add(net.background, drawn.Constant)
	}
	copy(net.bias, net.background)
	net.Scatter(neuro.Stream(cfg.Seed, forVoltages))
	return net, gain, nil
}

// blank returns a network without directions or room for weights.
func blank(cfg Config, dt float64) (*neurons, error) {
	n := cfg.Neurons
	population, err := neuron.New(cfg.Neuron, n, dt)
	if err != nil {
		return nil, err
	}
	net := &neurons{
		Population: population, n: n,
		background: make([]float64, n), bias: make([]float64, n),
		drive: make([]float64, n), own: make([]float64, n), acted: make([]float64, n), wanted: make([]float64, n), current: make([]float64, n),
	}
	for i := range net.drive {
		net.drive[i] = population.Drive()
	}
	for _, tau := range cfg.TauSynapses {
		net.kinds = append(net.kinds, &synapses{
			decay:  math.Exp(-dt / tau),
			trains: make([]float64, n), current: make([]float64, n),
		})
	}
	return net, nil
}

// matrix returns the weights of a kind of synapse, row i onto neuron i.
func (net *neurons) matrix(kind int) *mat.Dense {
	return carry.Transposed(mat.NewDense(net.n, net.n, net.kinds[kind].weights))
}

// twin returns a network with a state of its own; the weights and the bias
// are shared, or copied if asked for.
func (net *neurons) twin(copied bool) *neurons {
	t := *net
	t.Population, t.own = net.Clone(), slices.Clone(net.own)
	t.acted, t.wanted, t.current = make([]float64, net.n), make([]float64, net.n), make([]float64, net.n)
	t.kinds = nil
	for _, k := range net.kinds {
		one := *k
		one.trains, one.current = slices.Clone(k.trains), slices.Clone(k.current)
		if copied {
			one.weights = slices.Clone(k.weights)
		}
		t.kinds = append(t.kinds, &one)
	}
	if copied {
		t.bias = slices.Clone(net.bias)
	}
	return &t
}

// step advances all neurons by one step and returns those that spiked; the
// slice is overwritten by the next step. A share teacher of the current is what
// the target factors ask for, the rest is recurrent. noise (length N) may be nil.
//
// Cost: (P + inputs) N, and N for each spike and kind of synapse. Nothing is
// allocated.
func (net *neurons) step(teacher float64, target, inputs, noise []float64) []int {
	copy(net.current, net.drive)
	kernel.Axpy(net.current, 1-teacher, net.own)
	if teacher > 0 {
		copy(net.wanted, net.background)
		carry.AddRows(net.wanted, net.factors, target)
		kernel.Axpy(net.current, teacher, net.wanted)
	}
	if net.inputs != nil {
		carry.AddRows(net.current, net.inputs, inputs)
	}
	if noise != nil {
		kernel.Add(net.current, noise)
	}
	spikes := net.Step(net.current)
	net.own, net.acted, net.given = net.acted, net.own, inputs
	copy(net.own, net.bias)
	for _, k := range net.kinds {
		kernel.Scale(k.trains, k.decay)
		for _, j := range spikes {
			k.trains[j]++
		}
		kernel.DecayAddRows(k.current, k.decay, k.weights, net.n, spikes)
		kernel.Add(net.own, k.current)
	}
	return spikes
}

// resync computes the recurrent currents anew from the filtered trains:
// weights may have changed, and rounding cannot accumulate over trials.
func (net *neurons) resync() {
	copy(net.own, net.bias)
	for _, k := range net.kinds {
		kernel.MulRows(k.current, k.trains, k.weights, net.n, false)
		kernel.Add(net.own, k.current)
	}
}
