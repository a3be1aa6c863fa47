package npz

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A file has the name of what it is, and is there whole or not at all.
func TestWriteFile(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "x.npz")
	if err := os.WriteFile(path, []byte("before"), 0o644); err != nil {
		t.Fatal(err)
	}
	full := errors.New("the disk is full")
	err := WriteFile(path, func(w io.Writer) error {
		_, err := io.WriteString(w, "half")
		return errors.Join(err, full)
	})
	if got, _ := os.ReadFile(path); !errors.Is(err, full) || !strings.Contains(err.Error(), path) || string(got) != "before" {
		t.Errorf("broken off: %v, the file holds %q", err, got)
	}
	for _, name := range []string{"x.npz", "X.NPZ"} {
		err = WriteFile(filepath.Join(folder, name), func(w io.Writer) error {
			_, err := io.WriteString(w, "after")
			return err
		})
		if got, _ := os.ReadFile(filepath.Join(folder, name)); err != nil || string(got) != "after" {
			t.Errorf("%s: %v, the file holds %q", name, err, got)
		}
	}
	for name, want := range map[string]string{"x.mat": "name it " + folder + "/x.npz", "x": "name it " + folder + "/x.npz", "x.npy": "x.npz"} {
		err := WriteFile(filepath.Join(folder, name), func(io.Writer) error { panic("written") })
		if err == nil || !strings.Contains(filepath.ToSlash(err.Error()), filepath.ToSlash(want)) {
			t.Errorf("%s: error %v, want %q", name, err, want)
		}
	}
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) != 2 {
		t.Errorf("in the folder: %v, %v", entries, err)
	}
}
