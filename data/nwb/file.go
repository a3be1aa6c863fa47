package nwb

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/spikewalk/spikewalk/data/hdf5"
)

// File is an open NWB file. Opening it reads what it says of itself and of its
// units; everything else is read when it is asked for. It may be used by several
// goroutines at once.
type File struct {
	h     *hdf5.File
	name  string // of the file, "" where it has none
	size  int64  // of the file, in bytes
	about About
	units *table // nil: it has no units
	trial *table // nil: it has no /intervals/trials

	endsOnce sync.Once // spike_times_index
	ends     []int
	endsErr  error

	walkOnce sync.Once // series and tables
	found    inventory
	walkErr  error

	paths referenced
}

// About is what a file says of its session. What it does not say is empty.
type About struct {
	// Version of the format, "2.5.0".
	Version string
	// Identifier is the file's own; Session is the laboratory's.
	Identifier, Session string
	// Description of the session, and Start of its clock's zero or, where that is
	// not said, of the session, as ISO 8601.
	Description, Start string
	// Subject is its name, Species and Sex what it is.
	Subject, Species, Sex string
	Lab, Institution      string
}

// Open opens an NWB file. Close it after use. An error says what the file is
// if it is no NWB file, and which version if it is of version 1.
func Open(path string) (*File, error) {
	h, err := hdf5.Open(path)
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(path)
	if err != nil {
		h.Close()
		return nil, err
	}
	f, err := open(h, filepath.Base(path), info.Size())
	if err != nil {
		h.Close()
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return f, nil
}

// NewReader opens an NWB file of size bytes that is read from r, which may be a
// network's range requests. Closing the File does not close r.
func NewReader(r io.ReaderAt, size int64) (*File, error) {
	h, err := hdf5.NewReader(r, size)
	if err != nil {
		return nil, err
	}
	f, err := open(h, "", size)
	if err != nil {
		return nil, fmt.Errorf("nwb: %w", err)
	}
	return f, nil
}

// Is tells whether an HDF5 file says that it is an NWB file, of any version.
func Is(h *hdf5.File) bool {
	if h == nil || h.Root() == nil {
		return false
	}
	kind, _ := word(h.Root(), "neurodata_type")
	version, _ := h.Root().Has("nwb_version")
	return kind == "NWBFile" || version
}

// Close closes the file.
func (f *File) Close() error {
	if f == nil || f.h == nil {
		return fmt.Errorf("nwb: %w", errClosed)
	}
	return f.h.Close()
}

// About returns what the file says of its session.
func (f *File) About() About {
	if f == nil {
		return About{}
	}
	return f.about
}

// HDF5 returns the file beneath, for what this package leaves there. It closes
// with f.
func (f *File) HDF5() *hdf5.File {
	if f == nil {
		return nil
	}
	return f.h
}

// open reads what stands at the root.
func open(h *hdf5.File, name string, size int64) (*File, error) {
	f := &File{h: h, name: name, size: size}
	if err := f.version(); err != nil {
		return nil, err
	}
	if err := f.describe(); err != nil {
		return nil, err
	}
	var err error
	if f.units, err = f.tableIf("/units"); err != nil {
		return nil, err
	}
	if f.trial, err = f.tableIf("/intervals/trials"); err != nil {
		return nil, err
	}
	return f, nil
}

// version refuses what is no NWB file of version 2.
func (f *File) version() error {
	root := f.h.Root()
	version, err := word(root, "nwb_version")
	if err != nil {
		return err
	}
	if version == "" {
		if old := f.text("/nwb_version"); old != "" {
			version = old
		}
	}
	kind, err := word(root, "neurodata_type")
	if err != nil {
		return err
	}
	number := strings.TrimPrefix(strings.TrimPrefix(strings.ToUpper(version), "NWB-"), "NWB:N ")
	switch {
	case version == "" && kind == "":
		return fmt.Errorf("an HDF5 file, and no NWB file: it has no attribute nwb_version; read it with package hdf5")
	case strings.HasPrefix(number, "1") || strings.HasPrefix(number, "0"):
		return fmt.Errorf("an NWB file of version %s: versions from 2 are read; ask for the session in NWB 2, or read its arrays with package hdf5", version)
	case kind != "NWBFile":
		return fmt.Errorf("its root says that it is a %q of version %q, not an NWBFile", kind, version)
	}
	f.about.Version = version
	return nil
}

// describe reads what the file says of the session.
func (f *File) describe() error {
	a := &f.about
	for path, to := range map[string]*string{
		"/identifier": &a.Identifier, "/session_description": &a.Description, "/general/session_id": &a.Session,
		"/timestamps_reference_time": &a.Start, "/general/lab": &a.Lab, "/general/institution": &a.Institution,
		"/general/subject/subject_id": &a.Subject, "/general/subject/species": &a.Species, "/general/subject/sex": &a.Sex,
	} {
		*to = f.text(path)
	}
	if a.Start == "" {
		a.Start = f.text("/session_start_time")
	}
	return nil
}

// text returns a dataset that is one text, "" if there is none.
func (f *File) text(path string) string {
	folder, name := split(path)
	d, err := f.datasetIf(folder, name)
	if d == nil || err != nil || d.Type().Class != hdf5.String || d.Values().Len() != 1 {
		return ""
	}
	texts, err := d.Values().Strings()
	if err != nil || len(texts) != 1 {
		return ""
	}
	return texts[0]
}

// groupIf returns the group at a path, nil if there is nothing of that name.
func (f *File) groupIf(path string) (*hdf5.Group, error) {
	at := f.h.Root()
	for name := range strings.SplitSeq(strings.Trim(path, "/"), "/") {
		there, err := at.Has(name)
		if err != nil || !there {
			return nil, err
		}
		if at, err = at.Group(name); err != nil {
			return nil, err
		}
	}
	return at, nil
}

// datasetIf returns a dataset of a group, nil if there is nothing of that name.
func (f *File) datasetIf(folder, name string) (*hdf5.Dataset, error) {
	g, err := f.h.Root(), error(nil)
	if folder != "/" {
		g, err = f.groupIf(folder)
	}
	if g == nil || err != nil {
		return nil, err
	}
	return datasetIf(g, name)
}

func datasetIf(g *hdf5.Group, name string) (*hdf5.Dataset, error) {
	there, err := g.Has(name)
	if err != nil || !there {
		return nil, err
	}
	return g.Dataset(name)
}

// split splits a path into its folder and its name.
func split(path string) (folder, name string) {
	i := strings.LastIndexByte(path, '/')
	if i < 0 {
		return "/", path
	}
	return path[:max(i, 1)], path[i+1:]
}

func join(folder, name string) string { return strings.TrimSuffix(folder, "/") + "/" + name }

// in says in which file something went wrong.
func (f *File) in(err error) error {
	if err == nil {
		return nil
	}
	if f.name == "" {
		return fmt.Errorf("nwb: %w", err)
	}
	return fmt.Errorf("%s: %w", f.name, err)
}
