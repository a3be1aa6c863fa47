package spikewalk_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// mayDo says which packages may import what can run a program, listen, or make
// something other than numbers of a file. What reads data is in none of the lists but the last:
// a file that somebody else made can be wrong, and no more.
var mayDo = map[string][]string{
	"os/exec":       {"cmd/...", "experiment/bench", "internal/testkit/...", "sweep"},
	"net":           {"cmd/spikewalk/internal/kernel/spikewalk-kernel", "data/internal/remote", "internal/testkit/center", "notebooks/nb"},
	"net/http":      {"data", "data/internal/remote", "notebooks/nb"},
	"unsafe":        {"data/hdf5", "neuro/internal/kernel"},                                    // bytes of numbers
	"encoding/gob":  {"experiment", "internal/kept", "neuro/internal/persist", "notebooks/nb"}, // of types that are known, from files with a checksum
	"plugin":        nil,
	"encoding/xml":  nil,
	"text/template": nil,
	"archive/tar":   nil,
	"archive/zip":   {"data", "internal/npz"}, // which unpack into memory, and never to names in an archive
}

// TestWhoMayDoWhat compares mayDo with what packages import.
func TestWhoMayDoWhat(t *testing.T) {
	used := map[string]bool{}
	for _, p := range list(t) {
		who := strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, module), "/")
		for _, path := range p.Imports {
			allowed, listed := mayDo[path]
			if !listed {
				continue
			}
			i := slices.IndexFunc(allowed, func(pattern string) bool { return matches(pattern, who) })
			if i < 0 {
				t.Errorf("%s imports %s", who, path)
				continue
			}
			used[path+" "+allowed[i]] = true
		}
	}
	for path, allowed := range mayDo {
		for _, pattern := range allowed {
			if !used[path+" "+pattern] {
				t.Errorf("mayDo lets %s import %s, which it does not", pattern, path)
			}
		}
	}
}

// Calls that need a look before there is one more: where each is, SECURITY.md says
// what keeps it from harm.
var looked = map[string][]string{
	`\bnet\.Listen\(|\.Listen\(|ListenAndServe`:                                   {"cmd/spikewalk/internal/kernel/spikewalk-kernel/shell.go", "notebooks/nb/tryserver.go"},
	`"(/bin/)?(ba)?sh"|#!/bin/`:                                                   {"sweep/handin.go"},
	`InsecureSkipVerify|\bhttp\.(Get|Head|Post|DefaultClient|DefaultTransport)\b`: nil,
	`\bos\.(Symlink|Link|Chmod|Chown)\(`:                                          {"cmd/spikewalk/internal/kernel/stamp.go"},
}

// TestCallsThatNeedALook finds new ones.
func TestCallsThatNeedALook(t *testing.T) {
	found := map[string][]string{}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") || strings.HasPrefix(path, "internal/testkit") {
			return err
		}
		text, err := os.ReadFile(path)
		for pattern := range looked {
			if regexp.MustCompile(pattern).Match(text) {
				found[pattern] = append(found[pattern], filepath.ToSlash(path))
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for pattern, want := range looked {
		slices.Sort(found[pattern])
		if !slices.Equal(found[pattern], want) {
			t.Errorf("%s is in %v, want %v", pattern, found[pattern], want)
		}
	}
}

// TestTestsOfSecurity looks for the tests that SECURITY.md names.
func TestTestsOfSecurity(t *testing.T) {
	page, err := os.ReadFile("SECURITY.md")
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile("`((?:Test|Fuzz)[A-Za-z]+)`").FindAllStringSubmatch(string(page), -1)
	if len(named) < 10 {
		t.Fatalf("SECURITY.md names %d tests", len(named))
	}
	there := map[string]bool{}
	err = filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		for _, f := range regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)[A-Za-z]+)\(`).FindAllStringSubmatch(string(text), -1) {
			there[f[1]] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range named {
		if !there[name[1]] {
			t.Errorf("SECURITY.md names %s, which is nowhere", name[1])
		}
	}
}
