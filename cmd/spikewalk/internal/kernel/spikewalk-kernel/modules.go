package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"
)

// modules lists the folders of the modules whose packages cells can import: the
// one of the kernel, and those of the user, which are the nearest module at or above
// the notebook's folder and what the nearest workspace uses. A module of
// the user's with the same path as the kernel's (another working copy) is taken in
// its place. The error names a file that cannot be used; the list does without it.
func modules(notebook, own string) ([]string, error) {
	folders := []string{own}
	paths := []string{}
	if path, err := modulePath(own); err == nil {
		paths = append(paths, path)
	} else {
		return folders, err
	}
	users, wrong := usersModules(notebook)
	for _, folder := range users {
		path, err := modulePath(folder)
		if err == nil && strings.Contains(folder, ",") {
			err = fmt.Errorf("a module cannot be used: GoNB takes no folder with a comma, %s", folder)
		}
		if err != nil {
			wrong = errors.Join(wrong, err)
			continue
		}
		if at := slices.Index(paths, path); at >= 0 {
			if at == 0 {
				folders[0] = folder
			}
			continue
		}
		folders, paths = append(folders, folder), append(paths, path)
	}
	return folders, wrong
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

// modulePath reads the path of the module in a folder.
func modulePath(folder string) (string, error) {
	file := filepath.Join(folder, "go.mod")
	text, err := os.ReadFile(file)
	if err != nil {
		return "", fmt.Errorf("a module cannot be used: %w", err)
	}
	mod, err := modfile.Parse(file, text, nil)
	if err != nil {
		return "", fmt.Errorf("a module cannot be used: %w", err)
	}
	if mod.Module == nil {
		return "", fmt.Errorf("a module cannot be used: %s names none", file)
	}
	return mod.Module.Mod.Path, nil
}
