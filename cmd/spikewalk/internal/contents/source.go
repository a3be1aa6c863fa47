// Package contents says what is in a file with recordings, in lines like a table of
// contents, as a list of all its arrays with their sums, and as a figure.
package contents

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"

	"github.com/spikewalk/spikewalk/data"
	"github.com/spikewalk/spikewalk/data/hdf5"
	matfile "github.com/spikewalk/spikewalk/data/mat"
	"github.com/spikewalk/spikewalk/data/nwb"
	"github.com/spikewalk/spikewalk/internal/unpack"
	"github.com/spikewalk/spikewalk/neuro/recording"
)

// Source is an open file, here or on a server.
type Source struct {
	// Name is what the user calls it.
	Name string
	// Size in bytes.
	Size int64
	// Remote tells whether it is on a server.
	Remote bool

	file  *data.File           // of a format that is read as a whole
	h     *hdf5.File           // of HDF5 and all that stands on it
	n     *nwb.File            // of NWB
	saved *recording.Recording // of what recording.Save wrote
	// variables are those of a MAT-file of version 7.3, nil of other files.
	variables []matfile.Info
	from      io.ReaderAt // of a file on a server
	close     []func() error
}

// Open opens a file by its path, its web address, or its name in the DANDI archive
// (dandi:000941/sub-1/file.nwb). Of HDF5 files and what stands on them little is read.
func Open(ctx context.Context, name string, options ...data.TransferOption) (*Source, error) {
	s := &Source{Name: name}
	var err error
	switch low := strings.ToLower(name); {
	case strings.HasPrefix(low, "http://"), strings.HasPrefix(low, "https://"):
		err = s.openRemote(data.Remote(ctx, name, options...))
	case strings.HasPrefix(low, "dandi:"):
		err = s.openDandi(ctx, options)
	default:
		err = s.openPath()
	}
	if err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// Close closes the file.
func (s *Source) Close() error {
	var errs []error
	for i := len(s.close) - 1; i >= 0; i-- {
		errs = append(errs, s.close[i]())
	}
	s.close = nil
	return errors.Join(errs...)
}

func (s *Source) openPath() error {
	info, err := os.Stat(s.Name)
	if err != nil {
		return err
	}
	s.Size = info.Size()
	if info.Mode().IsRegular() {
		if h, err := hdf5.Open(s.Name); err == nil {
			s.close = append(s.close, h.Close)
			return s.openHDF5(h)
		}
	}
	if s.file, err = data.Open(s.Name); err != nil {
		return err
	}
	if s.file.Format() == data.NumPy {
		if rec, err := recording.Load(s.Name); err == nil {
			s.saved = rec
		}
	}
	return nil
}

func (s *Source) openRemote(r *data.RemoteFile, err error) error {
	if err != nil {
		return err
	}
	s.close = append(s.close, r.Close)
	s.Remote, s.Size, s.from = true, r.Size(), r
	if h, err := hdf5.NewReader(r, r.Size()); err == nil {
		return s.openHDF5(h)
	}
	s.file, err = data.OpenReader(s.Name, r, r.Size())
	return err
}

// openHDF5 looks whether an HDF5 file is one of NWB's.
func (s *Source) openHDF5(h *hdf5.File) (err error) {
	s.h = h
	if !nwb.Is(h) {
		return s.listMATLAB()
	}
	if s.from != nil {
		s.n, err = nwb.NewReader(s.from, s.Size)
	} else {
		s.n, err = nwb.Open(s.Name)
	}
	if err == nil {
		s.close = append(s.close, s.n.Close)
	}
	return err
}

// listMATLAB looks whether an HDF5 file is MATLAB's, and what its variables are.
func (s *Source) listMATLAB() error {
	if s.h.UserBlock() < 128 {
		return nil
	}
	from := s.from
	if from == nil {
		f, err := os.Open(s.Name)
		if err != nil {
			return err
		}
		defer f.Close()
		from = f
	}
	head := make([]byte, 1024)
	n, err := from.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if version, err := matfile.Version(head[:n], s.Size); err != nil || version != "7.3" {
		return nil
	}
	s.variables, err = matfile.List(from, s.Size)
	return err
}

// openDandi opens the one file that a name in the archive stands for.
func (s *Source) openDandi(ctx context.Context, options []data.TransferOption) error {
	set, err := data.DANDI(ctx, s.Name, options...)
	if err != nil {
		return err
	}
	if len(set.Assets) != 1 {
		return fmt.Errorf("%s has %d files: name one of them, as in dandi:%s/%s (spikewalk data list %s lists them)", s.Name, len(set.Assets), set.ID, set.Assets[0].Path, s.Name)
	}
	return s.openRemote(set.Assets[0].Open(ctx, options...))
}

// Recording is what the file holds as a recording. An NWB file, and one that this
// program saved, need no layout. Of NWB, series above 64 MB stay in the file.
func (s *Source) Recording(layout data.Layout) (*recording.Recording, error) {
	none := reflect.ValueOf(layout).IsZero()
	switch {
	case s.saved != nil && none:
		return s.saved, nil
	case s.n != nil && (none || !reflect.ValueOf(layout.NWB).IsZero()):
		return s.n.Recording(append(layout.NWB.Options(), nwb.Most(64<<20))...)
	}
	file := s.file
	if file == nil {
		var err error
		if s.from != nil {
			file, err = data.OpenReader(s.Name, s.from, s.Size)
		} else {
			file, err = data.Open(s.Name)
		}
		if err != nil {
			return nil, err
		}
	}
	return file.Recording(layout)
}

// HasRecording tells whether Recording needs no layout.
func (s *Source) HasRecording() bool { return s.saved != nil || s.n != nil }

// Kind says what the file is.
func (s *Source) Kind() string {
	what := "an HDF5 file"
	switch {
	case s.n != nil:
		what = "an NWB file, version " + s.n.About().Version
	case s.variables != nil:
		what = "a MAT-file of version 7.3"
	case s.saved != nil:
		what = "a recording that spikewalk saved"
	case s.file != nil:
		what = map[data.Format]string{data.MAT: "a MAT-file", data.NumPy: "arrays of NumPy", data.Table: "a table of text"}[s.file.Format()]
	}
	return what
}

// title names the file and says what it is.
func (s *Source) title() string {
	name := s.Name
	if !s.Remote {
		name = filepath.Base(name)
	}
	return fmt.Sprintf("%s: %s, %s", name, s.Kind(), unpack.Size(s.Size))
}
