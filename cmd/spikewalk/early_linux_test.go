package main

import (
	"os"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/internal/testkit"
)

// A disk without room for what is to be set up is told of before that begins.
func TestNoRoomIsFoundFirst(t *testing.T) {
	folder := testkit.SmallDisk(t)
	if folder == "" {
		return
	}
	cmd := spikewalk(root(t), "notebooks", "02", "--out", t.TempDir())
	cmd.Env = append(cmd.Env, "SPIKEWALK_CACHE="+folder)
	out, err := cmd.CombinedOutput()
	if text := string(out); err == nil || !strings.Contains(text, "needs 2.5 GB of disk in "+folder) || strings.Count(text, "\n") != 1 {
		t.Errorf("said %q, %v", text, err)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("%s holds %v, %v", folder, left, err)
	}
}
