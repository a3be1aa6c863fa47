package spikewalk_test

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const module = "github.com/spikewalk/spikewalk"

// mayImport says which packages of ours each package may import; an entry
// ending in /... stands for a folder and all below it, on either side.
// Whatever is not listed may import nothing of ours.
var mayImport = []struct {
	who  string
	what []string
}{
	{"internal/cache", []string{"internal/scratch"}},
	{"internal/kept", []string{"internal/scratch"}},
	{"internal/npz", []string{"internal/regular", "internal/scratch", "internal/unpack"}},
	{"internal/testkit", []string{"internal/npz"}},
	{"internal/testkit/center", []string{"internal/testkit"}},
	{"plotting", []string{"internal/player"}},
	{"notebooks/nb", []string{"internal/player"}},
	{"data", []string{"neuro", "neuro/recording", "data/hdf5", "data/mat", "data/nwb", "data/table", "data/internal/..."}},
	{"data", []string{"internal/cache", "internal/nearest", "internal/npz", "internal/regular", "internal/scratch", "internal/unpack"}},
	{"data/hdf5", []string{"internal/inflate", "internal/nearest", "internal/regular", "internal/unpack"}},
	{"data/mat", []string{"data/hdf5", "data/internal/order", "internal/nearest", "internal/regular", "internal/unpack"}},
	{"data/nwb", []string{"neuro", "neuro/recording", "data/hdf5", "internal/nearest", "internal/unpack"}},
	{"data/table", []string{"internal/nearest", "internal/regular", "internal/unpack"}},
	{"data/internal/remote", []string{"internal/scratch"}},
	{"neuro", []string{"neuro/internal/kernel", "neuro/internal/stream"}},
	{"neuro/...", []string{"neuro", "neuro/stats", "neuro/internal/bound"}},
	{"neuro/internal/checkpoint/...", []string{"internal/kept", "internal/scratch", "neuro/internal/persist"}},
	{"neuro/internal/checkpoint/stopped", []string{"internal/testkit"}},
	{"neuro/internal/carry", []string{"internal/npz", "neuro/internal/kernel", "neuro/internal/persist", "neuro/internal/run", "neuro/neuron", "neuro/task"}},
	{"neuro/internal/golden", []string{"neuro/internal/kernel"}},
	{"neuro/internal/run", []string{"internal/npz", "neuro/internal/checkpoint", "neuro/internal/companion", "neuro/internal/persist", "neuro/internal/verdict", "neuro/task", "neuro/recording"}},
	{"neuro/internal/verdict", []string{"neuro/task"}},
	{"neuro/internal/wave", []string{"neuro/task"}},
	{"neuro/recording", []string{"internal/nearest", "internal/npz", "neuro/spiketrain"}},
	{"neuro/spiketrain", []string{"neuro/internal/linear"}},
	{"neuro/prepare", []string{"internal/nearest", "neuro/factor", "neuro/recording", "neuro/task"}},
	{"neuro/factor", []string{"neuro/internal/linear"}},
	{"neuro/compare", []string{"neuro/internal/linear", "neuro/prepare", "neuro/recording", "neuro/spiketrain", "neuro/task"}},
	{"neuro/rls", []string{"neuro/internal/companion", "neuro/internal/kernel", "neuro/internal/persist"}},
	{"neuro/neuron", []string{"neuro/internal/kernel"}},
	{"neuro/rate", []string{"internal/npz", "neuro/internal/...", "neuro/task", "neuro/rls", "neuro/factor", "neuro/recording"}},
	{"neuro/spiking", []string{"internal/npz", "neuro/internal/...", "neuro/task", "neuro/rls", "neuro/neuron", "neuro/recording"}},
	{"neuro/dale", []string{"internal/npz", "neuro/internal/...", "neuro/task", "neuro/neuron", "neuro/spiking", "neuro/recording"}},
	{"neuro/nef", []string{"neuro/internal/persist", "neuro/neuron"}},
	{"neuro/attractor", []string{"internal/npz", "neuro/internal/checkpoint", "neuro/internal/persist", "neuro/internal/stream", "neuro/nef", "neuro/recording"}},
	{"neuro/integrator", []string{"neuro/internal/checkpoint", "neuro/internal/persist", "neuro/internal/stream", "neuro/nef", "neuro/attractor", "neuro/recording"}},
	{"plotting", []string{"internal/scratch", "neuro/..."}},
	{"sweep", []string{"internal/kept", "internal/nearest", "internal/regular", "internal/scratch", "neuro", "neuro/stats", "plotting"}},
	{"notebooks/nb", []string{"neuro/attractor", "neuro/integrator", "internal/cache", "internal/kept", "internal/scratch", "plotting", "neuro", "neuro/rate", "neuro/recording", "neuro/spiking", "neuro/task", "sweep"}},
	{"experiment/...", []string{"internal/kept", "internal/scratch", "neuro/...", "data", "plotting", "sweep", "experiment"}},
	{"experiment/bench", []string{"data/hdf5"}},
	{"cmd/...", []string{"..."}},
}

// TestWhoMayImportWhom keeps data flowing one way: from tasks and recordings
// through the networks to figures and notebooks. What may be imported and is
// not has to leave mayImport.
func TestWhoMayImportWhom(t *testing.T) {
	packages := list(t)
	if len(packages) < 8 {
		t.Fatalf("only %d packages found", len(packages))
	}
	used := map[string]bool{}
	for _, p := range packages {
		who := strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, module), "/")
		for _, path := range p.Imports {
			what, ours := strings.CutPrefix(path, module+"/")
			if ours && !allowed(who, what, used) {
				t.Errorf("%s imports %s", who, what)
			}
			if strings.Contains(path, "gonb/gonbui") && who != "notebooks/nb" {
				t.Errorf("%s imports %s: only notebooks/nb talks to the kernel", who, path)
			}
		}
	}
	for _, rule := range mayImport {
		for _, pattern := range rule.what {
			if !used[rule.who+" "+pattern] {
				t.Errorf("mayImport lets %s import %s, which it does not", rule.who, pattern)
			}
		}
	}
}

// allowed tells whether who may import what, and marks the entries that say so
// as used.
func allowed(who, what string, used map[string]bool) (yes bool) {
	for _, rule := range mayImport {
		if !matches(rule.who, who) {
			continue
		}
		for _, pattern := range rule.what {
			if matches(pattern, what) {
				used[rule.who+" "+pattern], yes = true, true
			}
		}
	}
	return yes
}

func matches(pattern, path string) bool {
	folder, all := strings.CutSuffix(pattern, "...")
	if !all {
		return pattern == path
	}
	return strings.HasPrefix(path+"/", folder)
}

// otherWriters says who writes files by another way than internal/scratch, whose
// files are there whole or not at all, and why.
var otherWriters = map[string]string{
	"cmd/spikewalk/internal/here/here.go":                     "a temporary folder in which pages' program is compiled",
	"cmd/spikewalk/internal/kernel/kernel.go":                 "a file that shows that temporary files can be made",
	"cmd/spikewalk/internal/kernel/spikewalk-kernel/shell.go": "a connection file in a folder of scratch",
	"cmd/spikewalk/internal/own/own.go":                       "files of a folder that appears whole",
	"cmd/spikewalk/internal/room/room.go":                     "a file that shows that a folder can be written to",
	"cmd/spikewalk/internal/run/execute.go":                   "a log in a folder of scratch, from where it is moved",
	"data/internal/remote/blocks.go":                          "blocks with a checksum, many a second: none is waited for until it is on the disk",
	"data/internal/remote/download.go":                        "a download that grows over several runs until its checksum is right",
	"notebooks/nb/session.go":                                 "empty files in GoNB's folder, for the eye",
}

// TestOneWayToWrite keeps files that may be cut short, or that the umask has no
// say in, out of the house.
func TestOneWayToWrite(t *testing.T) {
	write := regexp.MustCompile(`\bos\.(Create|WriteFile|Rename|Mkdir|MkdirAll|MkdirTemp|CreateTemp|OpenFile)\(`)
	found := map[string]bool{}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		path = filepath.ToSlash(path)
		if err != nil || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") ||
			strings.HasPrefix(path, "internal/scratch/") || strings.HasPrefix(path, "internal/testkit/") {
			return err
		}
		text, err := os.ReadFile(path)
		if call := write.Find(text); call != nil {
			found[path] = true
			if otherWriters[path] == "" {
				t.Errorf("%s: %s…): internal/scratch writes files, moves them and makes folders", path, call)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for path := range otherWriters {
		if !found[path] {
			t.Errorf("otherWriters has %s, which writes by no way of its own", path)
		}
	}
}

type listed struct {
	ImportPath string
	Imports    []string
}

// TestNamesAreNoPatterns keeps names of files and folders, which may hold any
// character, out of the patterns of filepath.Glob.
func TestNamesAreNoPatterns(t *testing.T) {
	glob := regexp.MustCompile(`(filepath|path|fs)\.(Glob|Match)\([^"\n]*\n`)
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		for _, call := range glob.FindAllString(string(text), -1) {
			t.Errorf("%s: %s makes a pattern of a name: read the folder instead", path, strings.TrimSpace(call))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func list(t *testing.T) (packages []listed) {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "./...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return packages
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
}
