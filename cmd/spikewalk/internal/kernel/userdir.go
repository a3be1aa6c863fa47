package kernel

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// userDataDir is the user's folder of Jupyter data, by Jupyter's own rules
// (jupyter --data-dir), which need no Jupyter to be known:
// https://docs.jupyter.org/en/stable/use/jupyter-directories.html
func userDataDir() (string, error) {
	if dir := os.Getenv("JUPYTER_DATA_DIR"); dir != "" {
		return dir, nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("the folder of Jupyter's data is not known: %w; set JUPYTER_DATA_DIR", err)
	}
	switch runtime.GOOS {
	case "darwin":
		return filepath.Join(home, "Library", "Jupyter"), nil
	case "windows":
		if dir := os.Getenv("APPDATA"); dir != "" {
			return filepath.Join(dir, "jupyter"), nil
		}
		return filepath.Join(home, ".jupyter", "data"), nil
	}
	if dir := os.Getenv("XDG_DATA_HOME"); dir != "" {
		return filepath.Join(dir, "jupyter"), nil
	}
	return filepath.Join(home, ".local", "share", "jupyter"), nil
}

// userKernels is the folder of the user's own kernelspecs.
func userKernels() (string, error) {
	dir, err := userDataDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, "kernels"), nil
}

// installedElsewhere tells whether there is a kernel of that name in one of
// the other folders in which Jupyter looks: those of JUPYTER_PATH, of a Python
// environment that is active, and of the machine.
func installedElsewhere(name string) bool {
	folders := filepath.SplitList(os.Getenv("JUPYTER_PATH"))
	for _, env := range []string{"VIRTUAL_ENV", "CONDA_PREFIX"} {
		if dir := os.Getenv(env); dir != "" {
			folders = append(folders, filepath.Join(dir, "share", "jupyter"))
		}
	}
	if runtime.GOOS == "windows" {
		folders = append(folders, filepath.Join(os.Getenv("PROGRAMDATA"), "jupyter"))
	} else {
		folders = append(folders, "/usr/local/share/jupyter", "/usr/share/jupyter")
	}
	for _, dir := range folders {
		if exists(filepath.Join(dir, "kernels", name)) {
			return true
		}
	}
	return false
}
