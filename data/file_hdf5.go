package data

import (
	"fmt"
	"io"

	"github.com/spikewalk/spikewalk/data/hdf5"
	matfile "github.com/spikewalk/spikewalk/data/mat"
	"github.com/spikewalk/spikewalk/data/nwb"
	"github.com/spikewalk/spikewalk/internal/regular"
	"github.com/spikewalk/spikewalk/neuro/recording"
)

// decodeHDF5 lists the datasets of an HDF5 file, each of which is a variable
// under its path, and is read when it is asked for.
func decodeHDF5(r io.ReaderAt, size int64) (*File, *kind, error) {
	h, err := hdf5.NewReader(r, size)
	if err != nil {
		return nil, kindHDF5, err
	}
	f := &File{reader: r, size: size, variables: make(map[string]variable)}
	err = h.Walk(func(o hdf5.Object) error {
		d, ok := o.(*hdf5.Dataset)
		if !ok {
			return nil
		}
		name := d.Path()
		f.names = append(f.names, name)
		f.variables[name] = variable{
			load:  func() (*matfile.Array, error) { return f.loadHDF5(name) },
			about: fmt.Sprintf("%s: %s %s", name, dimsOf(d.Dims()), d.Type()),
		}
		return nil
	})
	if err != nil {
		return nil, kindHDF5, err
	}
	if nwb.Is(h) {
		return f, kindNWB, nil
	}
	return f, kindHDF5, nil
}

// dimsOf writes dimensions.
func dimsOf(dims []int) string {
	text := "scalar"
	for i, d := range dims {
		if i == 0 {
			text = fmt.Sprint(d)
		} else {
			text += fmt.Sprint("x", d)
		}
	}
	return text
}

// withReader calls use with what the file is read from: the reader that it came from,
// or the file of its path, which is opened again.
func (f *File) withReader(use func(r io.ReaderAt, size int64) error) error {
	if f.path == "" {
		return use(f.reader, f.size)
	}
	r, size, err := regular.Open(f.path)
	if err != nil {
		return err
	}
	defer r.Close()
	return use(r, size)
}

// loadHDF5 reads one dataset.
func (f *File) loadHDF5(name string) (a *matfile.Array, err error) {
	err = f.withReader(func(r io.ReaderAt, size int64) error {
		h, err := hdf5.NewReader(r, size)
		if err != nil {
			return err
		}
		d, err := h.Dataset(name)
		if err != nil {
			return err
		}
		a, err = matfile.FromHDF5(name, d)
		return err
	})
	return a, err
}

// recordingOfNWB reads a session as package nwb does.
func (f *File) recordingOfNWB(layout NWBLayout) (rec *recording.Recording, err error) {
	if f.path != "" {
		file, err := nwb.Open(f.path)
		if err != nil {
			return nil, err
		}
		defer file.Close()
		return file.Recording(layout.Options()...)
	}
	file, err := nwb.NewReader(f.reader, f.size)
	if err != nil {
		return nil, err
	}
	return file.Recording(layout.Options()...)
}
