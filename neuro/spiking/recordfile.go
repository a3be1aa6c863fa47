package spiking

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/spikewalk/spikewalk/internal/npz"
	"github.com/spikewalk/spikewalk/neuro"
)

// recordingHeader is what a recording's file holds besides arrays.
type recordingHeader struct {
	npz.Stamp
	Dt             float64
	Neurons, Every int
	// MeanConditions and MeanParts are those of Means; no parts are all 0.
	MeanConditions []int
	MeanParts      []int           `json:",omitempty"`
	Warnings       []neuro.Warning `json:",omitempty"`
}

func recordingStamp() npz.Stamp { return npz.Stamp{Format: "spikewalk recording", Numerics: 1} }

// Save writes the recording to an .npz file that NumPy opens: spike_times and
// spike_neurons, factors, factor_targets, outputs, output_targets (each
// T × channels), each quantity under its name, trials (from, to, condition),
// factor_errors, output_errors, conditions, parts, correct, rates, averages as
// mean_<condition>_<name>, mean_<part>_<condition>_<name> of further parts, the last state as final_…, and the rest as JSON in
// config.json. The file appears whole or not at all. It is an error if its name
// does not end in .npz.
func (r *Recording) Save(path string) error {
	return npz.WriteFile(path, func(w io.Writer) error { return r.write(w, nil) })
}

// save writes what is in memory and what has been streamed to d.
func (r *Recording) save(path string, d *disk) error {
	return npz.WriteFile(path, func(w io.Writer) error { return r.write(w, d.arrays) })
}

func (r *Recording) write(to io.Writer, streamed map[string]*fileArray) error {
	w := npz.NewWriter(to)
	h := recordingHeader{Stamp: recordingStamp(), Dt: r.Dt, Neurons: r.Neurons, Every: r.Every, Warnings: r.Warnings}
	for _, m := range r.Means {
		h.MeanConditions, h.MeanParts = append(h.MeanConditions, m.Condition), append(h.MeanParts, m.Part)
	}
	w.Header(h)
	for _, b := range r.bindings() {
		if a := streamed[b.name]; a != nil {
			from, err := a.rewind()
			if err != nil {
				return err
			}
			b.write(w, a.numbers, a.columns, from)
		} else if data, columns := b.get(); len(data) > 0 {
			b.write(w, len(data), columns, npz.Floats(data))
		}
	}
	return w.Close()
}

// write writes float64 numbers as an array of the binding's kind.
func (b binding) write(w *npz.Writer, n, columns int, from io.Reader) {
	shape := []int{n}
	if !b.vector {
		shape = []int{n / columns, columns}
	}
	switch b.kind {
	case integers:
		from = &converted{from: from, append: func(to []byte, x float64) []byte {
			return binary.LittleEndian.AppendUint64(to, uint64(int64(x)))
		}}
	case booleans:
		from = &converted{from: from, append: func(to []byte, x float64) []byte { return append(to, byte(x)) }}
	}
	w.Stream(b.name, string(b.kind), shape, from)
}

// LoadRecording reads a recording that [Recording.Save] or a test with
// [RecordConfig].File has written, all of it, into memory. An error names the
// file and says whether it is damaged or of another kind.
func LoadRecording(path string) (*Recording, error) {
	data, err := npz.ReadFile(path)
	if err != nil {
		return nil, err
	}
	rec, err := decodeRecording(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return rec, nil
}

func decodeRecording(data []byte) (*Recording, error) {
	r, err := npz.NewReader(data)
	if err != nil {
		return nil, err
	}
	var h recordingHeader
	if err := r.Header(recordingStamp(), &h); err != nil {
		return nil, err
	}
	rec := &Recording{Dt: h.Dt, Neurons: h.Neurons, Every: h.Every, Warnings: h.Warnings}
	for i, c := range h.MeanConditions {
		// A condition that has no array of its own would take memory for
		// nothing that is in the file.
		m := Mean{Condition: c}
		if i < len(h.MeanParts) {
			m.Part = h.MeanParts[i]
		}
		if !r.Has(m.prefix()+"trials") || i > 0 && rec.Means[i-1].compare(m) >= 0 {
			return nil, fmt.Errorf("config.json lists conditions %v of averages, which are not those of the file", h.MeanConditions)
		}
		rec.Means = append(rec.Means, m)
	}
	known := map[string]bool{npz.Config: true}
	for _, b := range rec.bindings() {
		if known[b.name] = true; r.Has(b.name) {
			b.set(b.read(r))
		}
	}
	arrays, others := r.Names()
	for _, name := range append(arrays, others...) {
		if r.Err() == nil && !known[name] {
			return nil, fmt.Errorf("%q is no part of a recording", name)
		}
	}
	return rec, errors.Join(r.Err(), rec.validate())
}

// validate checks what arrays say of one another.
func (r *Recording) validate() error {
	if times, neurons := len(r.Spikes.Times), len(r.Spikes.Neurons); times != neurons {
		return fmt.Errorf("%d times of spikes and %d neurons that fired them", times, neurons)
	}
	for _, j := range r.Spikes.Neurons {
		if j < 0 || j >= r.Neurons {
			return fmt.Errorf("a spike of neuron %d: there are %d", j, r.Neurons)
		}
	}
	return nil
}
