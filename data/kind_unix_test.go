//go:build unix

package data

import (
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// A pipe that nobody writes to is refused at once.
func TestPipe(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.mat")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Skip(err)
	}
	for reader, read := range readers {
		if err := read(path); err == nil || !strings.Contains(err.Error(), "is a pipe, not a file") {
			t.Errorf("%s: error %v", reader, err)
		}
	}
}
