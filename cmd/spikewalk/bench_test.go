//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestBenchWithoutPeersSaysSoAndWorks(t *testing.T) {
	dir := t.TempDir()
	cmd := spikewalk(dir, "bench", "--quick", "training", "full-force")
	cmd.Env = append(cmd.Env, "PATH=")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if says := "No comparison for training, full-force: not installed: no python3 with numpy on the PATH."; !strings.Contains(string(out), says) {
		t.Errorf("said %q, want %q", out, says)
	}
	for _, name := range []string{"bench.json", "BENCH.md", "machine.json"} {
		if info, err := os.Stat(filepath.Join(dir, "out", "bench", name)); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestBenchBadInputIsOneSentence(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for args, says := range map[string]string{
		"bench sleeping":                           `no row is called "sleeping": there are training, training-two-cores`,
		"bench --quick seeds --out " + file:        "not a directory",
		"bench --quick training --profile " + file: "not a directory",
	} {
		cmd := spikewalk(t.TempDir(), strings.Fields(args)...)
		cmd.Env = append(cmd.Env, "PATH=")
		out, err := cmd.CombinedOutput()
		lines := strings.Split(strings.TrimSpace(string(out)), "\n")
		last := lines[len(lines)-1]
		if err == nil || !strings.HasPrefix(last, "spikewalk: ") || !strings.Contains(last, says) {
			t.Errorf("%s: ended with %v and said %q", args, err, out)
		}
	}
}
