package hdf5

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Attribute is a small named value of an object.
type Attribute struct {
	name   string
	order  int // of creation; -1 where not tracked
	values *Values
}

// Name returns the attribute's name.
func (a *Attribute) Name() string { return a.name }

// Values returns the attribute's value or values.
func (a *Attribute) Values() *Values { return a.values }

// attributes returns those of an object: in order of creation where the file
// tracks that, else of names.
func (f *File) attributes(h *header, path string) ([]*Attribute, error) {
	var all []*Attribute
	for _, m := range h.messages {
		if m.kind != msgAttribute {
			continue
		}
		r, err := f.resolve(m)
		if err != nil {
			return nil, in(path, err)
		}
		a, err := f.readAttribute(f.over(r.data, r.at, "attribute"), path)
		if err != nil {
			return nil, in(path, err)
		}
		a.order = m.order
		all = append(all, a)
	}
	dense, err := f.denseAttributes(h, path)
	if err != nil {
		return nil, in(path, err)
	}
	all = append(all, dense...)
	tracked := h.tracked && !slices.ContainsFunc(all, func(a *Attribute) bool { return a.order < 0 })
	slices.SortStableFunc(all, func(a, b *Attribute) int {
		if tracked {
			return cmp.Compare(a.order, b.order)
		}
		return strings.Compare(a.name, b.name)
	})
	return all, nil
}

// denseAttributes reads those that lie in a heap.
func (f *File) denseAttributes(h *header, path string) ([]*Attribute, error) {
	m := h.find(msgAttributes)
	if m == nil {
		return nil, nil
	}
	c := f.over(m.data, m.at, "attribute information")
	c.version(0, 0)
	if c.u8()&1 != 0 {
		c.skip(2) // largest order of creation
	}
	heap, names := c.address(), c.address()
	if c.err != nil || heap == undefined || names == undefined {
		return nil, c.err
	}
	var all []*Attribute
	err := f.inHeap(heap, names, 8, func(record *cursor) []byte {
		return record.bytes(8)
	}, func(b []byte, at int64, record *cursor) error {
		flags, order := record.u8(), int(record.u32())
		if flags&flagShared != 0 {
			m, err := f.resolve(message{kind: msgAttribute, flags: flags, data: b, at: at})
			if err != nil {
				return err
			}
			b, at = m.data, m.at
		}
		a, err := f.readAttribute(f.over(b, at, "attribute"), path)
		if err != nil {
			return err
		}
		a.order = order
		all = append(all, a)
		return record.err
	})
	return all, err
}

// readAttribute reads an attribute message.
func (f *File) readAttribute(c *cursor, path string) (*Attribute, error) {
	version := c.version(1, 3)
	flags := c.u8()
	nameSize, typeSize, spaceSize := int(c.u16()), int(c.u16()), int(c.u16())
	pad := 1
	switch version {
	case 1:
		pad, flags = 8, 0
	case 3:
		c.skip(1) // character set
	}
	part := func(n int) *cursor {
		at := c.at + int64(c.i)
		b := c.bytes((n + pad - 1) / pad * pad)
		return f.over(b[:min(n, len(b))], at, "attribute")
	}
	name := part(nameSize)
	a := &Attribute{name: name.text(len(name.b)), order: -1}
	typeAt, spaceAt := part(typeSize), part(spaceSize)
	if c.err != nil {
		return nil, c.err
	}
	t, err := f.typeOrShared(typeAt, flags&1 != 0)
	if err != nil {
		return nil, fmt.Errorf("attribute %q: %w", a.name, err)
	}
	if flags&2 != 0 {
		m, err := f.readShared(spaceAt, msgDataspace)
		if err != nil {
			return nil, fmt.Errorf("attribute %q: %w", a.name, err)
		}
		spaceAt = f.over(m.data, m.at, "dataspace")
	}
	space, err := f.readDataspace(spaceAt)
	if err != nil {
		return nil, fmt.Errorf("attribute %q: %w", a.name, err)
	}
	if int64(space.n) > int64(c.left()/t.Size) {
		return nil, fmt.Errorf("attribute %q: %d elements of %d bytes are stated, and %d bytes are there, at offset %d", a.name, space.n, t.Size, c.left(), c.at+int64(c.i))
	}
	data := c.bytes(space.n * t.Size)
	a.values = newValues(f, path+", attribute "+a.name, t, space, memory(data))
	return a, c.err
}

// typeOrShared reads a type, or what says where it is.
func (f *File) typeOrShared(c *cursor, shared bool) (*Type, error) {
	if shared {
		m, err := f.readShared(c, msgType)
		if err != nil {
			return nil, err
		}
		c = f.over(m.data, m.at, "datatype")
	}
	c.what = "datatype"
	return f.readType(c)
}
