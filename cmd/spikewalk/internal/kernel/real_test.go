package kernel_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/jupyter"
	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/kernel"
	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/module"
	"github.com/spikewalk/spikewalk/data"
	"github.com/spikewalk/spikewalk/internal/testkit"
)

// A desk is a folder of the user's with a Jupyter that knows our kernel.
type desk struct {
	*testing.T
	folder    string
	nbconvert func(args ...string) *exec.Cmd
}

func newDesk(t *testing.T) desk {
	t.Helper()
	testkit.Needs(t, "Jupyter")
	cache, err := data.CacheDir()
	if err != nil {
		t.Fatal(err)
	}
	j, err := jupyter.Look(t.Context(), cache, jupyter.Convert)
	if err != nil {
		t.Fatal(err)
	}
	root, err := module.Root(".")
	if err != nil {
		t.Fatal(err)
	}
	k, err := kernel.New(root, cache)
	if err != nil {
		t.Fatal(err)
	}
	if err := k.Ensure(t.Context(), t.Logf); err != nil {
		t.Fatal(err)
	}
	t.Setenv("JUPYTER_PATH", k.JupyterPath())
	return desk{t, t.TempDir(), j.Cmd}
}

func (d desk) write(name, text string) {
	d.Helper()
	path := filepath.Join(d.folder, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		d.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		d.Fatal(err)
	}
}

// execute executes cells with plain nbconvert, in a folder within the desk, and
// returns what it said and, if it succeeded, the executed notebook.
func (d desk) execute(folder string, cells ...string) (said, executed string, err error) {
	d.Helper()
	list := []map[string]any{}
	for _, c := range cells {
		list = append(list, map[string]any{"cell_type": "code", "source": c, "metadata": map[string]any{}, "outputs": []any{}, "execution_count": nil})
	}
	text, err := json.Marshal(map[string]any{"nbformat": 4, "nbformat_minor": 4, "metadata": map[string]any{"kernelspec": map[string]any{"name": "gonb", "display_name": "Go (gonb)", "language": "go"}}, "cells": list})
	if err != nil {
		d.Fatal(err)
	}
	d.write(filepath.Join(folder, "n.ipynb"), string(text))
	cmd := d.nbconvert("--to", "notebook", "--execute", "--ExecutePreprocessor.timeout=120", "--output", "executed", filepath.Join(d.folder, folder, "n.ipynb"))
	var b bytes.Buffer
	cmd.Stdout, cmd.Stderr = &b, &b
	err = cmd.Run()
	if err == nil {
		text, err = os.ReadFile(filepath.Join(d.folder, folder, "executed.ipynb"))
	}
	return b.String(), string(text), err
}

// A cell that fails is an error of Jupyter's own kind: nbconvert stops there and
// exits with a status, as it does for a notebook in Python.
func TestFailingCellsAreErrors(t *testing.T) {
	d := newDesk(t)
	for _, cell := range []string{
		"var x []int\n\n%%\nfmt.Println(x[3])",
		"%%\nos.Exit(1)",
		"%%\nlog.Fatal(\"no\")",
		"%%\nx := 1",
	} {
		said, _, err := d.execute(".", cell, "%%\nos.WriteFile(\"after\", nil, 0o644)")
		var exit *exec.ExitError
		if !errors.As(err, &exit) || !strings.Contains(said, "CellExecutionError") {
			t.Errorf("%s: nbconvert ended with %v, saying\n%s", cell, err, said)
		}
		if _, err := os.Stat(filepath.Join(d.folder, "after")); err == nil {
			t.Errorf("%s: the next cell was executed", cell)
		}
	}
}

// Cells find the module that the notebook is in with no line for it, and what it
// replaces; the log of GoNB is not among what Jupyter says, and no folder is left.
func TestCellsFindTheModuleAround(t *testing.T) {
	d := newDesk(t)
	t.Setenv("TMPDIR", t.TempDir())
	d.write("go.mod", "module example.com/mine\n\ngo 1.26.0\n\nrequire example.com/other v0.0.0\n\nreplace example.com/other => ./other\n")
	d.write("mine.go", "package mine\n\nimport \"example.com/other\"\n\nconst Name = \"mine and \" + other.Name\n")
	d.write("other/go.mod", "module example.com/other\n\ngo 1.26.0\n")
	d.write("other/other.go", "package other\n\nconst Name = \"other\"\n")
	said, executed, err := d.execute("deep/notebooks",
		"import (\n\t\"example.com/mine\"\n\n\t\"github.com/spikewalk/spikewalk/neuro/task\"\n)\n\n%%\nfmt.Println(mine.Name, task.SumOfSinusoids().Shape().Outputs)\nfmt.Println(os.Getwd())")
	if err != nil || !strings.Contains(executed, `mine and other 1\n`) || !strings.Contains(executed, "/deep/notebooks") {
		t.Errorf("%v:\n%s\n%s", err, said, executed)
	}
	if strings.Count(said, "\n") != strings.Count(said, "[NbConvertApp]") {
		t.Errorf("beside nbconvert's lines there are others:\n%s", said)
	}
	if left, _ := os.ReadDir(os.TempDir()); len(left) > 0 {
		t.Errorf("left %v", left)
	}
}
