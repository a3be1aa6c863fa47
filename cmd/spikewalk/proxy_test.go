package main

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/mod/module"
	"golang.org/x/mod/zip"
)

// serve lets a folder serve a working copy, as it is, as a version of its module: what GOPROXY=file://… reads, see https://go.dev/ref/mod#goproxy-protocol.
func serve(t *testing.T, folder, root string, m module.Version) {
	t.Helper()
	at := filepath.Join(folder, filepath.FromSlash(m.Path), "@v")
	if err := os.MkdirAll(at, 0o755); err != nil {
		t.Fatal(err)
	}
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	archive, err := os.Create(filepath.Join(at, m.Version+".zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	files, err := published(root)
	if err != nil {
		t.Fatal(err)
	}
	if err := zip.Create(archive, m, files); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		m.Version + ".mod":  string(mod),
		m.Version + ".info": fmt.Sprintf(`{"Version":%q,"Time":"2026-01-01T00:00:00Z"}`, m.Version),
		"list":              m.Version + "\n",
	} {
		if err := os.WriteFile(filepath.Join(at, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// published lists what a version of the module in a folder would hold: all but
// modules within it, results, and what belongs to git.
func published(root string) (files []zip.File, err error) {
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		_, noModule := os.Stat(filepath.Join(path, "go.mod"))
		switch {
		case d.IsDir() && (name == "out" || d.Name() == ".git" || name != "." && noModule == nil):
			return fs.SkipDir
		case d.Type().IsRegular() && d.Name() != ".git":
			files = append(files, inZip{filepath.ToSlash(name), path})
		}
		return nil
	})
	return files, err
}

// inZip is a file of the module: its name there, and where it is.
type inZip struct{ name, path string }

func (f inZip) Path() string                 { return f.name }
func (f inZip) Lstat() (fs.FileInfo, error)  { return os.Lstat(f.path) }
func (f inZip) Open() (io.ReadCloser, error) { return os.Open(f.path) }
