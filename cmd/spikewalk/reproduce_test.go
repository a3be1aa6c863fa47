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
	before, err := os.ReadFile(filepath.Join(dir, "out", "results", "RESULTS.md"))
	if err != nil {
		t.Fatal(err)
	}
	if out, err := spikewalk(dir, "reproduce", "osc.fullforce", "--quick", "--redraw").CombinedOutput(); err != nil || !strings.Contains(string(out), "1 of 1 runs") {
		t.Errorf("redrawing: %v: %s", err, out)
	}
	after, err := os.ReadFile(filepath.Join(dir, "out", "results", "RESULTS.md"))
	if err != nil || string(after) != string(before) {
		t.Errorf("redrawing wrote another RESULTS.md: %v", err)
	}
}

// Where nobody reads what is printed the work ends, in order and with a sentence.
func TestNobodyReads(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "out")
	cmd := spikewalk(t.TempDir(), "reproduce", "osc", "--quick", "--jobs", "1", "--out", out)
	var stderr strings.Builder
	cmd.Stdout, cmd.Stderr = w, &stderr
	if err := cmd.Run(); err == nil || cmd.ProcessState.ExitCode() != 1 || stderr.String() != "spikewalk: "+errUnread.Error()+"\n" {
		t.Errorf("ended with %v and said %q", err, stderr.String())
	}
	// What had ended is there, and nothing else.
	left, err := os.ReadDir(out)
	for _, file := range left {
		switch file.Name() {
		case "runs", "results.json", "RESULTS.md", "SHA256SUMS":
		default:
			if !strings.HasPrefix(file.Name(), "osc.fullforce.") {
				t.Errorf("left %s", file.Name())
			}
		}
	}
	if err != nil {
		t.Error(err)
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
		"reproduce --jobs -1":                           "at least one must go on",
		"reproduce --memory 3":                          "--memory is for clusters",
		"reproduce --engine cloud":                      "cloud",
		"reproduce osc.fullforce --quick --out " + file: "not a directory",
		"reproduce osc.fullforce --redraw":              "nothing to redraw",
	} {
		out, err := spikewalk(t.TempDir(), strings.Fields(args)...).CombinedOutput()
		lines := strings.Split(strings.TrimSpace(string(out)), "\n")
		if err == nil || len(lines) != 1 || !strings.HasPrefix(lines[0], "spikewalk: ") || !strings.Contains(lines[0], says) {
			t.Errorf("%s: ended with %v and said %q", args, err, out)
		}
	}
}
