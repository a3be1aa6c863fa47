package mat

import (
	"encoding/binary"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A sparse array equals the full one with the same entries, element by
// element and as a whole, whatever the values.
func TestSparseEqualsFull(t *testing.T) {
	for form, w := range forms() {
		for seed := range uint64(100) {
			rng := rand.New(rand.NewPCG(seed, 1))
			rows, columns := 1+rng.IntN(5), 1+rng.IntN(5)
			v := value{number: sparseNumber, dims: []int{rows, columns}, storage: miDouble, re: []float64{}, jc: []int{0}, logical: seed%3 == 1}
			if seed%3 == 2 {
				v.im = []float64{}
			}
			full := make([]complex128, rows*columns)
			for c := range columns {
				for r := range rows {
					if rng.IntN(3) > 0 {
						continue
					}
					z := complex(1, 0)
					if !v.logical {
						z = complex(rng.NormFloat64(), 0)
					}
					if v.im != nil {
						z += complex(0, rng.NormFloat64())
						v.im = append(v.im, imag(z))
					}
					v.re, v.ir = append(v.re, real(z)), append(v.ir, r)
					full[c*rows+r] = z
				}
				v.jc = append(v.jc, len(v.ir))
			}
			a := decodeOne(t, w, v)
			got, err := a.Complex128s()
			if err != nil || !slices.Equal(got, full) {
				t.Fatalf("%s, seed %d: got %v, %v; want %v", form, seed, got, err, full)
			}
			if triplets, err := a.Triplets(); err != nil || len(triplets.Row) != len(v.ir) {
				t.Fatalf("%s, seed %d: %d triplets, %v; want %d", form, seed, len(triplets.Row), err, len(v.ir))
			}
			if v.im != nil {
				continue
			}
			for i, z := range full {
				if x, err := a.At(i%rows, i/rows); err != nil || x != real(z) {
					t.Fatalf("%s, seed %d: element %d is %v, %v; want %v", form, seed, i, x, err, z)
				}
			}
		}
	}
}

// A huge sparse array can be read and asked for its entries, not made dense.
func TestHugeSparse(t *testing.T) {
	if strconv.IntSize == 32 {
		t.Skip("where an int has 32 bits, such sizes are refused as such")
	}
	a := decodeOne(t, matWriter{order: binary.LittleEndian}, value{
		number: sparseNumber, dims: []int{1<<31 - 1, 2}, storage: miDouble,
		re: []float64{5}, ir: []int{7}, jc: []int{0, 0, 1},
	})
	if _, err := a.Dense(); err == nil || !strings.Contains(err.Error(), "use Triplets") {
		t.Errorf("Dense: error %v", err)
	}
	if x, err := a.At(7, 1); err != nil || x != 5 {
		t.Errorf("At(7, 1) = %v, %v; want 5", x, err)
	}
	if got, err := a.Triplets(); err != nil || len(got.Row) != 1 || got.Row[0] != 7 || got.Column[0] != 1 {
		t.Errorf("Triplets: %v, %v", got, err)
	}
}

// Entries of a column may stand in any order.
func TestSparseUnsorted(t *testing.T) {
	for form, w := range forms() {
		a := decodeOne(t, w, value{
			number: sparseNumber, dims: []int{3, 1}, storage: miDouble,
			re: []float64{5, 6}, ir: []int{2, 0}, jc: []int{0, 2},
		})
		if got, err := a.Float64s(); err != nil || !slices.Equal(got, []float64{6, 0, 5}) {
			t.Errorf("%s: %v, %v", form, got, err)
		}
	}
}
