package hdf5

import (
	"fmt"
	"math/bits"
)

// A fractalHeap keeps objects of many sizes: links, attributes, shared
// messages. Its blocks grow by rows: the first two rows hold blocks of the
// starting size, each further row blocks of twice the size of the one before.
type fractalHeap struct {
	file        *File
	idSize      int
	checked     bool // blocks have checksums
	mostManaged uint32
	hugeTree    uint64
	width       int
	start, most uint64 // sizes of the smallest and the largest direct block
	addressBits int
	root        uint64
	rows        int // of the root; 0: it is a direct block

	blocks map[uint64]*cursor // checked direct blocks, by address
	huge   map[uint64]hugeObject
	budget allowance
}

type hugeObject struct {
	address, length uint64
}

func (f *File) fractalHeap(address uint64) (*fractalHeap, error) {
	h := &fractalHeap{file: f, blocks: map[uint64]*cursor{}, budget: allowance{file: f.src.size}}
	size := 5 + 2 + 2 + 1 + 4 + 12*f.lengthSize + 3*f.offsetSize + 2 + 2 + 2 + 2 + 4
	c, err := f.cursor(address, int64(size), "fractal heap")
	if err != nil {
		return nil, err
	}
	c.signature("FRHP")
	c.version(0, 0)
	h.idSize = int(c.u16())
	filters := int(c.u16())
	h.checked = c.u8()&2 != 0
	h.mostManaged = c.u32()
	c.length() // next huge ID
	h.hugeTree = c.address()
	c.length()
	c.address() // free space
	for range 8 {
		c.length() // sizes and numbers of what is kept
	}
	h.width, h.start, h.most, h.addressBits = int(c.u16()), c.length(), c.length(), int(c.u16())
	c.skip(2) // first rows of the root
	h.root, h.rows = c.address(), int(c.u16())
	if filters > 0 && c.err == nil {
		return nil, unsupported("fractal heap at offset %d: it is filtered, which is not read: write the file anew with h5repack -f NONE", c.at)
	}
	c.checksum()
	power := func(v uint64) bool { return v > 0 && v&(v-1) == 0 }
	if c.err == nil && (!power(h.start) || !power(h.most) || !power(uint64(h.width)) || h.start > h.most || h.most > 1<<40 ||
		h.addressBits < 1 || h.addressBits > 64 || h.idSize < 1+h.offsetBytes()+1 || h.rows > 64) {
		c.fail("blocks of %d to %d bytes, %d in a row, addresses of %d bits, IDs of %d bytes, %d rows", h.start, h.most, h.width, h.addressBits, h.idSize, h.rows)
	}
	return h, c.err
}

func (h *fractalHeap) offsetBytes() int { return (h.addressBits + 7) / 8 }

// object returns the object of an ID, and its offset in the file.
func (h *fractalHeap) object(id []byte) ([]byte, int64, error) {
	if len(id) < h.idSize {
		return nil, 0, fmt.Errorf("fractal heap: its IDs have %d bytes, and one of %d is looked up", h.idSize, len(id))
	}
	id = id[:h.idSize]
	c := h.file.over(id, 0, "ID of an object in a fractal heap")
	switch kind := c.u8() >> 4; kind {
	case 0:
		return h.managed(c)
	case 1:
		return h.hugeOne(c)
	case 2:
		n, skip := int(id[0]&15)+1, 1
		if len(id) > 17 {
			n, skip = int(id[0]&15)<<8+int(id[1])+1, 2
		}
		if n > len(id)-skip {
			return nil, 0, fmt.Errorf("fractal heap: a tiny object of %d bytes in an ID of %d", n, len(id))
		}
		return id[skip : skip+n], 0, nil
	default:
		return nil, 0, fmt.Errorf("fractal heap: an ID begins with %#x", id[0])
	}
}

// managed returns an object that lies in a direct block.
func (h *fractalHeap) managed(c *cursor) ([]byte, int64, error) {
	lengthBytes := min((bits.Len64(h.most-1)+7)/8, bytesFor(uint64(h.mostManaged)))
	offset, length := c.uint(h.offsetBytes()), c.uint(lengthBytes)
	if c.err != nil {
		return nil, 0, c.err
	}
	block, size, begin, err := h.find(offset)
	if err != nil {
		return nil, 0, err
	}
	b, err := h.direct(block, size, begin)
	if err != nil {
		return nil, 0, err
	}
	from := offset - begin
	if from > size || length > size-from {
		return nil, 0, fmt.Errorf("fractal heap: the object at %d of %d bytes leaves its block of %d", from, length, size)
	}
	return b.b[from : from+length : from+length], b.at + int64(from), nil
}

// direct returns a direct block.
func (h *fractalHeap) direct(address, size, begin uint64) (*cursor, error) {
	if c := h.blocks[address]; c != nil && uint64(len(c.b)) == size {
		return c, nil
	}
	if size > uint64(h.file.src.size) {
		return nil, fmt.Errorf("fractal heap: a block of %d bytes", size)
	}
	if err := h.budget.take(int64(size)); err != nil {
		return nil, fmt.Errorf("fractal heap: %w", err)
	}
	c, err := h.file.cursor(address, int64(size), "block of a fractal heap")
	if err != nil {
		return nil, err
	}
	c.signature("FHDB")
	c.version(0, 0)
	c.address()
	if at := c.uint(h.offsetBytes()); c.err == nil && at != begin {
		c.fail("it begins at %d of the heap, not %d", at, begin)
	}
	if h.checked && c.err == nil {
		h.checkBlock(c)
	}
	if c.err != nil {
		return nil, c.err
	}
	h.blocks[address] = c
	return c, nil
}

// checkBlock compares the checksum, which lies within what it sums, as zeros.
func (h *fractalHeap) checkBlock(c *cursor) {
	at := c.i
	want := c.u32()
	if c.err != nil {
		return
	}
	b := append([]byte(nil), c.b...)
	clear(b[at : at+4])
	if got := lookup3(b); got != want && !ignoreChecksums {
		c.fail("its checksum is %#08x, its bytes give %#08x: the file is damaged", want, got)
	}
}

// find returns address, size and beginning of the direct block that holds an
// offset of the heap.
func (h *fractalHeap) find(offset uint64) (address, size, begin uint64, err error) {
	if h.root == undefined {
		return 0, 0, 0, fmt.Errorf("fractal heap: it is empty, and an object at %d is looked up", offset)
	}
	if h.rows == 0 {
		return h.root, h.start, 0, nil
	}
	block, rows := h.root, h.rows
	for range 64 {
		row, column, first := h.place(offset - begin)
		if row >= rows {
			break
		}
		child, err := h.child(block, rows, row, column)
		if err != nil {
			return 0, 0, 0, err
		}
		size, begin = h.rowSize(row), begin+first
		if child == undefined {
			return 0, 0, 0, fmt.Errorf("fractal heap: no block is there for offset %d", offset)
		}
		if row < h.directRows() {
			return child, size, begin, nil
		}
		block, rows = child, bits.Len64(size)-bits.Len64(h.start*uint64(h.width))+1
	}
	return 0, 0, 0, fmt.Errorf("fractal heap: offset %d is beyond its blocks", offset)
}

// place returns the row and column of a block that holds an offset, and where
// the block begins.
func (h *fractalHeap) place(offset uint64) (row, column int, begin uint64) {
	for row = range 64 {
		size := h.rowSize(row)
		whole := size * uint64(h.width)
		if size == 0 || whole/uint64(h.width) != size {
			break // beyond 64 bits
		}
		if offset-begin < whole {
			column = int((offset - begin) / size)
			return row, column, begin + uint64(column)*size
		}
		begin += whole
	}
	return 64, 0, begin
}

func (h *fractalHeap) rowSize(row int) uint64 { return h.start << max(row-1, 0) }

// directRows is the number of rows of direct blocks in an indirect block.
func (h *fractalHeap) directRows() int { return bits.Len64(h.most) - bits.Len64(h.start) + 2 }

// child returns the address in an indirect block of a row and column.
func (h *fractalHeap) child(address uint64, rows, row, column int) (uint64, error) {
	head := 5 + h.file.offsetSize + h.offsetBytes()
	size := head + rows*h.width*h.file.offsetSize + 4
	c, err := h.file.cursor(address, int64(size), "indirect block of a fractal heap")
	if err != nil {
		return 0, err
	}
	c.signature("FHIB")
	c.version(0, 0)
	c.i = len(c.b) - 4
	c.checksum()
	if c.err != nil {
		return 0, c.err
	}
	c.i = head + (row*h.width+column)*h.file.offsetSize
	child := c.address()
	return child, c.err
}

// hugeOne returns an object that is too large for the blocks and has a place of
// its own.
func (h *fractalHeap) hugeOne(c *cursor) ([]byte, int64, error) {
	var o hugeObject
	if h.file.offsetSize+h.file.lengthSize <= h.idSize-1 {
		o.address, o.length = c.address(), c.length()
	} else {
		id := c.uint(min(h.idSize-1, 8))
		if err := h.readHuge(); err != nil {
			return nil, 0, err
		}
		var ok bool
		if o, ok = h.huge[id]; !ok {
			return nil, 0, fmt.Errorf("fractal heap: there is no huge object %d", id)
		}
	}
	if o.length > uint64(h.file.src.size) {
		return nil, 0, fmt.Errorf("fractal heap: a huge object of %d bytes", o.length)
	}
	if err := h.budget.take(int64(o.length)); err != nil {
		return nil, 0, fmt.Errorf("fractal heap: %w", err)
	}
	b, err := h.file.cursor(o.address, int64(o.length), "huge object of a fractal heap")
	if err != nil {
		return nil, 0, err
	}
	return b.b, b.at, nil
}

// readHuge reads the B-tree that says where huge objects are.
func (h *fractalHeap) readHuge() error {
	if h.huge != nil {
		return nil
	}
	t, err := h.file.tree2(h.hugeTree)
	if err != nil {
		return err
	}
	if want := h.file.offsetSize + 2*h.file.lengthSize; t.kind != 1 || t.record != want {
		return fmt.Errorf("fractal heap: huge objects in a B-tree of kind %d, records of %d bytes; 1 and %d are expected", t.kind, t.record, want)
	}
	h.huge = map[uint64]hugeObject{}
	return t.walk(nil, func(c *cursor) error {
		o := hugeObject{c.address(), c.length()}
		h.huge[c.length()] = o
		return c.err
	})
}
