package kernel

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
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
		// is there already, and our go (folder go) skips it without a proxy.
		"GOPROXY": "off",
		// Without debugging symbols a cell links in half the time.
		"GOFLAGS": "-ldflags=-s",
		// The user's own workspace must not replace GoNB's.
		"GOWORK": "",
		// Jupyter fills in ${PATH}; very old ones do not, for which the usual
		// folders follow.
		"PATH": strings.Join(append(path, "/usr/local/bin", "/usr/bin", "/bin"), string(filepath.ListSeparator)),
	}
}

func (s *Setup) spec() spec {
	return spec{
		Argv: []string{
			filepath.Join(s.Bin(), "gonb"), "--kernel", "{connection_file}",
			"-go_work=" + s.Root, "-raw_error=true",
		},
		DisplayName:   "Go (spikewalk)",
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

// WriteSpec writes the kernelspec into a folder, which is replaced as a whole.
func (s *Setup) WriteSpec(folder string) error {
	text, err := json.MarshalIndent(s.spec(), "", " ")
	if err != nil {
		return err
	}
	file := filepath.Join(folder, "kernel.json")
	if old, err := os.ReadFile(file); err == nil && string(old) == string(text) {
		return nil
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return fmt.Errorf("the kernelspec cannot be written: %w", err)
	}
	if err := scratch.WriteFile(file, text, 0o644); err != nil {
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

// Remove takes our kernelspecs from the user's own and returns their folder.
// What we did not install stays.
func Remove() (string, error) {
	folder, err := userKernels()
	if err != nil {
		return "", err
	}
	at := filepath.Join(folder, Name)
	if !exists(at) {
		return "", fmt.Errorf("there is no kernel in %s to remove", at)
	}
	if ours, err := isOurs(at); err != nil {
		return "", err
	} else if !ours {
		return "", fmt.Errorf("%s holds a kernel that spikewalk did not install: it stays", at)
	}
	if ours, err := isOurs(filepath.Join(folder, GoNB)); err == nil && ours {
		if err := os.RemoveAll(filepath.Join(folder, GoNB)); err != nil {
			return "", err
		}
	}
	return at, os.RemoveAll(at)
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
