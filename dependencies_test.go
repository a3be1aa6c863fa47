package spikewalk_test

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/mod/modfile"
)

// TestDependencies compares the table of docs/dependencies.md with go.mod, and its
// licences with the files in the modules.
func TestDependencies(t *testing.T) {
	mod, page := goMod(t), dependencies(t)
	want, said := map[string]string{}, map[string]string{}
	for _, r := range mod.Require {
		if !r.Indirect || holdsTool(mod, r.Mod.Path) {
			want[r.Mod.Path] = r.Mod.Version
		}
	}
	for path, d := range page {
		said[path] = d.version
		if len(d.why) < 10 {
			t.Errorf("docs/dependencies.md does not say why %s is there", path)
		}
	}
	if d := cmp.Diff(want, said); d != "" {
		t.Errorf("docs/dependencies.md is not go.mod (-go.mod +page):\n%s", d)
	}
	for path, folder := range modules(t, append([]string{"-m", "-f", "{{.Path}} {{.Dir}}"}, slices.Collect(maps.Keys(page))...)...) {
		if found := licenceIn(t, folder); found != page[path].licence {
			t.Errorf("docs/dependencies.md says that %s is under %s, and its file says %s", path, page[path].licence, found)
		}
	}
}

// TestLicencesOfAllThatIsLinked refuses modules under a licence that the page does
// not name.
func TestLicencesOfAllThatIsLinked(t *testing.T) {
	accepted := []string{"MIT", "BSD-3-Clause", "BSD-2-Clause", "Apache-2.0", "ISC"}
	alone := map[string]string{"github.com/golang/freetype": "FTL", "github.com/ajstarks/svgo": "CC-BY-4.0"}
	linked := modules(t, "-deps", "-f", "{{with .Module}}{{.Path}} {{.Dir}}{{end}}", "./...", "tool")
	if len(linked) < 40 {
		t.Fatalf("only %d modules are linked", len(linked))
	}
	for path, folder := range linked {
		if found := licenceIn(t, folder); !slices.Contains(accepted, found) && alone[path] != found {
			t.Errorf("%s is under %q: say so in docs/dependencies.md, or do without it", path, found)
		}
	}
}

// holdsTool tells whether a module has a program that a tool line of go.mod names:
// the longest path that fits is the module's.
func holdsTool(mod *modfile.File, path string) bool {
	return slices.ContainsFunc(mod.Tool, func(tool *modfile.Tool) bool {
		longest := ""
		for _, r := range mod.Require {
			if strings.HasPrefix(tool.Path+"/", r.Mod.Path+"/") && len(r.Mod.Path) > len(longest) {
				longest = r.Mod.Path
			}
		}
		return longest == path
	})
}

func goMod(t *testing.T) *modfile.File {
	t.Helper()
	text, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	mod, err := modfile.Parse("go.mod", text, nil)
	if err != nil {
		t.Fatal(err)
	}
	return mod
}

type dependency struct{ version, licence, why string }

// dependencies are the rows of the page's table.
func dependencies(t *testing.T) map[string]dependency {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("docs", "dependencies.md"))
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]dependency{}
	for _, m := range regexp.MustCompile(`(?m)^\| (\S+\.\S+/\S+) \| (v\S+) \| (\S+) \| (.*) \|$`).FindAllStringSubmatch(string(text), -1) {
		found[m[1]] = dependency{m[2], m[3], m[4]}
	}
	return found
}

// modules are what go list prints: paths of modules and the folders where they are,
// of those that are on this machine. Ours is left out.
func modules(t *testing.T, args ...string) map[string]string {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list"}, args...)...)
	cmd.Env = append(os.Environ(), "GOPROXY=off", "GOFLAGS=-mod=readonly")
	out, err := cmd.Output()
	if err != nil {
		t.Skipf("the modules are not all here: go mod download (%v)", err)
	}
	found := map[string]string{}
	for line := range strings.Lines(string(out)) {
		path, folder, _ := strings.Cut(strings.TrimSpace(line), " ")
		if path != module && folder != "" {
			found[path] = folder
		}
	}
	return found
}

// licences are what texts of licences say, by their names in SPDX.
var licences = []struct {
	name string
	says *regexp.Regexp
}{
	{"GPL", regexp.MustCompile(`GNU (LESSER |AFFERO )?GENERAL PUBLIC LICENSE`)},
	{"MPL-2.0", regexp.MustCompile(`Mozilla Public License`)},
	{"FTL", regexp.MustCompile(`FreeType License`)},
	{"CC-BY-4.0", regexp.MustCompile(`Creative Commons Attribution 4\.0 International`)},
	{"Apache-2.0", regexp.MustCompile(`Apache License\s+Version 2\.0`)},
	{"BSD-3-Clause", regexp.MustCompile(`(?s)Redistribution and use in source and binary forms.*(Neither the name|names? of (its|the) .{0,40}contributors)`)},
	{"BSD-2-Clause", regexp.MustCompile(`Redistribution and use in source and binary forms`)},
	{"MIT", regexp.MustCompile(`Permission is hereby granted, free of charge`)},
	{"ISC", regexp.MustCompile(`Permission to use, copy, modify,? and(/or)? distribute this software`)},
}

// licenceIn is the licence of the module in a folder, "none" without one.
func licenceIn(t *testing.T, folder string) string {
	t.Helper()
	for _, name := range []string{"LICENSE", "LICENSE.txt", "LICENSE.md", "COPYING"} {
		text, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			continue
		}
		for _, l := range licences {
			if l.says.Match(text) {
				return l.name
			}
		}
		return "a licence that is not known"
	}
	return "none"
}
