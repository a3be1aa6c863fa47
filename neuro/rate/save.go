package rate

import (
	"cmp"
	"errors"
	"fmt"

	"github.com/spikewalk/spikewalk/internal/npz"
	"github.com/spikewalk/spikewalk/neuro"
)

// header is what a file holds besides matrices.
type header struct {
	npz.Stamp
	Form       Form
	Activation Activation
	Tau, Dt    float64
	Noise      float64
	Restart    bool
	// Units, Inputs and Outputs are N_r and numbers of channels.
	Units, Inputs, Outputs int
	// These say which arrays there are, in older files.
	HasFeedback, HasBias, HasReadoutBias *bool `json:",omitempty"`
}

func stamp() npz.Stamp {
	return npz.Stamp{Format: "spikewalk rate network", Numerics: neuro.NumericsVersion}
}

// Save writes the network to an .npz file that NumPy opens: J, u_in, u, W, b, c
// and the initial state under the names J, u_in, u, W, b, c and x0, what they
// are as JSON in "config.json". The file appears whole or not at all; it is an
// error if its name does not end in .npz.
func (n *Network) Save(path string) error { return npz.Save(path, n) }

// Load reads a network that [Network.Save] has written. An error says whether
// the file is damaged, of another kind, or of another version of the numerics.
func Load(path string) (*Network, error) { return npz.Load[Network](path) }

// MarshalBinary returns what [Network.Save] writes.
func (n *Network) MarshalBinary() ([]byte, error) {
	if n.Recurrent == nil || n.Readout == nil || n.Units() == 0 {
		return nil, fmt.Errorf("rate: a network without recurrent weights, readout or state cannot be saved")
	}
	if err := cmp.Or(n.validateUnits(), n.fit()); err != nil {
		return nil, err // Load would refuse the file
	}
	h := header{
		Stamp: stamp(), Form: n.Form, Activation: n.Activation, Tau: n.Tau, Dt: n.Dt, Noise: n.Noise, Restart: n.Restart,
		Units: n.Units(),
	}
	h.Outputs, _ = n.Readout.Dims()
	if n.Input != nil {
		_, h.Inputs = n.Input.Dims()
	}
	return npz.Marshal(&h, func(w *npz.Writer) {
		w.Matrix("J", n.Recurrent)
		w.Matrix("W", n.Readout)
		w.Vector("x0", n.Initial)
		w.Matrix("u_in", n.Input)
		w.Matrix("u", n.Feedback)
		w.Vector("b", n.Bias)
		w.Vector("c", n.ReadoutBias)
	})
}

// UnmarshalBinary makes n the network that MarshalBinary was called on.
func (n *Network) UnmarshalBinary(data []byte) error {
	return npz.Unmarshal(data, func(h header, r *npz.Reader) error {
		if err := h.validate(); err != nil {
			return err
		}
		r.Agree("u", h.HasFeedback)
		r.Agree("b", h.HasBias)
		r.Agree("c", h.HasReadoutBias)
		loaded := Network{
			Form: h.Form, Activation: h.Activation, Tau: h.Tau, Dt: h.Dt, Noise: h.Noise, Restart: h.Restart,
			Recurrent: r.Matrix("J", h.Units, h.Units),
			Readout:   r.Matrix("W", h.Outputs, h.Units),
			Initial:   r.Vector("x0", h.Units),
			Feedback:  r.MatrixIf("u", h.Units, h.Outputs),
			Bias:      r.VectorIf("b", h.Units), ReadoutBias: r.VectorIf("c", h.Outputs),
		}
		if h.Inputs > 0 {
			loaded.Input = r.Matrix("u_in", h.Units, h.Inputs)
		}
		if err := errors.Join(r.Err(), loaded.validateUnits()); err != nil {
			return err
		}
		*n = loaded
		return nil
	}, stamp())
}

// validate checks the numbers that the sizes of arrays depend on; the rest is
// checked as the network's.
func (h header) validate() error {
	if h.Units < 1 || h.Outputs < 1 || h.Inputs < 0 {
		return fmt.Errorf("rate: the file's header makes no network: %d units, %d inputs, %d outputs", h.Units, h.Inputs, h.Outputs)
	}
	return nil
}
