package attractor

import (
	"errors"
	"fmt"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/internal/npz"
	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/nef"
)

// header is what a file holds besides matrices.
type header struct {
	npz.Stamp
	Config     Config
	Population nef.Config
	Controls   int `json:",omitempty"`
}

// Files say what they are; those of integrators from before attractors could be
// saved have the same contents, without Controls.
const format, formerFormat = "spikewalk attractor", "spikewalk integrator"

func stamp(format string) npz.Stamp {
	return npz.Stamp{Format: format, Numerics: neuro.NumericsVersion}
}

// Save writes the attractor to an .npz file that NumPy opens: population,
// decoders and, in weight form, the weights ω_ji each under its name, the
// configurations as JSON in "config.json". The file appears whole or not at
// all; it is an error if its name does not end in .npz.
// Size: 8 N (N + P + D + 4) bytes in weight form, P = D + C.
func (a *Attractor) Save(path string) error {
	return npz.Save(path, a)
}

// Load reads an attractor that [Attractor.Save] has written, or an integrator
// that spikewalk saved before attractors could be. Whatever it does next
// ([Attractor.Live], [Attractor.MeasureDrift], …) gives the same bits as the one
// that was saved would have given. What moves within a life (voltages,
// activities, the world) belongs to that life and is not saved. An error says
// whether the file is damaged, of another kind, or of another version of the
// numerics.
func Load(path string) (*Attractor, error) {
	return npz.Load[Attractor](path)
}

// MarshalBinary returns what [Attractor.Save] writes.
func (a *Attractor) MarshalBinary() ([]byte, error) {
	if a.Population == nil {
		return nil, errors.New("attractor: there is no attractor to save: make one with New")
	}
	pop := a.Population
	h := header{Stamp: stamp(format), Config: a.Config, Population: pop.Config, Controls: a.Controls}
	return npz.Marshal(&h, func(w *npz.Writer) {
		w.Matrix("encoders", pop.Encoders)
		w.Vector("gain", pop.Gain)
		w.Vector("bias", pop.Bias)
		w.Vector("max_rates", pop.MaxRates)
		w.Vector("intercepts", pop.Intercepts)
		w.Matrix("decoders", a.Decoders())
		if a.outgoing != nil {
			w.Matrix("weights", a.Weights())
		}
	})
}

// UnmarshalBinary makes a the attractor that MarshalBinary was called on.
func (a *Attractor) UnmarshalBinary(data []byte) error {
	return npz.Unmarshal(data, func(h header, r *npz.Reader) error {
		if err := errors.Join(h.Config.Validate(), h.Population.Validate(), h.checkFormer(r)); err != nil {
			return err
		}
		if c, p := h.Controls, h.Population.Dimensions; c < 0 || c >= p {
			return fmt.Errorf("attractor: a file of %d controls and %d dimensions: there must be at least 0, and at least one dimension left for the state", c, p)
		}
		loaded, err := h.attractor(r)
		if err != nil {
			return err
		}
		*a = *loaded
		return nil
	}, stamp(format), stamp(formerFormat))
}

// formerDegrees is the eye position that x = 1 stands for in package
// integrator. It was a field of the configuration in former files.
const formerDegrees = 50

// checkFormer refuses a former file of an integrator whose x = 1 stood for
// another eye position: all its degrees would be others.
func (h header) checkFormer(r *npz.Reader) error {
	if h.Format != formerFormat {
		return nil
	}
	var former struct{ Config struct{ Degrees float64 } }
	if err := r.Header(h.Stamp, &former); err != nil {
		return err
	}
	if d := former.Config.Degrees; d != formerDegrees {
		return fmt.Errorf("attractor: the integrator in the file has Degrees %g: x = 1 stands for %d degrees now; rescale it with the version that saved it", d, formerDegrees)
	}
	return nil
}

// attractor reads the matrices that belong to a header.
func (h header) attractor(r *npz.Reader) (*Attractor, error) {
	n, p := h.Population.Neurons, h.Population.Dimensions
	pop := &nef.Population{
		Config: h.Population, Encoders: r.Matrix("encoders", n, p), Gain: r.Vector("gain", n), Bias: r.Vector("bias", n),
		MaxRates: r.Vector("max_rates", n), Intercepts: r.Vector("intercepts", n),
	}
	decoders, weights := r.Matrix("decoders", n, p-h.Controls), new(mat.Dense)
	if h.Config.Form == Weights {
		weights = r.Matrix("weights", n, n)
	}
	// For what the file does not hold no memory is taken.
	if err := r.Err(); err != nil {
		return nil, err
	}
	a, err := blank(pop, h.Controls, h.Config)
	if err != nil {
		return nil, err
	}
	setColumns(a.readout, decoders)
	if h.Config.Form == Weights {
		a.outgoing, a.pending = zeros(n, n), zeros(a.State, n)
		setColumns(a.outgoing, weights)
	}
	return a, nil
}
