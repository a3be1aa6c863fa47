package hdf5

import (
	"errors"
	"fmt"
	"math"
	"runtime"
	"sync"

	"github.com/spikewalk/spikewalk/internal/unpack"
)

// A chunked is a storage of chunks, each of which has a place of its own and may
// be compressed.
type chunked struct {
	file    *File
	layout  *layout
	filters []Filter
	blank   blank
	dims    []int
	most    []uint64 // dimensions that the dataset may grow to
	size    int      // bytes of an element
	bytes   int      // of a chunk
}

func newChunked(d *Dataset, b blank) (storage, error) {
	l, dims := d.layout, d.space.dims
	if len(l.chunk) != len(dims) {
		return nil, fmt.Errorf("its chunks have %d dimensions, it has %d", len(l.chunk), len(dims))
	}
	if l.elementSize != d.typ.Size {
		return nil, fmt.Errorf("its chunks have elements of %d bytes, its type has %d", l.elementSize, d.typ.Size)
	}
	c := &chunked{file: d.file, layout: l, filters: d.filters, blank: b, dims: dims, most: d.space.most, size: d.typ.Size}
	c.bytes = c.size
	for _, n := range l.chunk {
		c.bytes *= n // readChunk has looked for overflow
	}
	return c, nil
}

// A chunkRef says where a chunk is.
type chunkRef struct {
	position int // in the grid of chunks that a selection touches
	address  uint64
	stored   uint64 // bytes in the file
	mask     uint32 // filters that were left out
}

// A grid is the chunks that a selection touches: box counts chunks.
type grid struct{ box }

func (c *chunked) grid(sel box) grid {
	g := box{make([]int, len(c.dims)), make([]int, len(c.dims))}
	for i, n := range c.layout.chunk {
		g.start[i] = sel.start[i] / n
		g.count[i] = (sel.start[i]+sel.count[i]-1)/n - g.start[i] + 1
	}
	return grid{g}
}

// at returns the coordinates of a chunk, counted in chunks.
func (g grid) at(position int, coordinates []int) {
	for i := len(g.count) - 1; i >= 0; i-- {
		coordinates[i] = g.start[i] + position%g.count[i]
		position /= g.count[i]
	}
}

// holds tells whether a chunk is in the grid.
func (g grid) holds(coordinates []int) bool {
	for i, a := range coordinates {
		if a < g.start[i] || a-g.start[i] >= g.count[i] {
			return false
		}
	}
	return true
}

// piece returns the elements that a chunk holds.
func (c *chunked) piece(g grid, position int) box {
	at := make([]int, len(c.dims))
	g.at(position, at)
	for i, n := range c.layout.chunk {
		at[i] *= n
	}
	return box{at, c.layout.chunk}
}

// read finds the chunks of a selection and unpacks them on all cores. Its result,
// and its error, do not depend on their number.
func (c *chunked) read(sel box, to *sink) error {
	if sel.elements() == 0 {
		return nil
	}
	g := c.grid(sel)
	seen := make([]uint64, (g.elements()+63)/64)
	var found []chunkRef
	// Every chunk takes its address in the index, or at least its own bytes.
	room := c.file.src.size / int64(min(c.file.offsetSize, c.bytes))
	err := c.find(g, func(r chunkRef) error {
		if r.address == undefined {
			return nil
		}
		if seen[r.position/64]>>(r.position%64)&1 != 0 {
			return fmt.Errorf("the chunk of elements %v comes twice", c.piece(g, r.position).start)
		}
		seen[r.position/64] |= 1 << (r.position % 64)
		if int64(len(found)) >= room {
			return fmt.Errorf("%w: it has more chunks than the file has room for", errIndex)
		}
		found = append(found, r)
		return nil
	})
	if err != nil {
		return err
	}
	if len(found) < g.elements()/2 { // at once, what chunks hold coming later
		if err := c.blank.read(sel, to); err != nil {
			return err
		}
		return c.unpack(g, found, sel, to)
	}
	for p := 0; len(found) < g.elements() && p < g.elements(); p++ {
		if seen[p/64]>>(p%64)&1 != 0 {
			continue
		}
		if err := c.blank.part(c.piece(g, p), sel, to); err != nil {
			return err
		}
	}
	return c.unpack(g, found, sel, to)
}

// unpack reads chunks, several at once.
func (c *chunked) unpack(g grid, found []chunkRef, sel box, to *sink) error {
	workers := min(runtime.GOMAXPROCS(0), len(found))
	if len(c.filters) > 0 && len(found) > 0 {
		// A worker may have the chunk twice: as it is before and after a filter.
		one := int64(math.MaxInt64)
		if int64(c.bytes) < math.MaxInt64/4 {
			one = 2 * int64(c.bytes)
		}
		for workers > 1 && unpack.Check(int64(workers)*min(one, math.MaxInt64/64), c.file.src.size) != nil {
			workers--
		}
		if err := unpack.Check(one, c.file.src.size); err != nil {
			return fmt.Errorf("a chunk: %w", err)
		}
	}
	if workers <= 1 {
		w := c.worker()
		for _, r := range found {
			if err := w.read(g, r, sel, to); err != nil {
				return err
			}
		}
		return nil
	}
	var (
		mu    sync.Mutex
		next  int
		first = len(found) // the first chunk that failed
		why   error
		group sync.WaitGroup
	)
	for range workers {
		group.Go(func() {
			w := c.worker()
			for {
				mu.Lock()
				i := next
				next++
				stop := i >= first
				mu.Unlock()
				if stop {
					return
				}
				if err := w.read(g, found[i], sel, to); err != nil {
					mu.Lock()
					if i < first {
						first, why = i, err
					}
					mu.Unlock()
				}
			}
		})
	}
	group.Wait()
	return why
}

// A chunkWorker reads one chunk after the other.
type chunkWorker struct {
	*chunked
	decoder decoder
}

func (c *chunked) worker() *chunkWorker {
	return &chunkWorker{c, decoder{filters: c.filters, size: c.bytes}}
}

func (w *chunkWorker) read(g grid, r chunkRef, sel box, to *sink) error {
	piece := w.piece(g, r.position)
	err := w.readPiece(piece, r, sel, to)
	if err != nil {
		return fmt.Errorf("chunk of elements %v, at offset %d: %w", piece.start, w.file.base+int64(r.address), err)
	}
	return nil
}

func (w *chunkWorker) readPiece(piece box, r chunkRef, sel box, to *sink) error {
	at, err := w.file.offset(r.address, "chunk")
	if err != nil {
		return err
	}
	if w.plain(piece, r) {
		if r.stored != uint64(w.bytes) {
			return fmt.Errorf("it has %d bytes and should have %d", r.stored, w.bytes)
		}
		return fromFile(w.file.src, at, piece, sel, to)
	}
	if r.stored > uint64(w.file.src.size-at) {
		return fmt.Errorf("its %d bytes end beyond the file's %d", r.stored, w.file.src.size)
	}
	if err := readable(w.filters, r.mask); err != nil {
		return err
	}
	stored := grow(w.decoder.buffers[0], int(r.stored))
	w.decoder.buffers[0] = stored
	if err := w.file.src.bulk(stored, at, "chunk"); err != nil {
		return err
	}
	into := w.into(piece, sel, to)
	raw, err := w.decoder.decode(r.mask, into)
	if err != nil || into != nil {
		return err
	}
	return fromBytes(raw, piece, sel, to)
}

// into returns where in the result a chunk's bytes stand as they are, nil where
// they do not.
func (w *chunkWorker) into(piece, sel box, to *sink) []byte {
	if to.direct == nil {
		return nil
	}
	s, ok := common(piece, sel)
	if !ok || s.n != piece.elements() {
		return nil
	}
	from := s.second * to.size
	return to.direct[from : from+w.bytes : from+w.bytes]
}

// plain tells whether a chunk is stored without any filter.
func (w *chunkWorker) plain(piece box, r chunkRef) bool {
	all := uint32(1)<<len(w.filters) - 1
	if r.mask&all == all {
		return true
	}
	if w.layout.version < 4 || w.layout.flags&chunkEdgeUnfiltered == 0 {
		return false
	}
	for i := range piece.start {
		if piece.start[i]+piece.count[i] > w.dims[i] {
			return true
		}
	}
	return false
}

var errIndex = errors.New("the index of the chunks is damaged")

// find calls visit for the chunks of a grid that the index has.
func (c *chunked) find(g grid, visit func(chunkRef) error) error {
	l := c.layout
	if l.address == undefined {
		return nil
	}
	if l.version < 4 {
		return c.findTree1(g, visit)
	}
	switch l.index {
	case indexSingle:
		r := chunkRef{address: l.address, stored: uint64(c.bytes)}
		if l.flags&chunkSingleFiltered != 0 {
			r.stored, r.mask = l.single.size, l.single.mask
		}
		if g.elements() != 1 || g.start[0] != 0 {
			return fmt.Errorf("%w: a single chunk where there are several", errIndex)
		}
		return visit(r)
	case indexImplicit:
		return c.findImplicit(g, visit)
	case indexFixed:
		return c.findFixed(g, visit)
	case indexExtensible:
		return c.findExtensible(g, visit)
	}
	return c.findTree2(g, visit)
}
