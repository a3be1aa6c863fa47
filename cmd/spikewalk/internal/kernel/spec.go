package kernel

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/google/renameio/maybe"
)

// Name is our kernel's name.
const Name = "spikewalk"

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
		// is there already; without a proxy that takes 40 ms, not 500.
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

// WriteSpecs writes the kernelspecs into a folder for JUPYTER_PATH. Notebooks
// name GoNB's own kernel, so that they open everywhere; for a server of ours
// that name means this kernel too.
func (s *Setup) WriteSpecs(folder string) error {
	for _, name := range []string{Name, "gonb"} {
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
	if err := maybe.WriteFile(file, text, 0o644); err != nil {
		return fmt.Errorf("the kernelspec cannot be written: %w", err)
	}
	return nil
}

// Install puts the kernelspec among the user's own and returns its folder.
func (s *Setup) Install() (string, error) {
	folder, err := userSpec()
	if err != nil {
		return "", err
	}
	if ours, err := isOurs(folder); err != nil {
		return "", err
	} else if !ours {
		if _, err := os.Stat(folder); err == nil {
			return "", fmt.Errorf("%s holds a kernel that spikewalk did not install: move it away and try again", folder)
		}
	}
	return folder, s.WriteSpec(folder)
}

// Remove takes our kernelspec from the user's own and returns its folder. One
// that we did not install stays.
func Remove() (string, error) {
	folder, err := userSpec()
	if err != nil {
		return "", err
	}
	if _, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("there is no kernel in %s to remove", folder)
	}
	if ours, err := isOurs(folder); err != nil {
		return "", err
	} else if !ours {
		return "", fmt.Errorf("%s holds a kernel that spikewalk did not install: it stays", folder)
	}
	return folder, os.RemoveAll(folder)
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

// userSpec is the folder of our kernelspec among the user's.
func userSpec() (string, error) {
	dir, err := userDataDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, "kernels", Name), nil
}
