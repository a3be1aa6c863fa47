package integrator

import (
	"errors"

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
}

func stamp() npz.Stamp {
	return npz.Stamp{Format: "spikewalk integrator", Numerics: neuro.NumericsVersion}
}

// Save writes the integrator to an .npz file that NumPy opens: population,
// decoders and, in weight form, the weights ω_ji each under its name, the
// configurations as JSON in "config.json". The file appears whole or not at
// all; it is an error if its name does not end in .npz.
// Size: 8 N (N + 2 D + 4) bytes.
func (g *Integrator) Save(path string) error { return npz.Save(path, g) }

// Load reads an integrator that [Integrator.Save] has written. Whatever it is
// asked to do next ([Integrator.Learn], [Integrator.MeasureDrift], …) gives
// the same bits as the one that was saved would have given. What moves within
// a life (voltages, activities, eye and target) belongs to that life and is
// not saved; every Learn begins its own. An error says whether the file is
// damaged, of another kind, or of another version of the numerics.
func Load(path string) (*Integrator, error) { return npz.Load[Integrator](path) }

// MarshalBinary returns what [Integrator.Save] writes.
func (g *Integrator) MarshalBinary() ([]byte, error) {
	if g.Population == nil {
		return nil, errors.New("integrator: there is no integrator to save: make one with New")
	}
	pop := g.Population
	return npz.Marshal(header{Stamp: stamp(), Config: g.Config, Population: pop.Config}, func(w *npz.Writer) {
		w.Matrix("encoders", pop.Encoders)
		w.Vector("gain", pop.Gain)
		w.Vector("bias", pop.Bias)
		w.Vector("max_rates", pop.MaxRates)
		w.Vector("intercepts", pop.Intercepts)
		w.Matrix("decoders", g.Decoders())
		if g.outgoing != nil {
			w.Matrix("weights", g.Weights())
		}
	})
}

// UnmarshalBinary makes g the integrator that MarshalBinary was called on.
func (g *Integrator) UnmarshalBinary(data []byte) error {
	return npz.Unmarshal(data, stamp(), func(h header, r *npz.Reader) error {
		if err := errors.Join(h.Config.Validate(), h.Population.Validate()); err != nil {
			return err
		}
		loaded, err := h.integrator(r)
		if err == nil {
			*g = *loaded
		}
		return err
	})
}

// integrator reads the matrices that belong to a header.
func (h header) integrator(r *npz.Reader) (*Integrator, error) {
	n, d := h.Population.Neurons, h.Population.Dimensions
	pop := &nef.Population{
		Config: h.Population, Encoders: r.Matrix("encoders", n, d), Gain: r.Vector("gain", n), Bias: r.Vector("bias", n),
		MaxRates: r.Vector("max_rates", n), Intercepts: r.Vector("intercepts", n),
	}
	decoders, weights := r.Matrix("decoders", n, d), new(mat.Dense)
	if h.Config.Form == Weights {
		weights = r.Matrix("weights", n, n)
	}
	// For what the file does not hold no memory is taken.
	if err := r.Err(); err != nil {
		return nil, err
	}
	g := blank(pop, h.Config)
	setColumns(g.readout, decoders)
	if h.Config.Form == Weights {
		g.outgoing = zeros(n, n)
		setColumns(g.outgoing, weights)
	}
	return g.simulable()
}
