package nonsense

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"io"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/spikewalk/spikewalk"

// function is one exported function, or method with its receiver as the first
// argument.
type function struct {
	pkg, name string // "neuro/nef", "Population.Rates"
	method    bool
	doc       string
	call      reflect.Value
}

func (f function) String() string { return f.pkg + "." + f.name }

// What the generated table fills in: the functions, the exported constants,
// and the documentation of exported types with their fields, by "neuro/nef.Config".
var (
	functions []function
	constants []any
	typeDocs  = map[string]string{}
)

type listed struct {
	ImportPath, Name, Dir string
	GoFiles               []string
}

// public are the packages that others may import and are meant to.
func public(t *testing.T) (packages []listed) {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Name,Dir,GoFiles", module+"/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return packages
		} else if err != nil {
			t.Fatal(err)
		}
		if p.Name != "main" && !strings.Contains(p.ImportPath+"/", "/internal/") && len(p.GoFiles) > 0 && p.ImportPath != module {
			packages = append(packages, p)
		}
	}
}

// table writes the Go file that fills in functions, constants and typeDocs.
func table(packages []listed) ([]byte, error) {
	var imports, body bytes.Buffer
	aliases := map[string]string{} // by the packages' names
	for i, p := range packages {
		aliases[p.Name] = fmt.Sprintf("p%d", i)
	}
	for i, p := range packages {
		alias := fmt.Sprintf("p%d", i)
		before := body.Len()
		if err := tablePackage(&body, alias, p, aliases); err != nil {
			return nil, err
		}
		if body.Len() > before {
			fmt.Fprintf(&imports, "%s %q\n", alias, p.ImportPath)
		}
	}
	return format.Source([]byte("package nonsense\n\nimport (\n\"reflect\"\n" + imports.String() + ")\n\nfunc init() {\n" + body.String() + "}\n"))
}

func tablePackage(w io.Writer, alias string, p listed, aliases map[string]string) error {
	short := strings.TrimPrefix(p.ImportPath, module+"/")
	for _, name := range p.GoFiles {
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(p.Dir, name), nil, parser.ParseComments)
		if err != nil {
			return err
		}
		for _, d := range file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if call, name := expression(alias, d, aliases); call != "" {
					fmt.Fprintf(w, "functions = append(functions, function{%q, %q, %t, %q, reflect.ValueOf(%s)})\n",
						short, name, d.Recv != nil, oneLine(d.Doc.Text()), call)
				}
			case *ast.GenDecl:
				tableNames(w, alias, short, d)
			}
		}
	}
	return nil
}

func tableNames(w io.Writer, alias, short string, d *ast.GenDecl) {
	for _, s := range d.Specs {
		switch s := s.(type) {
		case *ast.TypeSpec:
			if s.Name.IsExported() {
				fmt.Fprintf(w, "typeDocs[%q] = %q\n", short+"."+s.Name.Name, oneLine(d.Doc.Text()+" "+s.Doc.Text()+" "+comments(s.Type)))
			}
		case *ast.ValueSpec:
			for _, n := range s.Names {
				if d.Tok == token.CONST && n.IsExported() {
					fmt.Fprintf(w, "constants = append(constants, %s.%s)\n", alias, n.Name)
				}
			}
		}
	}
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// comments is all that is said of a struct's fields.
func comments(n ast.Node) string {
	var text strings.Builder
	ast.Inspect(n, func(n ast.Node) bool {
		if f, ok := n.(*ast.Field); ok {
			text.WriteString(f.Doc.Text() + " " + f.Comment.Text() + " ")
		}
		return true
	})
	return text.String()
}

// typeArgument is the first of several types that a constraint names, such as
// *plotting.SpacePanel, and int where it names an interface.
func typeArgument(constraint ast.Expr, aliases map[string]string) string {
	for {
		either, ok := constraint.(*ast.BinaryExpr)
		if !ok {
			break
		}
		constraint = either.X
	}
	if star, ok := constraint.(*ast.StarExpr); ok {
		if of, ok := star.X.(*ast.SelectorExpr); ok {
			return "*" + aliases[fmt.Sprint(of.X)] + "." + of.Sel.Name
		}
	}
	return "int"
}

// expression is how a function is written from another package, "" if it is
// not exported.
func expression(alias string, d *ast.FuncDecl, aliases map[string]string) (call, name string) {
	if !d.Name.IsExported() {
		return "", ""
	}
	if d.Recv == nil {
		call = alias + "." + d.Name.Name
		if d.Type.TypeParams != nil {
			var arguments []string
			for _, f := range d.Type.TypeParams.List {
				arguments = append(arguments, slices.Repeat([]string{typeArgument(f.Type, aliases)}, len(f.Names))...)
			}
			call += "[" + strings.Join(arguments, ", ") + "]"
		}
		return call, d.Name.Name
	}
	star := ""
	typ := d.Recv.List[0].Type
	if s, ok := typ.(*ast.StarExpr); ok {
		star, typ = "*", s.X
	}
	id, ok := typ.(*ast.Ident)
	if !ok || !id.IsExported() {
		return "", ""
	}
	return fmt.Sprintf("(%s%s.%s).%s", star, alias, id.Name, d.Name.Name), id.Name + "." + d.Name.Name
}
