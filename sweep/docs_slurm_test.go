//go:build linux

package sweep

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/spikewalk/spikewalk/internal/testkit/center"
)

// The program that the documentation shows runs on this machine and, with one word more,
// on a cluster, and finds the same.
func TestProgramOfTheDocs(t *testing.T) {
	c := center.New(t)
	page, err := os.ReadFile(filepath.FromSlash("../docs/sweeps.md"))
	if err != nil {
		t.Fatal(err)
	}
	source := regexp.MustCompile("(?s)```go\n(package main\n.*?)```").FindSubmatch(page)
	if source == nil {
		t.Fatal("docs/sweeps.md shows no program")
	}
	here := t.TempDir()
	if err := os.WriteFile(filepath.Join(here, "main.go"), source[1], 0o644); err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(here, "memory")
	if out, err := exec.Command("go", "build", "-o", program, filepath.Join(here, "main.go")).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	tables := map[string]*Table{}
	for _, engine := range []string{"local", "slurm"} {
		cmd := exec.CommandContext(c.Bounded(), program, "--seeds", "20", "--engine", engine)
		cmd.Dir = t.TempDir()
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v: %s", engine, err, out)
		}
		for _, name := range []string{"memory.pdf", "memory.parquet"} {
			if _, err := os.Stat(filepath.Join(cmd.Dir, name)); err != nil {
				t.Error(err)
			}
		}
		if tables[engine], err = Collect(filepath.Join(cmd.Dir, "out", "sweeps", "memory-20")); err != nil {
			t.Fatal(err)
		}
	}
	same(t, tables["local"], tables["slurm"], "Row", "Neurons", "Noise", "Seed", "Drift")
}

// An experiment of ours, swept by the command, finds the same on both.
func TestExperimentOnACluster(t *testing.T) {
	c := center.New(t)
	program := filepath.Join(t.TempDir(), "spikewalk")
	if out, err := exec.Command("go", "build", "-o", program, "../cmd/spikewalk").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	here, tables := t.TempDir(), map[string]*Table{}
	for _, engine := range []string{"local", "slurm"} {
		cmd := exec.CommandContext(c.Bounded(), program, "sweep", "run", "pcs.few", "--quick", "--over", "Gain=8,12", "--seeds", "2", "--engine", engine, "--out", engine)
		cmd.Dir = here
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v: %s", engine, err, out)
		}
		var err error
		if tables[engine], err = Collect(filepath.Join(here, engine)); err != nil {
			t.Fatal(err)
		}
	}
	same(t, tables["local"], tables["slurm"], "Row", "Gain", "Seed", "factors, 12 components", "output, all units")
}
