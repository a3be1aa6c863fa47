package notebook

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
)

// Select returns the paths of the notebooks in a folder that have the given
// names, with or without ending, in the folder's order and each once; without
// names all of them.
func Select(folder string, names []string) ([]string, error) {
	all, err := filepath.Glob(filepath.Join(folder, "*"+Ending))
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("there are no notebooks in %s", folder)
	}
	if len(names) == 0 {
		return all, nil
	}
	wanted := map[string]bool{}
	var known []string
	for _, path := range all {
		known = append(known, nameOf(path))
	}
	for _, name := range names {
		short := nameOf(name)
		if !slices.Contains(known, short) {
			return nil, fmt.Errorf("no notebook is called %q: there are %s", name, strings.Join(known, ", "))
		}
		wanted[short] = true
	}
	return slices.DeleteFunc(all, func(path string) bool { return !wanted[nameOf(path)] }), nil
}

func nameOf(path string) string { return strings.TrimSuffix(filepath.Base(path), Ending) }
