package mat

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"

	"github.com/spikewalk/spikewalk/data/internal/order"
)

// A variable of version 4 begins with five words of 32 bits: the type MOPT in
// decimal (M the machine, O zero, P the storage, T the kind), rows, columns,
// whether there is an imaginary part, and the length of the name, which follows.
// Then come the real parts, column by column, and the imaginary parts
// (MathWorks, MAT-File Format, chapter 2).
const head4Size = 20

// storage4 are the storages by their number P.
var storage4 = []matType{miDouble, miSingle, miInt32, miInt16, miUint16, miUint8}

// machines4 are the machines by their number M whose numbers are not IEEE's.
var machines4 = map[uint32]string{2: "a VAX (D-float)", 3: "a VAX (G-float)", 4: "a Cray"}

// The kinds by their number T.
const (
	numbers4 = iota
	text4
	sparse4
)

// head4 is what stands before a variable's values.
type head4 struct {
	order         binary.ByteOrder
	storage       matType
	kind          uint32
	rows, columns int
	complex       bool
	name          string
	bytes         int64 // of the values
}

// decoder4 reads a file of version 4 from front to back.
type decoder4 struct {
	r        io.ReaderAt
	size, at int64
	memory   *memory
	only     []string
	file     *File
}

// decode4 reads the file of version 4 in the size bytes of r, of its variables
// those asked for.
func decode4(r io.ReaderAt, size int64, names []string) (*File, error) {
	d := decoder4{
		r: r, size: size, memory: &memory{file: size}, only: names,
		file: &File{only: names, variables: map[string]variable{}},
	}
	for d.at < d.size {
		if err := d.next(); err != nil {
			return d.file, fmt.Errorf("variable at byte %d of the file: %w", d.at, err)
		}
	}
	return d.file, nil
}

// next reads a variable, or passes over it when it is not wanted.
func (d *decoder4) next() error {
	h, at, err := d.head()
	if err != nil {
		return err
	}
	if left := d.size - at; h.bytes > left {
		return fmt.Errorf("%s: the file is cut short: %dx%d values take %d bytes, %d are there", h.name, h.rows, h.columns, h.bytes, left)
	}
	if d.at == 0 {
		d.file.BigEndian = h.order == binary.BigEndian
	}
	v := namedVariable{name: h.name}
	v.info = h.info()
	if v.skipped = len(d.only) > 0 && !slices.Contains(d.only, h.name); !v.skipped {
		if v.array, err = d.array(h, at); err != nil {
			return fmt.Errorf("%s: %w", h.name, err)
		}
	}
	d.at = at + h.bytes
	d.file.add(v)
	return d.memory.take(entryBytes)
}

// head reads what stands before the values, and returns where they begin.
func (d *decoder4) head() (h head4, at int64, err error) {
	raw := make([]byte, head4Size)
	if d.size-d.at < head4Size {
		return h, 0, fmt.Errorf("the file is cut short: %d bytes are left, a variable begins with %d", d.size-d.at, head4Size)
	}
	if _, err := d.r.ReadAt(raw, d.at); err != nil && err != io.EOF {
		return h, 0, err
	}
	h.order = binary.LittleEndian
	mopt := h.order.Uint32(raw)
	if mopt > 4052 {
		h.order = binary.BigEndian
		mopt = h.order.Uint32(raw)
	}
	machine, storage := mopt/1000, mopt/10%10
	h.kind = mopt % 10
	switch {
	case mopt > 4052 || mopt/100%10 != 0 || storage >= uint32(len(storage4)) || h.kind > sparse4,
		machine < 2 && (machine == 1) != (h.order == binary.BigEndian):
		return h, 0, fmt.Errorf("damaged: it begins with % x, which is no type of a variable", raw[:4])
	case machines4[machine] != "":
		return h, 0, fmt.Errorf("its numbers are those of %s, which are not read: in MATLAB, load the file and save it again with save -v7", machines4[machine])
	}
	h.storage = storage4[storage]
	if err := h.shape(raw); err != nil {
		return h, 0, err
	}
	room := int64(h.order.Uint32(raw[16:]))
	if room < 1 || room > maxNameSize || room > d.size-d.at-head4Size {
		return h, 0, fmt.Errorf("damaged: a name of %d bytes", room)
	}
	name := make([]byte, room)
	if _, err := d.r.ReadAt(name, d.at+head4Size); err != nil && err != io.EOF {
		return h, 0, err
	}
	h.name = cString(name)
	return h, d.at + head4Size + room, nil
}

// shape takes rows, columns and parts, and counts the bytes of the values.
func (h *head4) shape(raw []byte) error {
	rows, columns, parts := h.order.Uint32(raw[4:]), h.order.Uint32(raw[8:]), int64(1)
	switch imaginary := h.order.Uint32(raw[12:]); imaginary {
	case 0:
	case 1:
		h.complex, parts = true, 2
	default:
		return fmt.Errorf("damaged: its imaginary part is said to be %d, not 0 or 1", imaginary)
	}
	n, ok := order.Elements([]int{int(rows), int(columns)})
	if rows > math.MaxInt32 || columns > math.MaxInt32 || !ok || int64(n) > math.MaxInt64/16 {
		return fmt.Errorf("damaged: %d rows and %d columns are more than any file holds", rows, columns)
	}
	h.rows, h.columns = int(rows), int(columns)
	h.bytes = int64(n) * int64(h.storage.size()) * parts
	return nil
}

// array reads the values, which begin at byte at of the file.
func (d *decoder4) array(h head4, at int64) (*Array, error) {
	if err := d.memory.take(arrayBytes + h.bytes); err != nil {
		return nil, err
	}
	raw := make([]byte, h.bytes)
	if _, err := d.r.ReadAt(raw, at); err != nil && err != io.EOF {
		return nil, err
	}
	a := &Array{name: h.name, class: Double, dims: []int{h.rows, h.columns}}
	a.re = part{kind: h.storage, order: h.order, raw: raw}
	if h.complex {
		half := len(raw) / 2
		a.im = &part{kind: h.storage, order: h.order, raw: raw[half:]}
		a.re.raw = raw[:half:half]
	}
	switch h.kind {
	case text4:
		return a, d.text(a)
	case sparse4:
		return a, d.sparse(a)
	}
	return a, nil
}

// text makes a char array of numbers: bytes, or, where one is beyond them, UTF-16.
func (d *decoder4) text(a *Array) error {
	if a.im != nil {
		return errors.New("damaged: a text with an imaginary part")
	}
	if err := d.memory.take(2 * int64(a.Len())); err != nil {
		return err
	}
	a.class = Char
	codes, wide := make([]byte, 0, 2*a.Len()), false
	for i := range a.Len() {
		code := a.re.float64(i)
		if code != math.Trunc(code) || code < 0 || code > math.MaxUint16 {
			return fmt.Errorf("damaged: character %d is number %g", i, code)
		}
		wide = wide || code > math.MaxUint8
		codes = binary.LittleEndian.AppendUint16(codes, uint16(code))
	}
	a.re = part{kind: miUTF16, order: binary.LittleEndian, raw: codes}
	if !wide {
		a.re = part{kind: miUint8, order: binary.LittleEndian, raw: a.re.lowBytes()}
	}
	return nil
}

// sparse takes a sparse matrix out of the full one that holds it: a row for each
// entry with its row and column, counted from 1, its value and, if there is a
// fourth column, its imaginary part; and a last row with the size of the matrix.
func (d *decoder4) sparse(a *Array) error {
	rows, columns, list := a.dims[0], a.dims[1], a.re
	if rows < 1 || columns != 3 && columns != 4 || a.im != nil {
		return fmt.Errorf("damaged: a sparse matrix is stored as %dx%d values, want a row for each entry and one more, of 3 columns, or 4 of a complex one", rows, columns)
	}
	n := rows - 1
	for c := range 2 {
		size := list.float64(c*rows + n)
		if size != math.Trunc(size) || size < 0 || size > math.MaxInt32 {
			return fmt.Errorf("damaged: dimension %d of a sparse matrix is %g", c, size)
		}
		a.dims[c] = int(size)
	}
	if _, ok := order.Elements(a.dims); !ok {
		return fmt.Errorf("damaged: dimensions %s are more than any file holds", dimsString(a.dims))
	}
	// Starts twice, and the entries' rows, values and imaginary parts.
	if err := d.memory.take(16*int64(a.dims[1]+1) + int64(4+8+8)*int64(n)); err != nil {
		return err
	}
	starts := make([]int, a.dims[1]+1)
	for k := range n {
		row, column := list.float64(k), list.float64(rows+k)
		if row != math.Trunc(row) || column != math.Trunc(column) || row < 1 || column < 1 || row > float64(a.dims[0]) || column > float64(a.dims[1]) {
			return fmt.Errorf("damaged: entry %d of a sparse matrix of %s lies in row %g, column %g", k, dimsString(a.dims), row, column)
		}
		starts[int(column)]++
	}
	for c := range a.dims[1] {
		starts[c+1] += starts[c]
	}
	return a.gather(list, rows, starts, columns == 4)
}

// gather puts the entries of a list of the given rows in the order of their
// columns, of which starts says where each begins.
func (a *Array) gather(list part, rows int, starts []int, isComplex bool) error {
	n := rows - 1
	put := func(size int) part { return part{kind: miDouble, order: binary.LittleEndian, raw: make([]byte, size)} }
	s := &sparse{complex: isComplex, row: part{kind: miInt32, order: binary.LittleEndian, raw: make([]byte, 4*n)}}
	s.start = part{kind: miInt64, order: binary.LittleEndian, raw: make([]byte, 0, 8*len(starts))}
	for _, at := range starts {
		s.start.raw = binary.LittleEndian.AppendUint64(s.start.raw, uint64(at))
	}
	a.sparse, a.re = s, put(8*n)
	if isComplex {
		im := put(8 * n)
		a.im = &im
	}
	for k := range n {
		c := int(list.float64(rows+k)) - 1
		at := starts[c]
		starts[c]++
		binary.LittleEndian.PutUint32(s.row.raw[4*at:], uint32(list.float64(k))-1)
		binary.LittleEndian.PutUint64(a.re.raw[8*at:], math.Float64bits(list.float64(2*rows+k)))
		if isComplex {
			binary.LittleEndian.PutUint64(a.im.raw[8*at:], math.Float64bits(list.float64(3*rows+k)))
		}
	}
	return s.check(a.dims[0], a.dims[1])
}
