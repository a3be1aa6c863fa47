package npz

import (
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"github.com/spikewalk/spikewalk/internal/scratch"
)

// Stamp says what a file holds. Headers embed it.
type Stamp struct {
	// Format names the kind of network.
	Format string
	// Numerics is the version of the numerics it was trained with.
	Numerics int
}

// config is the name of the array that holds the header as JSON.
const config = "config.json"

// Header writes a header that embeds a [Stamp] as JSON.
func (w *Writer) Header(header any) {
	text, err := json.MarshalIndent(header, "", "  ")
	if err != nil && w.err == nil {
		w.err = err
	}
	w.Bytes(config, text)
}

// Header reads a header. An error says whether the file is of another kind, or
// of another version of the numerics, than wanted.
func (r *Reader) Header(want Stamp, header any) error {
	var stamp Stamp
	text := r.Bytes(config)
	if json.Unmarshal(text, &stamp) != nil || stamp.Format != want.Format || json.Unmarshal(text, header) != nil {
		return errors.Join(r.Err(), fmt.Errorf("not a %s (%s is missing or of another kind)", want.Format, config))
	}
	if stamp.Numerics != want.Numerics {
		return fmt.Errorf("written by version %d of the numerics, this is version %d: train again", stamp.Numerics, want.Numerics)
	}
	return nil
}

// Save writes what m marshals to; the file appears whole or not at all.
func Save(path string, m encoding.BinaryMarshaler) error {
	data, err := m.MarshalBinary()
	if err != nil {
		return err
	}
	return scratch.WriteFile(path, data, 0o644)
}

// Load reads a file into m; errors name the file.
func Load(path string, m encoding.BinaryUnmarshaler) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if err := m.UnmarshalBinary(data); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}
