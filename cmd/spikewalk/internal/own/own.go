// Package own begins a task of the user's own: a Go module with the task, its test
// and a notebook.
package own

import (
	"embed"
	"errors"
	"fmt"
	"go/token"
	"go/types"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/module"
	"github.com/spikewalk/spikewalk/internal/scratch"
)

// template is the name of the task that is copied, and of all its files.
const template = "yourtask"

//go:embed yourtask
var files embed.FS

// New makes the folder, whose last part is the name of the task and of its Go
// package, whole or not at all. The new module uses this one as it is found at
// source. It returns the folder, absolute.
func New(folder string, source *module.Source) (string, error) {
	if folder == "" {
		return "", checkName("")
	}
	folder, err := filepath.Abs(folder)
	if err != nil {
		return "", err
	}
	name := filepath.Base(folder)
	if err := checkName(name); err != nil {
		return "", err
	}
	if _, err := os.Lstat(folder); !errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("%s is there already: choose another name", folder)
	}
	if info, err := os.Stat(filepath.Dir(folder)); err != nil || !info.IsDir() {
		return "", fmt.Errorf("there is no folder %s to make %s in: make it first, or choose another", filepath.Dir(folder), name)
	}
	if strings.Contains(folder, ",") {
		return "", fmt.Errorf("a notebook in %s could not use its module: GoNB takes no folder with a comma: choose another", folder)
	}
	mod, sum, err := source.Requiring("example.com/" + name)
	if err != nil {
		return "", err
	}
	stage, remove, err := scratch.Beside(filepath.Dir(folder))
	if err != nil {
		return "", fmt.Errorf("the folder cannot be made: %w", err)
	}
	defer remove()
	made := filepath.Join(stage, name)
	if err := write(made, name, mod, sum); err != nil {
		return "", fmt.Errorf("the folder cannot be made: %w", err)
	}
	return folder, scratch.Move(made, folder)
}

// taken are names that would hide what the notebook imports, or that go gives a
// meaning.
var taken = strings.Fields("main internal vendor testdata context fmt rand rate task nb plotting mat testing neuro gonum train")

var plain = regexp.MustCompile(`^[a-z][a-z0-9]{0,39}$`)

// checkName refuses what is no good name of a Go package.
func checkName(name string) error {
	switch {
	case !plain.MatchString(name):
		return fmt.Errorf("%q cannot be the name of a Go package here: it wants up to 40 small letters and digits, a letter first, for instance delayedmatch", name)
	case token.IsKeyword(name) || types.Universe.Lookup(name) != nil || slices.Contains(taken, name):
		return fmt.Errorf("%q has a meaning already, in Go or in the notebook: choose another name, for instance my%s", name, name)
	}
	return nil
}

func write(folder, name string, mod, sum []byte) error {
	if err := os.Mkdir(folder, scratch.Program); err != nil {
		return err
	}
	contents := map[string][]byte{"go.mod": mod, "go.sum": sum}
	entries, err := files.ReadDir(template)
	if err != nil {
		return err
	}
	for _, e := range entries {
		text, err := files.ReadFile(template + "/" + e.Name())
		if err != nil {
			return err
		}
		contents[strings.ReplaceAll(e.Name(), template, name)] = []byte(strings.ReplaceAll(string(text), template, name))
	}
	for file, text := range contents {
		if err := os.WriteFile(filepath.Join(folder, file), text, scratch.Public); err != nil {
			return err
		}
	}
	return nil
}
