//go:build unix

package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	mod "golang.org/x/mod/module"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/module"
	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/notebook"
	"github.com/spikewalk/spikewalk/data"
	"github.com/spikewalk/spikewalk/internal/testkit"
)

// TestInstalled is the way of a reader who has no working copy: go install from a
// proxy, here a folder, and then a lesson, a task of his own, and notebooks beside his
// own go.mod.
func TestInstalled(t *testing.T) {
	testkit.Needs(t, "Jupyter")
	testkit.DependOnSources(t, root(t))
	first, second := newVersion(t, 0), newVersion(t, 1)
	proxy, bin := t.TempDir(), t.TempDir()
	serve(t, proxy, root(t), mod.Version{Path: module.Path, Version: first})
	serve(t, proxy, root(t), mod.Version{Path: module.Path, Version: second})
	r := reader{t, filepath.Join(bin, "spikewalk"), append(os.Environ(), "GOBIN="+bin, "GOPROXY=file://"+proxy+","+said(t, "go", "env", "GOPROXY"),
		"GONOSUMDB="+module.Path, "GOWORK=off", "GOFLAGS=-modcacherw", "SPIKEWALK_CACHE="+cacheWithJupyter(t))}
	desk := t.TempDir()
	r.run(desk, "go", "install", module.Path+"/cmd/spikewalk@"+first)
	if got := r.run(desk, r.program, "--version"); !strings.HasPrefix(got, "spikewalk "+first+",") {
		t.Errorf("the program is %s", got)
	}

	t.Run("lesson", func(t *testing.T) {
		r.T = t
		r.run(desk, r.program, "notebooks", "02", "--quick")
		for _, file := range []string{"spikewalk-notebooks/02_pca.ipynb", "spikewalk-notebooks/07_your_recording.ipynb", "out/notebooks/02_pca.html"} {
			if _, err := os.Stat(filepath.Join(desk, file)); err != nil {
				t.Error(err)
			}
		}
		r.write(desk, "spikewalk-notebooks/02_pca.ipynb", cells(t, "%%\nfmt.Println(1)"))
		if got := r.run(desk, r.program, "notebooks", "02", "--html"); !strings.Contains(got, "for you changed them: 02_pca.ipynb.") {
			t.Errorf("it said %s", got)
		}
	})
	t.Run("own task", func(t *testing.T) {
		r.T = t
		r.run(desk, r.program, "new", "delayed")
		task := filepath.Join(desk, "delayed")
		r.run(task, "go", "test", "./...")
		r.run(task, r.program, "notebooks", "--folder", ".", "--quick", "--out", filepath.Join(desk, "delayed-out"))
	})
	t.Run("own module", func(t *testing.T) {
		r.T = t
		for name, c := range map[string]struct{ require, want string }{
			"asks": {"require " + module.Path + " " + second + "\n", second},
			"none": {"", first},
		} {
			mine := filepath.Join(desk, name)
			goMod := "module example.com/" + name + "\n\ngo 1.26.0\n\n" + c.require
			r.write(mine, "go.mod", goMod)
			r.write(mine, "mine.go", "package "+name+"\n\nconst Name = \"mine\"\n")
			r.write(mine, "notebooks/n.ipynb", cells(t, `import (
	"encoding/json"
	"runtime/debug"

	"example.com/`+name+`"

	"`+module.Path+`/neuro/task"
)

%%
info, _ := debug.ReadBuildInfo()
for _, d := range info.Deps {
	if d.Path == "`+module.Path+`" {
		fmt.Println(`+name+`.Name, task.SumOfSinusoids().Shape().Outputs, d.Version)
	}
}`))
			tells := r.run(mine, r.program, "notebooks", "--folder", "notebooks", "--out", "out")
			if strings.Contains(tells, "Cells import spikewalk as the module around") != (c.want == second) {
				t.Errorf("%s: it told %s", name, tells)
			}
			n, err := notebook.Read(filepath.Join(mine, "out", "n.ipynb"))
			if err != nil {
				t.Fatal(err)
			}
			if got := n.Code()[0].Outputs; len(got) != 1 || got[0].Text != "mine 1 "+c.want+"\n" {
				t.Errorf("%s: the cell put out %+v, want version %s", name, got, c.want)
			}
			if text, err := os.ReadFile(filepath.Join(mine, "go.mod")); err != nil || string(text) != goMod {
				t.Errorf("%s: the reader's go.mod is now %s (%v)", name, text, err)
			}
		}
	})
}

// reader is somebody with an installed program and an environment.
type reader struct {
	*testing.T
	program string
	env     []string
}

func (r reader) run(folder, program string, args ...string) string {
	r.Helper()
	cmd := exec.Command(program, args...)
	cmd.Dir, cmd.Env = folder, r.env
	start := time.Now()
	out, err := cmd.CombinedOutput()
	if err != nil {
		r.Fatalf("%s %s: %v:\n%s", program, strings.Join(args, " "), err, out)
	}
	r.Logf("%.1f s: %s %s", time.Since(start).Seconds(), filepath.Base(program), strings.Join(args, " "))
	return string(out)
}

func (r reader) write(folder, name, text string) {
	r.Helper()
	path := filepath.Join(folder, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		r.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		r.Fatal(err)
	}
}

// cells is the text of a notebook with these cells of code.
func cells(t *testing.T, code ...string) string {
	t.Helper()
	list := []map[string]any{}
	for _, source := range code {
		list = append(list, map[string]any{"cell_type": "code", "source": source, "metadata": map[string]any{}, "outputs": []any{}, "execution_count": nil})
	}
	text, err := json.Marshal(map[string]any{"nbformat": 4, "nbformat_minor": 4, "metadata": map[string]any{}, "cells": list})
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// newVersion is a version that no other run of this test has; it leaves Go's module
// cache when the test ends.
func newVersion(t *testing.T, i int) string {
	t.Helper()
	version := fmt.Sprintf("v0.0.%d-test.%d", i, time.Now().UnixNano())
	cache := said(t, "go", "env", "GOMODCACHE")
	t.Cleanup(func() {
		_ = os.RemoveAll(filepath.Join(cache, module.Path+"@"+version))
		for _, ext := range []string{"info", "lock", "mod", "zip", "ziphash"} {
			_ = os.Remove(filepath.Join(cache, "cache", "download", module.Path, "@v", version+"."+ext))
		}
	})
	return version
}

func said(t *testing.T, program string, args ...string) string {
	t.Helper()
	out, err := exec.Command(program, args...).Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

// cacheWithJupyter is a new cache folder, with the Jupyter that spikewalk has
// installed on this machine, if it has.
func cacheWithJupyter(t *testing.T) string {
	t.Helper()
	kept, err := data.CacheDir()
	if err != nil {
		t.Fatal(err)
	}
	cache := t.TempDir()
	if venv := filepath.Join(kept, "venv"); exists(venv) {
		if err := os.Symlink(venv, filepath.Join(cache, "venv")); err != nil {
			t.Fatal(err)
		}
	}
	return cache
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
