package hdf5

import (
	"fmt"
	"slices"
)

// A storage is where the elements of a dataset are. read gives those of a
// selection to a sink, in any order, each once.
type storage interface {
	read(sel box, to *sink) error
}

// A sink takes elements as they are stored. It may be called by several
// goroutines, for different elements.
type sink struct {
	size int // bytes of an element as stored
	// put takes whole elements, the first of which is number at of the selection.
	put func(at int, raw []byte) error
	// direct is the memory of the result, if that is what is stored; else nil.
	direct []byte
	result int64 // bytes of the result, for the limit of memory
}

// take puts elements, or copies them.
func (s *sink) take(at int, raw []byte) error {
	if s.direct != nil {
		copy(s.direct[at*s.size:], raw)
		return nil
	}
	return s.put(at, raw)
}

// missing is a storage that cannot be read.
type missing struct{ why error }

func (m missing) read(box, *sink) error { return m.why }

// inMemory is a storage whose bytes came with the header.
type inMemory struct {
	dims []int
	data []byte
}

func memory(data []byte) storage { return inMemory{nil, data} }

func (m inMemory) read(sel box, to *sink) error {
	if m.dims == nil { // read as a whole only
		return to.take(0, m.data[:sel.elements()*to.size])
	}
	return fromBytes(m.data, whole(m.dims), sel, to)
}

// fromBytes gives a sink what of a selection is in a piece whose bytes are there.
func fromBytes(data []byte, piece, sel box, to *sink) error {
	s, ok := common(piece, sel)
	if !ok {
		return nil
	}
	n := s.n * to.size
	return s.each(func(p, q int) error { return to.take(q, data[p*to.size:p*to.size+n]) })
}

// blank is a storage where nothing was written: the fill value all over.
type blank struct {
	dims []int
	fill []byte // nil: zeros
}

func (b blank) read(sel box, to *sink) error {
	return b.part(whole(b.dims), sel, to)
}

// part fills the part of a selection that is in a piece.
func (b blank) part(piece, sel box, to *sink) error {
	s, ok := common(piece, sel)
	if !ok || to.direct != nil && b.fill == nil {
		return nil
	}
	block := min(s.n, max(64<<10/to.size, 1))
	raw := make([]byte, block*to.size)
	if b.fill != nil {
		raw = slices.Repeat(b.fill, block)
	}
	return s.each(func(_, q int) error {
		for done := 0; done < s.n; done += block {
			n := min(block, s.n-done)
			if err := to.take(q+done, raw[:n*to.size]); err != nil {
				return err
			}
		}
		return nil
	})
}

// contiguous is a storage of all elements in a row.
type contiguous struct {
	src  *source
	at   int64
	dims []int
}

func (c *contiguous) read(sel box, to *sink) error {
	return fromFile(c.src, c.at, whole(c.dims), sel, to)
}

// Runs that are this many bytes apart at most are read with what is between
// them; what is converted is read in blocks of window bytes.
const (
	apart  = 4 << 10
	window = 256 << 10
)

// fromFile gives a sink what of a selection is in a piece that lies in the file
// at an offset.
func fromFile(src *source, at int64, piece, sel box, to *sink) error {
	s, ok := common(piece, sel)
	if !ok {
		return nil
	}
	size := int64(to.size)
	first, length := at+int64(s.first)*size, int64(s.span())*size
	if at > src.size || length/size != int64(s.span()) || int64(s.first) > (src.size-at)/size || length > src.size-first {
		return fmt.Errorf("values at offset %d, elements %d to %d of %d bytes, end beyond the file's %d bytes: is it truncated?",
			at, s.first, s.first+s.span(), size, src.size)
	}
	run := int64(s.n) * size
	if s.axes > 0 && int64(s.inOne[s.axes-1])*size-run <= apart && run < window/2 {
		w := windowed{src: src, end: first + length}
		return s.each(func(p, q int) error {
			raw, err := w.get(at+int64(p)*size, int(run))
			if err != nil {
				return err
			}
			return to.take(q, raw)
		})
	}
	if to.direct != nil {
		return s.each(func(p, q int) error {
			return src.bulk(to.direct[q*to.size:(q+s.n)*to.size], at+int64(p)*size, "values")
		})
	}
	block := min(s.n, max(window/to.size, 1))
	raw := make([]byte, block*to.size)
	return s.each(func(p, q int) error {
		for done := 0; done < s.n; done += block {
			n := min(block, s.n-done)
			if err := src.bulk(raw[:n*to.size], at+int64(p+done)*size, "values"); err != nil {
				return err
			}
			if err := to.put(q+done, raw[:n*to.size]); err != nil {
				return err
			}
		}
		return nil
	})
}

// A windowed reads short runs that lie close together, many at once.
type windowed struct {
	src  *source
	end  int64 // of what is asked for
	from int64
	buf  []byte
}

func (w *windowed) get(at int64, n int) ([]byte, error) {
	if at < w.from || at+int64(n) > w.from+int64(len(w.buf)) {
		size := min(max(window, int64(n)), w.end-at)
		if int64(cap(w.buf)) < size {
			w.buf = make([]byte, size)
		}
		w.buf, w.from = w.buf[:size], at
		if err := w.src.bulk(w.buf, at, "values"); err != nil {
			w.buf = w.buf[:0]
			return nil, err
		}
	}
	return w.buf[at-w.from:][:n], nil
}
