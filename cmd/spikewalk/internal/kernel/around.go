package kernel

import (
	"context"
	"fmt"

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
// the kernel's own. A version that a go.mod of the reader's requires is downloaded, with
// all that it needs. What else of his cannot be used, the kernel tells.
func (s *Setup) For(ctx context.Context, folder string) (*Setup, error) {
	var failed error
	folders, _ := module.Around(folder, s.Root, func(version string) (at string, err error) {
		at, failed = s.version(ctx, version)
		return at, failed
	})
	other := *s
	other.Root = folders[0]
	return &other, failed
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
