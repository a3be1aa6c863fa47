package kernel

import (
	"encoding/json"
	"os"
	"path/filepath"
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
		folder, err := s.Install()
		if err != nil || folder != filepath.Join(home, "kernels", Name) {
			t.Fatalf("installed in %s, %v", folder, err)
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
	if want := "/cache/bin/gonb --kernel {connection_file} -go_work=/src -raw_error=true"; strings.Join(got.Argv, " ") != want {
		t.Errorf("argv is %q, want %q", got.Argv, want)
	}
	if path := got.Env["PATH"]; !strings.HasPrefix(path, "/cache/bin:/go/bin:${PATH}:") {
		t.Errorf("PATH is %q", path)
	}
	if got.Env["GOPROXY"] != "off" || got.DisplayName != "Go (spikewalk)" {
		t.Errorf("the kernelspec is %s", text)
	}
	if _, err := Remove(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(other); err != nil {
		t.Errorf("the other kernel is gone: %v", err)
	}
	if _, err := Remove(); err == nil || !strings.Contains(err.Error(), "no kernel") {
		t.Errorf("removing twice: %v", err)
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
	if _, err := (&Setup{}).Install(); err == nil {
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
	if _, err := (&Setup{}).Install(); err == nil {
		t.Error("installed into a file")
	}
	err := (&Setup{Cache: file}).Ensure(t.Context(), func(string, ...any) {})
	if err == nil || !strings.Contains(err.Error(), "SPIKEWALK_CACHE") {
		t.Errorf("error %v, want one that names SPIKEWALK_CACHE", err)
	}
}
