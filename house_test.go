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
	{"data", []string{"neuro", "internal/npz", "internal/scratch", "internal/unpack", "data/mat", "data/internal/order"}},
	{"data", []string{"data/internal/remote", "internal/nearest"}},
	{"data/internal/remote", []string{"internal/scratch"}},
	{"data", []string{"data/hdf5", "data/nwb", "data/table", "neuro/recording"}},
	{"data/table", []string{"internal/nearest", "internal/unpack"}},
	{"data/mat", []string{"internal/nearest", "internal/unpack", "data/hdf5", "data/internal/order"}},
	{"data/hdf5", []string{"internal/inflate", "internal/nearest", "internal/unpack"}},
	{"data/nwb", []string{"data/hdf5", "internal/nearest", "internal/unpack", "neuro", "neuro/recording"}},
	{"internal/npz", []string{"internal/scratch", "internal/unpack"}},
	{"internal/testkit", []string{"internal/npz"}},
	{"neuro", []string{"neuro/internal/kernel"}},
	{"neuro/internal/golden", []string{"neuro", "neuro/internal/kernel"}},
	{"neuro/...", []string{"neuro/stats"}},
	{"neuro/stats", []string{"neuro"}},
	{"neuro/task", []string{"neuro"}},
	{"neuro/recording", []string{"neuro", "neuro/spiketrain", "internal/nearest", "internal/npz"}},
	{"neuro/internal/run", []string{"neuro", "neuro/internal/...", "neuro/task", "neuro/recording", "internal/npz"}},
	{"neuro/internal/carry", []string{"internal/npz", "neuro", "neuro/internal/kernel", "neuro/neuron", "neuro/task"}},
	{"neuro/internal/wave", []string{"neuro/task"}},
	{"neuro/internal/verdict", []string{"neuro", "neuro/task"}},
	{"neuro/internal/companion", []string{"neuro"}},
	{"neuro/rls", []string{"neuro", "neuro/internal/..."}},
	{"neuro/factor", []string{"neuro", "neuro/internal/linear"}},
	{"neuro/compare", []string{"neuro", "neuro/internal/...", "neuro/prepare", "neuro/recording", "neuro/spiketrain", "neuro/task"}},
	{"neuro/spiketrain", []string{"neuro", "neuro/internal/..."}},
	{"neuro/prepare", []string{"neuro", "neuro/recording", "internal/nearest"}},
	{"neuro/rate", []string{"neuro", "neuro/internal/...", "neuro/task", "neuro/rls", "neuro/factor", "neuro/recording", "internal/npz"}},
	{"neuro/spiking", []string{"neuro", "neuro/internal/...", "neuro/task", "neuro/rls", "neuro/factor", "neuro/neuron", "neuro/recording", "internal/npz"}},
	{"neuro/dale", []string{"neuro", "neuro/neuron", "neuro/internal/...", "neuro/task", "neuro/spiking", "neuro/recording", "internal/npz"}},
	{"neuro/neuron", []string{"neuro", "neuro/internal/..."}},
	{"neuro/nef", []string{"neuro", "neuro/internal/...", "neuro/neuron"}},
	{"neuro/attractor", []string{"neuro", "neuro/internal/...", "neuro/nef", "internal/npz"}},
	{"neuro/integrator", []string{"neuro", "neuro/internal/...", "neuro/nef", "neuro/attractor"}},
	{"plotting/...", []string{"internal/scratch", "neuro/...", "plotting/..."}},
	{"notebooks/nb", []string{"internal/scratch", "plotting", "neuro", "neuro/rate", "neuro/recording", "neuro/task", "data"}},
	{"experiment/...", []string{"internal/scratch", "neuro/...", "data", "plotting", "experiment"}},
	{"experiment/bench", []string{"data/hdf5"}},
	{"cmd/...", []string{"..."}},
}

// TestWhoMayImportWhom keeps data flowing one way: from tasks and recordings
// through the networks to figures and notebooks.
func TestWhoMayImportWhom(t *testing.T) {
	packages := list(t)
	if len(packages) < 8 {
		t.Fatalf("only %d packages found", len(packages))
	}
	for _, p := range packages {
		who := strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, module), "/")
		for _, path := range p.Imports {
			what, ours := strings.CutPrefix(path, module+"/")
			if ours && !allowed(who, what) {
				t.Errorf("%s imports %s", who, what)
			}
			if strings.Contains(path, "gonb/gonbui") && who != "notebooks/nb" {
				t.Errorf("%s imports %s: only notebooks/nb talks to the kernel", who, path)
			}
		}
	}
}

func allowed(who, what string) bool {
	for _, rule := range mayImport {
		if !matches(rule.who, who) {
			continue
		}
		for _, pattern := range rule.what {
			if matches(pattern, what) {
				return true
			}
		}
	}
	return false
}

func matches(pattern, path string) bool {
	folder, all := strings.CutSuffix(pattern, "...")
	if !all {
		return pattern == path
	}
	return strings.HasPrefix(path+"/", folder)
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
