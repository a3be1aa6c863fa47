package spiking

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/npz"
)

// recordingHeader is what a recording's file holds besides arrays.
type recordingHeader struct {
	npz.Stamp
	Dt             float64
	Neurons, Every int
	// MeanConditions are those of Means.
	MeanConditions []int
	Warnings       []neuro.Warning `json:",omitempty"`
}

func recordingStamp() npz.Stamp { return npz.Stamp{Format: "spikewalk recording", Numerics: 1} }

// Save writes the recording to an .npz file that NumPy opens: spike_times and
// spike_neurons, factors, factor_targets, outputs, output_targets (each
// T × channels), each quantity under its name, trials (from, to, condition),
// factor_errors, output_errors, conditions, correct, rates, averages as
// mean_<condition>_<name>, the last state as final_…, and the rest as JSON in
// config.json. The file appears whole or not at all.
func (r *Recording) Save(path string) error {
	d, err := newDisk(path)
	if err != nil {
		return err
	}
	defer d.remove()
	return r.save(path, d)
}

// save writes what is in memory and what has been streamed to d.
func (r *Recording) save(path string, d *disk) error {
	f, err := os.Create(filepath.Join(d.folder, "whole"))
	if err != nil {
		return err
	}
	defer f.Close()
	if err := r.writeArchive(zip.NewWriter(f), d); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if err := f.Sync(); err != nil {
		return err
	}
	// An open file cannot be renamed everywhere.
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

func (r *Recording) writeArchive(z *zip.Writer, d *disk) error {
	h := recordingHeader{Stamp: recordingStamp(), Dt: r.Dt, Neurons: r.Neurons, Every: r.Every, Warnings: r.Warnings}
	for _, m := range r.Means {
		h.MeanConditions = append(h.MeanConditions, m.Condition)
	}
	text, err := json.MarshalIndent(h, "", "  ")
	if err != nil {
		return err
	}
	if err := writeArray(z, "config.json", "|u1", []int{len(text)}, bytes.NewReader(text)); err != nil {
		return err
	}
	for _, b := range r.bindings() {
		if data, columns := b.get(); len(data) > 0 && d.arrays[b.name] == nil {
			if err := b.write(z, len(data), columns, &numbers{data: data}); err != nil {
				return err
			}
		}
		if a := d.arrays[b.name]; a != nil {
			from, err := a.rewind()
			if err != nil {
				return err
			}
			if err := b.write(z, a.numbers, a.columns, from); err != nil {
				return err
			}
		}
	}
	return z.Close()
}

// write writes float64 numbers as an array of the binding's kind.
func (b binding) write(z *zip.Writer, n, columns int, from io.Reader) error {
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
	return writeArray(z, b.name, string(b.kind), shape, from)
}

// LoadRecording reads a recording that [Recording.Save] or a test with
// [RecordConfig].File has written, all of it, into memory. An error names the
// file and says whether it is damaged or of another kind.
func LoadRecording(path string) (*Recording, error) {
	data, err := os.ReadFile(path)
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
	there := make(map[string]bool)
	for _, name := range r.Names() {
		there[name] = true
	}
	rec := &Recording{Dt: h.Dt, Neurons: h.Neurons, Every: h.Every, Warnings: h.Warnings}
	for _, c := range h.MeanConditions {
		rec.Means = append(rec.Means, Mean{Condition: c})
	}
	for _, b := range rec.bindings() {
		if there[b.name] {
			b.set(b.read(r))
		}
	}
	return rec, r.Err()
}
