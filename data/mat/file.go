package mat

import (
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/spikewalk/spikewalk/internal/nearest"
	"github.com/spikewalk/spikewalk/internal/regular"
)

// File holds the arrays of a MAT-file.
type File struct {
	// Description is the text at the head of the file: who wrote it, when.
	Description string
	// BigEndian tells the byte order of the machine that wrote the file.
	BigEndian bool

	names     []string
	only      []string // what was asked for, if not everything
	variables map[string]variable
}

// variable is one array of a file: read, refused, or skipped because others
// were asked for.
type variable struct {
	array   *Array
	err     error
	skipped bool
	info    Info // of one that is skipped, without its name
}

// namedVariable is a variable before it is entered. Without a name it is none.
type namedVariable struct {
	name string
	variable
}

// Open reads a MAT-file of version 5 (MATLAB's save -v6 and -v7, its default;
// Octave's save -v6 and -v7; SciPy's savemat), of version 7.3, which is HDF5
// (MATLAB's save -v7.3), or of version 4 (save -v4), in which all numbers are of
// class double, however they are stored.
//
// Without names, all variables are read; with names, only those, which saves time
// and memory on a large file, and it is an error if one of them is missing. A
// variable that cannot be read does not fail the file: asking for it does. So does
// asking for a name that two variables have, where MATLAB and SciPy would keep the
// later one. The variable in which MATLAB keeps parts of objects is left out.
//
// In files of version 4 and 5, damage is an error of the file, and the variables
// before it are returned beside it; in those of version 7.3 it is an error of the
// variables that are damaged.
//
// Cost: the file is read once, and of version 7.3 only what is asked for; what is
// held is the inflated size of that. It may be four times the size of the file and
// 64 MB. A file that holds more, which takes strong compression, is an error that
// says how to allow it: the environment variable SPIKEWALK_UNPACK_MB is the limit in
// megabytes.
func Open(path string, names ...string) (*File, error) {
	f, size, err := regular.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	file, err := Decode(f, size, names)
	if err != nil {
		return file, fmt.Errorf("%s: %w", path, err)
	}
	return file, nil
}

// headSize is how much of a file tells its version.
const headSize = 1024

// Decode is [Open] for the size bytes of r.
func Decode(r io.ReaderAt, size int64, names []string) (*File, error) {
	file, err := decode(r, size, names)
	if err != nil {
		return file, err
	}
	return file, file.restrict(names)
}

// decode is Decode without a word about names that are not there.
func decode(r io.ReaderAt, size int64, names []string) (*File, error) {
	if r == nil {
		return nil, errors.New("nothing to read from: the reader is nil")
	}
	if size < 0 {
		return nil, fmt.Errorf("a file of %d bytes: no file has less than none", size)
	}
	head := make([]byte, min(size, headSize))
	n, err := r.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	version, err := Version(head[:n], size)
	if err != nil {
		return nil, err
	}
	var file *File
	switch version {
	case "4":
		file, err = decode4(r, size, names)
	case "7.3":
		file, err = decode73(r, size, names)
	case "5":
		file, err = decode5(r, size, names)
	case "":
		err = errors.New("this is no MAT-file: data.Open tells what it is")
	default:
		err = refuse("a MAT-file of version "+version, "in MATLAB or Octave, s = load('x.mat'); save('-v7', 'y.mat', '-struct', 's')")
	}
	return file, err
}

// restrict leaves the arrays of the given names, all without names.
func (f *File) restrict(names []string) error {
	if len(names) == 0 {
		return nil
	}
	f.only = names
	for name := range f.variables {
		if !slices.Contains(names, name) {
			f.variables[name] = variable{skipped: true}
		}
	}
	for _, name := range names {
		if _, ok := f.variables[name]; !ok {
			return nearest.Variable(name, f.names)
		}
	}
	return nil
}

// Names returns the variables' names in the order of the file.
func (f *File) Names() []string { return slices.Clone(f.names) }

// Variable returns a variable. It is an error if the name is not in the file, or
// twice, if the variable is of a class that is not read, and if [Open] was not
// asked for it.
func (f *File) Variable(name string) (*Array, error) {
	v, ok := f.variables[name]
	switch {
	case !ok:
		return nil, nearest.Variable(name, f.names)
	case v.skipped:
		return nil, fmt.Errorf("variable %q was not read: only %s was asked for", name, nearest.Some(f.only))
	}
	return v.array, v.err
}

// add enters a variable. Of two with one name neither is: which of them is
// meant cannot be told.
func (f *File) add(v namedVariable) {
	if _, again := f.variables[v.name]; again {
		v.variable = variable{err: fmt.Errorf("two variables of the file are called %q: which is meant cannot be told", v.name)}
	} else {
		f.names = append(f.names, v.name)
	}
	f.variables[v.name] = v.variable
}
