// Command go stands before the real one on our kernel's PATH and keeps the
// programs that cells were compiled to.
//
// GoNB compiles every cell to a program of its own, and Go keeps packages but
// not programs: each time a notebook runs, each cell is linked anew, which takes
// longer than all that most cells do. GoNB runs whatever go the PATH names and
// has no other place to step in, hence a program of that name. A cell that was
// compiled before, anywhere on this machine, is taken from the folder cells of
// spikewalk's cache; all else is left to the real go.
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

func main() {
	goPath, err := realGo()
	if err != nil {
		fmt.Fprintln(os.Stderr, "go:", err)
		os.Exit(1)
	}
	args := os.Args[1:]
	c, isCell := cellOf(args)
	switch {
	case isCell:
		err = c.build(goPath)
	case slices.Equal(args, []string{"get"}) && os.Getenv("GOPROXY") == "off":
		// GoNB runs it before each cell. Without a proxy it can get nothing,
		// and go build says more plainly what is missing.
		return
	default:
		err = become(goPath, args)
	}
	if exit := new(exec.ExitError); errors.As(err, &exit) && exit.ExitCode() > 0 {
		os.Exit(exit.ExitCode())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "go:", err)
		os.Exit(1)
	}
}

// realGo is the first go on the PATH that is not this program.
func realGo() (string, error) {
	self, err := os.Executable()
	if err != nil {
		return "", err
	}
	us, err := os.Stat(self)
	if err != nil {
		return "", err
	}
	for _, folder := range filepath.SplitList(os.Getenv("PATH")) {
		path, err := exec.LookPath(filepath.Join(folder, "go"))
		if err != nil {
			continue
		}
		if it, err := os.Stat(path); err == nil && !os.SameFile(us, it) {
			return filepath.Abs(path)
		}
	}
	return "", errors.New("the go program is not on the PATH, and cells are compiled with it: install Go from go.dev/dl")
}

// A cell is what GoNB asks to be compiled.
type cell struct {
	// folder is GoNB's own, which each kernel gives another name, and name is
	// its last part, after which the module and the program are called, too.
	folder, name string
	// args are the arguments of go.
	args []string
}

// cellOf recognises GoNB's way to compile a cell: go build -o FOLDER/NAME in
// the folder FOLDER, whose last part is NAME.
func cellOf(args []string) (c cell, ok bool) {
	folder, err := os.Getwd()
	if err != nil || len(args) < 3 {
		return c, false
	}
	c = cell{folder: folder, name: filepath.Base(folder), args: args}
	ok = strings.HasPrefix(c.name, "gonb_") && args[0] == "build" && args[1] == "-o" &&
		args[2] == filepath.Join(c.folder, c.name)
	return c, ok
}

func (c cell) program() string { return filepath.Join(c.folder, c.name) }

// build makes the cell's program: the one that was kept, or else a new one,
// which it keeps. What goes wrong with keeping is no reason to fail: then the
// real go does what it would have done.
func (c cell) build(goPath string) error {
	s, err := openStore()
	if err != nil {
		return become(goPath, c.args)
	}
	key, err := c.key(goPath)
	if err != nil {
		return become(goPath, c.args)
	}
	if s.restore(key, c) == nil {
		return nil
	}
	if err := run(goPath, c.args); err != nil {
		return err
	}
	// A source that changed meanwhile may or may not be in the program.
	if after, err := c.key(goPath); err == nil && after == key {
		_ = s.keep(key, c)
	}
	return nil
}
