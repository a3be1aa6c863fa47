// Package npz reads and writes the files of trained networks: NumPy archives
// with one array per matrix. The format is npyio's; what is ours are shapes and
// checksums verified on reading, and errors that name the array.
package npz

import (
	"bytes"
	"fmt"
	"io"
	"math"

	"github.com/sbinet/npyio/npy"
	"github.com/sbinet/npyio/npz"
	"gonum.org/v1/gonum/mat"
)

// Writer writes arrays under their names. The first error is kept and
// returned by Close.
type Writer struct {
	w   *npz.Writer
	err error
}

// NewWriter returns a writer to w.
func NewWriter(w io.Writer) *Writer { return &Writer{w: npz.NewWriter(w)} }

// Matrix writes a matrix as a two-dimensional float64 array.
func (w *Writer) Matrix(name string, m mat.Matrix) { w.write(name, mat.DenseCopyOf(m)) }

// Vector writes a one-dimensional float64 array.
func (w *Writer) Vector(name string, x []float64) { w.write(name, x) }

// Bytes writes a one-dimensional uint8 array.
func (w *Writer) Bytes(name string, b []byte) { w.write(name, b) }

func (w *Writer) write(name string, value any) {
	if w.err == nil {
		w.err = w.w.Write(name+".npy", value)
	}
}

// Close finishes the archive.
func (w *Writer) Close() error {
	if w.err != nil {
		return w.err
	}
	return w.w.Close()
}

// Reader reads arrays by their names. The first error is kept: after it
// everything read is empty or zero, of the size asked for.
type Reader struct {
	r   *npz.Reader
	err error
}

// NewReader opens an archive held in memory.
func NewReader(data []byte) (*Reader, error) {
	r, err := npz.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("not an .npz archive, or cut short: %w", err)
	}
	return &Reader{r: r}, nil
}

// Err returns the first error.
func (r *Reader) Err() error { return r.err }

// Matrix reads a rows × cols matrix of finite numbers.
func (r *Reader) Matrix(name string, rows, cols int) *mat.Dense {
	m := mat.NewDense(rows, cols, r.numbers(name, []int{rows, cols}))
	return m
}

// Symmetric reads an n × n matrix and keeps its upper triangle.
func (r *Reader) Symmetric(name string, n int) *mat.SymDense {
	return mat.NewSymDense(n, r.numbers(name, []int{n, n}))
}

// Vector reads n finite numbers, or as many as there are if n < 0.
func (r *Reader) Vector(name string, n int) []float64 {
	return r.numbers(name, []int{n})
}

// Bytes reads a uint8 array.
func (r *Reader) Bytes(name string) []byte {
	var b []byte
	r.read(name, &b)
	return b
}

func (r *Reader) numbers(name string, shape []int) []float64 {
	size := 1
	for _, n := range shape {
		size *= max(n, 0)
	}
	var x []float64
	if r.shaped(name, shape) {
		r.read(name, &x)
	}
	for i, v := range x {
		if r.err == nil && (math.IsNaN(v) || math.IsInf(v, 0)) {
			r.err = fmt.Errorf("array %q holds %g at entry %d: every value must be finite", name, v, i)
		}
	}
	if r.err != nil {
		return make([]float64, size)
	}
	return x
}

func (r *Reader) shaped(name string, want []int) bool {
	if r.err != nil {
		return false
	}
	h := r.r.Header(name + ".npy")
	if h == nil {
		r.err = fmt.Errorf("array %q is missing; there are %v", name, r.r.Keys())
		return false
	}
	got := h.Descr.Shape
	ok := len(got) == len(want)
	for i := 0; ok && i < len(want); i++ {
		ok = want[i] < 0 || got[i] == want[i]
	}
	if !ok {
		r.err = fmt.Errorf("array %q has shape %v, want %v", name, got, want)
	}
	return ok
}

func (r *Reader) read(name string, to any) {
	if r.err != nil {
		return
	}
	if err := r.readWhole(name+".npy", to); err != nil {
		r.err = fmt.Errorf("array %q cannot be read, the file is damaged or cut short: %w", name, err)
	}
}

// readWhole reads an entry to its end before it is decoded: only there is its
// checksum compared.
func (r *Reader) readWhole(entry string, to any) error {
	rc, err := r.r.Open(entry)
	if err != nil {
		return err
	}
	defer rc.Close()
	data, err := io.ReadAll(rc)
	if err != nil {
		return err
	}
	return npy.Read(bytes.NewReader(data), to)
}
