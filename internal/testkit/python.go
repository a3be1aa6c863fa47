package testkit

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Python returns an interpreter that has the given modules: the system's if it
// does, since that is where Debian puts them, or another on the PATH. It leaves
// the calling test out unless tests may need more than Go.
func Python(t testing.TB, modules ...string) string {
	t.Helper()
	Needs(t, "Python with "+strings.Join(modules, ", "))
	folders := slices.Insert(filepath.SplitList(os.Getenv("PATH")), 0, "/usr/bin")
	for _, folder := range folders {
		path, err := exec.LookPath(filepath.Join(folder, "python3"))
		if err == nil && exec.Command(path, "-c", "import "+strings.Join(modules, ", ")).Run() == nil {
			return path
		}
	}
	t.Fatalf("no python3 with %s: on Debian, apt-get install python3-%s", strings.Join(modules, ", "), strings.Join(modules, " python3-"))
	return ""
}

// Run runs a program, whose failure is the test's, and returns what it prints.
func Run(t testing.TB, program string, args ...string) string {
	t.Helper()
	cmd := exec.Command(program, args...)
	cmd.Env = append(os.Environ(), "PYTHONDONTWRITEBYTECODE=1", "PYTHONNOUSERSITE=1")
	var said strings.Builder
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", program, strings.Join(args, " "), err, said.String())
	}
	return string(out)
}
