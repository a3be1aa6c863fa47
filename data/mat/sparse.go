package mat

import (
	"fmt"
	"slices"
)

// sparse is a matrix in compressed-column form: the entries of column c are
// those from start[c] to start[c+1], and entry k lies in row row[k].
type sparse struct {
	row, start part
	entries    int
	complex    bool
}

// sparse reads row indices, column starts and values. nzmax is the room the
// writer had for entries; the last column start says how many there are.
func (c *cursor) sparse(a *Array, h header) (err error) {
	if len(a.dims) != 2 || h.logical && h.complex {
		return fmt.Errorf("damaged: a sparse array of %d dimensions, logical %v, complex %v", len(a.dims), h.logical, h.complex)
	}
	s := &sparse{complex: h.complex}
	a.sparse = s
	if s.row, err = c.numbers("the row indices"); err != nil {
		return err
	}
	if s.start, err = c.numbers("the column starts"); err != nil {
		return err
	}
	if err := s.check(a.dims[0], a.dims[1]); err != nil {
		return err
	}
	if c.done() && s.entries == 0 {
		return nil // a writer may leave out the values of nothing
	}
	if a.re, err = c.sparseValues(a.class == Logical, s.row.len()); err != nil {
		return err
	}
	if h.complex {
		if a.im, err = c.imaginary(); err != nil {
			return err
		}
	}
	if a.re.len() < s.entries || h.complex && a.im.len() < s.entries {
		return fmt.Errorf("damaged: %d values and %d imaginary parts for %d sparse entries", a.re.len(), a.im.len(), s.entries)
	}
	return nil
}

// sparseValues takes the values. MATLAB has been seen to store those of a
// logical array as bytes and call them doubles.
func (c *cursor) sparseValues(logical bool, room int) (part, error) {
	e, err := c.next()
	if err != nil {
		return part{}, fmt.Errorf("the values: %w", err)
	}
	if logical && e.kind == miDouble && len(e.data) == room {
		e.kind = miUint8
	}
	return c.asPart(e)
}

// check makes sure that every entry lies inside the matrix and every column's
// entries inside the values.
func (s *sparse) check(rows, columns int) error {
	if !s.row.integers() || !s.start.integers() {
		return fmt.Errorf("damaged: the places of a sparse array are stored as type %d and %d, not as integers", s.row.kind, s.start.kind)
	}
	if s.start.len() != columns+1 {
		return fmt.Errorf("damaged: %d column starts for %d columns, want one more than columns", s.start.len(), columns)
	}
	before := int64(0)
	for c := range columns + 1 {
		at := s.start.int64(c)
		if at < before || at > int64(s.row.len()) || c == 0 && at != 0 {
			return fmt.Errorf("damaged: column %d of a sparse array starts at entry %d of %d", c, at, s.row.len())
		}
		before = at
	}
	s.entries = int(before)
	for k := range s.entries {
		if r := s.row.int64(k); r < 0 || r >= int64(rows) {
			return fmt.Errorf("damaged: entry %d of a sparse array lies in row %d of %d", k, r, rows)
		}
	}
	return s.checkUnique(columns)
}

// checkUnique makes sure that no place has two entries. Writers sort them; not
// all do.
func (s *sparse) checkUnique(columns int) error {
	for c := range columns {
		from, to := int(s.start.int64(c)), int(s.start.int64(c+1))
		sorted := true
		for k := from + 1; k < to; k++ {
			sorted = sorted && s.row.int64(k-1) < s.row.int64(k)
		}
		if sorted {
			continue
		}
		rows := make([]int64, to-from)
		for i := range rows {
			rows[i] = s.row.int64(from + i)
		}
		slices.Sort(rows)
		for i := 1; i < len(rows); i++ {
			if rows[i-1] == rows[i] {
				return fmt.Errorf("damaged: a sparse array has two entries at row %d, column %d", rows[i], c)
			}
		}
	}
	return nil
}

// Triplets is a sparse matrix as a list of its entries, column by column:
// entry k is Real[k] + i Imag[k] at (Row[k], Column[k]), counted from 0.
type Triplets struct {
	Rows, Columns int // of the matrix
	Row, Column   []int
	Real          []float64
	Imag          []float64 // nil unless complex
}

// Triplets returns the entries of a sparse array, which can be too large to
// be made dense.
func (a *Array) Triplets() (Triplets, error) {
	if a.sparse == nil {
		return Triplets{}, a.wrongClass("a sparse array")
	}
	s := a.sparse
	t := Triplets{
		Rows: a.dims[0], Columns: a.dims[1],
		Row: make([]int, s.entries), Column: make([]int, s.entries), Real: make([]float64, s.entries),
	}
	if s.complex {
		t.Imag = make([]float64, s.entries)
	}
	a.scatter(func(at, k int) {
		t.Row[k], t.Column[k] = at%t.Rows, at/t.Rows
		t.Real[k] = a.real(k)
		if s.complex {
			t.Imag[k] = a.im.float64(k)
		}
	})
	return t, nil
}

// find returns the place of an element among the entries, -1 when it is zero
// for not being there. Cost: the entries of its column.
func (s *sparse) find(row, column int) int {
	for k := int(s.start.int64(column)); k < int(s.start.int64(column+1)); k++ {
		if s.row.int64(k) == int64(row) {
			return k
		}
	}
	return -1
}

// scatter calls put with the place of each entry in the full matrix, the
// first dimension fastest.
func (a *Array) scatter(put func(at, entry int)) {
	s, rows := a.sparse, a.dims[0]
	for c := range a.dims[1] {
		for k := int(s.start.int64(c)); k < int(s.start.int64(c+1)); k++ {
			put(c*rows+int(s.row.int64(k)), k)
		}
	}
}
