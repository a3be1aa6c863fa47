package kernel

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestInstallAndRemoveTouchOnlyOurKernel(t *testing.T) {
	home := t.TempDir()
	t.Setenv("JUPYTER_DATA_DIR", home)
	other := filepath.Join(home, "kernels", "gonb", "kernel.json")
	if err := os.MkdirAll(filepath.Dir(other), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(other, []byte(`{"argv":["gonb"]}`), 0o644); err != nil {
		t.Fatal(err)
	}
	s := &Setup{Root: "/src", Cache: "/cache", Go: "/go/bin/go"}
	for range 2 { // installing twice is no error
		names, folder, err := s.Install()
		if err != nil || folder != filepath.Join(home, "kernels") || !slices.Equal(names, []string{Name}) {
			t.Fatalf("installed %v in %s, %v", names, folder, err)
		}
	}
	text, err := os.ReadFile(filepath.Join(home, "kernels", Name, "kernel.json"))
	if err != nil {
		t.Fatal(err)
	}
	var got spec
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatal(err)
	}
	if want := "/cache/bin/spikewalk-kernel {connection_file} /src"; strings.Join(got.Argv, " ") != want {
		t.Errorf("argv is %q, want %q", got.Argv, want)
	}
	if path := got.Env["PATH"]; !strings.HasPrefix(path, "/cache/bin:/go/bin:${PATH}:") {
		t.Errorf("PATH is %q", path)
	}
	if got.Env["GOPROXY"] != "off" || got.DisplayName != "Go (spikewalk)" {
		t.Errorf("the kernelspec is %s", text)
	}
	if removed, err := Remove(); err != nil || !slices.Equal(removed, []string{filepath.Join(home, "kernels", Name)}) {
		t.Errorf("removed %v, %v", removed, err)
	}
	if _, err := os.Stat(other); err != nil {
		t.Errorf("the other kernel is gone: %v", err)
	}
	if _, err := Remove(); err == nil || !strings.Contains(err.Error(), "no kernel") {
		t.Errorf("removing twice: %v", err)
	}
}

// Two working copies in use at the same time share the cache, but not the
// kernelspecs, which name their modules.
func TestWorkingCopiesHaveKernelsOfTheirOwn(t *testing.T) {
	cache := t.TempDir()
	for _, root := range []string{"/src", "/other"} {
		s := &Setup{Root: root, Cache: cache, Go: "/go/bin/go"}
		if err := s.WriteSpecs(s.JupyterPath()); err != nil {
			t.Fatal(err)
		}
	}
	for _, root := range []string{"/src", "/other"} {
		for _, name := range []string{Name, GoNB} {
			text, err := os.ReadFile(filepath.Join((&Setup{Root: root, Cache: cache}).JupyterPath(), "kernels", name, "kernel.json"))
			if err != nil || !strings.Contains(string(text), `"`+root+`"`+"\n ],") {
				t.Errorf("the kernel %s of %s is %s (%v)", name, root, text, err)
			}
		}
	}
}

// Jupyter's menus show these names alone.
func TestKernelsAreToldApart(t *testing.T) {
	if DisplayName(Name) == DisplayName(GoNB) {
		t.Errorf("both kernels are called %q", DisplayName(Name))
	}
}

// Where there is no GoNB, the name that the notebooks carry means our kernel;
// it goes again with ours, and never takes the place of another.
func TestInstallTakesTheNameOfAbsentGoNB(t *testing.T) {
	if installedElsewhere(GoNB) {
		t.Skip("this machine has a GoNB for all users")
	}
	home, elsewhere := t.TempDir(), t.TempDir()
	t.Setenv("JUPYTER_DATA_DIR", home)
	s := &Setup{Root: "/src", Cache: "/cache", Go: "/go/bin/go"}
	for range 2 {
		if names, _, err := s.Install(); err != nil || !slices.Equal(names, []string{Name, GoNB}) {
			t.Fatalf("installed %v, %v", names, err)
		}
	}
	want := []string{filepath.Join(home, "kernels", Name), filepath.Join(home, "kernels", GoNB)}
	if removed, err := Remove(); err != nil || !slices.Equal(removed, want) {
		t.Fatalf("removed %v (%v), want both", removed, err)
	}
	if left, err := os.ReadDir(filepath.Join(home, "kernels")); err != nil || len(left) > 0 {
		t.Errorf("left %v, %v", left, err)
	}
	t.Setenv("JUPYTER_PATH", "/nowhere:"+elsewhere)
	if err := os.MkdirAll(filepath.Join(elsewhere, "kernels", GoNB), 0o755); err != nil {
		t.Fatal(err)
	}
	if names, _, err := s.Install(); err != nil || !slices.Equal(names, []string{Name}) {
		t.Errorf("beside a GoNB on JUPYTER_PATH: installed %v, %v", names, err)
	}
}

// withoutModules is a module that needs another, which is not to be had.
func withoutModules(t *testing.T) *Setup {
	t.Helper()
	root := t.TempDir()
	for name, text := range map[string]string{
		"go.mod": "module example.org/m\n\ngo 1.26.0\n\nrequire example.org/other v1.0.0\n",
		"go.sum": "example.org/other v1.0.0 h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nexample.org/other v1.0.0/go.mod h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
		"m.go":   "package m\n\nimport _ \"example.org/other\"\n",
	} {
		if err := os.WriteFile(filepath.Join(root, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("GOPROXY", "off")
	t.Setenv("GOMODCACHE", t.TempDir())
	s, err := New(root, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestModulesThatAreNotThere(t *testing.T) {
	s := withoutModules(t)
	quiet := func(string, ...any) {}
	for what, err := range map[string]error{
		"getting ready": s.Ensure(t.Context(), quiet),
		// They were there when the programs were built.
		"compiling": s.Warm(t.Context(), []string{"."}, quiet),
	} {
		if err == nil || strings.Contains(err.Error(), "\n") ||
			!strings.Contains(err.Error(), "example.org/other@v1.0.0: module lookup disabled by GOPROXY=off") ||
			!strings.Contains(err.Error(), "connect to a network") {
			t.Errorf("%s: error %v, want one sentence that says what is missing and what to do", what, err)
		}
	}
	if left, err := os.ReadDir(s.Bin()); !os.IsNotExist(err) {
		t.Errorf("left %v (%v)", left, err)
	}
}

func TestPackageThatDoesNotCompile(t *testing.T) {
	s := withoutModules(t)
	if err := os.WriteFile(filepath.Join(s.Root, "go.mod"), []byte("module example.org/m\n\ngo 1.26.0\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(s.Root, "m.go"), []byte("package m\n\nvar x int = \"\"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	err := s.Warm(t.Context(), []string{"."}, func(string, ...any) {})
	if err == nil || !strings.Contains(err.Error(), "does not compile") || !strings.Contains(err.Error(), "m.go:3") {
		t.Errorf("error %v, want one that says what does not compile", err)
	}
}

func TestForeignKernelOfOurNameStays(t *testing.T) {
	home := t.TempDir()
	t.Setenv("JUPYTER_DATA_DIR", home)
	file := filepath.Join(home, "kernels", Name, "kernel.json")
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	const text = `{"argv":["mine"]}`
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, _, err := (&Setup{}).Install(); err == nil {
		t.Error("installed over it")
	}
	if _, err := Remove(); err == nil {
		t.Error("removed it")
	}
	if got, err := os.ReadFile(file); err != nil || string(got) != text {
		t.Errorf("it is now %q, %v", got, err)
	}
}

func TestUnwritableFolders(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	t.Setenv("JUPYTER_DATA_DIR", file)
	if _, _, err := (&Setup{}).Install(); err == nil {
		t.Error("installed into a file")
	}
	err := (&Setup{Cache: file}).Ensure(t.Context(), func(string, ...any) {})
	if err == nil || !strings.Contains(err.Error(), "SPIKEWALK_CACHE") {
		t.Errorf("error %v, want one that names SPIKEWALK_CACHE", err)
	}
}
