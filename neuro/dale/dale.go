package dale

import (
	"cmp"
	"slices"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/carry"
	"github.com/spikewalk/spikewalk/neuro/internal/kernel"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// Network is a trained network of sparsely connected neurons under Dale's law:
// made by [Transfer], saved and loaded.
type Network struct {
	// Config is what the network was built with, Training how training went.
	Config   Config
	Training Training

	shape   task.Shape
	gain    float64
	net     *neurons
	wiring  wiring
	decoder *mat.Dense // (uᵀu)⁻¹uᵀ, P × N
	offset  []float64  // what the decoder makes of the background
	readout *mat.Dense // W, m × (P+1)
}

// Training is how training went.
type Training struct {
	// Teacher is the teacher's share of the current in each round, and
	// MedianErrors and WorstErrors are the median and the largest nMSE of the
	// factors in the validation trials after it.
	Teacher, MedianErrors, WorstErrors []float64
	// Kept is the round whose weights the network has, -1 before the first.
	Kept int
	// Warnings say what is doubtful ([neuro.Warning]): a coarse step, or a
	// median error of 1 or more in the round that is kept.
	Warnings []neuro.Warning `json:",omitempty"`
}

// newNetwork draws directions and connections; there are no weights yet.
func newNetwork(cfg Config, src task.Source) (*Network, error) {
	if err := carry.Given("dale", src); err != nil {
		return nil, err
	}
	shape := src.Shape()
	if err := cmp.Or(cfg.Validate(), shape.Validate()); err != nil {
		return nil, err
	}
	coarse, err := cfg.checkStep(shape.Dt)
	if err != nil {
		return nil, err
	}
	wiring, err := wire(cfg)
	if err != nil {
		return nil, err
	}
	moments, readout, err := preview(cfg, src)
	if err != nil {
		return nil, err
	}
	net, gain, err := newNeurons(cfg, src, moments)
	if err != nil {
		return nil, err
	}
	m := &Network{
		Config: cfg, Training: Training{Kept: -1, Warnings: coarse},
		shape: shape, gain: gain, net: net, wiring: wiring, readout: readout,
	}
	return m, m.equip()
}

// equip gives the network what reads its factors.
func (m *Network) equip() (err error) {
	if m.decoder, err = decoderOf(m.net.factors); err != nil {
		return err
	}
	m.offset = make([]float64, m.shape.Factors)
	for i := range m.offset {
		m.offset[i] = kernel.Dot(m.decoder.RawRowView(i), m.net.background)
	}
	return nil
}

// read writes the factors that the network carries to y, length P.
func (m *Network) read(net *neurons, y []float64) {
	for i := range y {
		y[i] = kernel.Dot(m.decoder.RawRowView(i), net.own) - m.offset[i]
	}
}

// Parameters are what training has made of a network.
type Parameters struct {
	// Weights are J for each kind of synapse (Config.TauSynapses), N × N: row i
	// holds the weights onto neuron i, column j those from neuron j, zero where
	// there is no synapse.
	Weights []*mat.Dense
	// Bias is b, of length N.
	Bias []float64
	// Encoder is u, N × P: what factors ask of neurons; Gain is g in u = g Q J̃ V,
	// which follows from Config.Drive.
	Encoder *mat.Dense
	Gain    float64
	// Readout is W, m × (P+1): the last column is the offset.
	Readout *mat.Dense
	// Signs are +1 for each neuron that excites and -1 for each that inhibits.
	Signs []float64
	// Presynaptic lists the neurons that have synapses on each neuron, in rising
	// order; a trained synapse may have weight zero.
	Presynaptic [][]int
}

// Parameters returns a copy of what training has made of the network.
func (m *Network) Parameters() Parameters {
	if m.net == nil {
		return Parameters{}
	}
	p := Parameters{
		Bias: slices.Clone(m.net.bias), Encoder: carry.Transposed(m.net.factors), Gain: m.gain,
		Readout: mat.DenseCopyOf(m.readout), Signs: slices.Clone(m.wiring.sign),
	}
	for kind := range m.net.kinds {
		p.Weights = append(p.Weights, m.net.matrix(kind))
	}
	for _, from := range m.wiring.presynaptic {
		p.Presynaptic = append(p.Presynaptic, slices.Clone(from))
	}
	return p
}

// Violations counts, exactly, the weights of all kinds of synapses that are of
// the wrong sign and those that stand where there is no synapse: 0 and 0.
func (m *Network) Violations() (wrongSign, noSynapse int) {
	if m.net == nil {
		return 0, 0
	}
	for _, k := range m.net.kinds {
		w, n := m.wiring.violations(k.weights)
		wrongSign, noSynapse = wrongSign+w, noSynapse+n
	}
	return wrongSign, noSynapse
}
