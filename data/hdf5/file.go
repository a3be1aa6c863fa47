package hdf5

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"

	"github.com/spikewalk/spikewalk/internal/regular"
)

// File is an open HDF5 file. It may be used by several goroutines at once.
type File struct {
	src                    *source
	close                  func() error
	base                   int64 // end of the user block
	offsetSize, lengthSize int   // bytes of an address and of a length
	root                   uint64
	shared                 []sharedIndex

	mu     sync.Mutex
	groups map[uint64]*folder // those listed so far, by address
	names  map[uint64]place   // of objects in them
}

// A place is where an object's first known name stands.
type place struct{ folder, name string }

// Open opens the HDF5 file at a path: its first bytes, or those behind a user
// block of 512 bytes or a power of two times that, must be HDF5's signature.
// Nothing but a few kilobytes is read until it is asked for.
func Open(path string) (*File, error) {
	file, size, err := regular.Open(path)
	if err != nil {
		return nil, err
	}
	f, err := NewReader(file, size)
	if err != nil {
		file.Close()
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	f.close = file.Close
	return f, nil
}

// NewReader reads an HDF5 file of size bytes from r, which may be a network's
// range requests: metadata are read in blocks of 8 kB, values as they are asked
// for. Closing the File does not close r.
func NewReader(r io.ReaderAt, size int64) (*File, error) {
	if r == nil {
		return nil, errors.New("hdf5: no reader")
	}
	if size < 0 {
		return nil, fmt.Errorf("hdf5: a file of %d bytes", size)
	}
	f := &File{src: newSource(r, size), groups: map[uint64]*folder{}, names: map[uint64]place{}}
	var err error
	if f.base, err = findSuperblock(f.src); err != nil {
		return nil, err
	}
	if err := f.readSuperblock(); err != nil {
		return nil, err
	}
	return f, nil
}

// Close closes the file that Open opened.
func (f *File) Close() error {
	if f.close == nil {
		return nil
	}
	return f.close()
}

// UserBlock returns the number of bytes before the HDF5 file proper, which
// belong to whoever wrote it: 512 in MATLAB's files, 0 in most.
func (f *File) UserBlock() int64 { return f.base }

// Root returns the group that all paths begin at.
func (f *File) Root() *Group {
	return &Group{object{file: f, path: "/", address: f.root}}
}

// Group opens the group at a path such as "/processing/behavior".
func (f *File) Group(path string) (*Group, error) { return f.Root().Group(path) }

// Dataset opens the dataset at a path such as "/units/spike_times". If there is
// none, the error names those that come close.
func (f *File) Dataset(path string) (*Dataset, error) { return f.Root().Dataset(path) }

// Reference points to an object of the same file. The zero Reference points to
// none.
type Reference struct{ address uint64 }

// IsNull tells whether the reference points to nothing.
func (r Reference) IsNull() bool { return r.address == 0 || r.address == undefined }

// Deref opens the object that a reference points to. Its Path is the first name
// that was met, in the groups that were listed so far; "object at address 0x…"
// where there is none.
func (f *File) Deref(ref Reference) (Object, error) {
	if ref.IsNull() {
		return nil, errors.New("the reference points to nothing")
	}
	o, err := f.open(ref.address, f.nameOf(ref.address))
	if err != nil {
		return nil, fmt.Errorf("reference: %w", err)
	}
	return o, nil
}

func (f *File) nameOf(address uint64) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	if address == f.root {
		return "/"
	}
	if p, ok := f.names[address]; ok {
		return join(p.folder, p.name)
	}
	return fmt.Sprintf("object at address %#x", address)
}

func join(folder, name string) string {
	return strings.TrimSuffix(folder, "/") + "/" + name
}

// open opens the object whose header stands at an address.
func (f *File) open(address uint64, path string) (Object, error) {
	h, err := f.header(address)
	if err != nil {
		return nil, in(path, err)
	}
	o := object{file: f, path: path, address: address, head: h}
	switch {
	case h.find(msgSymbolTable) != nil || h.find(msgLinkInfo) != nil || h.find(msgLink) != nil:
		return &Group{o}, nil
	case h.find(msgDataspace) != nil && h.find(msgType) != nil:
		d, err := newDataset(o)
		if err != nil {
			return nil, in(path, err)
		}
		return d, nil
	case h.find(msgType) != nil:
		t, err := f.typeOf(h)
		if err != nil {
			return nil, in(path, err)
		}
		return &NamedType{o, t}, nil
	}
	return nil, in(path, fmt.Errorf("object header at address %#x: it is no group, no dataset and no type", address))
}

// typeOf returns the type that a header states.
func (f *File) typeOf(h *header) (*Type, error) {
	m, err := f.resolve(*h.find(msgType))
	if err != nil {
		return nil, err
	}
	return f.readType(f.over(m.data, m.at, "datatype"))
}

// Walk calls visit with every object of the file once: groups before what is in
// them, in the order of Names. Soft and external links are not followed. An
// error of visit ends the walk and is returned.
func (f *File) Walk(visit func(Object) error) error {
	if visit == nil {
		return errors.New("hdf5: nobody to visit the objects")
	}
	seen := map[uint64]bool{f.root: true}
	stack := []Object{f.Root()}
	for len(stack) > 0 {
		o := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if err := visit(o); err != nil {
			return err
		}
		g, ok := o.(*Group)
		if !ok {
			continue
		}
		if strings.Count(g.path, "/") > maxDepth {
			return fmt.Errorf("%s: groups are nested deeper than %d", g.path, maxDepth)
		}
		inside, err := g.folder()
		if err != nil {
			return err
		}
		first := len(stack)
		for _, l := range inside.links {
			if l.kind != linkHard || seen[l.address] {
				continue
			}
			seen[l.address] = true
			child, err := f.open(l.address, join(g.path, l.name))
			if err != nil {
				return err
			}
			stack = append(stack, child)
		}
		for i, j := first, len(stack)-1; i < j; i, j = i+1, j-1 {
			stack[i], stack[j] = stack[j], stack[i]
		}
	}
	return nil
}

// maxDepth bounds how deep Walk goes, maxLinks how many soft links a path may
// lead through.
const (
	maxDepth = 256
	maxLinks = 64
)
