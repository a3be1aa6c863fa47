package mat

import (
	"bytes"
	"encoding/binary"
	"runtime"
	"strconv"
	"strings"
	"testing"
)

// Sizes that lie are refused before memory is taken for them.
func TestLyingSizes(t *testing.T) {
	if strconv.IntSize == 32 {
		t.Skip("where an int has 32 bits, such sizes are refused as such")
	}
	w := matWriter{order: binary.LittleEndian}
	huge := 1<<31 - 1
	for name, c := range map[string]struct {
		v    value
		want string
	}{
		"numbers":          {value{number: 6, dims: []int{huge, huge}, storage: miDouble, re: []float64{1}}, "1 values"},
		"overflow":         {value{number: 6, dims: []int{huge, huge, huge}, storage: miDouble, re: []float64{1}}, "more than any file holds"},
		"negative":         {value{number: 6, dims: []int{-1, 1}, storage: miDouble, re: []float64{1}}, "length -1"},
		"one dimension":    {value{number: 6, dims: []int{1}, storage: miDouble, re: []float64{1}}, "1 dimensions"},
		"cells":            {value{number: 1, dims: []int{huge, 1000}}, "arrays in 0 bytes"},
		"structs":          {value{number: 2, dims: []int{huge, 2}, fields: []string{"a", "b"}}, "arrays in 0 bytes"},
		"structs overflow": {value{number: 2, dims: []int{huge, huge}, fields: []string{"a", "b", "c"}}, "3 fields"},
		"text":             {value{number: 4, dims: []int{huge, 1}, storage: miUTF8, raw: []byte("x")}, "do not make"},
		"blanks":           {value{number: 4, dims: []int{huge, 1}, storage: miUTF8, raw: []byte{}}, "do not make"},
		"sparse columns":   {value{number: sparseNumber, dims: []int{1, huge}, storage: miDouble, jc: []int{0}}, "1 column starts"},
		"sparse row":       {value{number: sparseNumber, dims: []int{2, 1}, storage: miDouble, re: []float64{1}, ir: []int{2}, jc: []int{0, 1}}, "row 2 of 2"},
		"sparse backwards": {value{number: sparseNumber, dims: []int{2, 2}, storage: miDouble, re: []float64{1, 2}, ir: []int{0, 1}, jc: []int{0, 2, 1}}, "starts at entry 1"},
		"sparse values":    {value{number: sparseNumber, dims: []int{2, 1}, storage: miDouble, re: []float64{1}, ir: []int{0, 1}, jc: []int{0, 2}}, "1 values"},
		"sparse twice":     {value{number: sparseNumber, dims: []int{3, 2}, storage: miDouble, re: []float64{1, 2, 3, 4}, ir: []int{1, 2, 0, 2}, jc: []int{0, 1, 4}}, "two entries at row 2, column 1"},
		"unknown class":    {value{number: 99, dims: []int{1, 1}}, "class 99"},
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			file := w.file([]string{"x"}, []value{c.v})
			runtime.ReadMemStats(&before)
			_, err := decodeFrom(bytes.NewReader(file))
			runtime.ReadMemStats(&after)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q in it", err, c.want)
			}
			if grown := after.TotalAlloc - before.TotalAlloc; grown > 1<<20 {
				t.Errorf("took %d bytes of memory for a file of %d", grown, len(file))
			}
		})
	}
	file := append(w.file(nil, nil), w.tag(miMatrix, huge)...)
	if _, err := decodeFrom(bytes.NewReader(file)); err == nil || !strings.Contains(err.Error(), "cut short") {
		t.Errorf("a variable longer than the file: error %v", err)
	}
}

// Nesting has an end.
func TestDeepNesting(t *testing.T) {
	v := value{number: 6, dims: []int{1, 1}, storage: miDouble, re: []float64{1}}
	for range maxDepth {
		v = value{number: 1, dims: []int{1, 1}, items: []value{v}}
	}
	w := matWriter{order: binary.LittleEndian}
	consumeArray(decodeOne(t, w, v))
	v = value{number: 1, dims: []int{1, 1}, items: []value{v}}
	if _, err := decodeFrom(bytes.NewReader(w.file([]string{"x"}, []value{v}))); err == nil || !strings.Contains(err.Error(), "nested") {
		t.Errorf("error %v, want one about nesting", err)
	}
}
