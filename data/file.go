package data

import (
	"fmt"
	"io"
	"slices"
	"strings"

	matfile "github.com/spikewalk/spikewalk/data/mat"
	"github.com/spikewalk/spikewalk/internal/nearest"
	"github.com/spikewalk/spikewalk/internal/regular"
)

// File holds the arrays of a file.
type File struct {
	// Description is the text at the head of a MAT-file: who wrote it, when.
	Description string
	// BigEndian tells the byte order of the machine that wrote a MAT-file.
	BigEndian bool

	path      string      // of a file on this machine
	reader    io.ReaderAt // of another file
	kind      *kind
	size      int64
	names     []string
	only      []string // what was asked for, if not everything
	variables map[string]variable
	units     map[string]string // of a table's columns
}

// variable is one array of a file: read, refused, or skipped because others
// were asked for.
type variable struct {
	array   *matfile.Array
	err     error
	skipped bool
	// load reads an array of an HDF5 file when it is asked for; nil of others.
	// about says what it is.
	load  func() (*matfile.Array, error)
	about string
	class matfile.Class // where that is known before
}

// Open reads a file, whose content and not its name tells what it is: a MAT-file of
// version 4, 5 or 7.3 (MATLAB's save -v6, -v7, its default, and -v7.3; Octave's save
// -v6 and -v7; SciPy's savemat), an NWB or other HDF5 file, whose datasets have their
// paths for names, a NumPy archive (.npz; savez and savez_compressed) or array (.npy;
// save), which is called "array", or a table of text (package data/table), whose
// columns have the names of its header; one of numbers without a header is a matrix
// that is called "table". The error of any other kind of file says what it is and what
// to do; folders, pipes and devices are errors, too.
//
// Without names, all arrays are read; with names, only those, which saves time and
// memory on a large MAT-file, and it is an error if one of them is missing. Of HDF5
// files, and with them of NWB and of MAT-files of version 7.3, an array is read each
// time that it is asked for, and nothing before. An array that cannot be read does not
// fail the file: asking for it does. So does asking for a name that two variables have,
// where MATLAB and SciPy would keep the later one. The variable in which MATLAB keeps
// parts of objects is left out.
//
// Of NumPy's arrays, booleans, integers, floats of 2, 4 and 8 bytes, complex
// numbers and texts are read, in either order and byte order. They become the
// [matfile.Array] that MATLAB would have for them: a vector is a column, several texts are
// cells, floats of 2 bytes are single. Python objects, records and dates are not
// read.
//
// A damaged file is an error; for a MAT-file the variables before the damage are
// returned beside it. A file with several arrays one after the other, of which
// NumPy would load the first without a word, is an error.
//
// Cost: the file is read once; what is held is the inflated size of what is read.
// That may be four times the size of the file and 64 MB. A file that holds more,
// which takes strong compression, is an error that says how to allow it: the
// environment variable SPIKEWALK_UNPACK_MB is the limit in megabytes.
func Open(path string, names ...string) (*File, error) {
	f, size, err := regular.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	file, err := decode(f, size, names)
	if file != nil {
		file.path = path
	}
	if err != nil {
		return file, fmt.Errorf("%s: %w", path, err)
	}
	return file, nil
}

// OpenReader reads the size bytes of r as [Open] does a file, such as one on a server
// ([Remote]). Of an HDF5 or NWB file only what is asked for is read, when it is asked
// for; r must then serve as long as the File is used. name is what the file is called
// in errors.
func OpenReader(name string, r io.ReaderAt, size int64, names ...string) (*File, error) {
	if r == nil || size < 0 {
		return nil, fmt.Errorf("%s: there is nothing to read: a reader and the number of its bytes are wanted", name)
	}
	file, err := decode(r, size, names)
	if err != nil {
		return file, fmt.Errorf("%s: %w", name, err)
	}
	return file, nil
}

// Format returns the family of formats that the file belongs to.
func (f *File) Format() Format {
	if f == nil || f.kind == nil {
		return ""
	}
	return f.kind.format()
}

// decode reads the size bytes of r.
func decode(r io.ReaderAt, size int64, names []string) (*File, error) {
	k, err := kindOf(r, size)
	if err != nil {
		return nil, err
	}
	var file *File
	switch k {
	case kindMat:
		file, err = decodeMat(r, size, names)
	case kindMat73:
		file, err = decodeMat73(r, size)
	case kindNPZ, kindNPY:
		raw := make([]byte, size)
		if _, err := io.ReadFull(io.NewSectionReader(r, 0, size), raw); err != nil {
			return nil, err
		}
		if k == kindNPZ {
			file, err = decodeNPZ(raw)
			break
		}
		const name = "array"
		var a *matfile.Array
		if a, err = decodeNPY(name, raw); err == nil {
			file = &File{names: []string{name}, variables: map[string]variable{name: {array: a}}}
		}
	case kindTable:
		file, err = decodeTable(r, size, names)
	case kindHDF5:
		file, k, err = decodeHDF5(r, size)
	default:
		err = k.refusal()
	}
	if file != nil {
		file.kind, file.size = k, size
	}
	if err != nil {
		return file, err
	}
	return file, file.restrict(names)
}

// decodeMat reads a MAT-file. What is before a damage comes beside the error.
func decodeMat(r io.ReaderAt, size int64, names []string) (*File, error) {
	m, err := matfile.Decode(r, size, names)
	if m == nil {
		return nil, err
	}
	f := &File{Description: m.Description, BigEndian: m.BigEndian, names: m.Names(), variables: make(map[string]variable)}
	for _, name := range f.names {
		a, why := m.Variable(name)
		f.variables[name] = variable{array: a, err: why}
	}
	return f, err
}

// decodeMat73 lists the variables of a MAT-file of version 7.3, each of which is
// read when it is asked for.
func decodeMat73(r io.ReaderAt, size int64) (*File, error) {
	all, err := matfile.List(r, size)
	if err != nil {
		return nil, err
	}
	head := make([]byte, 116) // who wrote it
	if _, err := r.ReadAt(head, 0); err != nil {
		return nil, err
	}
	f := &File{Description: strings.TrimRight(string(head), " \x00"), reader: r, size: size, variables: make(map[string]variable)}
	for _, info := range all {
		name := info.Name
		f.names = append(f.names, name)
		load := func() (a *matfile.Array, err error) {
			err = f.withReader(func(r io.ReaderAt, size int64) error {
				m, err := matfile.Decode(r, size, []string{name})
				if err != nil {
					return err
				}
				a, err = m.Variable(name)
				return err
			})
			return a, err
		}
		f.variables[name] = variable{load: load, err: info.Err, about: info.String(), class: info.Class}
	}
	return f, nil
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

// Names returns the arrays' names in the order of the file.
func (f *File) Names() []string { return slices.Clone(f.names) }

// Variable returns an array. It is an error if the name is not in the file, or
// twice, if the array is of a class or type that is not read, and if [Open] was not
// asked for it.
func (f *File) Variable(name string) (*matfile.Array, error) {
	v, ok := f.variables[name]
	switch {
	case !ok:
		return nil, nearest.Variable(name, f.names)
	case v.skipped:
		return nil, fmt.Errorf("variable %q was not read: only %s was asked for", name, nearest.Some(f.only))
	case v.load != nil:
		return v.load()
	}
	return v.array, v.err
}

// Unit returns the unit that a table's header gives for a column, empty where it gives
// none and of other files.
func (f *File) Unit(name string) string { return f.units[name] }
