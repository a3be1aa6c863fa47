//go:build unix

package main

import (
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/module"
)

// What is wrong is said at once, in one line that says what would be right,
// and nothing has been set up for it: no Jupyter, no kernel.
func TestFoundBeforeAnythingIsSpent(t *testing.T) {
	cache, nothing := t.TempDir(), t.TempDir()
	file := filepath.Join(nothing, "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	damaged := t.TempDir()
	if err := os.WriteFile(filepath.Join(damaged, "cycling_data.mat"), []byte("damaged"), 0o644); err != nil {
		t.Fatal(err)
	}
	comma := filepath.Join(t.TempDir(), "a, b")
	if err := os.Mkdir(comma, 0o755); err != nil {
		t.Fatal(err)
	}
	index := t.TempDir()
	if err := os.WriteFile(filepath.Join(index, "index.ipynb"), []byte(`{"nbformat":4,"cells":[]}`), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		data string // SPIKEWALK_DATA
		says string
	}{
		{[]string{"notebooks", "02", "--set", "Seed=3.5"}, "", "parameter Seed of 02_pca is a whole number, and 3.5 is none: it is 1 in the notebook"},
		{[]string{"notebooks", "02", "--set", "Seed=-1"}, "", "parameter Seed of 02_pca is at least 0, and -1 is not"},
		{[]string{"notebooks", "02", "--set", "Kept=1.5"}, "", "parameter Kept of 02_pca is from 0.1 to 1, and 1.5 is not"},
		{[]string{"notebooks", "02", "--set", "Sed=1"}, "", `no parameter is called "Sed": did you mean Seed?`},
		{[]string{"notebooks", "02", "--set", "Trials=1 /*\n!touch f\n*/ x"}, "", `no parameter is called "Trials"`},
		{[]string{"notebooks", "02", "--set", "Seed=1\n)\n!touch f\n("}, "", "is not a Go literal"},
		{[]string{"notebooks", "0"}, "", `"0" may be the notebook 00_start_here, 01_rate_training`},
		{[]string{"notebooks", "02_pac"}, "", `did you mean 02_pca?`},
		{[]string{"notebooks", "--quik"}, "", "unknown flag: --quik: did you mean --quick?"},
		{[]string{"notebooks", "pca2"}, "", `no notebook is called "pca2": there are 00_start_here`},
		{[]string{"notebooks", "pca"}, "", `no notebook is called "pca": did you mean 02_pca?`},
		{[]string{"notebooks", ""}, "", `no notebook is called "": there are`},
		{[]string{"notebooks", "--folder", ""}, "", "--folder is empty: name a folder"},
		{[]string{"bench", "--out="}, "", "--out is empty: name a folder"},
		{[]string{"notebooks", "--jobs", "1.5"}, "", `--jobs is "1.5": it wants a whole number`},
		{[]string{"notebooks", "--timeout", "5"}, "", `--timeout is "5": it wants a time with its unit`},
		{[]string{"notebooks", "--quick=maybe"}, "", `--quick is "maybe": it wants true or false`},
		{[]string{"reproduce", "--first-seed", "-1"}, "", `--first-seed is "-1": it wants a whole number without a sign`},
		{[]string{"reproduce", "--first-seed", "0"}, "", "--first-seed is 0: the first is 1"},
		{[]string{"reproduce", "--first-seed", "18446744073709551615"}, "", "the first seed is 18446744073709551615: it is"},
		{[]string{"reproduce", "--jobs", "0"}, "", "--jobs is 0: at least one"},
		{[]string{"reproduce", "osc", "--out", file}, "", "the results cannot be written"},
		{[]string{"bench", "--out", file}, "", "the results cannot be written"},
		{[]string{"bench", "--out", filepath.Join(nothing, "out"), "--profile", file}, "", "the profiles cannot be written"},
		{[]string{"new"}, "", "spikewalk new wants one name, and here are 0: for instance spikewalk new delayedmatch"},
		{[]string{"new", ""}, "", `"" cannot be the name of a Go package`},
		{[]string{"new", "train"}, "", `"train" has a meaning already`},
		{[]string{"new", filepath.Join(nothing, "none", "delayed")}, "", "there is no folder " + filepath.Join(nothing, "none") + " to make delayed in"},
		{[]string{"new", filepath.Join(comma, "delayed")}, "", "no folder with a comma"},
		{[]string{"lab", "nonsense"}, "", `"nonsense" is no flag of lab`},
		{[]string{"lab", "--open", nothing, "--folder", nothing}, "", "use one or the other"},
		{[]string{"lab"}, "", "the go program is not on the PATH"},
		{[]string{"notebook", "--quick"}, "", `no command is called "notebook": did you mean notebooks?`},
		{[]string{"notebooks", "--folder", index}, "", "give the notebook another name"},
		{[]string{"notebooks", "--folder", filepath.Join(nothing, "none")}, "", "no such file or directory"},
		{[]string{"notebooks", "02", "--out", file}, "", "choose another folder with --out"},
		{[]string{"notebooks", "02"}, "", "the go program is not on the PATH"},
		{[]string{"data", "lst"}, "", `no command is called "lst": did you mean list?`},
		{[]string{"data", "fetch", "cyclng"}, "", `no recording is called "cyclng": did you mean cycling?`},
		{[]string{"data", "list"}, filepath.Join(nothing, "none"), "SPIKEWALK_DATA names a folder that cannot be used"},
		{[]string{"data", "list"}, file, "which is no folder"},
		{[]string{"data", "fetch"}, file, "which is no folder"},
		{[]string{"reproduce", "osc.fulforce"}, "", `no experiment is called "osc.fulforce": did you mean osc.fullforce?`},
		{[]string{"reproduce", "in"}, "", `"in" may be the experiment integrate or int`},
		{[]string{"reproduce", "emg.cycling"}, file, "which is no folder"},
		{[]string{"reproduce", "emg.cycling"}, damaged, "is not the published recording"},
		{[]string{"bench", "fre"}, "", `"fre" may be the row`},
	} {
		cmd := spikewalk(root(t), c.args...)
		cmd.Env = append(cmd.Env, "PATH="+nothing, "SPIKEWALK_CACHE="+cache, "SPIKEWALK_DATA="+c.data)
		out, err := cmd.CombinedOutput()
		if text := string(out); err == nil || !strings.HasPrefix(text, "spikewalk: ") || !strings.Contains(text, c.says) || strings.Count(text, "\n") != 1 {
			t.Errorf("%q: ended with %v and said %q, want one line that says %q", c.args, err, text, c.says)
		}
	}
	if left, err := os.ReadDir(cache); err != nil || len(left) > 0 {
		t.Errorf("the cache holds %v, %v", left, err)
	}
}

// Folders in which nothing can be kept or put aside are found before anything is
// said to begin.
func TestFoldersAreCheckedFirst(t *testing.T) {
	tools := t.TempDir()
	file := filepath.Join(tools, "go")
	if err := os.WriteFile(file, []byte("#!/bin/sh\nexit 1\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	for variable, says := range map[string]string{
		"SPIKEWALK_CACHE": "set SPIKEWALK_CACHE to a folder",
		"SPIKEWALK_MEMO":  "set SPIKEWALK_MEMO to a folder",
		"TMPDIR":          "set TMPDIR to a folder",
	} {
		cmd := spikewalk(root(t), "notebooks", "02")
		cmd.Env = append(cmd.Env, "PATH="+tools, "SPIKEWALK_CACHE="+t.TempDir(), "SPIKEWALK_DATA=none", variable+"="+file)
		out, err := cmd.CombinedOutput()
		if text := string(out); err == nil || !strings.HasPrefix(text, "spikewalk: ") || !strings.Contains(text, says) || strings.Count(text, "\n") != 1 {
			t.Errorf("%s a file: ended with %v and said %q, want one line that says %q", variable, err, text, says)
		}
	}
}

// Recordings are looked at once it is known that cells can be compiled, and
// before Jupyter is looked for; a check needs none.
func TestRecordingsAreCheckedFirst(t *testing.T) {
	tools, damaged := t.TempDir(), t.TempDir()
	if err := os.WriteFile(filepath.Join(tools, "go"), []byte("#!/bin/sh\nexit 1\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(damaged, "cycling_data.mat"), []byte("damaged"), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", tools)
	t.Setenv("SPIKEWALK_CACHE", t.TempDir())
	for _, c := range []struct{ name, data, says string }{
		{"04", filepath.Join(damaged, "none"), "SPIKEWALK_DATA names a folder that cannot be used"},
		{"04", damaged, "the cycling recording, which 04_motor_cortex_emg reads: "},
		{"03", damaged, ""},
		{"02", damaged, ""}, // which reads none
		{"04", "none", ""},
	} {
		t.Setenv("SPIKEWALK_DATA", c.data)
		f := notebooksFlags{jobs: 2, timeout: 1, out: t.TempDir()}
		at := place{Source: &module.Source{Folder: root(t)}, cache: os.Getenv("SPIKEWALK_CACHE"), programs: os.Getenv("SPIKEWALK_CACHE")}
		o, err := f.options(at, []string{c.name}, t.Logf)
		if err != nil {
			t.Fatal(err)
		}
		_, err = f.ahead(&o, at)
		if said := ""; err != nil {
			said = err.Error()
			if c.says == "" || !strings.HasPrefix(said, c.says) {
				t.Errorf("%+v: %q", c, said)
			}
		} else if c.says != "" {
			t.Errorf("%+v: no error", c)
		}
		f.check = true
		if _, err := f.ahead(&o, at); err != nil {
			t.Errorf("a check: %v", err)
		}
	}
}

// A damaged recording keeps its place in the table, and is told of below.
func TestDataListWithADamagedRecording(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "cycling_data.mat"), []byte("damaged"), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := spikewalk(t.TempDir(), "data", "list")
	cmd.Env = append(cmd.Env, "SPIKEWALK_DATA="+folder)
	out, err := cmd.CombinedOutput()
	recordings, _, _ := strings.Cut(string(out), "DATA SET")
	lines := strings.Split(strings.TrimSpace(recordings), "\n")
	if err != nil || len(lines) != 4 || !strings.Contains(lines[1], "see below") || !strings.HasPrefix(lines[3], "cycling: ") {
		t.Errorf("%v:\n%s", err, out)
	}
}

// Names may be cut short where one alone is left.
func TestNamesCutShort(t *testing.T) {
	for name, want := range map[string]string{"emg": "emg.cycling", "osc.f": "osc.fullforce", "inte": "integrate.spiking", "gen.r": "gen.ring", "int": "int.system", "tasks": "tasks"} {
		if got, err := experiments([]string{name}); err != nil || len(got) == 0 || got[0].ID != want {
			t.Errorf("%s is %d experiments, %v; want %s first", name, len(got), err, want)
		}
	}
}

func TestVersion(t *testing.T) {
	out, err := spikewalk(t.TempDir(), "--version").CombinedOutput()
	if text := string(out); err != nil || !strings.HasPrefix(text, "spikewalk ") || !strings.Contains(text, ", numerics ") || strings.Count(text, "\n") != 1 {
		t.Errorf("said %q, %v", text, err)
	}
	built := func(version, modified string) *debug.BuildInfo {
		return &debug.BuildInfo{Main: debug.Module{Version: version}, Settings: []debug.BuildSetting{
			{Key: "vcs.revision", Value: "0123456789abcdef"}, {Key: "vcs.modified", Value: modified}}}
	}
	for want, info := range map[string]*debug.BuildInfo{
		"v1.2.3":                            built("v1.2.3", "false"),
		"0123456789ab":                      built("(devel)", "false"),
		"0123456789ab, changed":             built("", "true"),
		"of a working copy, commit unknown": {},
	} {
		if got := source(info); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
