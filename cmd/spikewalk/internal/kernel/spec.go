package kernel

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/spikewalk/spikewalk/internal/scratch"
)

const (
	// Name is our kernel's name.
	Name = "spikewalk"
	// GoNB is the name of GoNB's own kernel, which is the one that the
	// notebooks carry, so that they open everywhere.
	GoNB = "gonb"
)

// spec is a kernelspec, see
// https://jupyter-client.readthedocs.io/en/stable/kernels.html#kernel-specs.
type spec struct {
	Argv          []string          `json:"argv"`
	DisplayName   string            `json:"display_name"`
	Language      string            `json:"language"`
	InterruptMode string            `json:"interrupt_mode"`
	Env           map[string]string `json:"env"`
	Metadata      map[string]string `json:"metadata"`
}

// owner marks a kernelspec as ours; Remove touches no other.
const owner = "spikewalk"

// Env is the environment in which cells are compiled, by GoNB and beforehand
// by Warm.
func (s *Setup) Env() map[string]string {
	path := []string{s.Bin(), filepath.Dir(s.Go), "${PATH}"}
	return map[string]string{
		// GoNB runs "go get" before every cell. All that a cell can import
		// is there already, and without a proxy it ends at once.
		"GOPROXY": "off",
		// Without debugging symbols a cell links in half the time.
		"GOFLAGS": "-ldflags=-s",
		// The user's own workspace must not replace GoNB's.
		"GOWORK": "",
		// Cells run here, and in modules.
		"GO111MODULE": "on", "GOOS": runtime.GOOS, "GOARCH": runtime.GOARCH,
		// Jupyter fills in ${PATH}; very old ones do not, for which the usual
		// folders follow.
		"PATH": strings.Join(append(path, "/usr/local/bin", "/usr/bin", "/bin"), string(filepath.ListSeparator)),
	}
}

// DisplayName is the name of our kernel in Jupyter's menus. Under GoNB's name it
// has another, so that the two are told apart.
func DisplayName(name string) string {
	if name == GoNB {
		return "Go (gonb, as spikewalk sets it up)"
	}
	return "Go (spikewalk)"
}

func (s *Setup) spec(name string) spec {
	return spec{
		Argv:          []string{filepath.Join(s.Bin(), launcher), "{connection_file}", s.Root},
		DisplayName:   DisplayName(name),
		Language:      "go",
		InterruptMode: "message",
		Env:           s.Env(),
		Metadata:      map[string]string{"owner": owner, "module": s.Root},
	}
}

// WriteSpecs writes the kernelspecs into a folder for JUPYTER_PATH: for a
// server of ours both names mean this kernel.
func (s *Setup) WriteSpecs(folder string) error {
	for _, name := range []string{Name, GoNB} {
		if err := s.WriteSpec(filepath.Join(folder, "kernels", name)); err != nil {
			return err
		}
	}
	return nil
}

// WriteSpec writes the kernelspec into a folder that is called after the kernel,
// and which is replaced as a whole.
func (s *Setup) WriteSpec(folder string) error {
	text, err := json.MarshalIndent(s.spec(filepath.Base(folder)), "", " ")
	if err != nil {
		return err
	}
	file := filepath.Join(folder, "kernel.json")
	if old, err := os.ReadFile(file); err == nil && string(old) == string(text) {
		return nil
	}
	if err := scratch.Folder(folder, scratch.Public); err != nil {
		return fmt.Errorf("the kernelspec cannot be written: %w", err)
	}
	if err := scratch.WriteFile(file, text, scratch.Public); err != nil {
		return fmt.Errorf("the kernelspec cannot be written: %w", err)
	}
	return nil
}

// Install puts the kernelspec among the user's own and returns the names under
// which it is there now, and their folder. Where there is no kernel of GoNB's
// name it takes that name too, so that the notebooks open without a question.
func (s *Setup) Install() (names []string, folder string, err error) {
	folder, err = userKernels()
	if err != nil {
		return nil, "", err
	}
	for _, name := range []string{Name, GoNB} {
		at := filepath.Join(folder, name)
		ours, err := isOurs(at)
		if err != nil {
			return nil, "", err
		}
		if !ours && (exists(at) || name == GoNB && installedElsewhere(name)) {
			if name == Name {
				return nil, "", fmt.Errorf("%s holds a kernel that spikewalk did not install: move it away and try again", at)
			}
			continue // the user's GoNB stays what it is
		}
		if err := s.WriteSpec(at); err != nil {
			return nil, "", err
		}
		names = append(names, name)
	}
	return names, folder, nil
}

// Remove takes our kernelspecs from the user's own and returns their folders.
// What we did not install stays.
func Remove() (removed []string, err error) {
	folder, err := userKernels()
	if err != nil {
		return nil, err
	}
	for _, name := range []string{Name, GoNB} {
		at := filepath.Join(folder, name)
		ours, err := isOurs(at)
		if err != nil {
			return removed, err
		}
		if !ours {
			continue
		}
		if err := os.RemoveAll(at); err != nil {
			return removed, err
		}
		removed = append(removed, at)
	}
	if at := filepath.Join(folder, Name); len(removed) == 0 && exists(at) {
		return nil, fmt.Errorf("%s holds a kernel that spikewalk did not install: it stays", at)
	}
	if len(removed) == 0 {
		return nil, fmt.Errorf("there is no kernel of ours in %s to remove", folder)
	}
	return removed, nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// isOurs tells whether a folder holds a kernelspec that WriteSpec wrote.
func isOurs(folder string) (bool, error) {
	text, err := os.ReadFile(filepath.Join(folder, "kernel.json"))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	var s spec
	return json.Unmarshal(text, &s) == nil && s.Metadata["owner"] == owner, nil
}
