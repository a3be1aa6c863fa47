//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/module"
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

func TestLabFolderThatCannotBe(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, f := range []labFlags{{own: file}, {own: file + "none"}, {copies: file}} {
		if _, err := f.prepare(place{Source: &module.Source{Folder: root(t)}}, t.Logf); err == nil || strings.Contains(err.Error(), "\n") {
			t.Errorf("%+v: error %v, want one sentence", f, err)
		}
	}
}
