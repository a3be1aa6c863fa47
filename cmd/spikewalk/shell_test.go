//go:build unix

package main

import (
	"os/exec"
	"testing"
)

// A shell takes the words as they are.
func TestShellWord(t *testing.T) {
	for _, path := range []string{"/a/b.c", "/with space/[c]*", "/it's, $HOME `x`\n", "/über/a-b_c"} {
		out, err := exec.Command("sh", "-c", "printf %s "+shellWord(path)).Output()
		if err != nil || string(out) != path {
			t.Errorf("%q became %q, %v", path, out, err)
		}
	}
}
