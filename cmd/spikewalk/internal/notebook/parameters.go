package notebook

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"slices"
	"strings"
)

// parametersTag marks the cell whose constants a run may set, papermill's
// convention.
const parametersTag = "parameters"

// constant is a constant in a parameters cell: where its value is written.
type constant struct {
	cell       *Cell
	start, end int // of the value, in bytes of the cell's source
	kind       kind
}

// Parameters lists the names of the constants that a run may set.
func (n *Notebook) Parameters() ([]string, error) {
	all, err := n.constants()
	if err != nil {
		return nil, err
	}
	return slices.Sorted(maps.Keys(all)), nil
}

// Set replaces the values of constants in the parameters cell. Each value is a
// Go literal, with a sign if need be, or true or false.
func (n *Notebook) Set(values map[string]string) error {
	for _, name := range slices.Sorted(maps.Keys(values)) {
		// Every replacement moves what follows, hence each looks anew.
		all, err := n.constants()
		if err != nil {
			return err
		}
		c, ok := all[name]
		if !ok {
			return fmt.Errorf("%s has no parameter %q: it has %s", n.Name, name, orNone(slices.Sorted(maps.Keys(all))))
		}
		given, err := literal(values[name])
		if err != nil {
			return fmt.Errorf("parameter %s: %w", name, err)
		}
		if given != c.kind && c.kind != unknown {
			return fmt.Errorf("parameter %s of %s is a %s, and %s is a %s", name, n.Name, c.kind, values[name], given)
		}
		s := c.cell.Source
		c.cell.Source = s[:c.start] + strings.TrimSpace(values[name]) + s[c.end:]
	}
	return nil
}

func orNone(names []string) string {
	if len(names) == 0 {
		return "none (a code cell tagged \"parameters\" with a const declaration would give it some)"
	}
	return strings.Join(names, ", ")
}

// kind is what sort of value a constant has.
type kind string

const (
	unknown kind = ""
	number  kind = "number"
	str     kind = "text"
	boolean kind = "true or false"
)

// literal checks a value given by the user.
func literal(value string) (kind, error) {
	x, err := parser.ParseExpr(value)
	k := unknown
	if err == nil {
		k = kindOf(x)
	}
	if k == unknown {
		return k, fmt.Errorf("%q is not a Go literal: write a number (5, 1e-3), a text in quotes (\"abc\"), true or false", value)
	}
	return k, nil
}

func kindOf(x ast.Expr) kind {
	if u, ok := x.(*ast.UnaryExpr); ok && (u.Op == token.SUB || u.Op == token.ADD) {
		if k := kindOf(u.X); k == number {
			return number
		}
		return unknown
	}
	switch x := x.(type) {
	case *ast.BasicLit:
		if x.Kind == token.STRING {
			return str
		}
		return number
	case *ast.Ident:
		if x.Name == "true" || x.Name == "false" {
			return boolean
		}
	}
	return unknown
}

// constants finds the constants of all parameters cells.
func (n *Notebook) constants() (map[string]constant, error) {
	all := map[string]constant{}
	for _, cell := range n.Code() {
		if !cell.tagged(parametersTag) {
			continue
		}
		const head = "package p\n"
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, "", head+withoutMagic(cell.Source), parser.SkipObjectResolution)
		if err != nil {
			return nil, fmt.Errorf("the parameters cell of %s (cell %d) does not parse: %w", n.Name, cell.Number, err)
		}
		offset := func(p token.Pos) int { return files.Position(p).Offset - len(head) }
		for name, x := range values(file) {
			all[name] = constant{cell, offset(x.Pos()), offset(x.End()), kindOf(x)}
		}
	}
	return all, nil
}

// values maps the constants declared in a file to the expressions they are
// given; those that continue an iota have none.
func values(file *ast.File) map[string]ast.Expr {
	out := map[string]ast.Expr{}
	for _, d := range file.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.CONST {
			continue
		}
		for _, s := range g.Specs {
			v := s.(*ast.ValueSpec)
			for i, name := range v.Names {
				if i < len(v.Values) {
					out[name.Name] = v.Values[i]
				}
			}
		}
	}
	return out
}

// withoutMagic blanks GoNB's special lines, which are no Go, leaving every
// byte where it was.
func withoutMagic(source string) string {
	var b strings.Builder
	for line := range strings.Lines(source) {
		if strings.HasPrefix(line, "%") || strings.HasPrefix(line, "!") {
			line = strings.Repeat(" ", len(strings.TrimRight(line, "\n"))) + line[len(strings.TrimRight(line, "\n")):]
		}
		b.WriteString(line)
	}
	return b.String()
}
