package module

import (
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"
)

func TestRoot(t *testing.T) {
	root, err := Root(".")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(root, "cmd", "spikewalk", "main.go")); err != nil {
		t.Errorf("%s is not the module's folder: %v", root, err)
	}
}

func TestRootElsewhere(t *testing.T) {
	other := t.TempDir()
	if err := os.WriteFile(filepath.Join(other, "go.mod"), []byte("module example.com/other\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := Root(other)
	if err == nil || !strings.Contains(err.Error(), "not inside a working copy") {
		t.Errorf("error %v, want a sentence on the working copy", err)
	}
}

// The program knows the version that it was built from, or says what to do.
func TestVersionOf(t *testing.T) {
	of := func(path, version string, replace *debug.Module) debug.Module {
		return debug.Module{Path: path, Version: version, Replace: replace}
	}
	dep := of(Path, "v1.2.3", nil)
	for _, c := range []struct {
		info       debug.BuildInfo
		want, says string
	}{
		{debug.BuildInfo{Main: of(Path, "v1.2.3", nil)}, "v1.2.3", ""},
		{debug.BuildInfo{Main: of(Path, "v0.0.0-20260101000000-0123456789ab", nil)}, "v0.0.0-20260101000000-0123456789ab", ""},
		{debug.BuildInfo{Main: of("example.com/mine", "(devel)", nil), Deps: []*debug.Module{&dep}}, "v1.2.3", ""},
		{debug.BuildInfo{Main: of(Path, "v0.0.0-20260101000000-0123456789ab+dirty", nil)}, "", "not committed"},
		{debug.BuildInfo{Main: of(Path, "(devel)", nil)}, "", "built from a working copy"},
		{debug.BuildInfo{Main: of(Path, "", nil)}, "", "built from a working copy"},
		{debug.BuildInfo{}, "", "built from a working copy"},
		{debug.BuildInfo{Main: of(Path, "v0.0.0", &debug.Module{Path: "../clone"})}, "", "replaces the module in a go.mod (../clone)"},
	} {
		got, err := versionOf(&c.info)
		if got != c.want || (err == nil) != (c.says == "") {
			t.Errorf("%+v: %q, %v", c.info.Main, got, err)
		}
		if err != nil && (!strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), "go install "+Path) || strings.Contains(err.Error(), "\n")) {
			t.Errorf("%+v: error %q, want one that says %q", c.info.Main, err, c.says)
		}
	}
}

func TestDownloadThatFails(t *testing.T) {
	empty := t.TempDir()
	t.Setenv("GONOSUMDB", Path)
	for _, c := range []struct{ proxy, path, says string }{
		{"off", os.Getenv("PATH"), "connect to a network"},
		{"http://127.0.0.1:9", os.Getenv("PATH"), "connect to a network"},
		{"file://" + filepath.ToSlash(empty), os.Getenv("PATH"), "there is no version v0.0.0-none"},
		{"off", empty, "install Go from go.dev/dl"},
	} {
		t.Setenv("GOPROXY", c.proxy)
		t.Setenv("PATH", c.path)
		_, err := Download(t.Context(), "v0.0.0-none")
		if err == nil || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "\n") {
			t.Errorf("GOPROXY=%s: error %v, want a sentence that says %q", c.proxy, err, c.says)
		}
	}
}

// The module for the kernel requires the version, with all that it needs and the
// tools; the reader's own has no tools in it.
func TestRequiring(t *testing.T) {
	root, err := Root(".")
	if err != nil {
		t.Fatal(err)
	}
	s := &Source{Folder: root, Version: "v1.2.3", sums: Path + " v1.2.3 h1:x\n"}
	folder, err := s.Work(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	read := func(name string) string {
		text, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	mod, _, err := s.Requiring("example.com/mine")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		text, part string
		want       bool
	}{
		{read("go.mod"), Path + " v1.2.3\n", true},
		{read("go.mod"), "gonum.org/v1/gonum v0.", true},
		{read("go.mod"), "github.com/janpfeifer/gonb\n", true},
		{read("go.mod"), "replace", false},
		{read("go.sum"), Path + " v1.2.3 h1:x\n", true},
		{string(mod), Path + " v1.2.3\n", true},
		{string(mod), "module example.com/mine\n", true},
		{string(mod), "\ntool", false},
	} {
		if strings.Contains(c.text, c.part) != c.want {
			t.Errorf("%q: there is %v, want %v, in\n%s", c.part, !c.want, c.want, c.text)
		}
	}
	copy := &Source{Folder: root}
	if at, err := copy.Work(t.TempDir()); err != nil || at != root {
		t.Errorf("a working copy is at %s, %v", at, err)
	}
	if mod, _, err := copy.Requiring("example.com/mine"); err != nil || !strings.Contains(string(mod), "replace "+Path+" => "+root) {
		t.Errorf("what uses a working copy replaces nothing by it (%v):\n%s", err, mod)
	}
}
