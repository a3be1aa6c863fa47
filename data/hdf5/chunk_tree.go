package hdf5

import (
	"encoding/binary"
	"fmt"
)

// findTree1 looks chunks up in a B-tree of version 1, whose keys are the stored
// size, the mask of filters, and the first element of a chunk in each dimension.
func (c *chunked) findTree1(g grid, visit func(chunkRef) error) error {
	rank := len(c.dims)
	// The last number of a key counts bytes within an element: 0, but in the key
	// behind the last chunk it may be all that tells it from that chunk's.
	first, last := make([]uint64, rank+1), make([]uint64, rank+1)
	for i, n := range c.layout.chunk {
		first[i] = uint64(g.start[i]) * uint64(n)
		last[i] = uint64(g.start[i]+g.count[i]-1) * uint64(n)
	}
	t := &tree1{file: c.file, kind: 1, keySize: 8 + 8*(rank+1), seen: map[uint64]bool{}}
	t.within = func(from, to []byte) bool {
		return compare(from[8:], last) <= 0 && compare(to[8:], first) > 0
	}
	at := make([]int, rank)
	t.leaf = func(key *cursor, address uint64) error {
		r := chunkRef{address: address, stored: uint64(key.u32()), mask: key.u32()}
		for i, n := range c.layout.chunk {
			e := key.u64()
			if key.err == nil && (e%uint64(n) != 0 || e >= uint64(max(c.dims[i], 1))+uint64(n)) {
				// Chunks beyond the dimensions are left over from a dataset that shrank.
				if e%uint64(n) != 0 {
					key.fail("a chunk begins at element %d, and chunks have %d", e, n)
				}
				return key.err
			}
			at[i] = int(e / uint64(n))
		}
		if key.err != nil || !g.holds(at) {
			return key.err
		}
		r.position = g.index(at)
		return visit(r)
	}
	return t.walk(c.layout.address, 256)
}

// compare compares 64-bit numbers in bytes with a vector, in the order of the first that differ.
func compare(b []byte, v []uint64) int {
	for i, w := range v {
		switch u := binary.LittleEndian.Uint64(b[8*i:]); {
		case u < w:
			return -1
		case u > w:
			return 1
		}
	}
	return 0
}

// findTree2 looks chunks up in a B-tree of version 2, whose records are the
// address, for filtered chunks the stored size and the mask, and the chunk's
// number in each dimension.
func (c *chunked) findTree2(g grid, visit func(chunkRef) error) error {
	t, err := c.file.tree2(c.layout.address)
	if err != nil {
		return err
	}
	rank, filtered := len(c.dims), len(c.filters) > 0
	head := t.record - 8*rank
	sizeBytes := head - c.file.offsetSize - 4
	kind := uint8(10)
	if filtered {
		kind = 11
	}
	if t.kind != kind || !filtered && head != c.file.offsetSize || filtered && (sizeBytes < 1 || sizeBytes > 8) {
		return fmt.Errorf("%w: a B-tree of kind %d with records of %d bytes", errIndex, t.kind, t.record)
	}
	first, last := make([]uint64, rank), make([]uint64, rank)
	for i := range rank {
		first[i], last[i] = uint64(g.start[i]), uint64(g.start[i]+g.count[i]-1)
	}
	at := make([]int, rank)
	return t.walk(func(before, after []byte) bool {
		return (after == nil || compare(after[head:], first) > 0) && (before == nil || compare(before[head:], last) < 0)
	}, func(record *cursor) error {
		r := chunkRef{address: record.address(), stored: uint64(c.bytes)}
		if filtered {
			r.stored, r.mask = record.uint(sizeBytes), record.u32()
		}
		for i := range at {
			e := record.u64()
			if e > uint64(c.dims[i]) {
				return record.err // left over from a dataset that shrank
			}
			at[i] = int(e)
		}
		if record.err != nil || !g.holds(at) {
			return record.err
		}
		r.position = g.index(at)
		return visit(r)
	})
}
