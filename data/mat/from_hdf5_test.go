package mat

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/spikewalk/spikewalk/data/hdf5"
)

// Datasets of a file that is none of MATLAB's have h5py's shapes and values.
func TestFromHDF5(t *testing.T) {
	file, err := hdf5.Open("testdata/h5py/plain.h5")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	get := func(name string) (*Array, error) {
		d, err := file.Dataset("/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return FromHDF5(name, d)
	}
	r := reader{t, &File{variables: map[string]variable{}}}
	for _, name := range []string{"matrix", "cube", "vector", "number", "half", "flags", "complex", "text", "fixed", "texts", "none", "null", "single"} {
		a, err := get(name)
		r.add(namedVariable{name, variable{array: a, err: err}})
	}
	r.numbers(r.get("matrix"), Double, []int{2, 3}, 1, 4, 2.5, 5, -3, 6)
	cube := r.get("cube")
	for i := range 24 {
		if v, err := cube.At(i/12, i/4%3, i%4); err != nil || v != float64(i) || cube.Class() != Int16 {
			t.Errorf("cube: %v, %v at element %d", v, err, i)
		}
	}
	if got, err := r.get("vector").Int64s(); err != nil || !slices.Equal(got, []int64{math.MaxInt64, math.MinInt64}) || r.get("vector").Dims()[1] != 1 {
		t.Errorf("vector: %v, %v", got, err)
	}
	r.numbers(r.get("number"), Uint8, []int{1, 1}, 200)
	r.numbers(r.get("half"), Single, []int{2, 2}, 1.5, math.Copysign(0, -1), math.Inf(1), math.Ldexp(1, -24))
	r.numbers(r.get("flags"), Logical, []int{2, 2}, 1, 1, 0, 1)
	r.complexes(r.get("complex"), []int{2, 2}, 1+2i, 5, 3-4i, 6i)
	if r.get("complex").Class() != Single {
		t.Error(r.get("complex"))
	}
	r.text(r.get("text"), "naïve µV")
	if got, err := r.get("fixed").Texts(); err != nil || !slices.Equal(got, []string{"left", "right"}) {
		t.Errorf("fixed: %q, %v", got, err)
	}
	for i, want := range "adbecf" { // the first dimension fastest
		r.text(r.get("texts", i), string(want))
		if cell := r.get("texts", i); cell.Name() != fmt.Sprintf("texts{%d}", i) {
			t.Error(cell)
		}
	}
	r.numbers(r.get("none"), Double, []int{0, 3})
	r.numbers(r.get("null"), Single, []int{0, 1})
	r.numbers(r.get("single"), Single, []int{1, 1, 2}, 1.5, 2.5)
	for name, want := range map[string]string{
		"record": "record: it holds {a: int32, b: float64}, which is no array of MATLAB's: hdf5.Open reads it, member by member",
		"refs":   "refs: it holds ", "lists": "lists: it holds list of int32",
	} {
		_, err := get(name)
		wantError(t, err, want)
	}
	_, err = FromHDF5("x", nil)
	wantError(t, err, "x: no dataset")
}
