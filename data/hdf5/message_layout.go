package hdf5

import (
	"fmt"
	"math"
)

// Classes of layouts, and the indexes of chunks.
const (
	layoutCompact    = 0
	layoutContiguous = 1
	layoutChunked    = 2
	layoutVirtual    = 3

	indexTree1      = 0 // of layout versions 1 to 3
	indexSingle     = 1
	indexImplicit   = 2
	indexFixed      = 3
	indexExtensible = 4
	indexTree2      = 5
)

var indexNames = [...]string{"B-tree version 1", "single chunk", "implicit index", "fixed array", "extensible array", "B-tree version 2"}

// A layout is where the values of a dataset are.
type layout struct {
	version uint8
	class   uint8
	data    []byte // compact
	address uint64
	size    uint64 // contiguous: bytes; 0 where not stated

	chunk       []int // dimensions of a chunk, in elements
	elementSize int   // as the layout states it; 0 where not
	index       uint8
	flags       uint8
	single      struct {
		size uint64
		mask uint32
	}
}

const (
	chunkEdgeUnfiltered = 0x01
	chunkSingleFiltered = 0x02
)

func (f *File) readLayout(c *cursor) (*layout, error) {
	l := &layout{address: undefined}
	l.version = c.version(1, 5)
	switch {
	case c.err != nil:
	case l.version < 3:
		l.readOld(c)
	default:
		l.class = c.u8()
		switch l.class {
		case layoutCompact:
			l.data = c.bytes(int(c.u16()))
		case layoutContiguous:
			l.address, l.size = c.address(), c.length()
		case layoutChunked:
			if l.version == 3 {
				n := int(c.u8())
				l.address = c.address()
				l.readChunk(c, n, 4)
			} else {
				l.readIndexed(c)
			}
		case layoutVirtual:
		default:
			c.fail("layout class %d is unknown", l.class)
		}
	}
	return l, c.err
}

func (l *layout) readOld(c *cursor) {
	n := int(c.u8())
	l.class = c.u8()
	c.skip(5)
	if l.class != layoutCompact {
		l.address = c.address()
	}
	switch l.class {
	case layoutCompact:
		c.skip(4 * n)
		l.data = c.bytes(int(c.u32() & math.MaxInt32))
	case layoutContiguous:
		c.skip(4 * n)
	case layoutChunked:
		l.readChunk(c, n, 4)
	default:
		c.fail("layout class %d is unknown", l.class)
	}
}

// readChunk reads the dimensions of a chunk; the last is the size of an element.
func (l *layout) readChunk(c *cursor, n, width int) {
	if c.err == nil && (n < 2 || n > maxRank+1 || width < 1 || width > 8) {
		c.fail("chunks of %d dimensions of %d bytes each", n-1, width)
		return
	}
	size := uint64(1)
	for i := range n {
		d := c.uint(width)
		if c.err != nil {
			return
		}
		if d == 0 || d > math.MaxInt32 || size > math.MaxInt/2/d {
			c.fail("chunk dimension %d is zero or too large", d)
			return
		}
		size *= d
		if i == n-1 {
			l.elementSize = int(d)
			return
		}
		l.chunk = append(l.chunk, int(d))
	}
}

// readIndexed reads what layouts from version 4 on say of chunks.
func (l *layout) readIndexed(c *cursor) {
	l.flags = c.u8()
	n := int(c.u8())
	l.readChunk(c, n, int(c.u8()))
	l.index = c.u8()
	switch l.index {
	case indexSingle:
		if l.flags&chunkSingleFiltered != 0 {
			l.single.size, l.single.mask = c.length(), c.u32()
		}
	case indexImplicit:
	case indexFixed:
		c.skip(1)
	case indexExtensible:
		c.skip(5)
	case indexTree2:
		c.skip(6)
	default:
		c.fail("chunk index %d is unknown", l.index)
	}
	l.address = c.address()
}

func (l *layout) String() string {
	switch l.class {
	case layoutCompact:
		return "compact"
	case layoutContiguous:
		return "contiguous"
	case layoutVirtual:
		return "virtual"
	}
	return fmt.Sprintf("chunked, %s", indexNames[l.index])
}
