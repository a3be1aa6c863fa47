package data

import (
	"archive/zip"
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/internal/npz"
)

// packed writes a compressed archive of one array of zeros.
func packed(t *testing.T, rows, cols int) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	to, err := z.Create("x.npy")
	if err != nil {
		t.Fatal(err)
	}
	header := fmt.Sprintf("{'descr': '<f8', 'fortran_order': False, 'shape': (%d, %d), }", rows, cols)
	if _, err := to.Write(npyFile(header, make([]byte, 8*rows*cols))); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "packed.npz")
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// taken is the memory that a function allocates in all.
func taken(f func()) float64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return float64(after.TotalAlloc - before.TotalAlloc)
}

// Memory is bounded by what the file holds: 64 MB and four times its size.
func TestMemoryOfNumPyFiles(t *testing.T) {
	small, bomb := packed(t, 3000, 1000), packed(t, 20000, 1000)
	plain := filepath.Join(t.TempDir(), "plain.npz")
	f, err := os.Create(plain)
	if err != nil {
		t.Fatal(err)
	}
	rng, noise := rand.New(rand.NewPCG(1, 2)), make([]float64, 4_000_000)
	for i := range noise {
		noise[i] = rng.NormFloat64()
	}
	w := npz.NewWriter(f)
	w.Stream("x", "<f8", []int{4000, 1000}, npz.Floats(noise))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{small: "", bomb: "320 MB of contents packed into", plain: ""} {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		took := taken(func() { _, err = Open(path) })
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q", path, err, want)
		}
		if limit := 4*float64(info.Size()) + 64e6; took > limit {
			t.Errorf("%s: %.0f bytes of memory for a file of %d", path, took, info.Size())
		}
	}
}

// Texts take far more memory than their bytes.
func TestMemoryOfTexts(t *testing.T) {
	texts := func(n int) []byte {
		return npyFile(fmt.Sprintf("{'descr': '|S1', 'fortran_order': False, 'shape': (%d,), }", n), bytes.Repeat([]byte("x"), n))
	}
	var err error
	few := texts(100_000)
	if took := taken(func() { _, err = decodeNPY("x", few) }); err != nil || took > 4*100_000+64e6 {
		t.Errorf("100,000 texts: %.0f bytes of memory, error %v", took, err)
	} else {
		t.Logf("%.0f bytes a text", took/100_000)
	}
	many := texts(1_000_000)
	if took := taken(func() { _, err = decodeNPY("x", many) }); took > 1e6 || err == nil || !strings.Contains(err.Error(), "x: 1000000 texts: 400 MB of contents packed into 1 MB") {
		t.Errorf("1,000,000 texts: %.0f bytes of memory, error %v", took, err)
	}
}
