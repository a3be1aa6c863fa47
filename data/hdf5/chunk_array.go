package hdf5

import (
	"fmt"
	"math"
	"math/bits"
)

// numbering returns how the chunks of an array index are counted: along each
// dimension, how many numbers one chunk further is. Dimension moved, the only one
// without limit, counts slowest; -1 is none.
func (c *chunked) numbering(moved int) ([]uint64, error) {
	rank := len(c.dims)
	order := make([]int, 0, rank)
	if moved >= 0 {
		order = append(order, moved)
	}
	for i := range rank {
		if i != moved {
			order = append(order, i)
		}
	}
	down := make([]uint64, rank)
	n := uint64(1)
	for k := rank - 1; k >= 0; k-- {
		i := order[k]
		down[i] = n
		if k == 0 {
			break
		}
		chunks := (c.most[i]-1)/uint64(c.layout.chunk[i]) + 1
		if c.most[i] == 0 || c.most[i] == noLimit || chunks > math.MaxInt64/n {
			return nil, fmt.Errorf("%w: dimension %d may grow to %d", errIndex, i, c.most[i])
		}
		n *= chunks
	}
	return down, nil
}

// number calls visit with the position of every chunk of the grid and its number.
func (g grid) number(down []uint64, visit func(position int, number uint64) error) error {
	at := make([]int, len(down))
	for p := range g.elements() {
		g.at(p, at)
		n := uint64(0)
		for i, a := range at {
			n += uint64(a) * down[i]
		}
		if err := visit(p, n); err != nil {
			return err
		}
	}
	return nil
}

// findImplicit finds chunks that lie one after the other.
func (c *chunked) findImplicit(g grid, visit func(chunkRef) error) error {
	down, err := c.numbering(-1)
	if err != nil {
		return err
	}
	return g.number(down, func(p int, n uint64) error {
		most := uint64(c.file.src.size) / uint64(c.bytes)
		if n > most {
			return fmt.Errorf("%w: chunk %d of %d bytes is beyond the file", errIndex, n, c.bytes)
		}
		return visit(chunkRef{position: p, address: c.layout.address + n*uint64(c.bytes), stored: uint64(c.bytes)})
	})
}

// An arrayReader reads the entries of an array index, whose blocks it keeps.
type arrayReader struct {
	*chunked
	client   uint8 // 0: entries are addresses; 1: of filtered chunks
	entry    int
	pageBits int
	blocks   map[uint64]*cursor
}

// entryAt reads entry n of a block whose entries begin at its byte from.
func (a *arrayReader) entryAt(block *cursor, from int, n uint64) (chunkRef, error) {
	one := *block
	one.i, one.err = from+int(n)*a.entry, nil
	r := chunkRef{address: one.address(), stored: uint64(a.bytes)}
	if a.client == 1 {
		r.stored, r.mask = one.uint(a.entry-a.file.offsetSize-4), one.u32()
	}
	return r, one.err
}

// check compares the kind and the size of entries with the filters.
func (a *arrayReader) check(c *cursor) {
	filtered := a.client == 1
	width := a.entry - a.file.offsetSize
	if filtered {
		width -= 4
	}
	if c.err == nil && (filtered != (len(a.filters) > 0) || !filtered && width != 0 || filtered && (width < 1 || width > 8) || a.pageBits > 40) {
		c.fail("entries of %d bytes of kind %d, pages of 2^%d", a.entry, a.client, a.pageBits)
	}
}

// block returns a checked block of n bytes with a checksum at its end, or, where
// name is empty, a page.
func (a *arrayReader) block(address uint64, n int64, name string) (*cursor, error) {
	if b := a.blocks[address]; b != nil && int64(len(b.b)) == n {
		return b, nil
	}
	c, err := a.file.cursor(address, n, "index of chunks")
	if err != nil {
		return nil, err
	}
	if name != "" {
		c.signature(name)
		c.version(0, 0)
		if kind := c.u8(); c.err == nil && kind != a.client {
			c.fail("its kind is %d, and its header's %d", kind, a.client)
		}
	}
	if c.err == nil && n >= 4 {
		c.i = int(n) - 4
		c.checksum()
	}
	a.blocks[address] = c
	return c, c.err
}

// entries is the size of n entries, or an error where it is beyond the file.
func (a *arrayReader) entries(n uint64) (int64, error) {
	if n > uint64(a.file.src.size)/uint64(a.entry) {
		return 0, fmt.Errorf("%w: %d entries of %d bytes, in a file of %d", errIndex, n, a.entry, a.file.src.size)
	}
	return int64(n) * int64(a.entry), nil
}

// findFixed looks chunks up in a fixed array: one block of entries, in pages
// where it is large.
func (c *chunked) findFixed(g grid, visit func(chunkRef) error) error {
	a := &arrayReader{chunked: c, blocks: map[uint64]*cursor{}}
	f := c.file
	h, err := f.cursor(c.layout.address, int64(8+f.lengthSize+f.offsetSize+4), "fixed array")
	if err != nil {
		return err
	}
	h.signature("FAHD")
	h.version(0, 0)
	a.client, a.entry, a.pageBits = h.u8(), int(h.u8()), int(h.u8())
	n, address := h.length(), h.address()
	h.checksum()
	if a.check(h); h.err != nil {
		return h.err
	}
	if address == undefined {
		return nil
	}
	size, err := a.entries(n)
	if err != nil {
		return err
	}
	down, err := c.numbering(-1)
	if err != nil {
		return err
	}
	page := uint64(1) << a.pageBits
	head := 6 + f.offsetSize
	return g.number(down, func(p int, i uint64) error {
		if i >= n {
			return fmt.Errorf("%w: chunk %d of %d", errIndex, i, n)
		}
		r := chunkRef{address: undefined}
		if n <= page {
			block, err := a.block(address, int64(head)+size+4, "FADB")
			if err != nil {
				return err
			}
			r, err = a.entryAt(block, head, i)
			if err != nil {
				return err
			}
		} else if r, err = a.paged(address, head, n, page, i); err != nil {
			return err
		}
		r.position = p
		return visit(r)
	})
}

// paged reads entry i of a block in pages, which begins with a bit for each page
// that was written.
func (a *arrayReader) paged(address uint64, head int, n, page, i uint64) (chunkRef, error) {
	pages := (n-1)/page + 1
	bitmap := int64(pages+7) / 8
	prefix := int64(head) + bitmap + 4
	block, err := a.block(address, prefix, "FADB")
	if err != nil {
		return chunkRef{}, err
	}
	k := i / page
	if block.b[head+int(k/8)]&(0x80>>(k%8)) == 0 {
		return chunkRef{address: undefined}, nil
	}
	size := int64(min(page, n-k*page))*int64(a.entry) + 4
	at := address + uint64(prefix) + k*(page*uint64(a.entry)+4)
	one, err := a.block(at, size, "")
	if err != nil {
		return chunkRef{}, err
	}
	return a.entryAt(one, 0, i%page)
}

// An extensible is an array that grows along one dimension: the first entries are
// in its index block, the others in data blocks, which get larger and larger. The
// addresses of the first data blocks are in the index block, those of the others
// in super blocks.
type extensible struct {
	arrayReader
	maxBits     int
	inIndex     uint64 // entries in the index block
	smallest    uint64 // entries of the smallest data block
	minPointers uint64 // data blocks of the smallest super block
	index       uint64
}

func (c *chunked) findExtensible(g grid, visit func(chunkRef) error) error {
	e, err := c.extensible()
	if err != nil || e.index == undefined {
		return err
	}
	moved := -1
	for i, m := range c.most {
		if m == noLimit {
			moved = i
		}
	}
	down, err := c.numbering(moved)
	if err != nil {
		return err
	}
	return g.number(down, func(p int, n uint64) error {
		r, err := e.lookup(n)
		if err != nil {
			return err
		}
		r.position = p
		return visit(r)
	})
}

func (c *chunked) extensible() (*extensible, error) {
	f := c.file
	e := &extensible{arrayReader: arrayReader{chunked: c, blocks: map[uint64]*cursor{}}}
	h, err := f.cursor(c.layout.address, int64(12+6*f.lengthSize+f.offsetSize+4), "extensible array")
	if err != nil {
		return nil, err
	}
	h.signature("EAHD")
	h.version(0, 0)
	e.client, e.entry, e.maxBits = h.u8(), int(h.u8()), int(h.u8())
	e.inIndex, e.smallest, e.minPointers = uint64(h.u8()), uint64(h.u8()), uint64(h.u8())
	e.pageBits = int(h.u8())
	for range 6 {
		h.length() // numbers and sizes of what is kept
	}
	e.index = h.address()
	h.checksum()
	e.check(h)
	power := func(v uint64) bool { return v > 0 && v&(v-1) == 0 }
	if h.err == nil && (e.maxBits > 64 || !power(e.smallest) || !power(e.minPointers) || 1<<min(e.maxBits, 62) < e.smallest) {
		h.fail("2^%d entries, data blocks from %d on, super blocks from %d on", e.maxBits, e.smallest, e.minPointers)
	}
	return e, h.err
}

// lookup returns entry n.
func (e *extensible) lookup(n uint64) (chunkRef, error) {
	f := e.file
	supers := 1 + e.maxBits - bits.TrailingZeros64(e.smallest)
	inIndex := 2 * bits.TrailingZeros64(e.minPointers) // super blocks whose data blocks the index block names
	pointers := 2 * int(e.minPointers-1)
	head := 6 + f.offsetSize
	size := int64(head) + int64(e.inIndex)*int64(e.entry) + int64(pointers+max(supers-inIndex, 0))*int64(f.offsetSize) + 4
	index, err := e.block(e.index, size, "EAIB")
	if err != nil {
		return chunkRef{}, err
	}
	if n < e.inIndex {
		return e.entryAt(index, head, n)
	}
	n -= e.inIndex
	super := bits.Len64(n/e.smallest+1) - 1
	if super >= supers {
		return chunkRef{}, fmt.Errorf("%w: entry %d of at most 2^%d", errIndex, n, e.maxBits)
	}
	blocks, entries := uint64(1)<<(super/2), e.smallest<<((super+1)/2)
	n -= (1<<super - 1) * e.smallest
	block := n / entries
	n %= entries
	at := *index
	if super < inIndex {
		before := uint64(0) // data blocks of the super blocks before
		for s := range super {
			before += 1 << (s / 2)
		}
		at.i = head + int(e.inIndex)*e.entry + int(before+block)*f.offsetSize
		return e.inBlock(at.address(), entries, n, nil, 0)
	}
	at.i = head + int(e.inIndex)*e.entry + (pointers+super-inIndex)*f.offsetSize
	return e.inSuper(at.address(), blocks, entries, block, n)
}

// inSuper looks entry n of a data block up, whose address a super block has.
func (e *extensible) inSuper(address, blocks, entries, block, n uint64) (chunkRef, error) {
	if address == undefined {
		return chunkRef{address: undefined}, nil
	}
	f := e.file
	head := 6 + f.offsetSize + (e.maxBits+7)/8
	bitmap := uint64(0) // bytes for each data block
	if entries > 1<<e.pageBits {
		bitmap = (entries>>e.pageBits + 7) / 8
	}
	if blocks > uint64(f.src.size) || bitmap > uint64(f.src.size) || blocks*bitmap > uint64(f.src.size) {
		return chunkRef{}, fmt.Errorf("%w: a super block of %d data blocks", errIndex, blocks)
	}
	size := int64(head) + int64(blocks*bitmap) + int64(blocks)*int64(f.offsetSize) + 4
	super, err := e.block(address, size, "EASB")
	if err != nil {
		return chunkRef{}, err
	}
	at := *super
	at.i = head + int(blocks*bitmap) + int(block)*f.offsetSize
	written := super.b[head:][:blocks*bitmap]
	return e.inBlock(at.address(), entries, n, written, block*(entries>>e.pageBits))
}

// inBlock looks entry n of a data block up. written has a bit for each page of
// the super block's data blocks, if they have pages; this one's begin at bit first.
func (e *extensible) inBlock(address, entries, n uint64, written []byte, first uint64) (chunkRef, error) {
	if address == undefined {
		return chunkRef{address: undefined}, nil
	}
	size, err := e.entries(entries)
	if err != nil {
		return chunkRef{}, err
	}
	head := 6 + e.file.offsetSize + (e.maxBits+7)/8
	page := uint64(1) << e.pageBits
	if entries <= page {
		block, err := e.block(address, int64(head)+size+4, "EADB")
		if err != nil {
			return chunkRef{}, err
		}
		return e.entryAt(block, head, n)
	}
	if _, err := e.block(address, int64(head)+4, "EADB"); err != nil {
		return chunkRef{}, err
	}
	k := n / page
	if bit := first + k; len(written) > 0 && written[bit/8]&(0x80>>(bit%8)) == 0 {
		return chunkRef{address: undefined}, nil
	}
	one, err := e.block(address+uint64(head+4)+k*(page*uint64(e.entry)+4), int64(page)*int64(e.entry)+4, "")
	if err != nil {
		return chunkRef{}, err
	}
	return e.entryAt(one, 0, n%page)
}
