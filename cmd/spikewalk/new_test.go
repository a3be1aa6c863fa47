//go:build unix

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/notebook"
	"github.com/spikewalk/spikewalk/internal/testkit"
	"github.com/spikewalk/spikewalk/notebooks/nb"
)

// goIn runs go in a folder, without a network and as go is set up by itself.
func goIn(folder string, args ...string) (string, error) {
	cmd := exec.Command("go", args...)
	cmd.Dir = folder
	cmd.Env = append(os.Environ(), "GOPROXY=off", "GOFLAGS=-mod=readonly", "GOWORK=off", nb.HeadlessEnv+"=1")
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// What new makes works as it stands: its test passes, and its cells run.
func TestNew(t *testing.T) {
	testkit.DependOnSources(t, root(t))
	t.Setenv("SPIKEWALK_CACHE", t.TempDir())
	folder := filepath.Join(t.TempDir(), "delayed2")
	if out, err := spikewalk(root(t), "new", folder).CombinedOutput(); err != nil || !strings.Contains(string(out), "delayed2.ipynb") {
		t.Fatalf("%v: %s", err, out)
	}
	if d := cmp.Diff([]string{"delayed2.go", "delayed2.ipynb", "delayed2_test.go", "go.mod", "go.sum"}, filesIn(t, folder)); d != "" {
		t.Error(d)
	}
	for _, args := range []string{"vet ./...", "test ./..."} {
		if out, err := goIn(folder, strings.Fields(args)...); err != nil {
			t.Errorf("go %s: %v:\n%s", args, err, out)
		}
	}
	n, err := notebook.Read(filepath.Join(folder, "delayed2.ipynb"))
	if err != nil {
		t.Fatal(err)
	}
	if err := n.Set(n.Quick); err != nil {
		t.Error(err)
	}
	text, err := program(n)
	if err != nil {
		t.Fatal(err)
	}
	main := filepath.Join(folder, "cmd", "main.go")
	if err := os.MkdirAll(filepath.Dir(main), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(main, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if out, err := goIn(folder, "run", "./cmd"); err != nil || !strings.Contains(out, "median nMSE of 4 test trials: 0.") {
		t.Errorf("%v:\n%s", err, out)
	}
}

func filesIn(t *testing.T, folder string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// A bad name is refused before anything is written.
func TestNewRefuses(t *testing.T) {
	folder := t.TempDir()
	if err := os.Mkdir(filepath.Join(folder, "there"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, says := range map[string]string{
		"there": "is there already", "none/mine": "there is no folder",
		"Mine": "small letters", "my-task": "small letters", "my_task": "small letters", "2afc": "small letters",
		"x y": "small letters", "aufgabeü": "small letters", strings.Repeat("a", 41): "small letters",
		"func": "has a meaning", "string": "has a meaning", "task": "has a meaning", "internal": "has a meaning",
	} {
		out, err := spikewalk(root(t), "new", filepath.Join(folder, name)).CombinedOutput()
		if err == nil || !strings.Contains(string(out), says) || strings.Count(string(out), "\n") != 1 {
			t.Errorf("%s: %v, %s", name, err, out)
		}
	}
	if left := filesIn(t, folder); len(left) != 1 {
		t.Errorf("left %v", left)
	}
}

// TestNewInJupyter executes the new notebook as its reader will.
func TestNewInJupyter(t *testing.T) {
	testkit.Needs(t, "Jupyter")
	folder := filepath.Join(t.TempDir(), "delayed")
	if out, err := spikewalk(root(t), "new", folder).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	out, err := spikewalk(root(t), "notebooks", "--folder", folder, "--out", t.TempDir()).CombinedOutput()
	if err != nil || !strings.Contains(string(out), "delayed") {
		t.Errorf("%v: %s", err, out)
	}
	if d := cmp.Diff([]string{"delayed.go", "delayed.ipynb", "delayed_test.go", "go.mod", "go.sum"}, filesIn(t, folder)); d != "" {
		t.Errorf("executing the notebook changed its folder: %s", d)
	}
}
