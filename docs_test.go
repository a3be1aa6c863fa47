package spikewalk_test

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/doc/comment"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// given declares what is the reader's in the code that documentation shows, by
// the file in which the code stands.
var given = map[string]string{
	"README.md": `var (ctx context.Context; factors, emg *mat.Dense); func must[T any](v T, err error) T { return v }`,
	"docs/howto.md": `var (small func() spiking.Config; few func() spiking.TestConfig; source func() task.Source;
		check func(error); model *spiking.Model; rec, done *recording.Recording; set *prepare.Set; split prepare.Split;
		ctx context.Context; path, here, session string)`,
	"neuro/prepare/with.go":        `var (set *prepare.Set; basis *factor.Basis)`,
	"neuro/compare/cosmoothing.go": `var split prepare.Split`,
	"neuro/compare/doc.go":         `var (set *prepare.Set; rec *recording.Recording)`,
	"neuro/compare/heldout.go":     `var (h compare.HeldOut; recorded, spikes compare.Prediction)`,
	"neuro/dale/doc.go":            `var (ctx context.Context; source task.Source)`,
	"neuro/recording/doc.go":       `var (ctx context.Context; model *spiking.Model; source task.Source)`,
	"neuro/spiking/doc.go":         `var (ctx context.Context; cfg spiking.Config; source task.Source)`,
	"neuro/spiketrain/doc.go":      `var (times []float64; neurons []int; windows []spiketrain.Window)`,
	"notebooks/nb/check.go":        `var (cfg rate.Config; sweep task.Task)`,
	"notebooks/nb/progress.go":     `var (cfg rate.Config; sweep task.Task)`,
	"sweep/doc.go":                 `type Errors struct{ Output float64 }; var ctx context.Context; var train func(ctx context.Context, cfg spiking.Config) (Errors, error)`,
	"notebooks/nb/doc.go":          `var (cfg spiking.Config; source task.Source; eye *attractor.Attractor; how integrator.DriftConfig)`,
	"notebooks/nb/sweep.go":        `type Life struct{ Kappa float64; Seed uint64 }; type Drift struct{ Speed float64 }; var plan sweep.Plan; var live func(ctx context.Context, l Life) (Drift, error)`,
	"notebooks/nb/memo.go":         `var (how integrator.DriftConfig; eye *attractor.Attractor)`,
	"notebooks/nb/play.go":         `var (dt float64; emg *mat.Dense; reconstructed func(components int) *mat.Dense)`,
	"plotting/doc.go":              `var rec *recording.Recording`,
	"plotting/outputs.go":          `var (dt float64; target, actual *mat.Dense)`,
	"plotting/raster.go":           `var (times []float64; units []int)`,
	"plotting/traces.go":           `var (dt float64; x *mat.Dense)`,
}

// snippet is Go code in documentation.
type snippet struct{ file, code string }

// TestCodeInDocumentationCompiles takes all Go code out of doc comments and
// pages and checks its types. Code counts as Go where it parses and names a
// package; on a page it says so itself.
func TestCodeInDocumentationCompiles(t *testing.T) {
	c := newChecker(t)
	var all []snippet
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && path != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || d.Name() == "out") {
			return fs.SkipDir
		}
		var found []snippet
		switch filepath.Ext(path) {
		case ".go":
			found, err = c.inComments(path)
		case ".md":
			found, err = onPage(path)
		}
		all = append(all, found...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 15 {
		t.Errorf("only %d pieces of code were found", len(all))
	}
	for _, s := range all {
		if err := c.check(s); err != nil {
			t.Errorf("%s: %v in\n%s", s.file, err, s.code)
		}
	}
}

func TestCodeThatDoesNotCompileIsFound(t *testing.T) {
	c := newChecker(t)
	for _, code := range []string{
		`plotting.Figure(plotting.Outputs(1))`, `x := neuro.Nothing`, `a, b := math.Sqrt(2)`, `_ = undefined`, `if {`, `return task.Nothing()`,
	} {
		if c.check(snippet{"x", code}) == nil {
			t.Errorf("%s is taken for code that compiles", code)
		}
	}
	for _, code := range []string{`unused := math.Sqrt(2)`, "func f() float64 { return math.Pi }\n\nvar y = f()"} {
		if err := c.check(snippet{"x", code}); err != nil {
			t.Errorf("%s: %v", code, err)
		}
	}
}

// onPage takes the blocks of Go out of a page.
func onPage(path string) (found []snippet, err error) {
	text, err := os.ReadFile(path)
	for _, m := range regexp.MustCompile("(?s)```go\n(.*?)```").FindAllStringSubmatch(string(text), -1) {
		found = append(found, snippet{filepath.ToSlash(path), m[1]})
	}
	return found, err
}

// inComments takes the Go out of a file's comments.
func (c *checker) inComments(path string) (found []snippet, err error) {
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments)
	if err != nil {
		return nil, err
	}
	for _, group := range file.Comments {
		for _, block := range new(comment.Parser).Parse(group.Text()).Content {
			code, ok := block.(*comment.Code)
			if !ok {
				continue
			}
			if parsed, _, err := parse(code.Text); err == nil && len(c.imports(parsed)) > 0 {
				found = append(found, snippet{filepath.ToSlash(path), code.Text})
			}
		}
	}
	return found, nil
}

// parse reads code as statements, or as declarations, or as an expression.
func parse(code string) (file *ast.File, source string, err error) {
	forms := []string{"func _() {\n" + code + "\n}\n", code}
	if x, wrong := parser.ParseExpr(code); wrong == nil {
		if _, isCall := x.(*ast.CallExpr); !isCall {
			forms = []string{"var _ = " + code}
		}
	}
	for _, source = range forms {
		parsed, wrong := parser.ParseFile(token.NewFileSet(), "", "package p\n"+source, parser.SkipObjectResolution)
		if wrong == nil {
			return parsed, source, nil
		}
		err = cmp.Or(err, wrong)
	}
	return nil, "", err
}

// checker checks types with what the go command has compiled.
type checker struct {
	files map[string]string // of compiled packages, by import path
	names map[string]string // import paths, by the packages' names
}

func newChecker(t *testing.T) *checker {
	t.Helper()
	c := &checker{files: map[string]string{}, names: map[string]string{}}
	out, err := exec.Command("go", "list", "-export", "-deps", "-json=ImportPath,Name,Export,Standard",
		"./neuro/...", "./data/...", "./plotting", "./notebooks/nb", "./experiment/...", "./sweep", "flag", "log").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p struct {
			ImportPath, Name, Export string
			Standard                 bool
		}
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return c
		} else if err != nil {
			t.Fatal(err)
		}
		c.files[p.ImportPath] = p.Export
		ours := strings.HasPrefix(p.ImportPath, module) || p.ImportPath == "gonum.org/v1/gonum/mat"
		if p.ImportPath == module+"/data/mat" {
			p.Name = "matfile" // as who imports gonum's mat beside it calls it
		}
		if !strings.Contains(p.ImportPath, "internal/") && (ours || p.Standard && c.names[p.Name] == "") {
			c.names[p.Name] = p.ImportPath
		}
	}
}

// imports lists the packages that a file names.
func (c *checker) imports(file *ast.File) (paths []string) {
	ast.Inspect(file, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok && c.names[x.Name] != "" && !slices.Contains(paths, c.names[x.Name]) {
				paths = append(paths, c.names[x.Name])
			}
		}
		return true
	})
	return paths
}

// check returns the first error but for what is not used.
func (c *checker) check(s snippet) error {
	if strings.HasPrefix(s.code, "package ") { // a whole program
		return c.types(s.code)
	}
	_, code, err := parse(s.code)
	if err != nil {
		return err
	}
	source := "package p\n" + given[s.file] + "\n" + code
	named, err := parser.ParseFile(token.NewFileSet(), "", source, 0)
	if err != nil {
		return err
	}
	var b strings.Builder
	for _, path := range c.imports(named) {
		name := ""
		if c.names["matfile"] == path {
			name = "matfile"
		}
		fmt.Fprintf(&b, "import %s %q\n", name, path)
	}
	return c.types(strings.Replace(source, "package p\n", "package p\n"+b.String(), 1))
}

// types checks a file.
func (c *checker) types(source string) error {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, "", source, 0)
	if err != nil {
		return err
	}
	var first error
	config := types.Config{
		Importer: importer.ForCompiler(files, "gc", func(path string) (io.ReadCloser, error) { return os.Open(c.files[path]) }),
		Error: func(err error) {
			if e := new(types.Error); errors.As(err, e) && !e.Soft && first == nil {
				first = errors.New(e.Msg)
			}
		},
	}
	_, _ = config.Check("p", files, []*ast.File{file}, nil)
	return first
}

// TestHomePage: the index of the lessons' pages begins with the README's first
// paragraph and shows the parts that it marks.
func TestHomePage(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	marked := regexp.MustCompile(`(?s)\n<!-- home -->\n(.*?)<!-- /home -->\n`).FindAllStringSubmatch(string(readme), -1)
	if len(marked) < 3 {
		t.Errorf("README.md marks %d parts for the home page, between <!-- home --> and <!-- /home -->: what comes out, how fast, and one's own data belong there", len(marked))
	}
	for _, part := range marked {
		if !strings.HasPrefix(part[1], "## ") {
			t.Errorf("a part for the home page does not begin with a heading of the second level: %.40q", part[1])
		}
	}
}
