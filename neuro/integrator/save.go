package integrator

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"github.com/google/renameio/maybe"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/npz"
	"github.com/spikewalk/spikewalk/neuro/nef"
)

// header is what a file holds besides matrices.
type header struct {
	Format     string
	Numerics   int
	Config     Config
	Population nef.Config
}

const format = "spikewalk integrator"

// Save writes the integrator to an .npz file that NumPy opens: population,
// decoders and, in weight form, the weights ω_ji each under its name, the
// configurations as JSON in "config.json". The file appears whole or not at
// all. Size: 8 N (N + 2 D + 4) bytes.
func (g *Integrator) Save(path string) error {
	data, err := g.MarshalBinary()
	if err != nil {
		return err
	}
	return maybe.WriteFile(path, data, 0o644)
}

// Load reads an integrator that [Integrator.Save] has written. Whatever it is
// asked to do next ([Integrator.Learn], [Integrator.MeasureDrift], …) gives
// the same bits as the one that was saved would have given. What moves within
// a life (voltages, activities, eye and target) belongs to that life and is
// not saved; every Learn begins its own. An error says whether the file is
// damaged, of another kind, or of another version of the numerics.
func Load(path string) (*Integrator, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	g := new(Integrator)
	if err := g.UnmarshalBinary(data); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return g, nil
}

// MarshalBinary returns what [Integrator.Save] writes.
func (g *Integrator) MarshalBinary() ([]byte, error) {
	pop := g.Population
	head, err := json.MarshalIndent(header{
		Format: format, Numerics: neuro.NumericsVersion, Config: g.Config, Population: pop.Config,
	}, "", "  ")
	if err != nil {
		return nil, err
	}
	var buf bytes.Buffer
	w := npz.NewWriter(&buf)
	w.Bytes("config.json", head)
	w.Matrix("encoders", pop.Encoders)
	w.Vector("gain", pop.Gain)
	w.Vector("bias", pop.Bias)
	w.Vector("max_rates", pop.MaxRates)
	w.Vector("intercepts", pop.Intercepts)
	w.Matrix("decoders", g.Decoders())
	if g.outgoing != nil {
		w.Matrix("weights", g.Weights())
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}

// UnmarshalBinary makes g the integrator that MarshalBinary was called on.
func (g *Integrator) UnmarshalBinary(data []byte) error {
	r, err := npz.NewReader(data)
	if err != nil {
		return err
	}
	var h header
	if err := json.Unmarshal(r.Bytes("config.json"), &h); err != nil || h.Format != format {
		return errors.Join(r.Err(), fmt.Errorf("not a %s (config.json is missing or of another kind)", format))
	}
	if h.Numerics != neuro.NumericsVersion {
		return fmt.Errorf("written by version %d of the numerics, this is version %d: train again", h.Numerics, neuro.NumericsVersion)
	}
	if err := errors.Join(h.Config.Validate(), h.Population.Validate()); err != nil {
		return err
	}
	loaded, err := h.integrator(r)
	if err != nil {
		return err
	}
	*g = *loaded
	return nil
}

// integrator reads the matrices that belong to a header.
func (h header) integrator(r *npz.Reader) (*Integrator, error) {
	n, d := h.Population.Neurons, h.Population.Dimensions
	// The sizes are those of the arrays before any memory is taken for them.
	gain := r.Vector("gain", -1)
	if r.Err() == nil && (len(gain) != n || d > n) {
		return nil, fmt.Errorf("array %q is for %d neurons, config.json says %d of %d dimensions", "gain", len(gain), n, d)
	}
	if err := r.Err(); err != nil {
		return nil, err
	}
	pop := &nef.Population{
		Config: h.Population, Encoders: r.Matrix("encoders", n, d), Gain: gain, Bias: r.Vector("bias", n),
		MaxRates: r.Vector("max_rates", n), Intercepts: r.Vector("intercepts", n),
	}
	g := blank(pop, h.Config)
	setColumns(g.readout, r.Matrix("decoders", n, d))
	if h.Config.Form == Weights {
		g.outgoing = zeros(n, n)
		setColumns(g.outgoing, r.Matrix("weights", n, n))
	}
	if err := r.Err(); err != nil {
		return nil, err
	}
	return g.simulable()
}
