package npz

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// What is written is what NumPy writes, byte for byte.
func TestWrittenAsByNumPy(t *testing.T) {
	data, err := os.ReadFile("testdata/savez.npz")
	if err != nil {
		t.Fatal(err)
	}
	r, err := NewReader(data)
	if err != nil {
		t.Fatal(err)
	}
	want, err := r.entries[0].content()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	w := NewWriter(&b)
	w.Vector("x", []float64{0, 1, 2})
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if r, err = NewReader([]byte(b.String())); err != nil {
		t.Fatal(err)
	}
	if got, err := r.entries[0].content(); err != nil || !slices.Equal(got, want) {
		t.Errorf("%q, %v; NumPy's is %q", got, err, want)
	}
}

// A matrix that was saved by columns, as numpy.savez(x=w.T) does, is the same
// matrix.
func TestMatrixByColumns(t *testing.T) {
	h, body, err := Decode(append([]byte("\x93NUMPY\x01\x00\x3c\x00"),
		append([]byte("{'descr': '<i8', 'fortran_order': True, 'shape': (2, 3)}    "),
			1, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0,
			5, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0)...))
	if err != nil {
		t.Fatal(err)
	}
	if got := floats(h, body); !slices.Equal(got, []float64{1, 2, 3, 4, 5, 6}) {
		t.Errorf("%v", got)
	}
}
