package data

import (
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/spikewalk/spikewalk/internal/npz"
)

// NPZFile is what a NumPy archive holds.
type NPZFile struct {
	names     []string
	variables map[string]variable
}

// ReadNPZ reads a .npz file, what NumPy's savez and savez_compressed write.
// Arrays of booleans, integers, floats of 2, 4 and 8 bytes, complex numbers and
// texts are read, in either order and byte order; they become the [Array] that
// MATLAB would have for them: a vector is a column, several texts are cells,
// floats of 2 bytes are single. Other arrays (Python objects, records, dates) do
// not fail the file: asking for them does.
//
// A file that is damaged is an error: every byte must be accounted for, and
// names, sizes and checksums must agree.
//
// Cost: the file is read once and held. Arrays that compression has made small,
// the largest of them counted twice, may take four times the size of the file
// and 64 MB. A file that holds more is an error that says how to allow it:
// SPIKEWALK_UNPACK_MB in the environment is the limit in megabytes.
func ReadNPZ(path string) (*NPZFile, error) {
	raw, err := readKind(path, kindNPZ)
	if err != nil {
		return nil, err
	}
	file, err := decodeNPZ(raw)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return file, nil
}

// readKind reads a file that must be of a kind.
func readKind(path string, want *kind) ([]byte, error) {
	f, size, err := openRegular(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	k, err := kindOf(f, size)
	if err == nil && k != want {
		err = k.refusal()
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	raw := make([]byte, size)
	if _, err := io.ReadFull(f, raw); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return raw, nil
}

func decodeNPZ(raw []byte) (*NPZFile, error) {
	r, err := npz.NewReader(raw)
	if err != nil {
		return nil, err
	}
	arrays, others := r.Names()
	f := &NPZFile{names: append(arrays, others...), variables: make(map[string]variable)}
	texts := 0
	for _, name := range arrays {
		h, body, err := r.Raw(name)
		if err == nil {
			texts += textCount(h, body)
			err = checkTexts(texts, len(raw))
		}
		switch {
		case err == nil:
			f.variables[name] = variable{array: fromNPY(name, h, body)}
		case errors.Is(err, npz.ErrDamaged):
			return nil, fmt.Errorf("%s: %w", name, err)
		default:
			f.variables[name] = variable{err: fmt.Errorf("%s: %w", name, err)}
		}
	}
	for _, name := range others {
		f.variables[name] = variable{err: fmt.Errorf("%s: it is no array of NumPy's", name)}
	}
	return f, nil
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
	return nil, fmt.Errorf("no array %q: the file has %s", name, some(f.names))
}
