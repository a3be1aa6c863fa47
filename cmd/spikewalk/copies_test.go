package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What a reader changes in his copies stays, what he does not becomes that of a later
// version, and the module's notebooks stay as they are.
func TestCopyNotebooks(t *testing.T) {
	from, to := t.TempDir(), filepath.Join(t.TempDir(), "a", "[c]")
	write := func(folder, name, text string) {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(from, "01_a.ipynb", "first")
	write(from, "02_b.ipynb", "second")
	if err := os.Mkdir(filepath.Join(from, "images"), 0o755); err != nil {
		t.Fatal(err)
	}
	write(filepath.Join(from, "images"), "x.png", "image")
	for _, c := range []struct {
		change     func()
		says, want string
	}{
		{func() {}, "Copied 2 notebooks", "01_a.ipynb=first 02_b.ipynb=second images/x.png=image"},
		{func() {}, "", "01_a.ipynb=first 02_b.ipynb=second images/x.png=image"},
		{func() { write(to, "01_a.ipynb", "mine"); write(to, "mine.ipynb", "m") }, "you changed them: 01_a.ipynb.",
			"01_a.ipynb=mine 02_b.ipynb=second images/x.png=image mine.ipynb=m"},
		{func() { os.Remove(filepath.Join(to, "01_a.ipynb")) }, "Copied 1 notebooks",
			"01_a.ipynb=first 02_b.ipynb=second images/x.png=image mine.ipynb=m"},
		{func() {
			write(to, "02_b.ipynb", "mine")
			write(from, "01_a.ipynb", "newer")
			write(from, "02_b.ipynb", "newer")
		}, "you changed them: 02_b.ipynb.", "01_a.ipynb=newer 02_b.ipynb=mine images/x.png=image mine.ipynb=m"},
		{func() { os.Remove(filepath.Join(to, copiedAs)); write(from, "01_a.ipynb", "newest") }, "you changed them: 01_a.ipynb, 02_b.ipynb.",
			"01_a.ipynb=newer 02_b.ipynb=mine images/x.png=image mine.ipynb=m"},
	} {
		c.change()
		var said strings.Builder
		err := copyNotebooks(from, to, "--folder", func(format string, args ...any) { fmt.Fprintf(&said, format+"\n", args...) })
		if err != nil {
			t.Fatal(err)
		}
		if (said.Len() > 0) != (c.says != "") || !strings.Contains(said.String(), c.says) {
			t.Errorf("said %q, want %q", said.String(), c.says)
		}
		if d := cmp.Diff(c.want, holds(t, to)); d != "" {
			t.Error(d)
		}
	}
}

// holds writes what the files of a folder that are not hidden hold.
func holds(t *testing.T, folder string) string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(folder, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(d.Name(), ".") {
			return err
		}
		text, err := os.ReadFile(path)
		name, _ := filepath.Rel(folder, path)
		files = append(files, filepath.ToSlash(name)+"="+string(text))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(files, " ")
}

func TestCopiesWhereNoneCanBe(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, to := range []string{file, "/proc/none"} {
		err := copyNotebooks("../../notebooks", to, "--copies", t.Logf)
		if err == nil || strings.Contains(err.Error(), "\n") || !strings.Contains(err.Error(), "choose another folder with --copies") {
			t.Errorf("%s: error %v, want one sentence that names the flag", to, err)
		}
	}
}
