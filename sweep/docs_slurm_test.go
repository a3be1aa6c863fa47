//go:build linux

package sweep

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
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
	c, program := center.New(t), command(t)
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

// command builds spikewalk.
func command(t *testing.T) (program string) {
	t.Helper()
	program = filepath.Join(t.TempDir(), "spikewalk")
	if out, err := exec.Command("go", "build", "-o", program, "../cmd/spikewalk").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return program
}

// Papers' statements are put to the test on a cluster with the same results as on this
// machine, also when whoever waits is interrupted; what is kept is not run again.
func TestReproduceOnACluster(t *testing.T) {
	c, program := center.New(t), command(t)
	here, results := t.TempDir(), map[string]string{}
	reproduce := func(engine string, seeds int) *exec.Cmd {
		cmd := exec.CommandContext(c.Bounded(), program, "reproduce", "tasks", "osc.fullforce", "pcs.few", "--quick", "--seeds", strconv.Itoa(seeds), "--engine", engine, "--out", engine)
		cmd.Dir = here
		return cmd
	}
	clusters := filepath.Join(here, "slurm", "runs", "cluster-*")
	if out, err := reproduce("slurm", 1).CombinedOutput(); err != nil { // another set of runs
		t.Fatalf("%v: %s", err, out)
	}
	waiting := reproduce("slurm", 2)
	if err := waiting.Start(); err != nil {
		t.Fatal(err)
	}
	c.Await("tasks that were handed in", func() bool {
		found, _ := filepath.Glob(filepath.Join(clusters, "jobs", "*.rows"))
		return len(found) > 0
	})
	_ = waiting.Process.Signal(os.Interrupt)
	if err := waiting.Wait(); err == nil {
		t.Error("whoever waited was not interrupted")
	}
	for _, engine := range []string{"slurm", "local"} {
		out, err := reproduce(engine, 2).CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v: %s", engine, err, out)
		}
		text, err := os.ReadFile(filepath.Join(here, engine, "results.json"))
		if err != nil {
			t.Fatal(err)
		}
		results[engine] = regexp.MustCompile(`"seconds": .*`).ReplaceAllString(string(text), "")
	}
	if results["local"] != results["slurm"] || strings.Count(results["local"], "pcs.few") == 0 {
		t.Errorf("local: %s\nslurm: %s", results["local"], results["slurm"])
	}
	if left, _ := filepath.Glob(clusters); len(left) > 0 {
		t.Errorf("left %v", left)
	}
	if out, err := reproduce("slurm", 2).CombinedOutput(); err != nil || !strings.Contains(string(out), "6 of 6 runs are kept") || strings.Contains(string(out), "to the cluster") {
		t.Errorf("once more: %v: %s", err, out)
	}
}
