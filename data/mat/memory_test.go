package mat

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spikewalk/spikewalk/internal/unpack"
)

// peakHeap returns by how many bytes the heap grows at most while f runs.
func peakHeap(f func()) int64 {
	var before, now runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	peak := before.HeapAlloc
	done := make(chan struct{})
	go func() {
		defer close(done)
		f()
	}()
	for tick := time.NewTicker(2 * time.Millisecond); ; {
		select {
		case <-done:
			tick.Stop()
			return int64(peak - before.HeapAlloc)
		case <-tick.C:
			runtime.ReadMemStats(&now)
			peak = max(peak, now.HeapAlloc)
		}
	}
}

// packedElement is a compressed miMATRIX element with the given beginning and
// then so many times the same bytes.
func packedElement(w matWriter, head, again []byte, times int) []byte {
	var b bytes.Buffer
	z, _ := zlib.NewWriterLevel(&b, zlib.BestCompression)
	z.Write(w.tag(miMatrix, len(head)+len(again)*times))
	z.Write(head)
	chunk := bytes.Repeat(again, 1000)
	for n := times; n > 0; n -= 1000 {
		z.Write(chunk[:len(again)*min(n, 1000)])
	}
	z.Close()
	return append(w.tag(miCompressed, b.Len()), b.Bytes()...)
}

// hostile are files of kilobytes that ask for gigabytes, and what the error
// must say; where that is empty the file is read.
func hostile() map[string]struct {
	file func() []byte
	want string
} {
	w := matWriter{order: binary.LittleEndian}
	empty := w.file(nil, nil)
	begin := func(flags uint32, dims ...int) []byte {
		b := w.numbers(miUint32, []float64{float64(flags), 0})
		return append(append(b, w.ints(dims)...), w.element(miInt8, []byte("x"))...)
	}
	const n = 9_000_000
	numbers := append(begin(9, 1, 8*n), w.tag(miUint8, 8*n)...)
	one := value{number: 6, dims: []int{1, 1}, storage: miDouble, re: []float64{1}}
	chain := one
	for range maxDepth - 1 {
		chain = value{number: 1, dims: []int{1, 1}, items: []value{chain}}
	}
	link := w.matrix("", chain)
	sides := value{number: sparseNumber, dims: []int{10_000, 10_000}, storage: miDouble, re: []float64{1}, ir: []int{1}, jc: make([]int, 10_001)}
	for i := range sides.jc[1:] {
		sides.jc[i+1] = 1
	}
	packed := func(head, again []byte, times int) func() []byte {
		return func() []byte { return append(bytes.Clone(empty), packedElement(w, head, again, times)...) }
	}
	return map[string]struct {
		file func() []byte
		want string
	}{
		"zeros":           {packed(numbers, make([]byte, 8), n), unpack.Env + "=73"},
		"empty cells":     {packed(begin(1, 1, n), w.tag(miMatrix, 0), n), unpack.Env},
		"cells":           {packed(begin(1, 1, 1_000_000), w.matrix("", one), 1_000_000), unpack.Env},
		"nested cells":    {packed(begin(1, 1, 16_000), link, 16_000), unpack.Env},
		"few empty cells": {packed(begin(1, 1, 1_000_000), w.tag(miMatrix, 0), 1_000_000), ""},
		"sparse":          {func() []byte { return w.file([]string{"x"}, []value{sides}) }, ""},
	}
}

// Reading takes no more memory than four times its file and 64 MB, a tenth of
// that for what the garbage collector has not seen yet, however much the file
// promises, and needs no more than seconds to say so.
func TestMemoryIsBounded(t *testing.T) {
	for name, c := range hostile() {
		file := c.file()
		var err error
		peak := peakHeap(func() { _, err = decodeFrom(bytes.NewReader(file)) })
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: error %v, want %q in it", name, err, c.want)
		}
		if limit := (4*int64(len(file)) + 64e6) * 11 / 10; peak > limit {
			t.Errorf("%s: a file of %d bytes took %d bytes, more than %d", name, len(file), peak, limit)
		}
		t.Logf("%s: a file of %d kB took %d MB", name, len(file)/1000, peak/1e6)
	}
}

// The error says what the whole file takes, not what the variable takes at
// which it became too much, and a part can be had.
func TestTheWholeIsNamed(t *testing.T) {
	w := matWriter{order: binary.LittleEndian}
	file := w.file(nil, nil)
	const n = 30_000_000
	for _, name := range []string{"a", "b", "c", "d"} {
		head := append(w.numbers(miUint32, []float64{9, 0}), w.ints([]int{1, n})...)
		head = append(append(head, w.element(miInt8, []byte(name))...), w.tag(miUint8, n)...)
		file = append(file, packedElement(w, head, make([]byte, 8), n/8)...)
	}
	f, err := decodeFrom(bytes.NewReader(file))
	if err == nil || !strings.Contains(err.Error(), unpack.Env+"=121") {
		t.Errorf("error %v, want %s=121 in it", err, unpack.Env)
	}
	if got := f.Names(); !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("names %v, want those before", got)
	}
	if f, err = decodeFrom(bytes.NewReader(file), "d"); err != nil {
		t.Error(err)
	} else if d, err := f.Variable("d"); err != nil || d.Len() != n {
		t.Errorf("got %v, %v", d, err)
	}
}
