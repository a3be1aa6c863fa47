package spiking

import (
	"context"
	"errors"
	"fmt"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/internal/npz"
	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/carry"
	"github.com/spikewalk/spikewalk/neuro/rls"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// header is what a file holds besides matrices.
type header struct {
	npz.Stamp
	Config   Config
	Shape    task.Shape
	Trained  int
	Training Training
	// Fired lists the neurons that have fired, in the order in which they did.
	Fired []int
	// Silent lists the neurons that nobody hears, empty in most files.
	Silent []int `json:",omitempty"`
	// Refractory holds the steps for which each neuron is still held, in files that
	// are older than models of neurons; empty if there is no refractory period.
	Refractory []float64 `json:",omitempty"`
	// HasSource and HasConstant say which arrays there are, in older files.
	HasSource, HasConstant *bool `json:",omitempty"`
}

func stamp() npz.Stamp {
	return npz.Stamp{Format: "spikewalk spiking network", Numerics: neuro.NumericsVersion}
}

// Save writes the model to an .npz file that NumPy opens: every matrix under
// its name, the configuration as JSON in "config.json". The file appears
// whole or not at all; it is an error if its name does not end in .npz.
// Size: 8 (6 N² + …) bytes, most of it P.
func (m *Model) Save(path string) error { return npz.Save(path, m) }

// Load reads a model that [Model.Save] has written. It continues training, or
// runs, exactly as the saved one would have. An error says whether the file
// is damaged, of another kind, or of another version of the numerics.
func Load(path string) (*Model, error) { return npz.Load[Model](path) }

// MarshalBinary returns what [Model.Save] writes.
func (m *Model) MarshalBinary() ([]byte, error) {
	if m.net == nil {
		return nil, errors.New("spiking: there is no model to save: make one with New or Transfer")
	}
	state := m.decoder.State()
	n := m.net.n
	h := header{
		Stamp: stamp(), Config: m.cfg, Shape: m.shape, Trained: m.trained, Training: m.training,
		Fired: state.Fired, Silent: m.net.silenced(),
	}
	return npz.Marshal(&h, func(w *npz.Writer) {
		w.Matrix("slow", mat.NewDense(n, n, m.net.slow).T())
		w.Matrix("fast", mat.NewDense(n, n, m.net.fast).T())
		w.Matrix("u", m.net.factors.T())
		w.Matrix("u_in", carry.Transposed(m.net.inputs))
		w.Vector("bias", m.net.bias)
		w.Vector("constant", m.net.constant)
		w.Matrix("w", state.Weights)
		w.Matrix("W", m.readout)
		carry.WriteNeurons(w, m.net.neurons.State())
		w.Vector("s", state.Banks.RawRowView(0))
		w.Vector("f", state.Banks.RawRowView(1))
		w.Matrix("P", m.decoder.Inverse())
		w.Matrix("P_out", m.readP.Inverse())
		w.Vector("source", m.sourceState.Numbers())
	})
}

// UnmarshalBinary makes m the model that MarshalBinary was called on.
func (m *Model) UnmarshalBinary(data []byte) error {
	return npz.Unmarshal(data, func(h header, r *npz.Reader) error {
		if err := h.validate(); err != nil {
			return err
		}
		loaded, err := h.model(r)
		if err == nil {
			*m = *loaded
		}
		return err
	}, stamp())
}

// validate checks what neither the configuration nor an array's shape does.
func (h header) validate() error {
	if h.Trained < 0 {
		return fmt.Errorf("spiking: config.json says %d trials of training", h.Trained)
	}
	return errors.Join(h.Config.Validate(), h.Shape.Validate())
}

// model reads the matrices that belong to a header, all of them before a
// network of the configuration's size is made: what the file does not hold
// takes no memory.
func (h header) model(r *npz.Reader) (*Model, error) {
	n, p, outputs := h.Config.Neurons, h.Shape.Factors, h.Shape.Outputs
	slow, fast := carry.Transposed(r.Matrix("slow", n, n)), carry.Transposed(r.Matrix("fast", n, n))
	factors := carry.Transposed(r.Matrix("u", n, p))
	var inputs *mat.Dense
	if h.Shape.Inputs > 0 {
		inputs = carry.Transposed(r.Matrix("u_in", n, h.Shape.Inputs))
	}
	bias, neurons := r.Vector("bias", n), carry.ReadNeurons(r, h.Config.Neuron, n)
	if h.Refractory != nil {
		neurons["refractory"] = h.Refractory
	}
	r.Agree("constant", h.HasConstant)
	r.Agree("source", h.HasSource)
	constant, source := r.VectorIf("constant", n), r.VectorIf("source", npz.Any)
	readout := r.Matrix("W", outputs, p+1)
	trains := append(r.Vector("s", n), r.Vector("f", n)...)
	weights := r.Matrix("w", p, 2*n)
	pMatrix, readP := r.Symmetric("P", 2*n), r.Symmetric("P_out", p+1)
	if err := r.Err(); err != nil {
		return nil, err
	}
	net, err := blank(h.Config, h.Shape.Dt)
	if err != nil {
		return nil, err
	}
	if err := net.neurons.Restore(neurons); err != nil {
		return nil, err
	}
	net.slow, net.fast = slow.RawMatrix().Data, fast.RawMatrix().Data
	net.factors, net.inputs, net.bias = factors, inputs, bias
	net.constant = constant // what blank makes of the configuration is in the file
	if err := net.silence(h.Silent); err != nil {
		return nil, err
	}
	m := &Model{cfg: h.Config, shape: h.Shape, net: net, trained: h.Trained, training: h.Training, sourceState: task.NewState(source...), readout: readout}
	if err := m.equip(); err != nil {
		return nil, err
	}
	if err := m.decoder.Restore(rls.State{Fired: h.Fired, Banks: mat.NewDense(2, n, trains), Weights: weights}); err != nil {
		return nil, err
	}
	m.begin(context.Background(), false)
	return m, errors.Join(m.decoder.SetInverse(pMatrix), m.readP.SetInverse(readP))
}
