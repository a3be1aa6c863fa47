package npz

import (
	"archive/zip"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"strings"

	"gonum.org/v1/gonum/mat"
)

// Writer writes arrays under their names, as they are: noise does not shrink,
// and what a file takes on disk is what it takes in memory. The first error is
// kept and returned by Close.
type Writer struct {
	w     *zip.Writer
	to    *sealer
	names []string // of the arrays so far
	err   error
}

// NewWriter returns a writer to w.
func NewWriter(w io.Writer) *Writer {
	to := newSealer(w)
	return &Writer{w: zip.NewWriter(to), to: to}
}

// Names lists the arrays written so far.
func (w *Writer) Names() []string { return w.names }

// Matrix writes a matrix as a two-dimensional float64 array; a *mat.Dense that
// is nil leaves no array.
func (w *Writer) Matrix(name string, m mat.Matrix) {
	if d, ok := m.(*mat.Dense); ok && d == nil {
		return
	}
	d := mat.DenseCopyOf(m)
	rows, cols := d.Dims()
	w.Stream(name, "<f8", []int{rows, cols}, Floats(d.RawMatrix().Data))
}

// Vector writes a one-dimensional float64 array; nil leaves no array.
func (w *Writer) Vector(name string, x []float64) {
	if x == nil {
		return
	}
	w.Stream(name, "<f8", []int{len(x)}, Floats(x))
}

// Bytes writes a one-dimensional uint8 array. All of it is in the file after Flush;
// of what Stream writes the checksum comes with the next array.
func (w *Writer) Bytes(name string, b []byte) {
	if w.err != nil {
		return
	}
	w.names = append(w.names, name)
	content := append(preamble("|u1", []int{len(b)}), b...)
	size := uint64(len(content))
	e, err := w.w.CreateRaw(&zip.FileHeader{
		Name: name + arrayEnding, Method: zip.Store, CRC32: crc32.ChecksumIEEE(content), CompressedSize64: size, UncompressedSize64: size,
	})
	if err == nil {
		_, err = e.Write(content)
	}
	w.err = err
}

// Stream writes an array whose elements come from a reader, row by row, as
// NumPy's type says.
func (w *Writer) Stream(name, descr string, shape []int, from io.Reader) {
	if w.err == nil {
		w.err = w.stream(name, descr, shape, from)
	}
}

func (w *Writer) stream(name, descr string, shape []int, from io.Reader) error {
	w.names = append(w.names, name)
	e, err := w.w.CreateHeader(&zip.FileHeader{Name: name + arrayEnding, Method: zip.Store})
	if err != nil {
		return err
	}
	if _, err := e.Write(preamble(descr, shape)); err != nil {
		return err
	}
	_, err = io.Copy(e, from)
	return err
}

// preamble is what stands in front of an array's elements.
func preamble(descr string, shape []int) []byte {
	dims := ""
	for _, n := range shape {
		dims += fmt.Sprintf("%d, ", n)
	}
	if len(shape) > 1 {
		dims = strings.TrimSuffix(dims, ", ")
	}
	header := fmt.Sprintf("{'descr': '%s', 'fortran_order': False, 'shape': (%s), }", descr, strings.TrimSuffix(dims, " "))
	// The elements begin at a multiple of 64 bytes, after magic, version and
	// length (NumPy's format, version 1.0).
	const before = 10
	header += strings.Repeat(" ", 63-(before+len(header))%64) + "\n"
	start := append([]byte(Magic), 1, 0)
	start = binary.LittleEndian.AppendUint16(start, uint16(len(header)))
	return append(start, header...)
}

// Flush hands on what was written so far: [Salvage] reads it if nothing more
// comes.
func (w *Writer) Flush() error {
	if w.err == nil {
		w.err = w.w.Flush()
	}
	if w.err == nil {
		w.err = w.to.flush()
	}
	return w.err
}

// Close finishes the archive and seals it.
func (w *Writer) Close() error {
	if w.err == nil {
		w.err = w.w.SetComment(w.to.room())
	}
	if w.err == nil {
		w.err = w.w.Close()
	}
	if w.err != nil {
		return w.err
	}
	return w.to.seal()
}

// Floats reads as the bytes of numbers, of which it takes whole ones at a time.
func Floats(x []float64) io.Reader { return &numbers{x} }

type numbers struct{ data []float64 }

func (n *numbers) Read(p []byte) (int, error) {
	k := min(len(p)/8, len(n.data))
	if k == 0 {
		if len(n.data) == 0 {
			return 0, io.EOF
		}
		return 0, io.ErrShortBuffer
	}
	for i, x := range n.data[:k] {
		binary.LittleEndian.PutUint64(p[8*i:], math.Float64bits(x))
	}
	n.data = n.data[k:]
	return 8 * k, nil
}
