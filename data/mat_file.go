package data

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

// MatFile is what a MAT-file holds.
type MatFile struct {
	// Description is the text at the head of the file: who wrote it, when.
	Description string
	// BigEndian tells the byte order of the machine that wrote it.
	BigEndian bool

	names     []string
	variables map[string]variable
}

// variable is one variable of a file: read, refused, or left out because
// others were asked for.
type variable struct {
	array *Array
	err   error
}

// ReadMat reads a MATLAB level-5 MAT-file, the format of MATLAB's
// save -v6 and save -v7 (the default), of Octave's save -v6 and -v7 and of
// SciPy's savemat. Version 4 and version 7.3 (HDF5) files are recognised and
// refused.
//
// Without names, all variables are read; with names, only those, which saves
// time and memory on a large file, and it is an error if one of them is not
// there. A variable of a class that cannot be read does not fail the file:
// asking for it does.
//
// A file that is damaged gives an error and, beside it, the variables before
// the damage.
//
// Cost: the file is read once; what is held is the inflated size of the
// variables read, 4 GiB at most.
func ReadMat(path string, names ...string) (*MatFile, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	file, err := DecodeMat(f, names...)
	if err != nil {
		return file, fmt.Errorf("%s: %w", path, err)
	}
	return file, nil
}

// DecodeMat is [ReadMat] for a file that comes from anywhere.
func DecodeMat(r io.Reader, names ...string) (*MatFile, error) {
	d, err := newMatDecoder(r)
	if err != nil {
		return nil, err
	}
	d.only = names
	err = d.variables()
	if err != nil {
		return d.file, err
	}
	for _, name := range names {
		if _, ok := d.file.variables[name]; !ok {
			return d.file, d.file.missing(name)
		}
	}
	return d.file, nil
}

// Names returns the variables' names in the order of the file.
func (f *MatFile) Names() []string { return slices.Clone(f.names) }

// Variable returns a variable. A name that is not in the file, a variable of
// a class that cannot be read (*[UnsupportedClassError]) and one that
// [ReadMat] was not asked for are errors.
func (f *MatFile) Variable(name string) (*Array, error) {
	v, ok := f.variables[name]
	if !ok {
		return nil, f.missing(name)
	}
	return v.array, v.err
}

func (f *MatFile) missing(name string) error {
	if len(f.names) == 0 {
		return fmt.Errorf("no variable %q: the file holds none", name)
	}
	return fmt.Errorf("no variable %q: the file has %s", name, strings.Join(f.names, ", "))
}

// add enters a variable. As in MATLAB, a later one of the same name wins.
func (f *MatFile) add(name string, v variable) {
	if _, again := f.variables[name]; !again {
		f.names = append(f.names, name)
	}
	f.variables[name] = v
}
