package jupyter

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/process"
)

// Find returns a Jupyter that has the part asked for. Where there is none it
// installs one, and says before what it does and why: as root on Debian and
// its relatives the distribution's packages, elsewhere a virtual Python
// environment of its own in the cache folder, which touches nothing else.
func Find(ctx context.Context, cache string, part Part, say func(format string, args ...any)) (*Installation, error) {
	return newFinder(cache).findOrInstall(ctx, part, say)
}

func (f finder) findOrInstall(ctx context.Context, part Part, say func(format string, args ...any)) (*Installation, error) {
	j, err := f.find(ctx, part)
	if !errors.Is(err, errAbsent) {
		return j, err
	}
	say("There is no Jupyter here that runs %s.", strings.Join(part, " or "))
	var failed []error
	for _, way := range []installer{debian(), venv(f.cache)} {
		if way.command == nil {
			continue
		}
		say("%s", way.what)
		err := way.command(ctx)
		if err == nil {
			if j, err = f.find(ctx, part); err == nil {
				say("Installed %s.", j.Command)
				return j, nil
			}
		}
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		say("That failed: %v", err)
		failed = append(failed, err)
	}
	if len(failed) == 0 {
		return nil, errors.New("there is no Jupyter, and to install it Python 3 is needed: install Python 3.9 or newer (python.org) or Jupyter itself (jupyter.org/install), and try again")
	}
	return nil, errors.New("installing Jupyter failed: install it yourself (jupyter.org/install), so that 'jupyter nbconvert --version' works, and try again")
}

// installer is one way to get Jupyter; its command is nil where it does not
// apply.
type installer struct {
	what    string
	command func(context.Context) error
}

// debianPackages are what executing, converting and showing notebooks needs,
// without the recommended gigabyte of TeX.
var debianPackages = []string{"jupyter-notebook", "jupyter-nbconvert"}

func debian() installer {
	apt, err := exec.LookPath("apt-get")
	if runtime.GOOS != "linux" || os.Geteuid() != 0 || err != nil {
		return installer{}
	}
	return installer{
		what: fmt.Sprintf("Installing Debian's packages %s with apt-get, because this runs as root on a Debian system (a minute or two).", strings.Join(debianPackages, " and ")),
		command: func(ctx context.Context) error {
			if err := aptGet(ctx, apt, "update"); err != nil {
				return err
			}
			return aptGet(ctx, apt, append([]string{"install", "-y", "--no-install-recommends"}, debianPackages...)...)
		},
	}
}

func aptGet(ctx context.Context, apt string, args ...string) error {
	cmd := exec.Command(apt, args...)
	cmd.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
	_, err := process.Output(ctx, cmd)
	return err
}

// pythonPackages are pinned, so that what was tried is what is installed.
var pythonPackages = []string{"jupyterlab==4.4.3", "nbconvert==7.16.6"}

// inVenv is the path of a program in our virtual environment.
func inVenv(cache, program string) string {
	folder := "bin"
	if runtime.GOOS == "windows" {
		folder = "Scripts"
	}
	return filepath.Join(cache, "venv", folder, program)
}

func venv(cache string) installer {
	python := ""
	for _, name := range []string{"python3", "python"} {
		if p, err := exec.LookPath(name); err == nil {
			python = p
			break
		}
	}
	if python == "" {
		return installer{}
	}
	folder := filepath.Join(cache, "venv")
	return installer{
		what: fmt.Sprintf("Installing %s with pip into a virtual environment of their own, %s (a few minutes, about 300 MB; delete the folder to undo it).", strings.Join(pythonPackages, " and "), folder),
		command: func(ctx context.Context) (err error) {
			// Half an environment would be found and fail.
			defer func() {
				if err != nil {
					err = errors.Join(err, os.RemoveAll(folder))
				}
			}()
			if err := runPython(ctx, python, "-m", "venv", "--clear", folder); err != nil {
				return err
			}
			return runPython(ctx, inVenv(cache, "python"), append([]string{"-m", "pip", "install", "--quiet", "--disable-pip-version-check"}, pythonPackages...)...)
		},
	}
}

// runPython runs Python in its own folder: before its own modules it takes those in the
// folder where it runs, in which anybody may have put a pip.py.
func runPython(ctx context.Context, python string, args ...string) error {
	cmd := exec.Command(python, args...)
	cmd.Dir = filepath.Dir(python)
	_, err := process.Output(ctx, cmd)
	return err
}
