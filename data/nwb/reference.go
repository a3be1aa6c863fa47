package nwb

import (
	"errors"
	"strings"
	"sync"

	"github.com/spikewalk/spikewalk/data/hdf5"
)

var errClosed = errors.New("no open file: use Open or NewReader")

// referenced remembers the paths that references lead to: a table can hold a
// thousand of the same.
type referenced struct {
	mu     sync.Mutex
	known  map[hdf5.Reference]string
	walked bool
}

// pathOf returns the path of what a reference points to, "" if it points to nothing.
func (f *File) pathOf(ref hdf5.Reference) (string, error) {
	if ref.IsNull() {
		return "", nil
	}
	p := &f.paths
	p.mu.Lock()
	defer p.mu.Unlock()
	if path, ok := p.known[ref]; ok {
		return path, nil
	}
	o, err := f.h.Deref(ref)
	if err != nil {
		return "", err
	}
	if !strings.HasPrefix(o.Path(), "/") && !p.walked {
		p.walked = true // names are known once the groups have been listed
		if err := f.h.Walk(func(hdf5.Object) error { return nil }); err != nil {
			return "", err
		}
		if o, err = f.h.Deref(ref); err != nil {
			return "", err
		}
	}
	if p.known == nil {
		p.known = make(map[hdf5.Reference]string)
	}
	p.known[ref] = o.Path()
	return o.Path(), nil
}

// attributeTarget returns the path that an attribute refers to, "" if it has none.
func (f *File) attributeTarget(o hdf5.Object, name string) (string, error) {
	a, err := o.Attribute(name)
	if a == nil || err != nil || a.Values().Type().Class != hdf5.Pointer || a.Values().Len() != 1 {
		return "", err
	}
	refs, err := a.Values().References()
	if err != nil || len(refs) != 1 {
		return "", err
	}
	return f.pathOf(refs[0])
}
