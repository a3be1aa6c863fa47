//go:build unix

package jupyter

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// program writes an executable script.
func program(t *testing.T, folder, name, script string) string {
	t.Helper()
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, name)
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+script+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	return path
}

const (
	broken  = `echo "pyenv: jupyter: command not found" >&2; exit 127`
	convert = `[ "$1" = nbconvert ]`
)

func TestFindPassesOverProgramsThatDoNotWork(t *testing.T) {
	shims, good, cache := t.TempDir(), t.TempDir(), t.TempDir()
	program(t, shims, "jupyter", broken)
	want := program(t, good, "jupyter", convert)
	t.Setenv("PATH", shims+":"+good+":/nowhere")
	j, err := finder{cache: cache}.find(context.Background(), Convert)
	if err != nil || j.Command != want || j.Sub != "nbconvert" {
		t.Errorf("found %v, %v; want %s nbconvert", j, err, want)
	}
	// That Jupyter has no server.
	if _, err := (finder{cache: cache}).find(context.Background(), Server); !errors.Is(err, errAbsent) {
		t.Errorf("server: %v, want none", err)
	}
	cmd := j.Cmd("--to", "html")
	if path := cmd.Env[len(cmd.Env)-1]; !strings.HasPrefix(path, "PATH="+good+":") {
		t.Errorf("its PATH is %q, which must begin with its own folder", path)
	}
}

// A program in the working folder is not run, whatever the PATH says, nor are Python's
// modules there.
func TestNothingOfTheWorkingFolderRuns(t *testing.T) {
	here := t.TempDir()
	t.Chdir(here)
	program(t, here, "jupyter", "exit 0")
	program(t, filepath.Join(here, "bin"), "jupyter", "exit 0")
	for _, path := range []string{"", ".", "bin", "./bin", ":/nowhere", "/nowhere:"} {
		t.Setenv("PATH", path)
		if j, err := (finder{cache: t.TempDir()}).find(context.Background(), Convert); !errors.Is(err, errAbsent) {
			t.Errorf("PATH %q: found %v, %v", path, j, err)
		}
	}
	elsewhere, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := runPython(context.Background(), program(t, elsewhere, "python3", `[ "$(/bin/pwd -P)" = "`+elsewhere+`" ]`)); err != nil {
		t.Errorf("Python runs in another folder than its own: %v", err)
	}
}

func TestFindTakesLabOrNotebook(t *testing.T) {
	folder := t.TempDir()
	program(t, folder, "jupyter", `[ "$1" = notebook ]`)
	t.Setenv("PATH", "/nowhere")
	j, err := finder{cache: t.TempDir(), system: []string{folder}}.find(context.Background(), Server)
	if err != nil || j.Sub != "notebook" {
		t.Errorf("found %v, %v; want notebook", j, err)
	}
}

// fakePython makes virtual environments whose pip installs a Jupyter that
// works, or fails.
func fakePython(t *testing.T, pip string) string {
	folder := t.TempDir()
	program(t, folder, "python3", `
[ "$1 $2" = "-m venv" ] || exit 2
for folder; do :; done
/bin/mkdir -p "$folder/bin"
/bin/cat > "$folder/bin/python" <<END
#!/bin/sh
`+pip+`
END
/bin/chmod +x "$folder/bin/python"`)
	return folder
}

func listen(said *[]string) func(string, ...any) {
	return func(format string, args ...any) { *said = append(*said, fmt.Sprintf(format, args...)) }
}

func TestInstallsIntoItsOwnEnvironment(t *testing.T) {
	cache := filepath.Join(t.TempDir(), "cache")
	t.Setenv("PATH", fakePython(t, `printf '#!/bin/sh\n[ "\$1" = nbconvert ]\n' > `+cache+`/venv/bin/jupyter; /bin/chmod +x `+cache+`/venv/bin/jupyter`))
	var said []string
	j, err := finder{cache: cache}.findOrInstall(context.Background(), Convert, listen(&said))
	if err != nil {
		t.Fatal(err, said)
	}
	if want := filepath.Join(cache, "venv", "bin", "jupyter"); j.Command != want {
		t.Errorf("installed %s, want %s", j.Command, want)
	}
	if all := strings.Join(said, "\n"); !strings.Contains(all, "There is no Jupyter") || !strings.Contains(all, "pip into a virtual environment") {
		t.Errorf("said %q, want what it does and why", said)
	}
	// The next time it is there.
	said = nil
	if _, err := (finder{cache: cache}).findOrInstall(context.Background(), Convert, listen(&said)); err != nil || len(said) > 0 {
		t.Errorf("the second time: %v, said %q", err, said)
	}
}

func TestInstallThatFailsLeavesNothing(t *testing.T) {
	cache := filepath.Join(t.TempDir(), "cache")
	t.Setenv("PATH", fakePython(t, `echo "no network" >&2; exit 1`))
	var said []string
	_, err := finder{cache: cache}.findOrInstall(context.Background(), Convert, listen(&said))
	if err == nil || !strings.Contains(err.Error(), "install it yourself") {
		t.Errorf("error %v", err)
	}
	if all := strings.Join(said, "\n"); !strings.Contains(all, "no network") {
		t.Errorf("said %q, want pip's reason", said)
	}
	if _, err := os.Stat(filepath.Join(cache, "venv")); !os.IsNotExist(err) {
		t.Errorf("half an environment is left: %v", err)
	}
}

func TestNoPython(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, err := finder{cache: t.TempDir()}.findOrInstall(context.Background(), Convert, func(string, ...any) {})
	if err == nil || !strings.Contains(err.Error(), "Python 3 is needed") {
		t.Errorf("error %v, want one that asks for Python", err)
	}
}

// Jupyter keeps its token and listens on this machine alone, as it does by itself:
// nothing that we hand to it says otherwise.
func TestServeLeavesTheTokenAlone(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "--ip=0.0.0.0 'a'")
	cmd := (&Installation{Command: "/bin/jupyter", Sub: "lab"}).Serve(folder, "/kernels", "--port", "1")
	want := []string{"/bin/jupyter", "lab", "--notebook-dir=" + folder}
	if os.Geteuid() == 0 {
		want = append(want, "--allow-root")
	}
	if want = append(want, "--port", "1"); !slices.Equal(cmd.Args, want) {
		t.Errorf("it runs %q, want %q", cmd.Args, want)
	}
}
