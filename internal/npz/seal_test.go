package npz

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
)

type sealedHeader struct{ Stamp }

var sealedStamp = Stamp{Format: "numbers", Numerics: 1}

func sealedFile(t *testing.T) []byte {
	t.Helper()
	data, err := Marshal(&sealedHeader{sealedStamp}, func(w *Writer) { w.Vector("x", []float64{1, 2, 3}) })
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func loadSealed(data []byte) (x []float64, err error) {
	err = Unmarshal(data, func(_ sealedHeader, r *Reader) error {
		x = r.Vector("x", Any)
		return r.Err()
	}, sealedStamp)
	return x, err
}

// No byte of a sealed file can change: not one that zip passes over (times, versions,
// attributes), nor one of the seal itself.
func TestSeal(t *testing.T) {
	data := sealedFile(t)
	want := []float64{1, 2, 3}
	if x, err := loadSealed(data); err != nil || !slices.Equal(x, want) {
		t.Fatal(x, err)
	}
	for bit := range 8 * len(data) {
		data[bit/8] ^= 1 << (bit % 8)
		if _, err := loadSealed(data); err == nil {
			t.Errorf("bit %d of byte %d of %d flipped: loaded", bit%8, bit/8, len(data))
		}
		data[bit/8] ^= 1 << (bit % 8)
	}
	for n := range len(data) {
		if _, err := loadSealed(data[:n]); err == nil {
			t.Errorf("%d of %d bytes: loaded", n, len(data))
		}
	}
}

// What another program has written anew has no seal, and loads; one with another
// comment is damaged.
func TestWithoutASeal(t *testing.T) {
	for comment, damaged := range map[string]bool{"": false, "written by hand": true, sealMark + "0123": true} {
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		r, err := zip.NewReader(bytes.NewReader(sealedFile(t)), int64(len(sealedFile(t))))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range r.File {
			if err := w.Copy(f); err != nil {
				t.Fatal(err)
			}
		}
		if err := errors.Join(w.SetComment(comment), w.Close()); err != nil {
			t.Fatal(err)
		}
		if _, err := loadSealed(b.Bytes()); errors.Is(err, ErrDamaged) != damaged || err == nil == damaged {
			t.Errorf("comment %q: %v", comment, err)
		}
	}
}

// The seal comes out the same whatever pieces it is written in.
func TestSealOfPieces(t *testing.T) {
	text := strings.Repeat("0123456789", 50)
	var want string
	for _, size := range []int{1, 7, sealSize - 1, sealSize, sealSize + 1, 200, len(text)} {
		var b bytes.Buffer
		s := newSealer(&b)
		for piece := range slices.Chunk([]byte(text), size) {
			if n, err := s.Write(piece); n != len(piece) || err != nil {
				t.Fatal(n, err)
			}
		}
		if err := s.seal(); err != nil {
			t.Fatal(err)
		}
		got := b.String()
		if want == "" {
			want = got
		}
		if got != want || len(got) != len(text) || !strings.HasPrefix(text, got[:len(got)-sealSize]) {
			t.Errorf("in pieces of %d: %q", size, got)
		}
	}
	if err := (&sealer{to: failing{}, sum: newSealer(nil).sum}).seal(); err == nil {
		t.Error("a full disk is not noticed")
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, io.ErrShortWrite }
