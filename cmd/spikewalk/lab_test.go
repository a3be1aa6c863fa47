//go:build unix

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Notebooks that cannot be run do not keep the others from being shown.
func TestLabPassesOverOtherNotebooks(t *testing.T) {
	folder := t.TempDir()
	for name, text := range map[string]string{
		"broken":  `garbage`,
		"python":  `{"nbformat":4,"cells":[],"metadata":{"kernelspec":{"name":"python3","language":"python"}}}`,
		"working": `{"nbformat":4,"cells":[{"cell_type":"code","source":"import \"github.com/spikewalk/spikewalk/plotting\""}]}`,
	} {
		if err := os.WriteFile(filepath.Join(folder, name+".ipynb"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	packages, err := usedIn(folder)
	if err != nil {
		t.Error(err)
	}
	if d := cmp.Diff([]string{"github.com/spikewalk/spikewalk/plotting"}, packages); d != "" {
		t.Error(d)
	}
}

// What a reader changes in his copies stays, and the module's notebooks stay as
// they are.
func TestLabOpensCopies(t *testing.T) {
	from, to := t.TempDir(), filepath.Join(t.TempDir(), "a", "[c]")
	write := func(folder, name, text string) {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(from, "01_a.ipynb", "first")
	write(from, "02_b.ipynb", "second")
	for _, c := range []struct {
		change func()
		says   string
		want   map[string]string
	}{
		{func() {}, "Copied 2 notebooks", map[string]string{"01_a.ipynb": "first", "02_b.ipynb": "second"}},
		{func() {}, "", map[string]string{"01_a.ipynb": "first", "02_b.ipynb": "second"}},
		{func() { write(to, "01_a.ipynb", "mine"); write(to, "mine.ipynb", "m") }, "longer those of the module: 01_a.ipynb.",
			map[string]string{"01_a.ipynb": "mine", "02_b.ipynb": "second", "mine.ipynb": "m"}},
		{func() { os.Remove(filepath.Join(to, "01_a.ipynb")) }, "Copied 1 notebooks",
			map[string]string{"01_a.ipynb": "first", "02_b.ipynb": "second", "mine.ipynb": "m"}},
	} {
		c.change()
		var said strings.Builder
		err := copyNotebooks(from, to, func(format string, args ...any) { fmt.Fprintf(&said, format+"\n", args...) })
		if err != nil {
			t.Fatal(err)
		}
		if (said.Len() > 0) != (c.says != "") || !strings.Contains(said.String(), c.says) {
			t.Errorf("said %q, want %q", said.String(), c.says)
		}
		got := map[string]string{}
		entries, _ := os.ReadDir(to)
		for _, e := range entries {
			text, _ := os.ReadFile(filepath.Join(to, e.Name()))
			got[e.Name()] = string(text)
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Error(d)
		}
	}
}

func TestLabFolderThatCannotBe(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, f := range []labFlags{{own: file}, {own: file + "none"}, {copies: file}} {
		if _, err := f.prepare(root(t), t.Logf); err == nil || strings.Contains(err.Error(), "\n") {
			t.Errorf("%+v: error %v, want one sentence", f, err)
		}
	}
}
