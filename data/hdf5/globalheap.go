package hdf5

import (
	"fmt"
	"sync"
)

// globalHeaps are the collections that hold elements of variable length. They
// are kept while one reading goes on.
type globalHeaps struct {
	file *File

	mu          sync.Mutex
	collections map[uint64]map[uint32][]byte
	budget      allowance
}

func (f *File) globalHeaps() *globalHeaps {
	return &globalHeaps{file: f, collections: map[uint64]map[uint32][]byte{}, budget: allowance{file: f.src.size}}
}

// A heapID says where the contents of an element of variable length are.
type heapID struct {
	length  uint32 // elements
	address uint64
	index   uint32
}

func (f *File) heapID(b []byte) heapID {
	c := f.over(b, 0, "element of variable length")
	return heapID{c.u32(), c.address(), c.u32()}
}

// contents returns the bytes of an element whose parts take size bytes each.
func (g *globalHeaps) contents(id heapID, size int) ([]byte, error) {
	if id.length == 0 || id.address == 0 || id.address == undefined {
		return nil, nil
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	objects, ok := g.collections[id.address]
	if !ok {
		var err error
		if objects, err = g.collection(id.address); err != nil {
			return nil, err
		}
		g.collections[id.address] = objects
	}
	b, ok := objects[id.index]
	if !ok {
		return nil, fmt.Errorf("global heap at address %#x: it has no object %d", id.address, id.index)
	}
	if n := int64(id.length) * int64(size); n > int64(len(b)) {
		return nil, fmt.Errorf("global heap at address %#x: object %d has %d bytes, and %d elements of %d are read", id.address, id.index, len(b), id.length, size)
	}
	return b[:int(id.length)*size], nil
}

// collection reads all objects of a collection.
func (g *globalHeaps) collection(address uint64) (map[uint32][]byte, error) {
	f := g.file
	// The head of a collection, and that of an object, are multiples of 8 bytes.
	head := (8 + f.lengthSize + 7) / 8 * 8
	c, err := f.cursor(address, int64(head), "global heap")
	if err != nil {
		return nil, err
	}
	c.signature("GCOL")
	c.version(1, 1)
	c.skip(3)
	size := c.length64("its size")
	if c.err != nil {
		return nil, c.err
	}
	if c, err = f.cursor(address, size, "global heap"); err != nil {
		return nil, err
	}
	if err := g.budget.take(size); err != nil {
		return nil, fmt.Errorf("global heap at offset %d: %w", c.at, err)
	}
	c.skip(head)
	objects := map[uint32][]byte{}
	for c.left() >= head {
		index := uint32(c.u16())
		c.skip(2 + 4) // references, reserved
		n := c.length64("an object's size")
		if index == 0 {
			break // the rest is free
		}
		c.skip(head - 8 - f.lengthSize)
		if c.err == nil && n > int64(c.left()) {
			c.fail("object %d of %d bytes, where %d are left", index, n, c.left())
		}
		objects[index] = c.bytes(int(n))
		c.skip(min(int(-n&7), c.left()))
		if c.err != nil {
			return nil, c.err
		}
	}
	return objects, nil
}
