package data

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"os"
	"path/filepath"
	"runtime"
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

// matFile is a MAT-file of level 5 of the given variables.
func matFile(variables ...[]byte) []byte {
	head := append([]byte("MATLAB 5.0 MAT-file, written by a test"), bytes.Repeat([]byte(" "), 128)...)[:128]
	copy(head[116:], "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01IM")
	return append(head, bytes.Join(variables, nil)...)
}

// matElement is a tagged piece of a MAT-file.
func matElement(kind uint32, content []byte) []byte {
	b := binary.LittleEndian.AppendUint32(nil, kind)
	b = append(binary.LittleEndian.AppendUint32(b, uint32(len(content))), content...)
	return append(b, make([]byte, -len(b)&7)...)
}

// matWords is an element of 32-bit integers.
func matWords(kind uint32, words ...uint32) []byte {
	var b []byte
	for _, w := range words {
		b = binary.LittleEndian.AppendUint32(b, w)
	}
	return matElement(kind, b)
}

// matBytes is the variable x, 1 x n zeros of class uint8.
func matBytes(n uint32) []byte {
	return matElement(14, bytes.Join([][]byte{matWords(6, 9, 0), matWords(5, 1, n), matElement(1, []byte("x")), matElement(2, make([]byte, n))}, nil))
}

// matPacked is a variable, compressed.
func matPacked(variable []byte) []byte {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	z.Write(variable)
	z.Close()
	b2 := matElement(15, b.Bytes())
	return b2[:8+b.Len()]
}

// matSparse is the sparse variable x, n x n with one entry.
func matSparse(n uint32) []byte {
	starts := make([]uint32, n+1)
	for i := range starts[1:] {
		starts[i+1] = 1
	}
	return matElement(14, bytes.Join([][]byte{
		matWords(6, 5, 1), matWords(5, n, n), matElement(1, []byte("x")), matWords(5, 1), matWords(5, starts...),
		matElement(9, []byte{0, 0, 0, 0, 0, 0, 0xf0, 0x3f}),
	}, nil))
}

// A tree takes no more memory than four times its file and 64 MB, a tenth of
// that for what the garbage collector has not seen yet, however much the file
// promises.
func TestMemoryOfTreesIsBounded(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.mat")
	for name, c := range map[string]struct {
		file []byte
		want string
	}{
		"small numbers": {matFile(matPacked(matBytes(8_000_000))), unpack.Env},
		"sparse":        {matFile(matSparse(10_000)), ""},
	} {
		if err := os.WriteFile(path, c.file, 0o644); err != nil {
			t.Fatal(err)
		}
		var err error
		peak := peakHeap(func() { _, err = ReadTree(path) })
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: error %v, want %q in it", name, err, c.want)
		}
		if limit := (4*int64(len(c.file)) + 64e6) * 11 / 10; peak > limit {
			t.Errorf("%s: a file of %d bytes took %d bytes, more than %d", name, len(c.file), peak, limit)
		}
	}
}

// The limit can be raised, and a sparse array too large for a tree is left
// out of it with a word.
func TestRaisedLimit(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.mat")
	if err := os.WriteFile(path, matFile(matPacked(matBytes(8_000_000))), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Setenv(unpack.Env, "80")
	if tree, err := ReadTree(path); err != nil || tree.Matrices["x"].RawMatrix().Cols != 8_000_000 {
		t.Errorf("tree %v, %v", tree, err)
	}
	if err := os.WriteFile(path, matFile(matSparse(10_000)), 0o644); err != nil {
		t.Fatal(err)
	}
	tree, err := ReadTree(path)
	if err != nil || tree.Left["x"] == nil || !strings.Contains(tree.Left["x"].Error(), "take its Triplets from Open") {
		t.Errorf("tree %v, %v", tree, err)
	}
}

// What a file stores plainly is read whatever it takes as float64.
func TestPlainBytesAreRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.mat")
	if err := os.WriteFile(path, matFile(matBytes(12_000_000)), 0o644); err != nil { // 96 MB as float64
		t.Fatal(err)
	}
	if tree, err := ReadTree(path); err != nil || tree.Matrices["x"].RawMatrix().Cols != 12_000_000 {
		t.Errorf("tree %v, %v", tree, err)
	}
}
