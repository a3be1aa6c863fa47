package notebook

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/choose"
)

// parametersTag marks the cell whose constants a run may set, papermill's
// convention.
const parametersTag = "parameters"

// parameter is a constant in a parameters cell: its value, and where that is
// written.
type parameter struct {
	cell       *Cell
	start, end int // of the value, in bytes of the cell's source
	value      constant.Value
	basic      *types.Basic
}

// Parameters lists the names of the constants that a run may set.
func (n *Notebook) Parameters() ([]string, error) {
	all, err := n.parameters()
	if err != nil {
		return nil, err
	}
	return slices.Sorted(maps.Keys(all)), nil
}

// Set replaces the values of constants in the parameters cell. Each value is a
// Go literal, with a sign if need be, of the constant's type; a text may go without
// its quotes. What is written is the value, not the text. All parameters, set or not, must then be within the
// ranges that the notebook gives.
func (n *Notebook) Set(values map[string]string) error {
	for _, name := range slices.Sorted(maps.Keys(values)) {
		// Every replacement moves what follows, hence each looks anew.
		all, err := n.parameters()
		if err != nil {
			return err
		}
		p, ok := all[name]
		if !ok {
			return n.unknown(name, slices.Sorted(maps.Keys(all)))
		}
		text, err := n.literal(name, values[name], p)
		if err != nil {
			return err
		}
		s := p.cell.Source
		p.cell.Source = s[:p.start] + text + s[p.end:]
	}
	return n.checkRanges()
}

// checkRanges refuses the first parameter that is out of its range.
func (n *Notebook) checkRanges() error {
	all, err := n.parameters()
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		p := all[name]
		if r, ok := n.Ranges[name]; ok && !r.holds(p.value, all) {
			return fmt.Errorf("parameter %s of %s is %s, and %s is not", name, n.Name, r.text(all), p.cell.Source[p.start:p.end])
		}
	}
	return nil
}

func (n *Notebook) unknown(name string, names []string) error {
	if len(names) == 0 {
		return fmt.Errorf("%s has no parameter %q: it has none (a code cell tagged \"parameters\" with a const declaration would give it some)", n.Name, name)
	}
	if alike := choose.Alike(name, names); len(alike) > 0 {
		return fmt.Errorf("%s has no parameter %q: did you mean %s?", n.Name, name, strings.Join(alike, " or "))
	}
	return fmt.Errorf("%s has no parameter %q: it has %s", n.Name, name, strings.Join(names, ", "))
}

// literal is a given value as Go writes it, of the parameter's type.
func (n *Notebook) literal(name, given string, p parameter) (string, error) {
	v, kind := parseLiteral(given), kindOf(p.basic)
	if kind == str && v.Kind() != constant.String {
		v = constant.MakeString(given) // without quotes, as a path is typed
	}
	if v.Kind() == constant.Unknown {
		return "", fmt.Errorf("parameter %s: %q is not a Go literal: write a number (5, 1e-3), true or false", name, given)
	}
	text := kind.write(v)
	if text == "" {
		return "", fmt.Errorf("parameter %s of %s is a %s, and %s is none: it is %s in the notebook", name, n.Name, kind, given, p.cell.Source[p.start:p.end])
	}
	if p.basic.Info()&types.IsUnsigned != 0 && constant.Sign(v) < 0 {
		return "", fmt.Errorf("parameter %s of %s is a %s, which has no sign, and %s has one", name, n.Name, p.basic, given)
	}
	if _, err := types.Eval(token.NewFileSet(), nil, token.NoPos, types.Default(p.basic).String()+"("+text+")"); err != nil {
		return "", fmt.Errorf("parameter %s of %s is of type %s, which does not hold %s", name, n.Name, types.Default(p.basic), given)
	}
	return text, nil
}

// parseLiteral is the value of a literal, with a sign if need be, and unknown
// for anything else. Comments and blanks around it do not matter.
func parseLiteral(text string) constant.Value {
	x, err := parser.ParseExpr(text)
	if err != nil {
		return constant.MakeUnknown()
	}
	sign := token.ADD
	if u, ok := x.(*ast.UnaryExpr); ok && (u.Op == token.SUB || u.Op == token.ADD) {
		x, sign = u.X, u.Op
	}
	switch x := x.(type) {
	case *ast.BasicLit:
		v := constant.MakeFromLiteral(x.Value, x.Kind, 0)
		if x.Kind == token.INT || x.Kind == token.FLOAT { // 'a' is a number too, which nobody means
			return constant.UnaryOp(sign, v, 0)
		}
		if sign == token.ADD && x.Kind == token.STRING {
			return v
		}
	case *ast.Ident:
		if x.Name == "true" || x.Name == "false" {
			return constant.MakeBool(x.Name == "true")
		}
	}
	return constant.MakeUnknown()
}

// parameters finds the constants of all parameters cells whose values are
// written there; those that continue an iota have none.
func (n *Notebook) parameters() (map[string]parameter, error) {
	all := map[string]parameter{}
	for _, cell := range n.Code() {
		if !cell.Tagged(parametersTag) {
			continue
		}
		const head = "package p\n"
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, "", head+withoutMagic(cell.Source), parser.SkipObjectResolution)
		if err != nil {
			return nil, fmt.Errorf("the parameters cell of %s (cell %d) does not parse: %w", n.Name, cell.Number, err)
		}
		// What a constant is does not depend on what else is in the cell.
		info := types.Info{Defs: map[*ast.Ident]types.Object{}}
		check := types.Config{Error: func(error) {}}
		_, _ = check.Check("p", files, []*ast.File{file}, &info)
		offset := func(p token.Pos) int { return files.Position(p).Offset - len(head) }
		for name, x := range values(file) {
			c, ok := info.Defs[name].(*types.Const)
			if !ok {
				continue
			}
			if basic, ok := c.Type().Underlying().(*types.Basic); ok && kindOf(basic) != "" {
				all[name.Name] = parameter{cell, offset(x.Pos()), offset(x.End()), c.Val(), basic}
			}
		}
	}
	return all, nil
}

// values maps the constants declared in a file to the expressions they are
// given.
func values(file *ast.File) map[*ast.Ident]ast.Expr {
	out := map[*ast.Ident]ast.Expr{}
	for _, d := range file.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.CONST {
			continue
		}
		for _, s := range g.Specs {
			v := s.(*ast.ValueSpec)
			for i, name := range v.Names {
				if i < len(v.Values) {
					out[name] = v.Values[i]
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
