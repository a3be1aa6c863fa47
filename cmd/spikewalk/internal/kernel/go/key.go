package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/modfile"
)

// version is part of every key: raise it when what is kept changes its form.
const version = "1"

// embed finds the directives to embed files, with their patterns.
var embed = regexp.MustCompile(`(?m)^//go:embed[ \t]+(.*)$`)

// key changes with everything that the cell's program depends on: the sources
// of all modules of the workspace, the versions of all others, Go and its
// settings. It does not change with the path of GoNB's folder, only with its
// length. It costs 20 ms for the 1.6 MB of our module, all of them read: dates
// of files can lie. As for Go's own cache, C libraries of the system do not count.
func (c cell) key(goPath string) (string, error) {
	settings, err := settings(goPath)
	if err != nil {
		return "", err
	}
	folders, err := modules(settings)
	if err != nil {
		return "", err
	}
	text, err := json.Marshal(settings)
	if err != nil {
		return "", err
	}
	k := digest{sha256.New()}
	k.add(version, fmt.Sprint(len(c.folder), len(c.name)), c.without(string(text)))
	k.add(c.args[3:]...)
	for _, folder := range folders {
		if err := k.addSources(c, folder); err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(k.Sum(nil)[:16]), nil
}

// without takes the folder's changing path and name out of a text.
func (c cell) without(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, c.folder, ""), c.name, "")
}

// settings are those of go in this folder, with files and variables taken
// into account.
func settings(goPath string) (map[string]string, error) {
	text, err := exec.Command(goPath, "env", "-json").Output()
	if err != nil {
		return nil, err
	}
	var s map[string]string
	if err := json.Unmarshal(text, &s); err != nil {
		return nil, err
	}
	delete(s, "GOGCCFLAGS") // follows from the others, and names a new folder each time
	return s, nil
}

// modules are the folders of all modules whose sources can change: those of
// the workspace and those that stand for others.
func modules(settings map[string]string) ([]string, error) {
	var folders []string
	add := func(from, path string) {
		if !filepath.IsAbs(path) {
			path = filepath.Join(from, path)
		}
		if !slices.Contains(folders, path) {
			folders = append(folders, path)
		}
	}
	replaced := func(from string, all []*modfile.Replace) {
		for _, r := range all {
			if r.New.Version == "" { // a folder
				add(from, r.New.Path)
			}
		}
	}
	if work := settings["GOWORK"]; work != "" && work != "off" {
		text, err := os.ReadFile(work)
		if err != nil {
			return nil, err
		}
		file, err := modfile.ParseWork(work, text, nil)
		if err != nil {
			return nil, err
		}
		for _, use := range file.Use {
			add(filepath.Dir(work), use.Path)
		}
		replaced(filepath.Dir(work), file.Replace)
	} else {
		add("", filepath.Dir(settings["GOMOD"]))
	}
	// Only what these modules themselves replace counts.
	for _, folder := range slices.Clone(folders) {
		text, err := os.ReadFile(filepath.Join(folder, "go.mod"))
		if err != nil {
			return nil, err
		}
		file, err := modfile.Parse(filepath.Join(folder, "go.mod"), text, nil)
		if err != nil {
			return nil, err
		}
		replaced(folder, file.Replace)
	}
	return folders, nil
}

// compiled are the endings of the files that go build reads in a package's
// folder, and the names of those it reads of a module.
var compiled = strings.Fields(".go .s .S .sx .c .cc .cpp .cxx .m .h .hh .hpp .hxx .f .F .for .f90 .swig .swigcxx .syso .pgo " +
	"go.mod go.sum go.work go.work.sum modules.txt")

// digest adds parts to a hash so that no two lists of parts are the same.
type digest struct{ hash.Hash }

func (d digest) add(parts ...string) {
	for _, p := range parts {
		fmt.Fprintf(d, "%d:%s", len(p), p)
	}
}

// addSources adds the files of a module that may be in the program.
func (d digest) addSources(c cell, module string) error {
	d.add(c.without(module))
	return walk(module, func(path string) error {
		name := filepath.Base(path)
		if strings.HasSuffix(name, "_test.go") ||
			!slices.Contains(compiled, name) && !slices.Contains(compiled, filepath.Ext(name)) {
			return nil
		}
		text, err := d.addFile(c, path)
		if err != nil {
			return err
		}
		for _, directive := range embed.FindAllSubmatch(text, -1) {
			if err := d.addEmbedded(c, filepath.Dir(path), string(directive[1])); err != nil {
				return err
			}
		}
		return nil
	})
}

// addEmbedded adds the files of a folder that match one of the patterns in a
// directive go:embed, and all those in folders that do.
func (d digest) addEmbedded(c cell, folder, patterns string) error {
	files := os.DirFS(folder)
	for patterns = strings.TrimSpace(patterns); patterns != ""; patterns = strings.TrimSpace(patterns) {
		pattern := strings.Fields(patterns)[0]
		if quoted, err := strconv.QuotedPrefix(patterns); err == nil {
			pattern = quoted
		}
		patterns = patterns[len(pattern):]
		if plain, err := strconv.Unquote(pattern); err == nil {
			pattern = plain
		}
		matches, err := fs.Glob(files, strings.TrimPrefix(pattern, "all:"))
		if err != nil {
			return err
		}
		for _, match := range matches {
			err := fs.WalkDir(files, match, func(path string, entry fs.DirEntry, err error) error {
				if err != nil || !entry.Type().IsRegular() {
					return err
				}
				_, err = d.addFile(c, filepath.Join(folder, filepath.FromSlash(path)))
				return err
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func (d digest) addFile(c cell, path string) ([]byte, error) {
	text, err := os.ReadFile(path)
	if err == nil {
		d.add(c.without(path), c.without(string(text)))
	}
	return text, err
}

// errLinked says that a folder of a module is elsewhere.
var errLinked = errors.New("a folder of the module is a link")

// walk calls visit with the files of a module, without those of modules within
// it and of hidden folders.
func walk(module string, visit func(path string) error) error {
	return filepath.WalkDir(module, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if !entry.IsDir() {
			file, err := os.Stat(path)
			switch {
			case err == nil && file.IsDir():
				return errLinked // go build follows it, where to may be a loop
			case err == nil && file.Mode().IsRegular():
				return visit(path)
			}
			return nil // a broken link, a socket: nothing for go build
		}
		if path == module {
			return nil
		}
		if _, err := os.Stat(filepath.Join(path, "go.mod")); err == nil || entry.Name()[0] == '.' {
			return fs.SkipDir
		}
		return nil
	})
}
