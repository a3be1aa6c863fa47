// Package npz is the one reader and writer of NumPy's archives: of trained
// networks, of recordings and of other people's files. A file is not trusted:
// names, lengths, checksums and declared sizes must agree before anything is
// parsed, and memory is taken for what is there, not for what is promised.
package npz

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/gonum/mat"
)

// Ending is the extension of archives' file names.
const Ending = ".npz"

const arrayEnding = ".npy"

// Any stands for any length of a dimension.
const Any = -1

// Reader reads arrays by their names. The first error is kept: after it
// everything read is empty.
type Reader struct {
	entries []entry // in the order of the file
	places  map[string]int
	seal    seal
	err     error
}

// NewReader opens an archive held in memory.
func NewReader(data []byte) (*Reader, error) {
	entries, seal, err := openArchive(data)
	if err != nil {
		return nil, err
	}
	r := &Reader{entries: entries, places: make(map[string]int), seal: seal}
	for i, e := range entries {
		r.places[e.name] = i
	}
	return r, nil
}

// Err returns the first error.
func (r *Reader) Err() error { return r.err }

// Names lists the archive's arrays in the order of the file, and others the
// entries that are none, folders apart, by their names.
func (r *Reader) Names() (arrays, others []string) {
	for _, e := range r.entries {
		name, ok := strings.CutSuffix(e.name, arrayEnding)
		switch {
		case ok:
			arrays = append(arrays, name)
		case !e.isFolder():
			others = append(others, e.name)
		}
	}
	return arrays, others
}

// Raw returns an array as it stands in the file: its header, and its elements,
// which may share the archive's memory. Its error is not kept.
func (r *Reader) Raw(name string) (Header, []byte, error) {
	i, ok := r.places[name+arrayEnding]
	if !ok {
		names, _ := r.Names()
		const most = 20
		more := ""
		if len(names) > most {
			more = fmt.Sprintf(" and %d more", len(names)-most)
			names = names[:most]
		}
		return Header{}, nil, fmt.Errorf("missing; there are %s%s", strings.Join(names, ", "), more)
	}
	content, err := r.entries[i].content()
	if err != nil {
		return Header{}, nil, err
	}
	return Decode(content)
}

// Has tells whether there is an array.
func (r *Reader) Has(name string) bool {
	_, ok := r.places[name+arrayEnding]
	return ok
}

// Matrix reads a rows × cols matrix of finite numbers.
func (r *Reader) Matrix(name string, rows, cols int) *mat.Dense {
	if r.err == nil && (rows < 1 || cols < 1) {
		r.err = fmt.Errorf("array %q would be %d × %d", name, rows, cols)
	}
	x := r.finite(name, []int{rows, cols})
	if r.err != nil {
		return new(mat.Dense)
	}
	return mat.NewDense(rows, cols, x)
}

// MatrixIf is Matrix of an array that may be missing, and then nil.
func (r *Reader) MatrixIf(name string, rows, cols int) *mat.Dense {
	if !r.Has(name) {
		return nil
	}
	return r.Matrix(name, rows, cols)
}

// Symmetric reads an n × n matrix and keeps its upper triangle.
func (r *Reader) Symmetric(name string, n int) *mat.SymDense {
	m := r.Matrix(name, n, n)
	if r.err != nil {
		return new(mat.SymDense)
	}
	return mat.NewSymDense(n, m.RawMatrix().Data)
}

// Vector reads n finite numbers, n may be [Any].
func (r *Reader) Vector(name string, n int) []float64 { return r.finite(name, []int{n}) }

// VectorIf is Vector of an array that may be missing, and then nil.
func (r *Reader) VectorIf(name string, n int) []float64 {
	if !r.Has(name) {
		return nil
	}
	return r.Vector(name, n)
}

// Agree keeps an error where an older header, which lists no arrays, says that there
// is one and there is none, or the other way round. A header that does not say has a
// nil says.
func (r *Reader) Agree(name string, says *bool) {
	if r.err == nil && says != nil && *says != r.Has(name) {
		r.err = fmt.Errorf("%s says of array %q that it is there: %t, and it is the other way round: the file was changed", Config, name, *says)
	}
}

// Bytes reads a uint8 array.
func (r *Reader) Bytes(name string) []byte {
	_, body := r.array(name, []int{Any}, "u1")
	return body
}

// Numbers reads an array of one or two dimensions, row by row, of type f8, i8
// or b1, whose lengths may be [Any]. It returns the number of columns, 0 for
// one dimension. Unlike with the other methods, numbers may be NaN or infinite.
func (r *Reader) Numbers(name, kind string, shape ...int) (x []float64, columns int) {
	h, body := r.array(name, shape, kind)
	if r.err != nil {
		return nil, 0
	}
	if len(shape) == 2 {
		columns = h.Shape[1]
	}
	return floats(h, body), columns
}

func (r *Reader) finite(name string, shape []int) []float64 {
	h, body := r.array(name, shape, "f8")
	if r.err != nil {
		return nil
	}
	x := floats(h, body)
	for i, v := range x {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			r.err = fmt.Errorf("array %q holds %g at entry %d: every value must be finite", name, v, i)
			return nil
		}
	}
	return x
}

// array reads an array of the type and shape wanted.
func (r *Reader) array(name string, shape []int, kind string) (h Header, body []byte) {
	if r.err != nil {
		return h, nil
	}
	h, body, err := r.Raw(name)
	switch {
	case err != nil:
		r.err = fmt.Errorf("array %q: %w", name, err)
	case fmt.Sprintf("%c%d", h.Type.Kind, h.Type.Size) != kind:
		r.err = fmt.Errorf("array %q is of type %s, want %s", name, h.Type.Name, kind)
	case !fits(h.Shape, shape):
		r.err = fmt.Errorf("array %q has shape %v, want %v", name, h.Shape, shape)
	}
	if r.err != nil {
		return Header{}, nil
	}
	return h, body
}

func fits(got, want []int) bool {
	return slices.EqualFunc(got, want, func(g, w int) bool { return w == Any || g == w })
}

// floats decodes the elements of an array, row by row.
func floats(h Header, body []byte) []float64 {
	x := make([]float64, len(body)/h.Type.Size)
	rows, cols := len(x), 1
	if h.Fortran && len(h.Shape) == 2 {
		rows, cols = h.Shape[0], h.Shape[1]
	}
	for j := range cols {
		for i := range rows {
			x[i*cols+j] = h.Type.float(body)
			body = body[h.Type.Size:]
		}
	}
	return x
}

// float decodes an element of type f8, i8 or b1.
func (t Type) float(raw []byte) float64 {
	switch t.Kind {
	case 'b':
		return float64(min(raw[0], 1))
	case 'i':
		return float64(int64(t.Order.Uint64(raw)))
	}
	return math.Float64frombits(t.Order.Uint64(raw))
}
