// Package module finds the folder of this module on the user's disk.
package module

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/mod/modfile"
)

// Path is the module's path in its go.mod.
const Path = "github.com/spikewalk/spikewalk"

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
			return "", fmt.Errorf("%s is not inside a working copy of %s: change into one (git clone https://%s) and try again", dir, Path, Path)
		}
	}
}
