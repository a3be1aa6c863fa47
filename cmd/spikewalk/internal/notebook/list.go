package notebook

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/choose"
)

// List returns the paths of all notebooks in a folder, in the order of their
// names.
func List(folder string) ([]string, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, fmt.Errorf("the folder of the notebooks cannot be read: %w", err)
	}
	var paths []string
	for _, e := range entries {
		if filepath.Ext(e.Name()) == Ending && !strings.HasPrefix(e.Name(), ".") {
			paths = append(paths, filepath.Join(folder, e.Name()))
		}
	}
	return paths, nil
}

// Select returns the paths of the notebooks in a folder that have the given
// names, in the folder's order and each once; without names all of them. A name
// is with or without ending, or as much of its beginning as only one has.
func Select(folder string, names []string) ([]string, error) {
	all, err := List(folder)
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("there are no notebooks in %s", folder)
	}
	if len(names) == 0 {
		return all, nil
	}
	var known []string
	for _, path := range all {
		known = append(known, nameOf(path))
	}
	wanted := map[string]bool{}
	for _, name := range names {
		if name == "" {
			return nil, choose.Unknown("notebook", name, known)
		}
		if err := checkFolder(name, folder); err != nil {
			return nil, err
		}
		one, err := choose.One("notebook", nameOf(name), known)
		if err != nil {
			return nil, err
		}
		wanted[one] = true
	}
	return slices.DeleteFunc(all, func(path string) bool { return !wanted[nameOf(path)] }), nil
}

// checkFolder refuses the path of a notebook in another folder: one of the
// same name may be in this one.
func checkFolder(name, folder string) error {
	if filepath.Base(name) == name {
		return nil
	}
	there, err := os.Stat(filepath.Dir(name))
	if here, wrong := os.Stat(folder); err == nil && wrong == nil && os.SameFile(here, there) {
		return nil
	}
	return fmt.Errorf("%s is not in the folder %s: name that of your own notebooks with --folder", name, folder)
}

func nameOf(path string) string { return strings.TrimSuffix(filepath.Base(path), Ending) }
