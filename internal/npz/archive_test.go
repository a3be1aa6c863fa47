package npz

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// x reads the array of a file.
func x(data []byte) ([]float64, error) {
	r, err := NewReader(data)
	if err != nil {
		return nil, err
	}
	return r.Vector("x", Any), r.Err()
}

// Archives in all ways that Python's zipfile has are read. Any bit that is
// flipped, any piece that is cut off or added is an error, or changes nothing.
func TestArchivesOfPython(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.npz")
	if err != nil || len(paths) != 6 {
		t.Fatalf("%v, %v", paths, err)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		want := []float64{0, 1, 2}
		if got, err := x(data); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %v, %v", path, got, err)
		}
		for bit := range 8 * len(data) {
			data[bit/8] ^= 1 << (bit % 8)
			if got, err := x(data); err == nil && !slices.Equal(got, want) {
				t.Errorf("%s: bit %d flipped: %v", path, bit, got)
			}
			data[bit/8] ^= 1 << (bit % 8)
		}
		for n := range len(data) {
			if _, err := x(data[:n]); err == nil {
				t.Errorf("%s: %d of %d bytes are read", path, n, len(data))
			}
		}
		for _, odd := range [][]byte{append([]byte("PK"), data...), append(slices.Clone(data), 0), append(slices.Clone(data), data...)} {
			if _, err := x(odd); err == nil {
				t.Errorf("%s: read with something before or behind it", path)
			}
		}
	}
}

// entries is an archive of files of the given names, one byte each.
func entries(t *testing.T, names ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range names {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte("x")); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestArchivesThatDoNotAgreeAreRefused(t *testing.T) {
	// Without the directory's first entry: its array would be lost.
	lost := entries(t, "a.npy", "b.npy")
	const record = directorySize + len("a.npy")
	at := bytes.Index(lost, []byte("PK\x01\x02"))
	lost = slices.Delete(lost, at, at+record)
	end := lost[len(lost)-endSize:]
	binary.LittleEndian.PutUint16(end[8:], 1)
	binary.LittleEndian.PutUint16(end[10:], 1)
	binary.LittleEndian.PutUint32(end[12:], uint32(record))
	if z, err := zip.NewReader(bytes.NewReader(lost), int64(len(lost))); err != nil || len(z.File) != 1 {
		t.Fatalf("archive/zip does not take it: %v", err)
	}
	// Two entries of the directory that are one of the file.
	twice := entries(t, "a.npy", "a.npy")
	at = bytes.LastIndex(twice, []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint32(twice[at+42:], 0)
	for want, data := range map[string][]byte{
		"something stands between":      lost,
		"does not stand where":          twice,
		`two entries are named "a.npy"`: entries(t, "a.npy", "a.npy"),
		`named "../a.npy"`:              entries(t, "../a.npy"),
		`named "/a.npy"`:                entries(t, "/a.npy"),
		`named "a\\..\\b.npy"`:          entries(t, `a\..\b.npy`),
		"not an .npz archive":           []byte("x,y\n1,2\n"),
		"the archive has no end":        []byte("PK nonsense"),
	} {
		if _, err := NewReader(data); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}

// What other programs put into an archive beside arrays is told from them.
func TestNames(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range []string{"sub/", "sub/a.npy", "README"} {
		if _, err := z.Create(name); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := NewReader(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if arrays, others := r.Names(); !slices.Equal(arrays, []string{"sub/a"}) || !slices.Equal(others, []string{"README"}) {
		t.Errorf("arrays %q, others %q", arrays, others)
	}
}

// Sizes are checked against what is there before memory is taken.
func TestBombsAreRefused(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("x.npy")
	if err != nil {
		t.Fatal(err)
	}
	zeros := make([]byte, 1<<20)
	for range 80 {
		if _, err := w.Write(zeros); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	bomb := b.Bytes()
	least := testing.AllocsPerRun(1, func() { _, err = NewReader(bomb) })
	if err == nil || !strings.Contains(err.Error(), "168 MB of contents packed into") || !strings.Contains(err.Error(), "set SPIKEWALK_UNPACK_MB=168") || least > 100 {
		t.Errorf("error %v after %g pieces of memory", err, least)
	}
	t.Setenv("SPIKEWALK_UNPACK_MB", "168")
	if _, err := NewReader(bomb); err != nil {
		t.Error(err)
	}
	// More than deflate can do.
	at := bytes.Index(bomb, []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint32(bomb[at+24:], 1<<31)
	if _, err := NewReader(bomb); !errors.Is(err, ErrDamaged) {
		t.Errorf("2 GB of %d bytes: error %v", len(bomb), err)
	}
}

// No bytes make the reader panic, or take memory that is not theirs.
func FuzzArchive(f *testing.F) {
	paths, err := filepath.Glob("testdata/*.npz")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := NewReader(data)
		if err != nil {
			return
		}
		names, _ := r.Names()
		for _, name := range names {
			_, _, _ = r.Raw(name)
		}
	})
}
