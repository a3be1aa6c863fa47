package spikewalk_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestHouseInNumbers prints how large the house is: lines of Go that somebody
// wrote and that are no tests, and the exported functions, methods and types of
// the packages that others can import. It fails where one of them has no doc
// comment.
func TestHouseInNumbers(t *testing.T) {
	type size struct{ files, lines, exported int }
	sizes := map[string]*size{}
	var order []string
	var all size
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, path, text, parser.ParseComments)
		if err != nil || ast.IsGenerated(file) {
			return err
		}
		folder := filepath.ToSlash(filepath.Dir(path))
		one := sizes[folder]
		if one == nil {
			one = new(size)
			sizes[folder], order = one, append(order, folder)
		}
		lines := strings.Count(string(text), "\n")
		one.files, one.lines, all.lines = one.files+1, one.lines+lines, all.lines+lines
		if strings.HasPrefix(folder, "cmd/") || strings.Contains("/"+folder+"/", "/internal/") {
			return nil
		}
		for name, doc := range exported(file) {
			one.exported, all.exported = one.exported+1, all.exported+1
			if doc == "" {
				t.Errorf("%s: %s has no doc comment", path, name)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range order {
		s := sizes[folder]
		t.Logf("%6d lines in %2d files, %3d exported: %s", s.lines, s.files, s.exported, folder)
	}
	t.Logf("%6d lines, %d exported functions, methods and types", all.lines, all.exported)
	if all.lines < 10_000 || all.exported < 100 {
		t.Errorf("%d lines, %d exported names: most of the house was not found", all.lines, all.exported)
	}
}

// exported are the exported functions, methods and types of a file, with their
// doc comments.
func exported(file *ast.File) map[string]string {
	names := map[string]string{}
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			name := d.Name.Name
			if d.Recv != nil {
				of := receiver(d.Recv.List[0].Type)
				if !ast.IsExported(of) {
					continue
				}
				name = of + "." + name
			}
			if d.Name.IsExported() {
				names[name] = d.Doc.Text()
			}
			if d.Name.Name == "String" || d.Name.Name == "Error" { // which say nothing new
				names[name] = d.Name.Name
			}
		case *ast.GenDecl:
			for _, s := range d.Specs {
				if s, ok := s.(*ast.TypeSpec); ok && s.Name.IsExported() {
					names[s.Name.Name] = d.Doc.Text() + s.Doc.Text() + s.Comment.Text()
				}
			}
		}
	}
	return names
}

// receiver is the name of a method's type.
func receiver(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return receiver(e.X)
	case *ast.IndexExpr:
		return receiver(e.X)
	case *ast.Ident:
		return e.Name
	}
	return ""
}
