package hdf5

import (
	"slices"
	"strings"
)

// A link is the name of an object in a group.
type link struct {
	name    string
	kind    uint8 // linkHard, linkSoft, linkExternal, or others
	order   int64 // of creation; -1 where not tracked
	address uint64
	target  string // of a soft link: a path; of an external one: file and path
}

const (
	linkHard     = 0
	linkSoft     = 1
	linkExternal = 64
)

// readLink reads a link message.
func (f *File) readLink(c *cursor) (link, error) {
	l := link{order: -1}
	c.version(1, 1)
	flags := c.u8()
	if flags&0x08 != 0 {
		l.kind = c.u8()
	}
	if flags&0x04 != 0 {
		l.order = int64(c.u64())
	}
	if flags&0x10 != 0 {
		c.skip(1) // character set
	}
	n := c.uint(1 << (flags & 3))
	if c.err == nil && n > uint64(c.left()) {
		c.fail("a name of %d bytes", n)
	}
	l.name = string(c.bytes(int(n)))
	switch l.kind {
	case linkHard:
		l.address = c.address()
	case linkSoft:
		l.target = string(c.bytes(int(c.u16())))
	case linkExternal:
		text := string(c.bytes(int(c.u16())))
		if len(text) > 0 {
			text = text[1:] // version and flags
		}
		file, path, _ := strings.Cut(strings.TrimSuffix(text, "\x00"), "\x00")
		l.target = path + " in the file " + file
	}
	return l, c.err
}

// links returns the links of the group with that header, in order: of creation
// where the file tracks that, else of names.
func (f *File) links(h *header) ([]link, error) {
	var all []link
	var err error
	if m := h.find(msgSymbolTable); m != nil {
		all, err = f.oldLinks(m)
	} else {
		all, err = f.newLinks(h)
	}
	if err != nil {
		return nil, err
	}
	tracked := !slices.ContainsFunc(all, func(l link) bool { return l.order < 0 })
	slices.SortStableFunc(all, func(a, b link) int {
		if tracked && a.order != b.order {
			if a.order < b.order {
				return -1
			}
			return 1
		}
		return strings.Compare(a.name, b.name)
	})
	return all, nil
}

// newLinks reads the links of a group that are messages of its header, or lie
// in a heap.
func (f *File) newLinks(h *header) ([]link, error) {
	var all []link
	for _, m := range h.messages {
		if m.kind != msgLink {
			continue
		}
		l, err := f.readLink(f.over(m.data, m.at, "link"))
		if err != nil {
			return nil, err
		}
		all = append(all, l)
	}
	m := h.find(msgLinkInfo)
	if m == nil {
		return all, nil
	}
	c := f.over(m.data, m.at, "link information")
	c.version(0, 0)
	if c.u8()&1 != 0 {
		c.skip(8) // largest order of creation
	}
	heap, names := c.address(), c.address()
	if c.err != nil || heap == undefined || names == undefined {
		return all, c.err
	}
	err := f.inHeap(heap, names, 5, func(record *cursor) []byte {
		record.skip(4) // hash of the name
		return record.bytes(7)
	}, func(b []byte, at int64, _ *cursor) error {
		l, err := f.readLink(f.over(b, at, "link"))
		all = append(all, l)
		return err
	})
	return all, err
}

// inHeap visits the objects of a fractal heap that the records of a B-tree name.
func (f *File) inHeap(heap, tree uint64, kind uint8, id func(*cursor) []byte, visit func(b []byte, at int64, record *cursor) error) error {
	h, err := f.fractalHeap(heap)
	if err != nil {
		return err
	}
	t, err := f.tree2(tree)
	if err != nil {
		return err
	}
	budget := allowance{file: f.src.size}
	return t.walk(nil, func(record *cursor) error {
		if t.kind != kind {
			record.fail("it is of a B-tree of kind %d, not %d", t.kind, kind)
		}
		key := id(record)
		if record.err != nil {
			return record.err
		}
		b, at, err := h.object(key)
		if err != nil {
			return err
		}
		if err := budget.take(int64(len(b))); err != nil {
			return err
		}
		return visit(b, at, record)
	})
}

// oldLinks reads a symbol table: a B-tree whose leaves are tables of names.
func (f *File) oldLinks(m *message) ([]link, error) {
	c := f.over(m.data, m.at, "symbol table")
	tree, heap := c.address(), c.address()
	if c.err != nil {
		return nil, c.err
	}
	names, err := f.localHeap(heap)
	if err != nil {
		return nil, err
	}
	var all []link
	t := &tree1{file: f, kind: 0, keySize: f.lengthSize, seen: map[uint64]bool{}}
	t.leaf = func(_ *cursor, address uint64) error {
		if t.seen[address] {
			c.fail("the table at address %#x comes twice", address)
			return c.err
		}
		t.seen[address] = true
		return f.symbols(address, names, &all)
	}
	return all, t.walk(tree, 256)
}

// symbols reads one table of names.
func (f *File) symbols(address uint64, names string, all *[]link) error {
	c, err := f.cursor(address, 8, "symbol table node")
	if err != nil {
		return err
	}
	c.signature("SNOD")
	c.version(1, 1)
	c.skip(1)
	n := int(c.u16())
	if c.err != nil {
		return c.err
	}
	if c, err = f.cursor(address, int64(8+n*(f.lengthSize+f.offsetSize+24)), "symbol table node"); err != nil {
		return err
	}
	c.skip(8)
	for range n {
		l := link{order: -1}
		name := c.length() // an offset, and yet as long as a length
		l.address = c.address()
		cached := c.u32()
		c.skip(4)
		target := uint64(c.u32())
		c.skip(12)
		if l.name, err = nameIn(names, name, c); err != nil {
			return err
		}
		if cached == 2 {
			l.kind = linkSoft
			if l.target, err = nameIn(names, target, c); err != nil {
				return err
			}
		}
		*all = append(*all, l)
	}
	return c.err
}

// nameIn returns the text that begins at an offset of a local heap.
func nameIn(heap string, at uint64, c *cursor) (string, error) {
	if at >= uint64(len(heap)) {
		c.fail("a name at %d of a heap of %d bytes", at, len(heap))
		return "", c.err
	}
	text := heap[at:]
	end := strings.IndexByte(text[:min(len(text), 1<<16)], 0)
	if end < 0 {
		c.fail("the name at %d of the heap does not end within %d bytes", at, min(len(text), 1<<16))
		return "", c.err
	}
	return text[:end], nil
}

// localHeap returns the names of an old group.
func (f *File) localHeap(address uint64) (string, error) {
	c, err := f.cursor(address, int64(8+2*f.lengthSize+f.offsetSize), "local heap")
	if err != nil {
		return "", err
	}
	c.signature("HEAP")
	c.version(0, 0)
	c.skip(3)
	size := c.length64("its size")
	c.length() // free list
	data := c.address()
	if c.err != nil {
		return "", c.err
	}
	if c, err = f.cursor(data, size, "local heap"); err != nil {
		return "", err
	}
	return string(c.b), nil
}
