//go:build unix

package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/notebook"
	"github.com/spikewalk/spikewalk/internal/testkit"
	"github.com/spikewalk/spikewalk/notebooks/nb"
)

// TestCellsRun compiles the code of every notebook to one program and runs it
// with the quick parameters, which needs Go alone: no cell fails, and each
// notebook draws its figures. TestNotebooksRun executes the same cells in
// Jupyter.
func TestCellsRun(t *testing.T) {
	testkit.DependOnSources(t, root(t))
	paths, err := notebook.Select("../../notebooks", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		n, err := notebook.Read(path)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(n.Name, func(t *testing.T) {
			if err := n.Set(n.Quick); err != nil {
				t.Fatal(err)
			}
			text, err := program(n)
			if err != nil {
				t.Fatal(err)
			}
			folder, figures := t.TempDir(), t.TempDir()
			main := filepath.Join(folder, "main.go")
			if err := os.WriteFile(main, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
			// GoNB, too, adds what is missing of the standard library.
			add := exec.Command("go", "tool", "goimports", "-w", main)
			add.Dir = root(t)
			if out, err := add.CombinedOutput(); err != nil {
				t.Fatalf("goimports: %v: %s", err, out)
			}
			cmd := exec.Command("go", "run", "-ldflags=-s", main)
			cmd.Dir = root(t)
			cmd.Env = append(os.Environ(), nb.HeadlessEnv+"=1",
				"SPIKEWALK_CACHE="+folder, "SPIKEWALK_DATA=none", "SPIKEWALK_FIGURES="+figures)
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("%v:\n%s", err, out)
			}
			if drawn, _ := filepath.Glob(filepath.Join(figures, "*.png")); len(drawn) < 4 {
				t.Errorf("%d figures, want four or more", len(drawn))
			}
		})
	}
}

// program is a notebook as one Go program: the declarations of all cells, and
// a main function that runs the statements of one after the other, those after
// a line of %%.
func program(n *notebook.Notebook) (string, error) {
	imported := map[string]bool{}
	var declarations, calls strings.Builder
	for _, c := range n.Code() {
		head, body, runs := strings.Cut("\n"+c.Source+"\n", "\n%%\n")
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, "", "package main\n"+head, parser.ParseComments)
		if err != nil {
			return "", fmt.Errorf("cell %d: %w", c.Number, err)
		}
		text := "package main\n" + head
		for _, d := range file.Decls {
			if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.IMPORT {
				for _, s := range file.Imports {
					imported[text[files.Position(s.Pos()).Offset:files.Position(s.End()).Offset]] = true
				}
				continue
			}
			fmt.Fprintln(&declarations, text[files.Position(d.Pos()).Offset:files.Position(d.End()).Offset])
		}
		if runs {
			fmt.Fprintf(&declarations, "func cell%d() {\n%s}\n", c.Number, body)
			fmt.Fprintf(&calls, "\tcell%d()\n", c.Number)
		}
	}
	var b strings.Builder
	fmt.Fprintln(&b, "package main")
	for i := range imported {
		fmt.Fprintln(&b, "import", i)
	}
	fmt.Fprintf(&b, "%s\nfunc main() {\n%s}\n", declarations.String(), calls.String())
	return b.String(), nil
}
