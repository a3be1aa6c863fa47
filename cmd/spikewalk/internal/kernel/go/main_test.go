//go:build unix

package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestMain lets the test binary be the go that a kernel finds.
func TestMain(m *testing.M) {
	if self, err := os.Executable(); err == nil && filepath.Base(self) == "go" {
		main()
		return
	}
	os.Exit(m.Run())
}

// A kitchen is a machine with our go before the real one, of which it knows how
// often it compiled something.
type kitchen struct {
	t *testing.T
	// bin holds our go, cells what it keeps, module a module of the user's,
	// asked the arguments with which the real go was called.
	bin, cells, module, asked, path string
}

func newKitchen(t *testing.T) *kitchen {
	t.Helper()
	goPath, err := exec.LookPath("go")
	if err != nil {
		t.Fatal(err)
	}
	root := t.TempDir()
	k := &kitchen{
		t: t, bin: filepath.Join(root, "bin"), cells: filepath.Join(root, "cells"),
		module: filepath.Join(root, "module"), asked: filepath.Join(root, "asked"),
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program, err := os.ReadFile(self)
	if err != nil {
		t.Fatal(err)
	}
	real := filepath.Join(root, "real")
	k.write(k.bin, "go", string(program))
	k.write(real, "go", fmt.Sprintf("#!/bin/sh\necho \"$*\" >> '%s'\nexec '%s' \"$@\"\n", k.asked, goPath))
	k.path = k.bin + ":" + real + ":" + os.Getenv("PATH")
	k.write(k.module, "go.mod", "module example.org/m\n\ngo 1.26.0\n")
	k.write(k.module, "m.go", "package m\n\nimport _ \"embed\"\n\n//go:embed text/m.txt\nvar text string\n\nfunc Hello() string { return \"hello \" + text }\n")
	k.write(k.module+"/text", "m.txt", "world")
	k.write(k.module, "m_test.go", "package m\n")
	k.write(k.module, "notes.ipynb", "{}")
	k.write(k.module+"/other", "go.mod", "module example.org/other\n")
	k.write(k.module+"/other", "o.go", "package other\n")
	return k
}

func (k *kitchen) write(folder, name, text string) {
	k.t.Helper()
	if err := os.MkdirAll(folder, 0o755); err != nil {
		k.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o755); err != nil {
		k.t.Fatal(err)
	}
}

const hello = "package main\n\nimport \"example.org/m\"\n\nfunc main() {\n\tpanic(m.Hello())\n}\n"

// kernel makes GoNB's folder of a new kernel.
func (k *kitchen) kernel(code string) cell {
	k.t.Helper()
	c := cell{name: fmt.Sprintf("gonb_%08x", rand.Uint32())}
	c.folder = filepath.Join(filepath.Dir(k.bin), c.name)
	c.args = []string{"build", "-o", c.program()}
	k.write(c.folder, "go.mod", "module "+c.name+"\n\ngo 1.26.0\n")
	k.write(c.folder, "go.work", "go 1.26.0\n\nuse (\n\t.\n\t"+k.module+"\n)\n")
	k.write(c.folder, "main.go", code)
	return c
}

// run runs our go in a cell's folder and returns what it said.
func (k *kitchen) run(c cell, env ...string) (string, error) {
	cmd := exec.Command(filepath.Join(k.bin, "go"), c.args...)
	cmd.Dir = c.folder
	cmd.Env = append(os.Environ(), "PATH="+k.path, "GOPROXY=off", "GOWORK=", "GOFLAGS=-ldflags=-s")
	cmd.Env = append(cmd.Env, env...)
	said, err := cmd.CombinedOutput()
	return string(said), err
}

// compiles runs a cell's build, which must succeed in silence, and tells
// whether the real go compiled it.
func (k *kitchen) compiles(c cell, env ...string) bool {
	k.t.Helper()
	before := k.builds()
	if said, err := k.run(c, env...); err != nil || said != "" {
		k.t.Fatalf("%v: %s", err, said)
	}
	return k.builds() > before
}

func (k *kitchen) builds() int {
	asked, _ := os.ReadFile(k.asked)
	return strings.Count(string(asked), "build -o ")
}

// says runs a cell's program, which panics, and returns what it said.
func (k *kitchen) says(c cell) string {
	said, err := exec.Command(c.program()).CombinedOutput()
	if _, ended := err.(*exec.ExitError); !ended {
		k.t.Fatalf("%v: %s", err, said)
	}
	return string(said)
}

func TestACellIsCompiledOnce(t *testing.T) {
	k := newKitchen(t)
	first, second := k.kernel(hello), k.kernel(hello)
	// Without Go's own mark of what it was built from, which names the folder,
	// a program must be to the bit what is compiled in its folder.
	const unmarked = "GOFLAGS='-ldflags=-s -buildid='"
	if !k.compiles(first, unmarked) {
		t.Fatal("a new cell was not compiled")
	}
	if k.compiles(second, unmarked) {
		t.Error("another kernel's same cell was compiled again")
	}
	if said := k.says(second); !strings.Contains(said, "hello world") ||
		!strings.Contains(said, second.folder+"/main.go:6") || strings.Contains(said, first.name) {
		t.Errorf("it says\n%s\nwant the trace of %s", said, second.folder)
	}
	kept, err := os.ReadFile(second.program())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(k.cells); err != nil {
		t.Fatal(err)
	}
	if !k.compiles(second, unmarked) {
		t.Fatal("nothing was kept, and yet it was not compiled")
	}
	compiled, err := os.ReadFile(second.program())
	if err != nil || !bytes.Equal(kept, compiled) {
		t.Errorf("the program that was kept is not the one that is compiled (%v)", err)
	}
}

func TestWhatAProgramDependsOn(t *testing.T) {
	k := newKitchen(t)
	if !k.compiles(k.kernel(hello)) {
		t.Fatal("a new cell was not compiled")
	}
	for _, no := range []struct{ what, folder, name, text string }{
		{"a test", k.module, "m_test.go", "package m\n\n// changed\n"},
		{"a notebook", k.module, "notes.ipynb", "{ }"},
		{"a module within", k.module + "/other", "o.go", "package other // changed\n"},
	} {
		if k.write(no.folder, no.name, no.text); k.compiles(k.kernel(hello)) {
			t.Errorf("compiled again after a change of %s", no.what)
		}
	}
	replaced := filepath.Join(filepath.Dir(k.module), "replaced")
	k.write(replaced, "go.mod", "module example.org/r\n\ngo 1.26.0\n")
	k.write(replaced, "r.go", "package r\n\nconst R = 1\n")
	for _, yes := range []struct{ what, folder, name, text string }{
		{"a source", k.module, "m.go", "package m\n\nimport _ \"embed\"\n\n//go:embed text/m.txt\nvar text string\n\nfunc Hello() string { return \"hi \" + text }\n"},
		{"an embedded text", k.module + "/text", "m.txt", "moon"},
		{"a new file", k.module, "n.go", "package m\n\nimport _ \"example.org/r\"\n\nfunc init() { text += \"!\" }\n"},
		{"a module that stands for another", replaced, "r.go", "package r\n\nconst R = 2\n"},
	} {
		if yes.what == "a new file" {
			k.write(k.module, "go.mod", "module example.org/m\n\ngo 1.26.0\n\nrequire example.org/r v0.0.0\n\nreplace example.org/r => ../replaced\n")
		}
		if k.write(yes.folder, yes.name, yes.text); !k.compiles(k.kernel(hello)) {
			t.Errorf("not compiled again after a change of %s", yes.what)
		}
	}
	if !k.compiles(k.kernel(strings.Replace(hello, "m.Hello()", "\"\" + m.Hello()", 1))) {
		t.Error("not compiled again after a change of the cell")
	}
	c := k.kernel(hello)
	if !k.compiles(c, "GOAMD64=v2", "GOARM64=v8.1") {
		t.Error("not compiled again for another processor")
	}
	if c.args = append(c.args, "-race"); k.compiles(k.kernel(hello)) || !k.compiles(c) {
		t.Error("not compiled again with another flag")
	}
	if said := k.says(k.kernelBuilt(hello)); !strings.Contains(said, "hi moon!") {
		t.Errorf("the program says %s", said)
	}
}

func (k *kitchen) kernelBuilt(code string) cell {
	k.t.Helper()
	c := k.kernel(code)
	k.compiles(c)
	return c
}

// A package may lie in a folder that is a link, which is not followed: then
// nothing is kept.
func TestLinkedFolders(t *testing.T) {
	k := newKitchen(t)
	elsewhere := t.TempDir()
	if err := os.Symlink(elsewhere, filepath.Join(k.module, "linked")); err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"one", "two"} {
		k.write(elsewhere, "l.go", "package linked\n\nconst Word = \""+word+"\"\n")
		c := k.kernelBuilt("package main\n\nimport \"example.org/m/linked\"\n\nfunc main() { panic(linked.Word) }\n")
		if said := k.says(c); !strings.Contains(said, word) {
			t.Errorf("the program says %s, want %s", said, word)
		}
	}
}

func TestWhatIsKeptAndDamaged(t *testing.T) {
	k := newKitchen(t)
	k.compiles(k.kernel(hello))
	for what, damage := range map[string]func(text []byte) []byte{
		"cut":     func(text []byte) []byte { return text[:len(text)/2] },
		"changed": func(text []byte) []byte { text[len(text)/2] ^= 1; return text },
		"emptied": func(text []byte) []byte { return nil },
	} {
		kept, err := filepath.Glob(filepath.Join(k.cells, "*"))
		if err != nil || len(kept) != 1 {
			t.Fatalf("kept %v (%v)", kept, err)
		}
		text, err := os.ReadFile(kept[0])
		if err != nil {
			t.Fatal(err)
		}
		k.write(k.cells, filepath.Base(kept[0]), string(damage(text)))
		if c := k.kernel(hello); !k.compiles(c) || !strings.Contains(k.says(c), "hello world") {
			t.Errorf("%s: not compiled anew", what)
		}
		if c := k.kernel(hello); k.compiles(c) {
			t.Errorf("%s: not kept anew", what)
		}
	}
}

func TestNowhereToKeep(t *testing.T) {
	k := newKitchen(t)
	k.write(filepath.Dir(k.cells), "cells", "a file where the folder should be")
	for range 2 {
		if c := k.kernel(hello); !k.compiles(c) || !strings.Contains(k.says(c), "hello world") {
			t.Error("not compiled")
		}
	}
}

// What a cell or the user asks of go is go's own business.
func TestAllElseIsTheRealGo(t *testing.T) {
	k := newKitchen(t)
	c := k.kernel("package main\n\nfunc main() { 1 }\n")
	if said, err := k.run(c); err == nil || !strings.Contains(said, "main.go:3") {
		t.Errorf("a cell that does not compile: %v: %s", err, said)
	}
	for _, ask := range []struct {
		args, env, want string
		code            int
	}{
		{args: "version", want: "go version go1"},
		{args: "build -o else .", want: "main.go:3", code: 1},
		{args: "get", env: "GOPROXY=file:///nowhere"},
		{args: "get example.org/x", want: "GOPROXY=off", code: 1},
		{args: "nonsense", want: "unknown command", code: 2},
	} {
		c.args = strings.Fields(ask.args)
		said, err := k.run(c, ask.env)
		code := 0
		if exit, ok := err.(*exec.ExitError); ok {
			code = exit.ExitCode()
		}
		if code != ask.code || !strings.Contains(said, ask.want) {
			t.Errorf("go %s: exit %d, %s", ask.args, code, said)
		}
	}
	asked := func() string {
		text, err := os.ReadFile(k.asked)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	if before := strings.Count(asked(), "get\n"); before != 1 {
		t.Errorf("the real go was asked to get with a proxy %d times, want once", before)
	}
	c.args = []string{"get"}
	if said, err := k.run(c); err != nil || said != "" || strings.Count(asked(), "get\n") != 1 {
		t.Errorf("go get without a proxy: %v: %s", err, said)
	}
	k.path = k.bin
	if said, err := k.run(c); err == nil || !strings.Contains(said, "install Go from go.dev/dl") {
		t.Errorf("without a real go: %v: %s", err, said)
	}
}

func TestWhatWasNotUsedForLongestGoes(t *testing.T) {
	k := newKitchen(t)
	s := store{folder: t.TempDir(), limit: 3000}
	for i, name := range []string{"old", "older", "new", "newest"} {
		k.write(s.folder, name, strings.Repeat("x", 700))
		hours := []int{2, 3, 1, 0}[i]
		at := time.Now().Add(-time.Duration(hours) * time.Hour)
		if err := os.Chtimes(filepath.Join(s.folder, name), at, at); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.makeRoom(1000); err != nil {
		t.Fatal(err)
	}
	left, err := filepath.Glob(filepath.Join(s.folder, "*"))
	if err != nil || len(left) != 2 || filepath.Base(left[0]) != "new" || filepath.Base(left[1]) != "newest" {
		t.Errorf("left %v (%v)", left, err)
	}
}
