package npz_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/internal/npz"
	"github.com/spikewalk/spikewalk/internal/testkit"
)

type header struct{ npz.Stamp }

// NumPy and Python's zipfile read a file with a seal.
func TestSealedFilesInPython(t *testing.T) {
	python := testkit.Python(t, "numpy")
	data, err := npz.Marshal(&header{}, func(w *npz.Writer) { w.Vector("x", []float64{1, 2, 3}) })
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "sealed.npz")
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	said := testkit.Run(t, python, "-c", `import numpy, sys, zipfile
print(numpy.load(sys.argv[1])["x"].tolist(), zipfile.ZipFile(sys.argv[1]).testzip())`, path)
	if got := strings.TrimSpace(said); got != "[1.0, 2.0, 3.0] None" {
		t.Error(got)
	}
}
