package rate

import (
	"bytes"
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
	HasFeedback, HasBias   bool
	HasReadoutBias         bool
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
func Load(path string) (*Network, error) {
	n := new(Network)
	if err := npz.Load(path, n); err != nil {
		return nil, err
	}
	return n, nil
}

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
		Units: n.Units(), HasFeedback: n.Feedback != nil, HasBias: n.Bias != nil, HasReadoutBias: n.ReadoutBias != nil,
	}
	h.Outputs, _ = n.Readout.Dims()
	if n.Input != nil {
		_, h.Inputs = n.Input.Dims()
	}
	var buf bytes.Buffer
	w := npz.NewWriter(&buf)
	w.Header(h)
	w.Matrix("J", n.Recurrent)
	w.Matrix("W", n.Readout)
	w.Vector("x0", n.Initial)
	if n.Input != nil {
		w.Matrix("u_in", n.Input)
	}
	if n.Feedback != nil {
		w.Matrix("u", n.Feedback)
	}
	if n.Bias != nil {
		w.Vector("b", n.Bias)
	}
	if n.ReadoutBias != nil {
		w.Vector("c", n.ReadoutBias)
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}

// UnmarshalBinary makes n the network that MarshalBinary was called on.
func (n *Network) UnmarshalBinary(data []byte) error {
	r, err := npz.NewReader(data)
	if err != nil {
		return err
	}
	var h header
	if err := r.Header(stamp(), &h); err != nil {
		return err
	}
	if err := h.validate(); err != nil {
		return err
	}
	loaded := Network{
		Form: h.Form, Activation: h.Activation, Tau: h.Tau, Dt: h.Dt, Noise: h.Noise, Restart: h.Restart,
		Recurrent: r.Matrix("J", h.Units, h.Units),
		Readout:   r.Matrix("W", h.Outputs, h.Units),
		Initial:   r.Vector("x0", h.Units),
	}
	if h.Inputs > 0 {
		loaded.Input = r.Matrix("u_in", h.Units, h.Inputs)
	}
	if h.HasFeedback {
		loaded.Feedback = r.Matrix("u", h.Units, h.Outputs)
	}
	if h.HasBias {
		loaded.Bias = r.Vector("b", h.Units)
	}
	if h.HasReadoutBias {
		loaded.ReadoutBias = r.Vector("c", h.Outputs)
	}
	if err := errors.Join(r.Err(), loaded.validateUnits()); err != nil {
		return err
	}
	*n = loaded
	return nil
}

// validate checks the numbers that the sizes of arrays depend on; the rest is
// checked as the network's.
func (h header) validate() error {
	if h.Units < 1 || h.Outputs < 1 || h.Inputs < 0 {
		return fmt.Errorf("rate: the file's header makes no network: %d units, %d inputs, %d outputs", h.Units, h.Inputs, h.Outputs)
	}
	return nil
}
