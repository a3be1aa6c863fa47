package carry

import (
	"maps"
	"slices"

	"github.com/spikewalk/spikewalk/internal/npz"
	"github.com/spikewalk/spikewalk/neuro/internal/persist"
	"github.com/spikewalk/spikewalk/neuro/neuron"
)

// WriteNeurons writes the state of a population to a file: an array of length N for
// each vector of it, the voltages as v.
func WriteNeurons(w *npz.Writer, state map[string][]float64) {
	for _, name := range slices.Sorted(maps.Keys(state)) {
		w.Vector(neuronArray(name), state[name])
	}
}

// ReadNeurons reads the state of n neurons of a model that WriteNeurons has
// written.
func ReadNeurons(r *npz.Reader, model neuron.Model, n int) map[string][]float64 {
	state := map[string][]float64{"voltages": r.Vector(neuronArray("voltages"), n)}
	if held := r.VectorIf(neuronArray("refractory"), n); held != nil {
		state["refractory"] = held
	}
	for _, v := range model.Traits().Variables[1:] {
		state[v.Name] = r.Vector(neuronArray(v.Name), n)
	}
	return state
}

func neuronArray(name string) string {
	if name == "voltages" {
		return "v"
	}
	return "neuron_" + name
}

// KeepNeurons names the state of a population.
func KeepNeurons(c *persist.State, p *neuron.Population) {
	st := p.State()
	for _, name := range slices.Sorted(maps.Keys(st)) {
		c.Floats(st[name])
	}
	if c.Reading() && c.Err() == nil {
		c.Fail(p.Restore(st))
	}
}
