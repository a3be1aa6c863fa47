package npz

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
)

func written(t *testing.T) []byte {
	t.Helper()
	var buf bytes.Buffer
	w := NewWriter(&buf)
	w.Matrix("m", mat.NewDense(2, 3, []float64{1, 2, 3, 4, 5, 6}).T())
	w.Matrix("sym", mat.NewSymDense(2, []float64{1, 2, 2, 3}))
	w.Vector("v", []float64{7, 8})
	w.Vector("nan", []float64{0, math.NaN()})
	w.Bytes("b", []byte("text"))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func TestRoundTrip(t *testing.T) {
	r, err := NewReader(written(t))
	if err != nil {
		t.Fatal(err)
	}
	if got := r.Matrix("m", 3, 2); !mat.Equal(got, mat.NewDense(3, 2, []float64{1, 4, 2, 5, 3, 6})) {
		t.Errorf("matrix %v", mat.Formatted(got))
	}
	if got := r.Symmetric("sym", 2); got.At(1, 0) != 2 || got.At(1, 1) != 3 {
		t.Errorf("symmetric %v", mat.Formatted(got))
	}
	if got := r.Vector("v", -1); len(got) != 2 || got[1] != 8 {
		t.Errorf("vector %v", got)
	}
	if got := r.Bytes("b"); string(got) != "text" {
		t.Errorf("bytes %q", got)
	}
	if r.Err() != nil {
		t.Error(r.Err())
	}
}

func TestBadArraysAreNamed(t *testing.T) {
	cases := map[string]func(*Reader){
		`"nope": missing; there are m, sym`: func(r *Reader) { r.Vector("nope", 2) },
		`"v" has shape [2], want`:           func(r *Reader) { r.Vector("v", 3) },
		`"m" has shape [3 2]`:               func(r *Reader) { r.Matrix("m", 2, 3) },
		`"v" has shape [2], want [1 2]`:     func(r *Reader) { r.Matrix("v", 1, 2) },
		`"nan" holds NaN at entry 1`:        func(r *Reader) { r.Vector("nan", 2) },
		`"b" is of type |u1, want f8`:       func(r *Reader) { r.Vector("b", 4) },
	}
	for want, read := range cases {
		r, err := NewReader(written(t))
		if err != nil {
			t.Fatal(err)
		}
		read(r)
		first := r.Err()
		if first == nil || !strings.Contains(first.Error(), want) {
			t.Errorf("error %v, want %q", first, want)
		}
		if v := r.Vector("v", 2); len(v) != 0 || r.Err() != first {
			t.Errorf("after an error: %v, %v", v, r.Err())
		}
	}
	if _, err := NewReader([]byte("PK nonsense")); err == nil {
		t.Error("nonsense was opened")
	}
}
