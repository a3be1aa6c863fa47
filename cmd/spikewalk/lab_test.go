package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Notebooks that cannot be run do not keep the others from being shown.
func TestLabPassesOverOtherNotebooks(t *testing.T) {
	folder := t.TempDir()
	for name, text := range map[string]string{
		"broken":  `garbage`,
		"python":  `{"nbformat":4,"cells":[],"metadata":{"kernelspec":{"name":"python3","language":"python"}}}`,
		"working": `{"nbformat":4,"cells":[{"cell_type":"code","source":"import \"github.com/spikewalk/spikewalk/plotting\""}]}`,
	} {
		if err := os.WriteFile(filepath.Join(folder, name+".ipynb"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	packages, err := usedIn(folder)
	if err != nil {
		t.Error(err)
	}
	if d := cmp.Diff([]string{"github.com/spikewalk/spikewalk/plotting"}, packages); d != "" {
		t.Error(d)
	}
}
