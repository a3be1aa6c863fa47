package kernel

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCheckModule(t *testing.T) {
	module := filepath.Join(t.TempDir(), "a, b")
	inside := filepath.Join(module, "notebooks")
	if err := os.MkdirAll(inside, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := CheckModule(inside); err != nil {
		t.Errorf("a folder in no module: %v", err)
	}
	if err := os.WriteFile(filepath.Join(module, "go.mod"), []byte("module x\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := CheckModule(inside); err == nil || !strings.Contains(err.Error(), module) {
		t.Errorf("a module in a folder with a comma: %v", err)
	}
	if _, err := New(module, t.TempDir()); err == nil || !strings.Contains(err.Error(), "comma") {
		t.Errorf("our module in a folder with a comma: %v", err)
	}
}
