package hdf5

import (
	"fmt"
	"math"
)

// A tree2 is the header of a B-tree of version 2, which holds the links of
// groups, attributes, huge objects of heaps, or chunks.
type tree2 struct {
	file     *File
	kind     uint8
	nodeSize int
	record   int // bytes
	depth    int
	root     uint64
	first    int // records in the root
	levels   []tree2Level
	seen     map[uint64]bool
}

// A tree2Level says what the nodes of a level hold: level 0 are leaves.
type tree2Level struct {
	most      int    // records in a node
	total     uint64 // records in a node and below, at most
	totalSize int    // bytes of that number in the pointer to a node
}

func (f *File) tree2(address uint64) (*tree2, error) {
	c, err := f.cursor(address, int64(4+1+1+4+2+2+1+1+f.offsetSize+2+f.lengthSize+4), "B-tree header")
	if err != nil {
		return nil, err
	}
	t := &tree2{file: f, seen: map[uint64]bool{}}
	c.signature("BTHD")
	c.version(0, 0)
	t.kind = c.u8()
	t.nodeSize, t.record, t.depth = int(c.u32()&math.MaxInt32), int(c.u16()), int(c.u16())
	c.skip(2)
	t.root, t.first = c.address(), int(c.u16())
	c.length()
	c.checksum()
	if c.err != nil {
		return nil, c.err
	}
	if t.record == 0 || t.nodeSize < 10+t.record || t.depth > 32 {
		c.fail("nodes of %d bytes, records of %d, depth %d", t.nodeSize, t.record, t.depth)
		return nil, c.err
	}
	t.plan()
	return t, nil
}

// plan works out what the nodes of each level hold.
func (t *tree2) plan() {
	leaf := (t.nodeSize - 10) / t.record
	t.levels = []tree2Level{{leaf, uint64(leaf), 0}}
	for u := 1; u <= t.depth; u++ {
		below := t.levels[u-1]
		pointer := t.pointerSize(u)
		most := max((t.nodeSize-10-pointer)/(t.record+pointer), 1)
		total := uint64(math.MaxUint64)
		if below.total < math.MaxUint64/uint64(most+2) {
			total = uint64(most+1)*below.total + uint64(most)
		}
		t.levels = append(t.levels, tree2Level{most, total, bytesFor(total)})
	}
}

// pointerSize is the size of a pointer to a node, in a node of a level.
func (t *tree2) pointerSize(level int) int {
	return t.file.offsetSize + bytesFor(uint64(t.levels[0].most)) + t.levels[level-1].totalSize
}

// walk calls visit with every record that within wants, in order. within is
// given the records before and after a node, nil where there is none; a nil
// within wants all.
func (t *tree2) walk(within func(before, after []byte) bool, visit func(record *cursor) error) error {
	if t.root == undefined || t.first == 0 {
		return nil
	}
	return t.node(t.root, t.first, t.depth, nil, nil, within, visit)
}

func (t *tree2) node(address uint64, n, level int, before, after []byte, within func(before, after []byte) bool, visit func(*cursor) error) error {
	if t.seen[address] {
		return fmt.Errorf("the B-tree node at address %#x comes twice", address)
	}
	t.seen[address] = true
	c, err := t.open(address, n, level)
	if err != nil {
		return err
	}
	records := c.bytes(n * t.record)
	at := func(i int) []byte {
		switch {
		case i < 0:
			return before
		case i >= n:
			return after
		}
		return records[i*t.record : (i+1)*t.record]
	}
	start := c.at + 6
	for i := 0; i <= n; i++ {
		if level > 0 {
			child, count := c.address(), int(c.uint(bytesFor(uint64(t.levels[0].most))))
			c.uint(t.levels[level-1].totalSize)
			if c.err != nil {
				return c.err
			}
			if within == nil || within(at(i-1), at(i)) {
				if err := t.node(child, count, level-1, at(i-1), at(i), within, visit); err != nil {
					return err
				}
			}
		}
		if i < n {
			if err := visit(t.file.over(at(i), start+int64(i*t.record), "B-tree record")); err != nil {
				return err
			}
		}
	}
	return nil
}

// open checks a node and returns a cursor at its first record.
func (t *tree2) open(address uint64, n, level int) (*cursor, error) {
	size, name := 6+n*t.record+4, "BTLF"
	if level > 0 {
		size, name = size+(n+1)*t.pointerSize(level), "BTIN"
	}
	if n > t.levels[level].most || size > t.nodeSize {
		return nil, fmt.Errorf("the B-tree node at address %#x has %d records, and %d bytes hold %d", address, n, t.nodeSize, t.levels[level].most)
	}
	c, err := t.file.cursor(address, int64(size), "B-tree node")
	if err != nil {
		return nil, err
	}
	c.signature(name)
	c.version(0, 0)
	if kind := c.u8(); c.err == nil && kind != t.kind {
		c.fail("its kind is %d, and its header's %d", kind, t.kind)
	}
	c.i = size - 4
	c.checksum()
	c.i = 6
	return c, c.err
}
