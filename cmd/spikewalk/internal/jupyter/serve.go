package jupyter

import (
	"os"
	"os/exec"
	"path/filepath"
)

// Serve is the command that shows the notebooks of a folder in the browser.
// The kernels whose kernelspecs are below kernels go before the user's own.
func (j *Installation) Serve(folder, kernels string, args ...string) *exec.Cmd {
	flags := []string{"--notebook-dir=" + folder}
	if os.Geteuid() == 0 {
		flags = append(flags, "--allow-root")
	}
	cmd := j.Cmd(append(flags, args...)...)
	if old := os.Getenv("JUPYTER_PATH"); old != "" {
		kernels += string(filepath.ListSeparator) + old
	}
	cmd.Env = append(cmd.Env, "JUPYTER_PATH="+kernels)
	return cmd
}
