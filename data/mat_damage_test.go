package data

import (
	"bytes"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
)

// sample is a file with something of everything.
func sample(w matWriter) []byte {
	number := value{number: 6, dims: []int{2, 3}, storage: miDouble, re: []float64{1, 2, 3, 4, 5, 6}}
	return w.file(
		[]string{"m", "z", "s", "sp", "text", "o"},
		[]value{
			number,
			{number: 7, dims: []int{1, 2}, storage: miSingle, re: []float64{1, 2}, im: []float64{3, 4}},
			{number: 2, dims: []int{1, 2}, fields: []string{"a", "b"}, items: []value{number, {cut: true}, {number: 1, dims: []int{1, 1}, items: []value{number}}, number}},
			{number: sparseNumber, dims: []int{2, 3}, storage: miDouble, re: []float64{1, 2}, ir: []int{0, 1}, jc: []int{0, 1, 1, 2}},
			{number: 4, dims: []int{1, 5}, storage: miUTF8, raw: []byte("hello")},
			{number: opaqueNumber, system: []string{"MCOS", "table"}},
		})
}

// consume reads everything out of whatever was decoded, so that nothing is
// left that could panic later.
func consume(f *MatFile) {
	if f == nil {
		return
	}
	for _, name := range f.Names() {
		if a, err := f.Variable(name); err == nil {
			consumeArray(a)
		}
	}
}

func consumeArray(a *Array) {
	_ = a.String()
	for i := range a.items {
		var child *Array
		var err error
		if a.class == Cell {
			child, err = a.Cell(i)
		} else {
			child, err = a.Field(a.fields[i%len(a.fields)], i/len(a.fields))
		}
		if err == nil {
			consumeArray(child)
		}
	}
	a.Text()
	a.Texts()
	a.Triplets()
	if a.IsSparse() && a.Len() > 1<<20 {
		return // allowed to take a lot, by request
	}
	a.Float64s()
	a.Complex128s()
	a.Int64s()
	a.Uint64s()
	a.Bools()
	a.Dense()
	a.At(0)
	a.At(make([]int, len(a.dims))...)
	for d := range a.dims {
		a.Slice(d, 0)
	}
}

// A file that is cut anywhere but between two variables is an error, and the
// variables before the cut are there.
func TestTruncated(t *testing.T) {
	for form, w := range forms() {
		whole := sample(w)
		complete, err := DecodeMat(bytes.NewReader(whole))
		if err != nil {
			t.Fatal(err)
		}
		silent := 0
		for n := range len(whole) {
			f, err := DecodeMat(bytes.NewReader(whole[:n]))
			consume(f)
			if err == nil {
				silent++
			}
			if f != nil && !slices.Equal(f.Names(), complete.Names()[:len(f.Names())]) {
				t.Fatalf("%s: cut at %d: names %v", form, n, f.Names())
			}
		}
		// The cuts that cannot be seen: after the header and each variable
		// but the last.
		if want := len(complete.Names()); silent != want {
			t.Errorf("%s: %d cuts went unseen, want %d", form, silent, want)
		}
	}
}

// No change of single bytes makes the reader panic, and in a compressed file
// every change is seen, thanks to the checksum, or changes nothing, as in the
// unused bits at a stream's end.
func TestFlippedBytes(t *testing.T) {
	for form, w := range forms() {
		whole := sample(w)
		want, err := DecodeMat(bytes.NewReader(whole))
		if err != nil {
			t.Fatal(err)
		}
		rng := rand.New(rand.NewPCG(3, 0))
		for at := 128; at < len(whole); at++ {
			damaged := slices.Clone(whole)
			damaged[at] ^= byte(1 + rng.IntN(255))
			f, err := DecodeMat(bytes.NewReader(damaged))
			consume(f)
			if w.compressed && err == nil && !reflect.DeepEqual(f, want) {
				t.Errorf("%s: a change at byte %d went unseen", form, at)
			}
		}
	}
}
