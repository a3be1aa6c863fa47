package mat

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// storages are the types in which a class's values may be stored: those that
// hold small integers serve every class.
var storages = []matType{miInt8, miUint8, miInt16, miUint16, miInt32, miUint32, miSingle, miDouble, miInt64, miUint64}

// randomValue draws a value of any class, nested at most depth deep.
func randomValue(rng *rand.Rand, depth int) value {
	dims := make([]int, 2+rng.IntN(3))
	n := 1
	for i := range dims {
		dims[i] = rng.IntN(4)
		n *= dims[i]
	}
	v := value{dims: dims, storage: storages[rng.IntN(len(storages))]}
	kinds := 4
	if depth == 0 {
		kinds = 3
	}
	switch rng.IntN(kinds) {
	case 0, 1:
		v.number = 6 + uint32(rng.IntN(10))
		v.re = smallIntegers(rng, n)
		if v.logical = v.number == 9 && rng.IntN(2) == 0; !v.logical && rng.IntN(3) == 0 {
			v.im = smallIntegers(rng, n)
		}
		for i := range v.re {
			if v.logical {
				v.re[i] = float64(int(v.re[i]) % 2)
			}
		}
	case 2:
		v.number, v.storage = 4, miUint16
		for range n {
			v.re = append(v.re, float64('α'+rng.IntN(20)))
		}
	case 3:
		v.number = 1 + uint32(rng.IntN(2))
		if v.number == 2 {
			v.fields = []string{"emg", "factors", "t"}[:rng.IntN(4)]
			n *= len(v.fields)
		}
		for range n {
			v.items = append(v.items, randomValue(rng, depth-1))
		}
	}
	return v
}

func smallIntegers(rng *rand.Rand, n int) []float64 {
	values := make([]float64, n)
	for i := range values {
		values[i] = float64(rng.IntN(100))
	}
	return values
}

// same compares what was read with what was written.
func same(a *Array, v value) error {
	if !slices.Equal(a.Dims(), v.dims) {
		return fmt.Errorf("dims %v, want %v", a.Dims(), v.dims)
	}
	class := matClasses[v.number]
	if v.logical {
		class = Logical
	}
	if a.Class() != class {
		return fmt.Errorf("class %s, want %s", a.Class(), class)
	}
	switch class {
	case Cell:
		for i, item := range v.items {
			got, err := a.Cell(i)
			if err == nil {
				err = same(got, item)
			}
			if err != nil {
				return fmt.Errorf("cell %d: %w", i, err)
			}
		}
	case Struct:
		if !slices.Equal(a.Fields(), v.fields) {
			return fmt.Errorf("fields %v, want %v", a.Fields(), v.fields)
		}
		for i, item := range v.items {
			got, err := a.Field(v.fields[i%len(v.fields)], i/len(v.fields))
			if err == nil {
				err = same(got, item)
			}
			if err != nil {
				return fmt.Errorf("field %d: %w", i, err)
			}
		}
	case Char:
		return sameText(a, v)
	default:
		return sameNumbers(a, v)
	}
	return nil
}

func sameText(a *Array, v value) error {
	want := make([]rune, len(v.re))
	for i, code := range v.re {
		want[i] = rune(code)
	}
	if got := a.re.text(); got != string(want) {
		return fmt.Errorf("text %q, want %q", got, string(want))
	}
	return nil
}

func sameNumbers(a *Array, v value) error {
	got, err := a.Complex128s()
	if err != nil {
		return err
	}
	if len(got) != len(v.re) || a.IsComplex() != (v.im != nil) {
		return fmt.Errorf("%d numbers, complex %v; want %d, %v", len(got), a.IsComplex(), len(v.re), v.im != nil)
	}
	for i, z := range got {
		want := complex(v.re[i], 0)
		if v.im != nil {
			want = complex(v.re[i], v.im[i])
		}
		if z != want {
			return fmt.Errorf("element %d is %v, want %v", i, z, want)
		}
	}
	return nil
}

// Whatever is written comes back, in every form of file.
func TestRoundTrip(t *testing.T) {
	for form, w := range forms() {
		t.Run(form, func(t *testing.T) {
			for seed := range uint64(200) {
				rng := rand.New(rand.NewPCG(seed, 0))
				names := []string{"a", "emg_and_more", "t"}
				values := []value{randomValue(rng, 3), randomValue(rng, 3), randomValue(rng, 3)}
				file, err := decodeFrom(bytes.NewReader(w.file(names, values)))
				if err != nil {
					t.Fatalf("seed %d: %v", seed, err)
				}
				if !slices.Equal(file.Names(), names) {
					t.Fatalf("seed %d: names %v, want %v", seed, file.Names(), names)
				}
				for i, name := range names {
					a, err := file.Variable(name)
					if err == nil {
						err = same(a, values[i])
					}
					if err != nil {
						t.Fatalf("seed %d: %s: %v", seed, name, err)
					}
				}
			}
		})
	}
}

// decodeOne writes and reads a single variable, x.
func decodeOne(t *testing.T, w matWriter, v value) *Array {
	t.Helper()
	file, err := decodeFrom(bytes.NewReader(w.file([]string{"x"}, []value{v})))
	if err != nil {
		t.Fatal(err)
	}
	a, err := file.Variable("x")
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// The extremes of every storage type survive, in both byte orders.
func TestStorageExtremes(t *testing.T) {
	extremes := map[matType][]float64{
		miInt8: {math.MinInt8, -1, math.MaxInt8}, miUint8: {0, 200, math.MaxUint8},
		miInt16: {math.MinInt16, -1, math.MaxInt16}, miUint16: {0, 50000, math.MaxUint16},
		miInt32: {math.MinInt32, -1, math.MaxInt32}, miUint32: {0, 1 << 31, math.MaxUint32},
		miInt64: {math.MinInt64, -1, 1 << 53}, miUint64: {0, 1 << 63, 1 << 53},
		miSingle: {-0.5, math.MaxFloat32, math.SmallestNonzeroFloat32},
		miDouble: {math.Inf(-1), math.Pi, math.SmallestNonzeroFloat64},
	}
	for form, w := range forms() {
		for storage, want := range extremes {
			a := decodeOne(t, w, value{number: 6, dims: []int{1, 3}, storage: storage, re: want})
			if got, err := a.Float64s(); err != nil || !slices.Equal(got, want) {
				t.Errorf("%s, storage %d: got %v, %v; want %v", form, storage, got, err, want)
			}
		}
	}
}

// Cells and fields without content are empty arrays.
func TestEmptyContent(t *testing.T) {
	for form, w := range forms() {
		a := decodeOne(t, w, value{number: 1, dims: []int{1, 2}, items: []value{{cut: true}, {number: 6, dims: []int{0, 0}, storage: miDouble}}})
		for i := range 2 {
			cell, err := a.Cell(i)
			if err != nil || cell.Len() != 0 || cell.Class() != Double || cell.Name() != fmt.Sprintf("x{%d}", i) {
				t.Errorf("%s: cell %d is %v, %v", form, i, cell, err)
			}
		}
	}
}
