package mat

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// python runs a script that finds the content in a file named by its first
// argument, and returns what it prints.
func python(t *testing.T, content []byte, script string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x.mat")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("/usr/bin/python3", "-c", "import sys, numpy, scipy.io\n"+script, path)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}
