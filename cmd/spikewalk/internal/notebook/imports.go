package notebook

import (
	"go/parser"
	"go/token"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Mentions tells whether a text is in the notebook's code.
func (n *Notebook) Mentions(text string) bool {
	return slices.ContainsFunc(n.Code(), func(c *Cell) bool { return strings.Contains(c.Source, text) })
}

// Imports lists the packages that the notebook's cells import by name.
func (n *Notebook) Imports() []string {
	all := map[string]bool{}
	for _, c := range n.Code() {
		// The statements of a cell need not be Go declarations; the parser
		// gives the imports, which come first, all the same.
		file, _ := parser.ParseFile(token.NewFileSet(), "", "package p\n"+withoutMagic(c.Source), parser.ImportsOnly)
		if file == nil {
			continue
		}
		for _, i := range file.Imports {
			if path, err := strconv.Unquote(i.Path.Value); err == nil {
				all[path] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(all))
}
