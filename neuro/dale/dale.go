package dale

import (
	"cmp"
	"errors"
	"fmt"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/carry"
	"github.com/spikewalk/spikewalk/neuro/internal/kernel"
	"github.com/spikewalk/spikewalk/neuro/spiking"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// errNoSource says that a source is nil.
var errNoSource = errors.New("dale: there is no source of factors: it is nil; rate.NewSource and spiking.FromRecording make one")

// Network is a trained network of sparsely connected neurons under Dale's
// law: made by [Transfer], saved and loaded. All recurrent weights
// are trained; there are no fixed ones and there is no uniform inhibition.
//
// Each neuron is driven by its own synapses and a bias, J s + b. The network
// carries factors to the degree that these currents are u y, and y is read
// from them by least squares, y = (uᵀu)⁻¹uᵀ (J s + b - background); the output
// is z = W [y; 1].
type Network struct {
	cfg   Config
	shape task.Shape
	gain  float64

	net     *neurons
	wiring  wiring
	decoder *mat.Dense // (uᵀu)⁻¹uᵀ, P × N
	offset  []float64  // what the decoder makes of the background
	readout *mat.Dense // W, m × (P+1)

	sourceState []float64
	training    Training
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
func newNetwork(cfg Config, src spiking.Source) (*Network, error) {
	if src == nil {
		return nil, errNoSource
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
		cfg: cfg, shape: shape, gain: gain, net: net, wiring: wiring, readout: readout,
		training: Training{Kept: -1, Warnings: coarse},
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

// Config returns the configuration the network was built with.
func (m *Network) Config() Config { return m.cfg }

// Training returns how training went.
func (m *Network) Training() Training { return m.training }

// Gain returns g in u = g Q J̃ V, which follows from cfg.Drive.
func (m *Network) Gain() float64 { return m.gain }

// Weights returns a copy of J for a kind of synapse (a place in
// cfg.TauSynapses), N × N: row i holds the weights onto neuron i, column j
// those from neuron j, zero where there is no synapse. It panics at a kind that
// there is not.
func (m *Network) Weights(kind int) *mat.Dense {
	if kind < 0 || kind >= len(m.net.kinds) {
		panic(fmt.Sprintf("dale: synapses of kind %d: there are kinds 0 to %d", kind, len(m.net.kinds)-1))
	}
	n := m.net.n
	return carry.Transposed(mat.NewDense(n, n, m.net.kinds[kind].weights))
}

// Bias returns a copy of b, length N.
func (m *Network) Bias() []float64 { return append([]float64(nil), m.net.bias...) }

// Readout returns a copy of W, m × (P+1): the last column is the offset.
func (m *Network) Readout() *mat.Dense { return mat.DenseCopyOf(m.readout) }

// Signs returns +1 for each neuron that excites and -1 for each that
// inhibits.
func (m *Network) Signs() []float64 { return append([]float64(nil), m.wiring.sign...) }

// Presynaptic returns the neurons that have synapses on neuron i, in rising
// order; a trained synapse may have weight zero. It panics at a neuron that there
// is not.
func (m *Network) Presynaptic(i int) []int {
	if n := len(m.wiring.presynaptic); i < 0 || i >= n {
		panic(fmt.Sprintf("dale: synapses on neuron %d: there are neurons 0 to %d", i, n-1))
	}
	return append([]int(nil), m.wiring.presynaptic[i]...)
}

// Violations counts, exactly, the weights of all kinds of synapses that are of
// the wrong sign and those that stand where there is no synapse: 0 and 0.
func (m *Network) Violations() (wrongSign, noSynapse int) {
	for _, k := range m.net.kinds {
		w, n := m.wiring.violations(k.weights)
		wrongSign, noSynapse = wrongSign+w, noSynapse+n
	}
	return wrongSign, noSynapse
}

// fits checks that a source is of the shape the network was built for.
func (m *Network) fits(src spiking.Source) error {
	if src == nil {
		return errNoSource
	}
	s := src.Shape()
	s.Name, s.Hints = m.shape.Name, m.shape.Hints
	if s != m.shape {
		return fmt.Errorf("dale: the network was built for %+v, the source is %+v", m.shape, src.Shape())
	}
	return nil
}
