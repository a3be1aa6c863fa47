package npz

import (
	"bytes"
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

// Load reads a file that [Save] has written. Errors name the file.
func Load[T any, P interface {
	*T
	encoding.BinaryUnmarshaler
}](path string) (*T, error) {
	data, err := ReadFile(path)
	if err != nil {
		return nil, err
	}
	m := new(T)
	if err := P(m).UnmarshalBinary(data); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return m, nil
}

// Marshal returns an archive of a header and of what write writes.
func Marshal(header any, write func(*Writer)) ([]byte, error) {
	var b bytes.Buffer
	w := NewWriter(&b)
	w.Header(header)
	write(w)
	err := w.Close()
	return b.Bytes(), err
}

// Unmarshal reads an archive that [Marshal] has made: its header, whose stamp
// must be as wanted, and what read makes of the arrays. A header is checked by
// read before any memory is taken.
func Unmarshal[H any](data []byte, want Stamp, read func(H, *Reader) error) error {
	r, err := NewReader(data)
	if err != nil {
		return err
	}
	var h H
	if err := r.Header(want, &h); err != nil {
		return err
	}
	return read(h, r)
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
