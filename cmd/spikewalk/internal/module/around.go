package module

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/semver"
)

// Around lists the folders of the modules whose packages the cells of a notebook can
// import: this module's first, then the reader's own, which are the nearest module at
// or above the notebook's folder and what the nearest workspace uses.
//
// This module is the reader's where he has a working copy there, or a go.mod that
// replaces it by one; where his go.mod requires a version it is what version returns
// for it; and otherwise it is what the kernel has, own. The error names what cannot be
// used; the list does without it.
func Around(notebook, own string, version func(string) (folder string, err error)) (folders []string, wrong error) {
	users, wrong := usersModules(notebook)
	var paths []string
	var first, required string
	for _, folder := range users {
		mod, err := readMod(folder)
		if err != nil {
			wrong = errors.Join(wrong, err)
			continue
		}
		path := mod.Module.Mod.Path
		if path == Path {
			first = folder
			continue
		}
		if slices.Contains(paths, path) {
			continue
		}
		folders, paths = append(folders, folder), append(paths, path)
		asked, replaced := asks(mod, folder)
		if replaced != "" && first == "" {
			first = replaced
		}
		if asked != "" && (required == "" || semver.Compare(asked, required) > 0) {
			required = asked
		}
	}
	var err error
	if first == "" && required != "" {
		first, err = version(required)
	}
	if first != "" && err == nil {
		_, err = readMod(first)
	}
	if first == "" || err != nil {
		first = own
	}
	return append([]string{first}, folders...), errors.Join(wrong, err)
}

// asks tells which version of this module another requires, and the folder by which
// it replaces it; both are empty if it does neither.
func asks(mod *modfile.File, folder string) (version, replaced string) {
	for _, r := range mod.Replace {
		if r.Old.Path != Path {
			continue
		}
		if r.New.Version != "" {
			return "", "" // another module in our place: go finds it by itself
		}
		path := filepath.FromSlash(r.New.Path)
		if !filepath.IsAbs(path) {
			path = filepath.Join(folder, path)
		}
		return "", path
	}
	for _, r := range mod.Require {
		if r.Mod.Path == Path {
			return r.Mod.Version, ""
		}
	}
	return "", ""
}

// usersModules are the folders of the modules that go itself would use in a
// folder.
func usersModules(folder string) (folders []string, err error) {
	if file := above(folder, "go.mod"); file != "" {
		folders = append(folders, filepath.Dir(file))
	}
	file := above(folder, "go.work")
	if file == "" {
		return folders, nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return folders, err
	}
	work, err := modfile.ParseWork(file, text, nil)
	if err != nil {
		return folders, fmt.Errorf("the workspace cannot be used: %w", err)
	}
	for _, use := range work.Use {
		path := filepath.FromSlash(use.Path)
		if !filepath.IsAbs(path) {
			path = filepath.Join(filepath.Dir(file), path)
		}
		folders = append(folders, path)
	}
	return folders, nil
}

// above returns the nearest file of this name in a folder or those above, or "".
func above(folder, name string) string {
	for {
		path := filepath.Join(folder, name)
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
			return path
		}
		if folder == filepath.Dir(folder) {
			return ""
		}
		folder = filepath.Dir(folder)
	}
}

// readMod reads the go.mod of a folder that GoNB can use.
func readMod(folder string) (*modfile.File, error) {
	if strings.Contains(folder, ",") {
		return nil, fmt.Errorf("a module cannot be used: GoNB takes no folder with a comma, %s", folder)
	}
	file := filepath.Join(folder, "go.mod")
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("a module cannot be used: %w", err)
	}
	mod, err := modfile.Parse(file, text, nil)
	if err != nil {
		return nil, fmt.Errorf("a module cannot be used: %w", err)
	}
	if mod.Module == nil {
		return nil, fmt.Errorf("a module cannot be used: %s names none", file)
	}
	return mod, nil
}
