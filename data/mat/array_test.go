package mat

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/spikewalk/spikewalk/data/internal/order"
)

var littleEndian = matWriter{order: binary.LittleEndian}

// counting is an array whose elements count from 0 in the file's order.
func counting(number uint32, dims ...int) value {
	n, _ := order.Elements(dims)
	v := value{number: number, dims: dims, storage: miDouble, re: make([]float64, n)}
	for i := range v.re {
		v.re[i] = float64(i)
	}
	return v
}

// Indices of all dimensions and the single index mean the same element, and
// a slice holds the elements whose fixed index it is.
func TestAtAndSlice(t *testing.T) {
	for seed := range uint64(50) {
		rng := rand.New(rand.NewPCG(seed, 2))
		dims := make([]int, 2+rng.IntN(3))
		for d := range dims {
			dims[d] = 1 + rng.IntN(4)
		}
		a := decodeOne(t, littleEndian, counting(6, dims...))
		index := make([]int, len(dims))
		for i := range a.Len() {
			rest := i
			for d := range dims {
				index[d], rest = rest%dims[d], rest/dims[d]
			}
			single, err1 := a.At(i)
			full, err2 := a.At(index...)
			if err1 != nil || err2 != nil || single != float64(i) || full != float64(i) {
				t.Fatalf("%v at %v: %v, %v, %v, %v; want %d", dims, index, single, err1, full, err2, i)
			}
			for d := range dims {
				s, err := a.Slice(d, index[d])
				if err != nil {
					t.Fatal(err)
				}
				within := slices.Delete(slices.Clone(index), d, d+1)
				if len(within) == 1 {
					within = append(within, 0)
				}
				if got, err := s.At(within...); err != nil || got != float64(i) {
					t.Fatalf("%v: %v at %v: %v, %v; want %d", dims, s, within, got, err, i)
				}
			}
		}
	}
}

// A slice of a complex array keeps both parts.
func TestSliceComplex(t *testing.T) {
	v := counting(6, 2, 2)
	v.im = []float64{10, 11, 12, 13}
	s, err := decodeOne(t, littleEndian, v).Slice(0, 1)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := s.Complex128s(); err != nil || !slices.Equal(got, []complex128{1 + 11i, 3 + 13i}) || s.Name() != "x(1,:)" {
		t.Errorf("%s = %v, %v", s.Name(), got, err)
	}
}

// Dense has MATLAB's rows and columns.
func TestDense(t *testing.T) {
	m, err := decodeOne(t, littleEndian, counting(6, 2, 3)).Dense()
	if err != nil {
		t.Fatal(err)
	}
	for r := range 2 {
		for c := range 3 {
			if m.At(r, c) != float64(r+2*c) {
				t.Errorf("(%d, %d) = %v", r, c, m.At(r, c))
			}
		}
	}
}

// Asking for what is not there is an error that says what is.
func TestWrongRequests(t *testing.T) {
	number := counting(6, 2, 3)
	z := counting(6, 1, 2)
	z.im = []float64{1, 2}
	file, err := decodeFrom(bytes.NewReader(littleEndian.file(
		[]string{"m", "cube", "z", "none", "text", "cells", "s", "sp"},
		[]value{
			number, counting(6, 8, 81, 2), z, counting(6, 0, 5),
			{number: 4, dims: []int{2, 2}, storage: miUTF8, raw: []byte("abcd")},
			{number: 1, dims: []int{1, 2}, items: []value{number, number}},
			{number: 2, dims: []int{1, 2}, fields: []string{"a"}, items: []value{number, number}},
			{number: sparseNumber, dims: []int{2, 2}, storage: miDouble, re: []float64{1}, ir: []int{0}, jc: []int{0, 1, 1}},
		})))
	if err != nil {
		t.Fatal(err)
	}
	r := reader{t, file}
	for _, c := range []struct {
		ask  func(a *Array) error
		of   string
		want string
	}{
		{func(a *Array) error { _, err := a.Float64s(); return err }, "text", "text is 2x2 char, wanted numbers"},
		{func(a *Array) error { _, err := a.Dense(); return err }, "s", "s is 1x2 struct, wanted numbers"},
		{func(a *Array) error { _, err := a.Dense(); return err }, "cube", "cube is 8x81x2, wanted a matrix of two dimensions"},
		{func(a *Array) error { _, err := a.Dense(); return err }, "none", "none is empty (0x5)"},
		{func(a *Array) error { _, err := a.Dense(); return err }, "z", "use Complex128s"},
		{func(a *Array) error { _, err := a.Complex128s(); return err }, "cells", "cells is 1x2 cell, wanted numbers"},
		{func(a *Array) error { _, err := a.Int64s(); return err }, "m", "m is 2x3 double, wanted integers"},
		{func(a *Array) error { _, err := a.Triplets(); return err }, "m", "wanted a sparse array"},
		{func(a *Array) error { _, err := a.Text(); return err }, "m", "wanted a char array of one row"},
		{func(a *Array) error { _, err := a.Text(); return err }, "text", "wanted a char array of one row"},
		{func(a *Array) error { _, err := a.Texts(); return err }, "m", "wanted a char matrix or a cell array of texts"},
		{func(a *Array) error { _, err := a.Texts(); return err }, "cells", "cells{0} is 2x3 double"},
		{func(a *Array) error { _, err := a.Cell(0); return err }, "m", "wanted a cell array"},
		{func(a *Array) error { _, err := a.Cell(); return err }, "cells", "say which element"},
		{func(a *Array) error { _, err := a.Cell(2); return err }, "cells", "index 2 is outside its 2 elements"},
		{func(a *Array) error { _, err := a.Field("a"); return err }, "m", "wanted a struct with field a"},
		{func(a *Array) error { _, err := a.Field("b", 0); return err }, "s", `no field "b": it has a`},
		{func(a *Array) error { _, err := a.Field("a"); return err }, "s", "say which element"},
		{func(a *Array) error { _, err := a.At(2, 0); return err }, "m", "index 2 of dimension 0 is outside"},
		{func(a *Array) error { _, err := a.At(0, 0, 0); return err }, "m", "takes 1 or 2 indices, not 3"},
		{func(a *Array) error { _, err := a.At(-1); return err }, "m", "index -1 is outside"},
		{func(a *Array) error { _, err := a.At(0); return err }, "none", "its 0 elements"},
		{func(a *Array) error { _, err := a.Slice(3, 0); return err }, "cube", "no dimension 3"},
		{func(a *Array) error { _, err := a.Slice(0, 8); return err }, "cube", "index 8 of dimension 0 is outside"},
		{func(a *Array) error { _, err := a.Slice(0, 0); return err }, "sp", "sp is sparse"},
		{func(a *Array) error { _, err := a.Slice(0, 0); return err }, "text", "wanted numbers"},
	} {
		wantError(t, c.ask(r.get(c.of)), c.want)
	}
	_, err = file.Variable("emg")
	wantError(t, err, `no variable "emg"`, "m, cube, z, none, text, cells, s, sp")
	_, err = r.get("text").Float64s()
	if wrong, ok := errors.AsType[*classError](err); !ok || wrong.Class != Char {
		t.Errorf("%#v, want a classError", err)
	}
}

// Only what is asked for is read, and asking for what is not there is an
// error.
func TestReadByName(t *testing.T) {
	for form, w := range forms() {
		content := sample(w)
		file, err := decodeFrom(bytes.NewReader(content), "sp", "z")
		if err != nil {
			t.Fatalf("%s: %v", form, err)
		}
		if got := file.Names(); !slices.Equal(got, []string{"m", "z", "s", "sp", "text", "o"}) {
			t.Errorf("%s: names %v", form, got)
		}
		for _, name := range []string{"sp", "z"} {
			if _, err := file.Variable(name); err != nil {
				t.Errorf("%s: %s: %v", form, name, err)
			}
		}
		_, err = file.Variable("m")
		wantError(t, err, `"m" was not read`, "sp, z")
		_, err = decodeFrom(bytes.NewReader(content), "m", "emg")
		wantError(t, err, `no variable "emg": the file has m, z, s, sp, text, o`)
	}
}

func TestArrayString(t *testing.T) {
	z := counting(6, 1, 2)
	z.im = []float64{1, 2}
	for _, c := range []struct {
		v    value
		want string
	}{
		{counting(7, 8, 81, 2), "x: 8x81x2 single"},
		{z, "x: 1x2 complex double"},
		{value{number: sparseNumber, dims: []int{2, 1}, storage: miDouble, jc: []int{0, 0}}, "x: 2x1 sparse double"},
		{value{number: 2, dims: []int{1, 1}, fields: []string{"a", "b"}, items: []value{z, z}}, "x: 1x1 struct with fields a, b"},
		{value{number: 2, dims: []int{1, 1}}, "x: 1x1 struct without fields"},
	} {
		if got := decodeOne(t, littleEndian, c.v).String(); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
