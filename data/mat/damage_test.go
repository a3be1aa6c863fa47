package mat

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
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
func consume(f *File) {
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
			child, err = a.Field(a.fields.names[i%a.fields.len()], i/a.fields.len())
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
		complete, err := decodeFrom(bytes.NewReader(whole))
		if err != nil {
			t.Fatal(err)
		}
		silent := 0
		for n := range len(whole) {
			f, err := decodeFrom(bytes.NewReader(whole[:n]))
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

// A variable whose checksum is wrong is damaged, and so are those after it:
// they are not there. What was before is.
func TestDamagedVariableIsLeftOut(t *testing.T) {
	w := matWriter{order: binary.LittleEndian, compressed: true}
	number := func(x float64) value { return value{number: 6, dims: []int{1, 1}, storage: miDouble, re: []float64{x}} }
	first := w.file([]string{"a"}, []value{number(1)})
	both := w.file([]string{"a", "b"}, []value{number(1), number(2)})
	file := w.file([]string{"a", "b", "c"}, []value{number(1), number(2), number(3)})
	file[len(both)-1] ^= 1 // the end of b's checksum
	f, err := decodeFrom(bytes.NewReader(file))
	if err == nil || !strings.Contains(err.Error(), fmt.Sprintf("variable at byte %d of the file: its compressed data is damaged", len(first))) {
		t.Errorf("error %v", err)
	}
	if got := f.Names(); !slices.Equal(got, []string{"a"}) {
		t.Errorf("names %v, want a alone", got)
	}
	if _, err := f.Variable("b"); err == nil {
		t.Error("the damaged variable was returned")
	}
}

// A length that takes the next variable in, or an array that ends before its
// element does, is damage and not silence.
func TestNothingIsSkipped(t *testing.T) {
	number := value{number: 6, dims: []int{1, 1}, storage: miDouble, re: []float64{1}}
	packed := matWriter{order: binary.LittleEndian, compressed: true}
	file := packed.file([]string{"a", "b"}, []value{number, number})
	binary.LittleEndian.PutUint32(file[132:], uint32(len(file)-136)) // a's packed size
	if f, err := decodeFrom(bytes.NewReader(file)); err == nil || !strings.Contains(err.Error(), "something follows its compressed data") {
		t.Errorf("a length that takes in the next variable: %v, error %v", f, err)
	}
	plain := matWriter{order: binary.LittleEndian}
	number.im = []float64{2}
	file = plain.file([]string{"z"}, []value{number})
	file[128+8+8+1] &^= complexBit >> 8 // z is complex no more
	if f, err := decodeFrom(bytes.NewReader(file)); err == nil || !strings.Contains(err.Error(), "z: damaged: 16 bytes follow the end of a double array") {
		t.Errorf("an imaginary part that is not announced: %v, error %v", f, err)
	}
}

// No change of single bytes makes the reader panic, and in a compressed file
// every change is seen, thanks to the checksum, or changes nothing, as in the
// unused bits at a stream's end.
func TestFlippedBytes(t *testing.T) {
	for form, w := range forms() {
		whole := sample(w)
		want, err := decodeFrom(bytes.NewReader(whole))
		if err != nil {
			t.Fatal(err)
		}
		rng := rand.New(rand.NewPCG(3, 0))
		for at := 128; at < len(whole); at++ {
			damaged := slices.Clone(whole)
			damaged[at] ^= byte(1 + rng.IntN(255))
			f, err := decodeFrom(bytes.NewReader(damaged))
			consume(f)
			if w.compressed && err == nil && !reflect.DeepEqual(f, want) {
				t.Errorf("%s: a change at byte %d went unseen", form, at)
			}
		}
	}
}
