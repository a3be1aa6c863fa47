//go:build unix

package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/spikewalk/spikewalk/data"
	"github.com/spikewalk/spikewalk/internal/testkit"
)

// TestMain lets the test binary be the command itself.
func TestMain(m *testing.M) {
	if os.Getenv("SPIKEWALK_TEST_MAIN") != "" {
		main()
		return
	}
	testkit.Main(m)
}

// spikewalk is the command with the given arguments, run in a folder.
func spikewalk(dir string, args ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "SPIKEWALK_TEST_MAIN=1")
	return cmd
}

func root(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestBadInputIsOneSentence(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "01_a.ipynb"), []byte(`{"nbformat":4,"cells":[]}`), 0o644); err != nil {
		t.Fatal(err)
	}
	garbage := t.TempDir()
	if err := os.WriteFile(filepath.Join(garbage, "02_b.ipynb"), []byte(`garbage`), 0o644); err != nil {
		t.Fatal(err)
	}
	python := t.TempDir()
	if err := os.WriteFile(filepath.Join(python, "03_c.ipynb"), []byte(`{"nbformat":4,"cells":[],"metadata":{"kernelspec":{"name":"python3","language":"python"}}}`), 0o644); err != nil {
		t.Fatal(err)
	}
	here := root(t)
	for _, c := range []struct {
		dir  string
		args string
		says string
	}{
		{here, "nonsense", `no command is called "nonsense": there are bench, cache, data`},
		{here, "kernel install now", "unknown command"},
		{here, "notebooks --nonsense", "unknown flag"},
		{here, "notebooks 77_none --folder " + folder, `no notebook is called "77_none": there are 01_a`},
		{here, "notebooks --folder " + t.TempDir(), "no notebooks in"},
		{here, "notebooks --check --quick --folder " + folder, "--check"},
		{here, "notebooks --check --in-place --folder " + folder, "--in-place"},
		{here, "notebooks --in-place --set A=1 --folder " + folder, "--in-place"},
		{here, "notebooks --memo " + folder + " --folder " + folder, "--memo is for"},
		{here, "notebooks --html --quick --folder " + folder, "--html"},
		{here, "notebooks --html --folder " + folder + " --out " + garbage + "/02_b.ipynb", "cannot be written"},
		{here, "notebooks --set Trials --folder " + folder, "want NAME=VALUE"},
		{here, "notebooks --set =1 --folder " + folder, "want NAME=VALUE"},
		{here, "notebooks --set A=1 --set A=2 --folder " + folder, "two values"},
		{here, "notebooks --jobs 0 --folder " + folder, "--jobs is 0"},
		{here, "notebooks --timeout 0s --folder " + folder, "--timeout"},
		{t.TempDir(), "notebooks", "built from a working copy"},
		{here, "data fetch nonsense", `no recording is called "nonsense"`},
		{here, "notebooks --folder " + garbage, "no Jupyter notebook"},
		{here, "notebooks --folder " + python, `03_c.ipynb is a notebook in python (kernel "python3")`},
	} {
		out, err := spikewalk(c.dir, strings.Fields(c.args)...).CombinedOutput()
		var exit *exec.ExitError
		if !errors.As(err, &exit) || exit.ExitCode() != 1 {
			t.Errorf("%s: ended with %v, want exit status 1", c.args, err)
		}
		text := string(out)
		if !strings.HasPrefix(text, "spikewalk: ") || !strings.Contains(text, c.says) || strings.Count(text, "\n") != 1 {
			t.Errorf("%s: said %q, want one line that says %q", c.args, text, c.says)
		}
	}
}

func TestHelpAndDataList(t *testing.T) {
	out, err := spikewalk(t.TempDir()).CombinedOutput()
	if err != nil {
		t.Errorf("without arguments: %v", err)
	}
	for _, name := range []string{"notebooks", "kernel", "lab", "data"} {
		if !strings.Contains(string(out), "\n  "+name) {
			t.Errorf("the help has no %q:\n%s", name, out)
		}
	}
	out, err = spikewalk(t.TempDir(), "data", "list").CombinedOutput()
	if err != nil {
		t.Error(err)
	}
	for _, info := range data.List() {
		if !strings.Contains(string(out), info.Name) {
			t.Errorf("the list lacks %q:\n%s", info.Name, out)
		}
	}
}

func TestKernelRemoveWhereThereIsNone(t *testing.T) {
	t.Setenv("JUPYTER_DATA_DIR", t.TempDir())
	out, err := spikewalk(t.TempDir(), "kernel", "remove").CombinedOutput()
	if err == nil || !strings.Contains(string(out), "no kernel") {
		t.Errorf("said %q, %v", out, err)
	}
}

// TestCtrlC interrupts the command while a notebook runs.
func TestCtrlC(t *testing.T) {
	testkit.Needs(t, "a kernel, which is built in half a minute")
	tools, out := t.TempDir(), filepath.Join(t.TempDir(), "out")
	script := "#!/bin/sh\n[ \"$2\" = --version ] && exit 0\necho $$ > " + tools + "/pid\nexec sleep 600\n"
	if err := os.WriteFile(filepath.Join(tools, "jupyter"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "01_a.ipynb"), []byte(`{"nbformat":4,"cells":[{"cell_type":"code","source":"x"}]}`), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", tools+":"+os.Getenv("PATH"))
	for _, s := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		cmd := spikewalk(root(t), "notebooks", "--folder", folder, "--out", out)
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		stdout, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		waitFor(t, filepath.Join(tools, "pid"))
		start := time.Now()
		cmd.Process.Signal(s)
		io.Copy(io.Discard, stdout)
		err = cmd.Wait()
		var exit *exec.ExitError
		if !errors.As(err, &exit) || exit.ExitCode() != 1 || stderr.String() != "spikewalk: interrupted\n" {
			t.Errorf("%v: ended with %v and said %q", s, err, stderr.String())
		}
		if d := time.Since(start); d > 15*time.Second {
			t.Errorf("%v: took %v to end", s, d)
		}
		left, err := filepath.Glob(filepath.Join(out, "[^.]*"))
		if err != nil || len(left) > 0 {
			t.Errorf("%v: left %v, %v", s, left, err)
		}
	}
}

// waitFor waits until a file is there, and takes it away.
func waitFor(t *testing.T, path string) {
	t.Helper()
	for start := time.Now(); time.Since(start) < time.Minute; time.Sleep(20 * time.Millisecond) {
		if text, err := os.ReadFile(path); err == nil && len(text) > 0 {
			os.Remove(path)
			return
		}
	}
	t.Fatalf("%s did not come within a minute", path)
}
