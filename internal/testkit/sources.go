// Package testkit is what tests of several packages need.
package testkit

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// DependOnSources looks at every source file below root, so that go test runs
// a test again when one has changed: it cannot know what cells import.
func DependOnSources(t *testing.T, root string) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return nil // someone else's file that is just going
		}
		if d.IsDir() && (d.Name() == ".git" || d.Name() == "out") {
			return filepath.SkipDir
		}
		if e := filepath.Ext(path); e == ".go" || e == ".js" || e == ".ipynb" {
			_, _ = os.Stat(path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
