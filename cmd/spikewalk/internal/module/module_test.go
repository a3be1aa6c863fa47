package module

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestRoot(t *testing.T) {
	root, err := Root(".")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(root, "cmd", "spikewalk", "main.go")); err != nil {
		t.Errorf("%s is not the module's folder: %v", root, err)
	}
}

func TestRootElsewhere(t *testing.T) {
	other := t.TempDir()
	if err := os.WriteFile(filepath.Join(other, "go.mod"), []byte("module example.com/other\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := Root(other)
	if err == nil || !strings.Contains(err.Error(), "not inside a working copy") {
		t.Errorf("error %v, want a sentence on the working copy", err)
	}
}
