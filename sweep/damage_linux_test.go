package sweep

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/spikewalk/spikewalk/internal/testkit"
)

// No byte of what a folder says of its sweep, of its cluster or of a row changes
// without being noticed.
func TestFilesWithAFlippedBitAreNotRead(t *testing.T) {
	folder := t.TempDir()
	if _, err := Run(t.Context(), easy(4), Local{Folder: folder}); err != nil {
		t.Fatal(err)
	}
	if err := (&cluster{folder: folder, Program: "program", Cores: 2, Arrays: []array{{Job: "7", Rows: 4, PerTask: 2}}}).save(); err != nil {
		t.Fatal(err)
	}
	d, err := describe(folder)
	if err != nil {
		t.Fatal(err)
	}
	for path, read := range map[string]func() error{
		filepath.Join(folder, descriptionFile): func() error { _, err := describe(folder); return err },
		filepath.Join(folder, clusterFile):     func() error { _, err := readCluster(folder); return err },
		rowPath(folder, 2):                     func() error { _, err := readRow(folder, 2, d.Identity); return err },
	} {
		whole, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		testkit.Sealed(t, whole, func(data []byte) ([]byte, error) {
			if err := os.WriteFile(path, data, 0o644); err != nil {
				t.Fatal(err)
			}
			return nil, read()
		})
		if err := os.WriteFile(path, whole, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
