package data

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/sbinet/npyio/npz"
)

const maxHeld = 4 << 30 // bytes of arrays in memory

// NPZFile is what a NumPy archive holds.
type NPZFile struct {
	names     []string
	variables map[string]variable
}

// ReadNPZ reads a .npz file, what NumPy's savez and savez_compressed write.
// Arrays of booleans, integers, floats of 4 and 8 bytes, complex numbers and
// texts are read, in either order and byte order; they become the [Array] that
// MATLAB would have for them: a vector is a column, several texts are cells.
// Other arrays (Python objects, half precision, records) do not fail the
// file: asking for them does.
//
// Cost: the file is read once and held inflated, 4 GiB at most. A file that is
// damaged is an error.
func ReadNPZ(path string) (*NPZFile, error) {
	r, err := npz.Open(path)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	file, err := decodeNPZ(r, maxHeld)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return file, nil
}

func decodeNPZ(r *npz.Reader, limit int64) (*NPZFile, error) {
	f := &NPZFile{variables: make(map[string]variable)}
	for _, key := range r.Keys() {
		name, ok := strings.CutSuffix(key, ".npy")
		if !ok {
			continue // not an array
		}
		raw, err := npzEntry(r, key, limit)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		limit -= int64(len(raw))
		a, err := decodeNPY(name, raw)
		if _, again := f.variables[name]; !again {
			f.names = append(f.names, name)
		}
		f.variables[name] = variable{array: a, err: err}
	}
	return f, nil
}

// npzEntry reads an entry to its end, where the archive compares its checksum.
func npzEntry(r *npz.Reader, key string, limit int64) ([]byte, error) {
	rc, err := r.Open(key)
	if err != nil {
		return nil, err
	}
	raw, err := io.ReadAll(io.LimitReader(rc, limit+1))
	if err := errors.Join(err, rc.Close()); err != nil {
		return nil, fmt.Errorf("the file is damaged or cut short: %w", err)
	}
	if int64(len(raw)) > limit {
		return nil, errors.New("more than 4 GiB of arrays: save those you need to a file of their own")
	}
	return raw, nil
}

// Names returns the arrays' names in the order of the file.
func (f *NPZFile) Names() []string { return slices.Clone(f.names) }

// Variable returns an array. A name that is not in the file and an array of a
// type that cannot be read are errors.
func (f *NPZFile) Variable(name string) (*Array, error) {
	v, ok := f.variables[name]
	switch {
	case ok:
		return v.array, v.err
	case len(f.names) == 0:
		return nil, fmt.Errorf("no array %q: the file holds none", name)
	}
	return nil, fmt.Errorf("no array %q: the file has %s", name, strings.Join(f.names, ", "))
}
