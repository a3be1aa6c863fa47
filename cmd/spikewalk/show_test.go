package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Whatever is wrong with a file, data show says it in one line and ends with 1.
func TestShowRefuses(t *testing.T) {
	dir, here := t.TempDir(), root(t)
	session := filepath.Join(here, "data", "testdata", "layouts", "session.mat")
	content, err := os.ReadFile(session)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"empty.nwb": "", "cut.mat": string(content[:5000]), "letter.txt": "Dear colleague,\nthe animal was awake.\n",
		"ragged.csv": "t,x\n0,1\n2\n", "commas.csv": "t;x\n0,5;1\n", "cut.nwb": "\x89HDF\r\n\x1a\n\x00\x00",
		"layout.json": `{"Spikes": {"Times": "units{u}"}}`, "names.json": `{"Spike": {}}`, "wrong.json": `{"TimeUnit": "s", "Spikes": {"Times": "unit{u}"}}`,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for args, says := range map[string]string{
		"":                                "wants one name",
		"a.nwb b.nwb":                     "wants one name, and here are 2",
		"none.nwb":                        "none.nwb: no such file",
		dir:                               "is a folder: name a file in it",
		"empty.nwb":                       "this is an empty file",
		"cut.mat":                         "cut.mat",
		"cut.nwb":                         "cut.nwb",
		"letter.txt":                      "this is a text file",
		"ragged.csv":                      "line 3 has 1 cells",
		"commas.csv":                      "0,5 has a decimal comma",
		"commas.csv --out figure.doc":     "name a file that ends with .png, .svg or .pdf",
		session + " --layout none.json":   "none.json: no such file",
		session + " --layout names.json":  `unknown field "Spike"`,
		session + " --layout layout.json": `set TimeUnit to "s"`,
		session + " --layout wrong.json":  `no variable "unit": did you mean units?`,
		"http://127.0.0.1:1/session.nwb":  "127.0.0.1:1",
		"https://":                        "https://",
	} {
		cmd := spikewalk(dir, append([]string{"data", "show"}, strings.Fields(args)...)...)
		out, err := cmd.CombinedOutput()
		var exit *exec.ExitError
		if !errors.As(err, &exit) || exit.ExitCode() != 1 {
			t.Errorf("%s: ended with %v, want exit status 1: %s", args, err, out)
		}
		lines := strings.Split(strings.TrimSpace(string(out)), "\n")
		if last := lines[len(lines)-1]; !strings.HasPrefix(last, "spikewalk: ") || !strings.Contains(last, says) {
			t.Errorf("%s: said %q, want %q in one line", args, last, says)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "out")); err == nil {
		t.Error("a file that is refused leaves a folder")
	}
}

// Of a file that can be read there are lines and a figure.
func TestShow(t *testing.T) {
	dir := t.TempDir()
	session := filepath.Join(root(t), "data", "testdata", "layouts", "session.mat")
	out, err := spikewalk(dir, "data", "show", session).CombinedOutput()
	if err != nil || !strings.Contains(string(out), "emg: 4x60x2 double") || !strings.Contains(string(out), "figure: "+filepath.Join("out", "show", "session.png")) {
		t.Errorf("%v: %s", err, out)
	}
	picture, err := os.ReadFile(filepath.Join(dir, "out", "show", "session.png"))
	if err != nil || !strings.HasPrefix(string(picture), "\x89PNG") {
		t.Error(err)
	}
	out, err = spikewalk(dir, "data", "show", session, "--json").Output()
	if err != nil || !strings.Contains(string(out), `{"path":"times","class":"double","shape":[71,1],"sum":"`) {
		t.Errorf("%v: %s", err, out)
	}
}
