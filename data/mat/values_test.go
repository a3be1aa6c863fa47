package mat

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
)

// Whatever is not zero is true, however it is stored, and true is 1. MATLAB,
// Octave and SciPy's loadmat with mat_dtype=True say the same.
func TestLogicalIsZeroOrOne(t *testing.T) {
	v := value{number: 9, logical: true, dims: []int{1, 4}, storage: miUint8, re: []float64{0, 1, 2, 255}}
	for form, w := range forms() {
		a := decodeOne(t, w, v)
		numbers, err1 := a.Float64s()
		integers, err2 := a.Int64s()
		complexes, err3 := a.Complex128s()
		dense, err4 := a.Dense()
		last, err5 := a.At(3)
		for _, err := range []error{err1, err2, err3, err4, err5} {
			if err != nil {
				t.Fatal(err)
			}
		}
		if !slices.Equal(numbers, []float64{0, 1, 1, 1}) || !slices.Equal(integers, []int64{0, 1, 1, 1}) ||
			!slices.Equal(complexes, []complex128{0, 1, 1, 1}) || dense.At(0, 2) != 1 || last != 1 {
			t.Errorf("%s: %v %v %v %v %v", form, numbers, integers, complexes, dense, last)
		}
	}
	sparse := decodeOne(t, forms()["little plain long"], value{number: sparseNumber, logical: true, dims: []int{2, 1}, storage: miUint8, re: []float64{2}, ir: []int{1}, jc: []int{0, 1}})
	if got, err := sparse.Triplets(); err != nil || got.Real[0] != 1 {
		t.Errorf("sparse: %v, %v", got, err)
	}
}

// Numbers that their class does not hold are damage.
func TestNumbersFitTheirClass(t *testing.T) {
	w := matWriter{order: binary.LittleEndian}
	for name, c := range map[string]struct {
		number  uint32
		storage matType
		x       float64
		fits    bool
	}{
		"int8 127":             {8, miInt32, 127, true},
		"int8 128":             {8, miInt32, 128, false},
		"int8 -129":            {8, miDouble, -129, false},
		"uint8 -1":             {9, miInt8, -1, false},
		"uint16 half":          {11, miSingle, 0.5, false},
		"uint16 NaN":           {11, miDouble, math.NaN(), false},
		"int32 3":              {12, miDouble, 3, true},
		"int64 2^63":           {14, miUint64, 1 << 63, false},
		"int64 2^63 as double": {14, miDouble, 1 << 63, false},
		"int64 -2^63":          {14, miDouble, -1 << 63, true},
		"uint64 2^63":          {15, miUint64, 1 << 63, true},
		"uint64 2^64":          {15, miDouble, 1 << 64, false},
		"uint64 -1":            {15, miInt64, -1, false},
		"double 0.5":           {6, miDouble, 0.5, true},
	} {
		_, err := decodeFrom(bytes.NewReader(w.file([]string{"x"}, []value{{number: c.number, dims: []int{1, 1}, storage: c.storage, re: []float64{c.x}}})))
		if c.fits != (err == nil) || err != nil && !strings.Contains(err.Error(), "x: damaged: number 0 of") {
			t.Errorf("%s: error %v", name, err)
		}
	}
	_, err := decodeFrom(bytes.NewReader(w.file([]string{"x"}, []value{{number: 9, logical: true, dims: []int{1, 1}, storage: miUint8, re: []float64{1}, im: []float64{1}}})))
	if err == nil || !strings.Contains(err.Error(), "a logical array with an imaginary part") {
		t.Errorf("a complex logical array: error %v", err)
	}
}

// Of two variables or fields with one name none is taken, and both are named.
// SciPy would keep the later variable, and rename the later field.
func TestDuplicateNames(t *testing.T) {
	number := func(x float64) value { return value{number: 6, dims: []int{1, 1}, storage: miDouble, re: []float64{x}} }
	twice := value{number: 2, dims: []int{1, 1}, fields: []string{"emg", "t", "emg"}, items: []value{number(1), number(2), number(3)}}
	for form, w := range forms() {
		content := w.file([]string{"a", "s", "a", "b", "a"}, []value{number(1), twice, number(2), number(3), number(4)})
		file, err := decodeFrom(bytes.NewReader(content))
		if err != nil {
			t.Fatal(err)
		}
		if got := file.Names(); !slices.Equal(got, []string{"a", "s", "b"}) {
			t.Errorf("%s: names %v", form, got)
		}
		if _, err := file.Variable("a"); err == nil || !strings.Contains(err.Error(), `two variables of the file are called "a"`) {
			t.Errorf("%s: error %v", form, err)
		}
		s, err := file.Variable("s")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Field("emg"); err == nil || !strings.Contains(err.Error(), "s has two fields called \"emg\"") {
			t.Errorf("%s: error %v", form, err)
		}
		if x, err := s.Field("t"); err != nil || same(x, number(2)) != nil {
			t.Errorf("%s: s.t is %v, %v", form, x, err)
		}
	}
}

// Fields are found by name among few and among many.
func TestManyFields(t *testing.T) {
	for _, n := range []int{1, fewFields, fewFields + 1, 300} {
		v := value{number: 2, dims: []int{1, 1}}
		for i := range n {
			v.fields = append(v.fields, fmt.Sprint("f", i))
			v.items = append(v.items, value{number: 6, dims: []int{1, 1}, storage: miDouble, re: []float64{float64(i)}})
		}
		a := decodeOne(t, forms()["little compressed small"], v)
		if err := same(a, v); err != nil {
			t.Error(err)
		}
		if _, err := a.Field("g"); err == nil || !strings.Contains(err.Error(), `x has no field "g": it has f0`) {
			t.Errorf("error %v", err)
		}
		v.fields[n-1] = "f0"
		_, err := decodeOne(t, forms()["little compressed small"], v).Field("f0")
		if twice := err != nil && strings.Contains(err.Error(), "two fields"); twice != (n > 1) {
			t.Errorf("f0 among %d: error %v", n, err)
		}
	}
}

// A variable without a name is one like others, but where the header says that
// MATLAB keeps parts of objects in it.
func TestVariableWithoutName(t *testing.T) {
	number := func(x float64) value { return value{number: 6, dims: []int{1, 1}, storage: miDouble, re: []float64{x}} }
	w := matWriter{order: binary.LittleEndian}
	content := w.file([]string{"", "a"}, []value{number(1), number(2)})
	file, err := decodeFrom(bytes.NewReader(content))
	if err != nil || !slices.Equal(file.Names(), []string{"", "a"}) {
		t.Fatalf("names %q, %v", file.Names(), err)
	}
	if x, err := file.Variable(""); err != nil || same(x, number(1)) != nil {
		t.Errorf("got %v, %v", x, err)
	}
	binary.LittleEndian.PutUint64(content[116:], headerSize)
	if file, err = decodeFrom(bytes.NewReader(content)); err != nil || !slices.Equal(file.Names(), []string{"a"}) {
		t.Errorf("names %q, %v; want a alone", file.Names(), err)
	}
}
