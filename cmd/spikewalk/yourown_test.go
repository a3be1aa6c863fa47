//go:build unix

package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/notebook"
	"github.com/spikewalk/spikewalk/internal/testkit"
	"github.com/spikewalk/spikewalk/notebooks/nb"
)

// page reads the cells of docs/your-own.md as a notebook in a new folder, and what
// the page says that each prints.
func page(t *testing.T) (n *notebook.Notebook, prints []string) {
	t.Helper()
	text, err := os.ReadFile("../../docs/your-own.md")
	if err != nil {
		t.Fatal(err)
	}
	cells := []map[string]any{}
	for _, m := range regexp.MustCompile("(?s)```go cell\n(.*?)\n```[^`]*```text\n(.*?)```").FindAllStringSubmatch(string(text), -1) {
		cells = append(cells, map[string]any{"cell_type": "code", "source": m[1], "metadata": map[string]any{}, "outputs": []any{}, "execution_count": nil})
		prints = append(prints, m[2])
	}
	if len(cells) != strings.Count(string(text), "```go cell\n") || len(cells) < 4 {
		t.Fatalf("%d cells of the page say what they print", len(cells))
	}
	content, err := json.Marshal(map[string]any{"nbformat": 4, "nbformat_minor": 4, "metadata": map[string]any{}, "cells": cells})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "page.ipynb")
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
	if n, err = notebook.Read(path); err != nil {
		t.Fatal(err)
	}
	return n, prints
}

// TestYourOwnPage runs each cell as GoNB does: as a program with the declarations of
// those before it.
func TestYourOwnPage(t *testing.T) {
	t.Setenv("SPIKEWALK_CACHE", t.TempDir())
	n, prints := page(t)
	for i, want := range prints {
		one := *n
		one.Cells = nil
		for _, c := range n.Code()[:i+1] {
			copied := *c
			if c.Number <= i {
				copied.Source, _, _ = strings.Cut("\n"+c.Source, "\n%%\n")
			}
			one.Cells = append(one.Cells, &copied)
		}
		text, err := program(&one)
		if err != nil {
			t.Fatal(err)
		}
		main := filepath.Join(t.TempDir(), "main.go")
		if err := os.WriteFile(main, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command("go", "run", "-ldflags=-s", main)
		cmd.Dir = root(t)
		cmd.Env = append(os.Environ(), nb.HeadlessEnv+"=1")
		if out, err := cmd.CombinedOutput(); err != nil || string(out) != want {
			t.Errorf("cell %d prints %q (%v), and the page says %q", i+1, out, err, want)
		}
	}
}

// TestYourOwnPageInJupyter executes the page's cells in Jupyter.
func TestYourOwnPageInJupyter(t *testing.T) {
	testkit.Needs(t, "Jupyter")
	n, prints := page(t)
	out := t.TempDir()
	if said, err := spikewalk(root(t), "notebooks", "--folder", filepath.Dir(n.Path), "--out", out).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	executed, err := notebook.Read(filepath.Join(out, "page.ipynb"))
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range executed.Code() {
		if len(c.Outputs) != 1 || c.Outputs[0].Text != prints[i] {
			t.Errorf("cell %d puts out %+v, and the page says %q", i+1, c.Outputs, prints[i])
		}
	}
}
