package attractor_test

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/neuro/attractor"
)

// A former file of an integrator whose x = 1 was another eye position is
// refused: its degrees would be others.
func TestFormerFilesInOtherDegrees(t *testing.T) {
	if _, err := attractor.Load("testdata/integrator.npz"); err != nil {
		t.Fatal(err)
	}
	file, err := zip.OpenReader("testdata/integrator.npz")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var changed bytes.Buffer
	w := zip.NewWriter(&changed)
	for _, f := range file.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		to, err := w.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := to.Write(bytes.Replace(content, []byte(`"Degrees": 50`), []byte(`"Degrees": 40`), 1)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "other.npz")
	if err := os.WriteFile(path, changed.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := attractor.Load(path); err == nil || !strings.Contains(err.Error(), "Degrees 40") {
		t.Errorf("error %v, want one that names Degrees 40", err)
	}
}
