package data

import (
	"bytes"
	"errors"
	"fmt"
	"io"
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
	only      []string // what was asked for, if not everything
	variables map[string]variable
}

// variable is one variable of a file: read, refused, or skipped because
// others were asked for.
type variable struct {
	array   *Array
	err     error
	skipped bool
}

// namedVariable is a variable before it is entered. Without a name it is none.
type namedVariable struct {
	name string
	variable
}

// ReadMat reads a MATLAB level-5 MAT-file, the format of MATLAB's
// save -v6 and save -v7 (the default), of Octave's save -v6 and -v7 and of
// SciPy's savemat. What else a file may be is recognised by its content and
// refused with what to do; so are folders, pipes and devices.
//
// Without names, all variables are read; with names, only those, which saves
// time and memory on a large file, and it is an error if one of them is not
// there. A variable of a class that cannot be read does not fail the file:
// asking for it does. So does asking for a name that two variables have, where
// MATLAB and SciPy would keep the later one. The variable in which MATLAB keeps
// parts of objects is left out.
//
// A file that is damaged gives an error and, beside it, the variables before
// the damage. Of variables that are not asked for no more than the beginning
// is looked at.
//
// Cost: the file is read once; what is held is the inflated size of the
// variables read. No more memory is taken than four times the size of the file
// and 64 MB. A file that holds more, which takes strong compression, is an
// error that says how to allow it: SPIKEWALK_UNPACK_MB in the environment is
// the limit in megabytes.
func ReadMat(path string, names ...string) (*MatFile, error) {
	f, size, err := openRegular(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	file, err := decodeMat(f, size, names)
	if err != nil {
		return file, fmt.Errorf("%s: %w", path, err)
	}
	return file, nil
}

// DecodeMat is [ReadMat] for a file that comes from anywhere. It reads all of
// it into memory first.
func DecodeMat(r io.Reader, names ...string) (*MatFile, error) {
	if r == nil {
		return nil, errors.New("data: there is no file to decode: the reader is nil")
	}
	content, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	return decodeMat(bytes.NewReader(content), int64(len(content)), names)
}

func decodeMat(r io.ReaderAt, size int64, names []string) (*MatFile, error) {
	d, err := newMatDecoder(r, size)
	if err != nil {
		return nil, err
	}
	d.only, d.file.only = names, names
	if err := d.variables(); err != nil {
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

// Variable returns a variable. A name that is not in the file or twice in it,
// a variable of a class that cannot be read (*[UnsupportedClassError]) and one
// that [ReadMat] was not asked for are errors.
func (f *MatFile) Variable(name string) (*Array, error) {
	v, ok := f.variables[name]
	switch {
	case !ok:
		return nil, f.missing(name)
	case v.skipped:
		return nil, fmt.Errorf("variable %q was not read: only %s was asked for", name, some(f.only))
	}
	return v.array, v.err
}

func (f *MatFile) missing(name string) error {
	if len(f.names) == 0 {
		return fmt.Errorf("no variable %q: the file holds none", name)
	}
	return fmt.Errorf("no variable %q: the file has %s", name, some(f.names))
}

// some writes names, of many the first.
func some(names []string) string {
	const most = 20
	if n := len(names); n > most {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), n-most)
	}
	return strings.Join(names, ", ")
}

// add enters a variable. Of two with one name neither is: which of them is
// meant cannot be told.
func (f *MatFile) add(v namedVariable) {
	if _, again := f.variables[v.name]; again {
		v.variable = variable{err: fmt.Errorf("two variables of the file are called %q: which is meant cannot be told", v.name)}
	} else {
		f.names = append(f.names, v.name)
	}
	f.variables[v.name] = v.variable
}
