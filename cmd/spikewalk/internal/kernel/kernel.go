// Package kernel sets up the Jupyter kernel that runs our notebooks: GoNB
// and its helpers at the versions pinned in go.mod, and a kernelspec under
// which a cell imports our packages without any set-up of its own.
package kernel

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/gofrs/flock"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/module"
	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/process"
	"github.com/spikewalk/spikewalk/internal/scratch"
)

// Setup is where the kernel's parts are.
type Setup struct {
	// Root is the folder of the module that cells import from (that of
	// module.Source.Work), and Cache that of data.CacheDir.
	Root, Cache string
	// Go is the go program, absolute.
	Go string
}

// New looks for the go program, whether it can make temporary files, and whether
// GoNB can use the module.
func New(root, cache string) (*Setup, error) {
	path, err := module.Go()
	if err != nil {
		return nil, err
	}
	if err := checkComma(root); err != nil {
		return nil, err
	}
	probe, err := os.CreateTemp("", "spikewalk-")
	if err != nil {
		return nil, fmt.Errorf("temporary files cannot be made: %w; set TMPDIR to a folder where they can", err)
	}
	return &Setup{Root: root, Cache: cache, Go: path}, errors.Join(probe.Close(), os.Remove(probe.Name()))
}

// Bin is the folder of the kernel's programs.
func (s *Setup) Bin() string { return filepath.Join(s.Cache, "bin") }

// JupyterPath is the folder to put on JUPYTER_PATH for our kernelspecs. Each
// working copy has its own: kernels that start later must not import another's
// packages.
func (s *Setup) JupyterPath() string {
	sum := sha256.Sum256([]byte(s.Root))
	return filepath.Join(s.Cache, "jupyter", hex.EncodeToString(sum[:6]))
}

// launcher is the program of our own that the kernelspecs start, launcherPath its
// package, and sources hold all that it is made of in a working copy.
const (
	launcher     = "spikewalk-kernel"
	launcherPath = module.Path + "/cmd/spikewalk/internal/kernel/" + launcher
)

var sources = []string{"cmd/spikewalk/internal", "internal/scratch"}

// programs are what a kernel runs: tools of go.mod, and our own.
var programs = []string{"gonb", "goimports", "gopls", launcher}

// Ensure makes the kernel ready: it builds the programs and downloads what
// cells may import, unless that is done, and writes the kernelspecs. It says
// beforehand what takes time. Several may call it at once.
func (s *Setup) Ensure(ctx context.Context, say func(format string, args ...any)) error {
	if err := s.own(say); err != nil {
		return err
	}
	if err := scratch.Folder(s.JupyterPath(), scratch.Private); err != nil {
		return fmt.Errorf("the folder for the kernel cannot be made: %w; set SPIKEWALK_CACHE to one that can", err)
	}
	lock := flock.New(filepath.Join(s.Cache, "kernel.lock"))
	if err := lock.Lock(); err != nil {
		return fmt.Errorf("the kernel's folder cannot be locked: %w; set SPIKEWALK_CACHE to one that can be written to", err)
	}
	defer lock.Close()
	if err := s.build(ctx, say); err != nil {
		return err
	}
	return s.WriteSpecs(s.JupyterPath())
}

// build installs the programs and downloads the modules once for each go.mod,
// source of our own program and version of Go.
func (s *Setup) build(ctx context.Context, say func(format string, args ...any)) error {
	key, err := s.key(ctx)
	if err != nil {
		return err
	}
	old, changed := s.readStamp()
	if changed == nil {
		changed = s.check(old)
	}
	switch {
	case changed == nil && old.Key == key:
		return nil
	case changed != nil && s.Built():
		say("The kernel's programs are built again: %v.", changed)
	}
	say("Downloading what the notebooks import and building the kernel's programs (%s) into %s; this is done once.", strings.Join(programs, ", "), s.Bin())
	if err := s.download(ctx); err != nil {
		return err
	}
	if changed != nil { // go would leave a program that says it is of these sources
		if err := os.RemoveAll(s.Bin()); err != nil {
			return fmt.Errorf("the kernel's programs cannot be replaced: %w", err)
		}
	}
	_ = os.RemoveAll(filepath.Join(s.Cache, "cells")) // of earlier versions
	if err := scratch.Folder(s.Bin(), scratch.Private); err != nil {
		return err
	}
	install := s.goCmd("install", "tool", launcherPath)
	install.Env = append(install.Env, "GOBIN="+s.Bin(), "GOFLAGS=")
	if _, err := process.Output(ctx, install); err != nil {
		return fmt.Errorf("the kernel's programs could not be built: %w", err)
	}
	if !s.complete() {
		return fmt.Errorf("go install tool did not build all of %s: go.mod must list those of others as tools", strings.Join(programs, ", "))
	}
	return s.writeStamp(key)
}

// download gets the modules in go.mod that are not there yet.
func (s *Setup) download(ctx context.Context) error {
	said, err := process.Output(ctx, s.goCmd("mod", "download"))
	if err == nil || ctx.Err() != nil {
		return err
	}
	why := strings.TrimPrefix(process.LastLines(said, 1), "go: ")
	if why == "" {
		why = err.Error()
	}
	return fmt.Errorf("not all modules in go.mod are on this machine, and they cannot be downloaded (%s): connect to a network, leave GOPROXY as go has it, and try again; later runs need no network", why)
}

// key changes with all that the programs and modules depend on.
func (s *Setup) key(ctx context.Context) (string, error) {
	files := []string{filepath.Join(s.Root, "go.mod"), filepath.Join(s.Root, "go.sum")}
	for _, folder := range sources {
		err := filepath.WalkDir(filepath.Join(s.Root, filepath.FromSlash(folder)), func(path string, _ fs.DirEntry, err error) error {
			if strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go") {
				files = append(files, path)
			}
			return err
		})
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
	}
	h := sha256.New()
	for _, path := range files {
		text, err := os.ReadFile(path)
		if err != nil {
			return "", err
		}
		h.Write(text)
	}
	env, err := process.Output(ctx, s.goCmd("env", "GOVERSION", "GOMODCACHE"))
	if err != nil {
		return "", err
	}
	_, _ = io.WriteString(h, env)
	return hex.EncodeToString(h.Sum(nil)), nil
}

// goCmd runs the go program in the module.
func (s *Setup) goCmd(args ...string) *exec.Cmd {
	cmd := exec.Command(s.Go, args...)
	cmd.Dir = s.Root
	cmd.Env = append(os.Environ(), "GOWORK=off", "GO111MODULE=on", "GOOS="+runtime.GOOS, "GOARCH="+runtime.GOARCH)
	return cmd
}
