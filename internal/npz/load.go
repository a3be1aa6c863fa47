package npz

import (
	"bytes"
	"encoding"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/spikewalk/spikewalk/internal/regular"
)

// Stamp says what a file holds. Headers embed it.
type Stamp struct {
	// Format names the kind of network.
	Format string
	// Numerics is the version of the numerics it was trained with.
	Numerics int
	// Arrays are all arrays of the file but the header itself, so that one that
	// was taken out is missed even where a network may be without it. Older files do
	// not list them.
	Arrays []string `json:",omitempty"`
	// Sealed tells that the file was written with a checksum of all of it, which is
	// then missed. Older files have none, and what another program has written anew
	// has no place for it.
	Sealed bool `json:",omitempty"`
}

// stamped is a pointer to a header, which embeds a [Stamp].
type stamped interface{ stamp() *Stamp }

func (s *Stamp) stamp() *Stamp { return s }

// Config is the name of the array that holds the header as JSON.
const Config = "config.json"

// Header writes a header as JSON, and lists in it all arrays so far: it is
// written last. It is given as a pointer to a struct that embeds a [Stamp].
func (w *Writer) Header(header stamped) {
	header.stamp().Arrays, header.stamp().Sealed = w.names, true
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
// of another version of the numerics, than wanted, or has other arrays than it
// was saved with.
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
	if stamp.Sealed && r.seal == foreign {
		return damaged("its checksum is missing")
	}
	if stamp.Numerics != want.Numerics {
		return fmt.Errorf("written by version %d of the numerics, this is version %d: train again", stamp.Numerics, want.Numerics)
	}
	if err := json.Unmarshal(text, header); err != nil {
		return fmt.Errorf("%s of the %s: %w", Config, want.Format, err)
	}
	return r.complete(stamp.Arrays)
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

// Marshal returns an archive of what write writes and of a header, see
// [Writer.Header].
func Marshal(header stamped, write func(*Writer)) ([]byte, error) {
	var b bytes.Buffer
	w := NewWriter(&b)
	write(w)
	w.Header(header)
	err := w.Close()
	return b.Bytes(), err
}

// Unmarshal reads an archive that [Marshal] has made: its header, whose stamp
// must be one of those wanted, and what read makes of the arrays. A header is checked by read before any memory is taken.
func Unmarshal[H any](data []byte, read func(H, *Reader) error, want ...Stamp) error {
	r, err := NewReader(data)
	if err != nil {
		return err
	}
	var h H
	wanted := want[0]
	var found Stamp
	if json.Unmarshal(r.Bytes(Config), &found) == nil {
		if i := slices.IndexFunc(want, func(w Stamp) bool { return w.Format == found.Format }); i > 0 {
			wanted = want[i]
		}
	}
	if err := r.Header(wanted, &h); err != nil {
		return err
	}
	return read(h, r)
}

// complete compares the arrays of the file with those that its header lists.
func (r *Reader) complete(listed []string) error {
	if listed == nil {
		return nil
	}
	for _, name := range listed {
		if !r.Has(name) {
			return fmt.Errorf("array %q is missing: the file was changed after it was saved", name)
		}
	}
	arrays, _ := r.Names()
	for _, name := range arrays {
		if name != Config && !slices.Contains(listed, name) {
			return fmt.Errorf("array %q was not saved with the others: the file was changed", name)
		}
	}
	return nil
}

// ReadFile is [regular.ReadFile], for packages that import nothing but this one.
func ReadFile(path string) ([]byte, error) { return regular.ReadFile(path) }
