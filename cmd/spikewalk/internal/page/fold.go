package page

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/notebook"
)

// listing is the code of a cell as the page shows it.
type listing struct {
	// Folded tells that the reader sees the line Label at first, and Lines
	// that it counts.
	Folded bool
	Label  string
	Lines  int
	// Above is what a cell imports and defines before it does something, if
	// that is long.
	Above []above
	Code  template.HTML
}

// above is a part of a cell that the reader sees as a line at first.
type above struct {
	Class, Label string
	Code         template.HTML
}

// newListing folds cells that only define, and what others import and define.
func newListing(c *notebook.Cell) listing {
	source := strings.TrimRight(c.Source, "\n")
	l := listing{Lines: strings.Count(source, "\n") + 1, Label: "Code", Code: code(source)}
	if c.Tagged("parameters") {
		l.Label = "Parameters"
		return l
	}
	if names, packages, ok := defined(source); ok {
		l.Folded = true
		switch {
		case len(names) > 0:
			l.Label = "Definitions: " + some(names, mostNames)
		default:
			l.Label = "Imports: " + some(packages, mostPackages)
		}
		return l
	}
	if head, packages := imports(source); len(packages) > 0 && strings.Count(source[:head], "\n") > 1 {
		l.Above = append(l.Above, above{"imports", "Imports: " + some(packages, mostPackages), code(strings.TrimRight(source[:head], "\n"))})
		source = strings.TrimLeft(source[head:], "\n")
	}
	if at := strings.Index(source, "\n%%"); at >= 0 && strings.Count(source[:at], "\n") > shortDefinitions {
		if names, _, ok := defined(source[:at]); ok {
			top := strings.TrimRight(source[:at], "\n")
			label := fmt.Sprintf("Definitions: %s · %d lines", some(names, mostNames), strings.Count(top, "\n")+1)
			l.Above = append(l.Above, above{"definitions", label, code(top)})
			source = source[at+1:]
		}
	}
	l.Code = code(source)
	return l
}

// How many names fit into the line for a folded cell, and up to how many lines of
// definitions are read with the code that uses them.
const mostNames, mostPackages, shortDefinitions = 6, 12, 6

func some(names []string, most int) string {
	if more := len(names) - most; more > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), more)
	}
	return strings.Join(names, ", ")
}

// defined tells what a cell that does nothing else defines and imports. One
// with a line for the kernel (%%, !) or a main function does something.
func defined(source string) (names, packages []string, ok bool) {
	for line := range strings.Lines(source) {
		if strings.HasPrefix(line, "%") || strings.HasPrefix(line, "!") {
			return nil, nil, false
		}
	}
	file, err := parser.ParseFile(token.NewFileSet(), "", "package cell\n"+source, parser.SkipObjectResolution)
	if err != nil || len(file.Decls) == 0 {
		return nil, nil, false
	}
	for _, d := range file.Decls {
		names = append(names, declared(d)...)
	}
	for _, spec := range file.Imports {
		packages = append(packages, packageName(spec))
	}
	return names, packages, !slices.Contains(names, "main")
}

// declared are the names of a declaration.
func declared(d ast.Decl) (names []string) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		return []string{receiver(d) + d.Name.Name}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				names = append(names, spec.Name.Name)
			case *ast.ValueSpec:
				for _, name := range spec.Names {
					names = append(names, name.Name)
				}
			}
		}
	}
	return names
}

// receiver is the type of a method, with a dot.
func receiver(d *ast.FuncDecl) string {
	if d.Recv == nil || len(d.Recv.List) == 0 {
		return ""
	}
	of := d.Recv.List[0].Type
	for {
		switch t := of.(type) {
		case *ast.StarExpr:
			of = t.X
		case *ast.IndexExpr:
			of = t.X
		case *ast.Ident:
			return t.Name + "."
		default:
			return ""
		}
	}
}

// packageName is the name by which code calls a package, as far as its path
// tells.
func packageName(spec *ast.ImportSpec) string {
	if spec.Name != nil {
		return spec.Name.Name
	}
	path, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		return spec.Path.Value
	}
	parts := strings.Split(path, "/")
	name := parts[len(parts)-1]
	if len(parts) > 1 && len(name) > 1 && name[0] == 'v' && strings.Trim(name[1:], "0123456789") == "" {
		name = parts[len(parts)-2] // a version
	}
	return name
}

// imports finds where the imports at the head of a cell end, with the comments
// before them.
func imports(source string) (end int, packages []string) {
	const head = "package cell\n"
	text := head + source
	if at := strings.Index(text, "\n%"); at >= 0 {
		text = text[:at+1]
	}
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, "", text, parser.ImportsOnly)
	if err != nil || len(file.Imports) == 0 {
		return 0, nil
	}
	for _, spec := range file.Imports {
		packages = append(packages, packageName(spec))
	}
	last := file.Decls[len(file.Decls)-1]
	end = files.Position(last.End()).Offset - len(head)
	if at := strings.IndexByte(source[end:], '\n'); at >= 0 {
		return end + at + 1, packages
	}
	return len(source), packages
}
