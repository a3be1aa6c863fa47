package module

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/mod/modfile"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/trust"
	"github.com/spikewalk/spikewalk/internal/scratch"
)

// Work returns the folder of a module in which the kernel's programs are built and
// whose packages cells can import: the working copy itself, or for a version a module
// in the cache folder that requires it.
func (s *Source) Work(cache string) (folder string, err error) {
	if s.Version == "" {
		return s.Folder, nil
	}
	mod, err := s.requiring("spikewalk.notebooks")
	if err != nil {
		return "", err
	}
	ours, err := s.mod()
	if err != nil {
		return "", err
	}
	for _, tool := range ours.Tool {
		if err := mod.AddTool(tool.Path); err != nil {
			return "", err
		}
	}
	modText, sum, err := s.files(mod)
	if err != nil {
		return "", err
	}
	folder = workFolder(cache, s.Version)
	if trust.Folder(folder) != nil { // others could have put something beside what is written here
		_ = os.RemoveAll(folder)
	}
	err = scratch.Folder(folder, scratch.Private)
	if err == nil {
		err = errors.Join(keep(filepath.Join(folder, "go.sum"), sum), keep(filepath.Join(folder, "go.mod"), modText))
	}
	if err != nil {
		return "", fmt.Errorf("the folder for the kernel cannot be made: %w; set SPIKEWALK_CACHE to one that can", err)
	}
	return folder, nil
}

// workFolder is where Work puts the module that requires a version.
func workFolder(cache, version string) string { return filepath.Join(cache, "modules", version) }

// keep writes a file unless it is there with this text: a kernel may be reading it.
func keep(path string, text []byte) error {
	if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, text) {
		return nil
	}
	return scratch.WriteFile(path, text, scratch.Public)
}

// Requiring returns the go.mod and go.sum of a new module of the given path that
// uses this one. Whatever this one needs it names too, so that it builds without a
// network.
func (s *Source) Requiring(path string) (mod, sum []byte, err error) {
	file, err := s.requiring(path)
	if err != nil {
		return nil, nil, err
	}
	return s.files(file)
}

func (s *Source) requiring(path string) (*modfile.File, error) {
	ours, err := s.mod()
	if err != nil {
		return nil, err
	}
	file := new(modfile.File)
	err = errors.Join(file.AddModuleStmt(path), file.AddGoStmt(ours.Go.Version))
	if s.Version == "" {
		err = errors.Join(err, file.AddRequire(Path, "v0.0.0"), file.AddReplace(Path, "", s.Folder, ""))
	} else {
		err = errors.Join(err, file.AddRequire(Path, s.Version))
	}
	for _, r := range ours.Require {
		file.AddNewRequire(r.Mod.Path, r.Mod.Version, true)
	}
	return file, err
}

// mod is this module's own go.mod.
func (s *Source) mod() (*modfile.File, error) {
	text, err := os.ReadFile(filepath.Join(s.Folder, "go.mod"))
	if err != nil {
		return nil, err
	}
	return modfile.Parse("go.mod", text, nil)
}

// files are the texts of a go.mod and of the go.sum that belongs to it.
func (s *Source) files(file *modfile.File) (mod, sum []byte, err error) {
	if mod, err = file.Format(); err != nil {
		return nil, nil, err
	}
	sum, err = os.ReadFile(filepath.Join(s.Folder, "go.sum"))
	return mod, append(sum, s.sums...), err
}
