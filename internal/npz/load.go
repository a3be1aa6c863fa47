package npz

import (
	"encoding"
	"encoding/json"
	"fmt"
	"os"
)

// Stamp says what a file holds. Headers embed it.
type Stamp struct {
	// Format names the kind of network.
	Format string
	// Numerics is the version of the numerics it was trained with.
	Numerics int
}

// Config is the name of the array that holds the header as JSON.
const Config = "config.json"

// Header writes a header that embeds a [Stamp] as JSON.
func (w *Writer) Header(header any) {
	text, err := json.MarshalIndent(header, "", "  ")
	if err != nil && w.err == nil {
		w.err = err
	}
	w.Bytes(Config, text)
}

// maxConfig bounds the header's text: what JSON becomes in memory can be many
// times its length.
const maxConfig = 4_000_000

// Header reads a header. An error says whether the file is of another kind, or
// of another version of the numerics, than wanted.
func (r *Reader) Header(want Stamp, header any) error {
	var stamp Stamp
	text := r.Bytes(Config)
	if r.err != nil {
		return fmt.Errorf("not a %s: %w", want.Format, r.err)
	}
	if len(text) > maxConfig {
		return fmt.Errorf("not a %s: %s takes %d bytes, more than %d", want.Format, Config, len(text), maxConfig)
	}
	if err := json.Unmarshal(text, &stamp); err != nil {
		return fmt.Errorf("not a %s: %s: %w", want.Format, Config, err)
	}
	if stamp.Format != want.Format {
		return fmt.Errorf("not a %s: %s says %q", want.Format, Config, stamp.Format)
	}
	if stamp.Numerics != want.Numerics {
		return fmt.Errorf("written by version %d of the numerics, this is version %d: train again", stamp.Numerics, want.Numerics)
	}
	if err := json.Unmarshal(text, header); err != nil {
		return fmt.Errorf("%s of the %s: %w", Config, want.Format, err)
	}
	return nil
}

// Load reads a file into m; errors name the file.
func Load(path string, m encoding.BinaryUnmarshaler) error {
	data, err := ReadFile(path)
	if err != nil {
		return err
	}
	if err := m.UnmarshalBinary(data); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

// ReadFile is [os.ReadFile] for files that have an end.
func ReadFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is not a file", path)
	}
	return os.ReadFile(path)
}
