// Package module finds this module: a working copy on the user's disk, or the
// version that the program was built from, in Go's module cache.
package module

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"

	"golang.org/x/mod/modfile"
)

// Path is the module's path in its go.mod.
const Path = "github.com/spikewalk/spikewalk"

// Source is where this module is.
type Source struct {
	// Folder holds the module's files. Those of a version are in Go's cache and
	// not to be changed.
	Folder string
	// Version is empty for a working copy.
	Version string
	// sums are the version's lines of a go.sum.
	sums string
}

// Find returns the working copy that dir is in, or else the version that this
// program was built from, which is downloaded where it is not on this machine.
func Find(ctx context.Context, dir string) (*Source, error) {
	root, err := Root(dir)
	if err == nil {
		return &Source{Folder: root}, nil
	}
	if !errors.Is(err, errNone) {
		return nil, err
	}
	version, err := built()
	if err != nil {
		return nil, err
	}
	return Download(ctx, version)
}

// errNone is why Root fails outside of working copies.
var errNone = errors.New("not inside a working copy of " + Path)

// Root returns the folder of this module: dir or the nearest folder above it
// whose go.mod says so.
func Root(dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	for at := dir; ; at = filepath.Dir(at) {
		text, err := os.ReadFile(filepath.Join(at, "go.mod"))
		if err == nil && modfile.ModulePath(text) == Path {
			return at, nil
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
		if at == filepath.Dir(at) {
			return "", fmt.Errorf("%s is %w", dir, errNone)
		}
	}
}

// Go is the go program, absolute.
func Go() (string, error) {
	path, err := exec.LookPath("go")
	if err != nil {
		return "", fmt.Errorf("the go program is not on the PATH, and cells are compiled with it: install Go from go.dev/dl")
	}
	return filepath.Abs(path)
}
