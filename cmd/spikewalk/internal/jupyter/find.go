// Package jupyter finds a Jupyter that works, or installs one.
package jupyter

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"time"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/process"
	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/trust"
)

// Part is something of Jupyter that a command needs.
type Part []string

// The parts are tried in order; any of them serves.
var (
	// Convert executes notebooks.
	Convert = Part{"nbconvert"}
	// Server shows notebooks in the browser.
	Server = Part{"lab", "notebook"}
)

// Installation is a Jupyter that works.
type Installation struct {
	// Command is the path of its program jupyter.
	Command string
	// Sub is the sub-command that serves the part asked for.
	Sub string
}

// errAbsent says that no Jupyter on this machine has the part asked for.
var errAbsent = errors.New("there is no Jupyter that works")

// probeTime is how long "jupyter nbconvert --version" may take; on a cold disk
// Python needs many seconds.
const probeTime = 60 * time.Second

// find returns the first Jupyter that really runs the part. That a program of
// this name is on the PATH is not enough: a version manager puts scripts
// there that only say that no Python they manage has it.
func (f finder) find(ctx context.Context, part Part) (*Installation, error) {
	for _, command := range f.candidates() {
		for _, sub := range part {
			j := &Installation{Command: command, Sub: sub}
			if j.works(ctx) {
				return j, nil
			}
			if ctx.Err() != nil {
				return nil, context.Cause(ctx)
			}
		}
	}
	return nil, errAbsent
}

func (j *Installation) works(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, probeTime)
	defer cancel()
	cmd := j.Cmd("--version")
	cmd.Dir = filepath.Dir(j.Command) // old versions run the settings that lie where they run
	return process.Run(ctx, cmd) == nil
}

// Look returns a Jupyter that runs the part, and installs none.
func Look(ctx context.Context, cache string, part Part) (*Installation, error) {
	return newFinder(cache).find(ctx, part)
}

// finder knows where to look.
type finder struct {
	// cache is the folder of data.CacheDir.
	cache string
	// system are folders to look into though they may not be on the PATH.
	system []string
}

func newFinder(cache string) finder {
	f := finder{cache: cache}
	if runtime.GOOS == "linux" {
		f.system = []string{"/usr/bin"} // a version manager's Python hides Debian's
	}
	return f
}

// candidates lists every jupyter there is: those on the PATH in its order,
// the system's, and the one installed here.
func (f finder) candidates() []string {
	name := "jupyter"
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	folders := append(filepath.SplitList(os.Getenv("PATH")), f.system...)
	if own := filepath.Dir(inVenv(f.cache, name)); trust.Folder(own) == nil { // others cannot have changed it
		folders = append(folders, own)
	}
	var found []string
	seen := map[string]bool{}
	for _, folder := range folders {
		path := filepath.Join(folder, name)
		if !filepath.IsAbs(path) || seen[path] { // as in os/exec: what lies in the working folder is not run
			continue
		}
		seen[path] = true
		if info, err := os.Stat(path); err == nil && !info.IsDir() && info.Mode()&0o111 != 0 {
			found = append(found, path)
		}
	}
	return found
}

// Cmd is the command that runs the part with the given arguments. Its PATH
// begins with Jupyter's own folder: jupyter looks for its sub-commands there,
// and must not find those of another installation.
func (j *Installation) Cmd(args ...string) *exec.Cmd {
	cmd := exec.Command(j.Command, append([]string{j.Sub}, args...)...)
	path := filepath.Dir(j.Command) + string(filepath.ListSeparator) + os.Getenv("PATH")
	cmd.Env = append(os.Environ(), "PATH="+path)
	return cmd
}
