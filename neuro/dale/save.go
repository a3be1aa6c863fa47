package dale

import (
	"errors"
	"fmt"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/internal/npz"
	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/carry"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// header is what a file holds besides matrices. Connections and
// signs are drawn again from the configuration.
type header struct {
	npz.Stamp
	Config   Config
	Shape    task.Shape
	Gain     float64
	Training Training
}

func stamp() npz.Stamp {
	return npz.Stamp{Format: "spikewalk network with constraints", Numerics: neuro.NumericsVersion}
}

// Save writes the network to an .npz file that NumPy opens: J0, J1, … (one for
// each kind of synapse), b, u, u_in, the background current, W, the filtered
// trains s0, s1, … and voltages v, and the configuration as JSON in
// "config.json". The file appears whole or not at all; it is an error if its
// name does not end in .npz. Size: 8 K N² bytes for K kinds.
//
// Training cannot go on from the file, nor from the network itself: what it is
// fitted to, second moments of 8 (K N)² bytes, ends with [Transfer],
// and so do the last round's network, where an earlier one was kept, and the
// teacher's schedule, which the configuration's number of rounds stretches. For a longer
// training raise Rounds and start anew; [spiking.Model] is what goes on learning.
func (m *Network) Save(path string) error { return npz.Save(path, m) }

// Load reads a network that [Network.Save] has written; it
// tests exactly as the saved one. An error says whether the file is damaged,
// of another kind, of another version of the numerics, or breaks the
// constraints.
func Load(path string) (*Network, error) { return npz.Load[Network](path) }

// MarshalBinary returns what [Network.Save] writes.
func (m *Network) MarshalBinary() ([]byte, error) {
	if m.net == nil {
		return nil, errors.New("dale: there is no network to save: make one with Transfer")
	}
	h := header{Stamp: stamp(), Config: m.Config, Shape: m.shape, Gain: m.gain, Training: m.Training}
	return npz.Marshal(&h, func(w *npz.Writer) {
		for i, k := range m.net.kinds {
			w.Matrix(fmt.Sprintf("J%d", i), m.net.matrix(i))
			w.Vector(fmt.Sprintf("s%d", i), k.trains)
		}
		w.Vector("b", m.net.bias)
		w.Matrix("u", m.net.factors.T())
		w.Matrix("u_in", carry.Transposed(m.net.inputs))
		w.Vector("background", m.net.background)
		w.Matrix("W", m.readout)
		carry.WriteNeurons(w, m.net.State())
	})
}

// UnmarshalBinary makes m the network that MarshalBinary was called on.
func (m *Network) UnmarshalBinary(data []byte) error {
	return npz.Unmarshal(data, func(h header, r *npz.Reader) error {
		if err := errors.Join(h.Config.Validate(), h.Shape.Validate()); err != nil {
			return err
		}
		net, err := h.network(r)
		readout := r.Matrix("W", h.Shape.Outputs, h.Shape.Factors+1)
		if err = errors.Join(err, r.Err()); err != nil {
			return err
		}
		loaded := &Network{Config: h.Config, Training: h.Training, shape: h.Shape, gain: h.Gain, net: net, readout: readout}
		// Drawn last: for what the file does not hold no memory is taken.
		if loaded.wiring, err = wire(h.Config); err != nil {
			return err
		}
		if wrong, absent := loaded.Violations(); wrong+absent > 0 {
			return fmt.Errorf("%d weights of the wrong sign and %d where there is no synapse: the file was changed", wrong, absent)
		}
		loaded.net.resync()
		if err := loaded.equip(); err != nil {
			return err
		}
		*m = *loaded
		return nil
	}, stamp())
}

// network reads the matrices that belong to a header, all of them before the
// network is made.
func (h header) network(r *npz.Reader) (*neurons, error) {
	n := h.Config.Neurons
	var weights, trains [][]float64
	for i := range h.Config.TauSynapses {
		weights = append(weights, carry.Transposed(r.Matrix(fmt.Sprintf("J%d", i), n, n)).RawMatrix().Data)
		trains = append(trains, r.Vector(fmt.Sprintf("s%d", i), n))
	}
	bias, background := r.Vector("b", n), r.Vector("background", n)
	state := carry.ReadNeurons(r, h.Config.Neuron, n)
	factors := carry.Transposed(r.Matrix("u", n, h.Shape.Factors))
	var inputs *mat.Dense
	if h.Shape.Inputs > 0 {
		inputs = carry.Transposed(r.Matrix("u_in", n, h.Shape.Inputs))
	}
	if err := r.Err(); err != nil {
		return nil, err
	}
	net, err := blank(h.Config, h.Shape.Dt)
	if err != nil {
		return nil, err
	}
	for i, k := range net.kinds {
		k.weights, k.trains = weights[i], trains[i]
	}
	net.bias, net.background, net.factors, net.inputs = bias, background, factors, inputs
	return net, net.Restore(state)
}
