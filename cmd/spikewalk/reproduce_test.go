//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestReproduceWritesResults(t *testing.T) {
	dir := t.TempDir()
	cmd := spikewalk(dir, "reproduce", "osc.fullforce", "--quick")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, name := range []string{"results.json", "RESULTS.md", "osc.fullforce.png", "osc.fullforce.svg", "osc.fullforce.pdf", "osc.fullforce.json"} {
		if info, err := os.Stat(filepath.Join(dir, "out", "results", name)); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestReproduceBadInputIsOneSentence(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for args, says := range map[string]string{
		"reproduce osc.nothing":                         `no experiment is called "osc.nothing": there are tasks, osc.fullforce`,
		"reproduce --seeds 0":                           "--seeds is 0: at least one is needed",
		"reproduce --jobs -1":                           "at least one run",
		"reproduce osc.fullforce --quick --out " + file: "not a directory",
	} {
		out, err := spikewalk(t.TempDir(), strings.Fields(args)...).CombinedOutput()
		lines := strings.Split(strings.TrimSpace(string(out)), "\n")
		if err == nil || len(lines) != 1 || !strings.HasPrefix(lines[0], "spikewalk: ") || !strings.Contains(lines[0], says) {
			t.Errorf("%s: ended with %v and said %q", args, err, out)
		}
	}
}
