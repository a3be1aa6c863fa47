package kernel

import (
	"context"
	"fmt"
	"time"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/module"
)

// Around lists the folders of the modules that the cells of a notebook find, as
// [module.Around] does. It is for the kernel, which downloads nothing: what For has
// not, it does without.
func (s *Setup) Around(ctx context.Context, notebook string) ([]string, error) {
	return module.Around(notebook, s.Root, func(version string) (string, error) {
		folder, err := s.version(ctx, version)
		if err != nil {
			err = fmt.Errorf("%w; spikewalk lab --open %s sets it up", err, notebook)
		}
		return folder, err
	})
}

// For is the setup with the module that the notebooks of a folder find in the place of
// the kernel's own, and says so. A version that a go.mod of the reader's requires is
// downloaded, with all that it needs. What else of his cannot be used, the kernel tells.
func (s *Setup) For(ctx context.Context, folder string, say func(format string, args ...any)) (*Setup, error) {
	var required string
	var failed error
	folders, _ := module.Around(folder, s.Root, func(version string) (at string, err error) {
		talk := time.AfterFunc(patience, func() { say("Downloading spikewalk %s, which the module around %s requires.", version, folder) })
		defer talk.Stop()
		required = version
		at, failed = s.version(ctx, version)
		return at, failed
	})
	if failed != nil || folders[0] == s.Root {
		return s, failed
	}
	if required == "" {
		required = "that in " + folders[0]
	}
	say("Cells import spikewalk as the module around %s has it: %s.", folder, required)
	other := *s
	other.Root = folders[0]
	return &other, nil
}

// version makes a module in the cache that requires a version of ours.
func (s *Setup) version(ctx context.Context, version string) (folder string, err error) {
	source, err := module.Download(ctx, version)
	if err != nil {
		return "", err
	}
	if folder, err = source.Work(s.Cache); err != nil {
		return "", err
	}
	other := *s
	other.Root = folder
	return folder, other.download(ctx)
}
