package run

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/notebook"
	"github.com/spikewalk/spikewalk/internal/scratch"
)

// occupy makes the output folder and keeps others from writing into it.
func (o *Options) occupy() (*flock.Flock, error) {
	if err := scratch.Folder(o.Out, scratch.Public); err != nil {
		return nil, o.unwritable(err)
	}
	if err := o.ownFolder(); err != nil {
		return nil, err
	}
	if err := o.inTheWay(); err != nil {
		return nil, err
	}
	lock := flock.New(filepath.Join(o.Out, ".lock"))
	free, err := lock.TryLock()
	if err != nil {
		return nil, o.unwritable(err)
	}
	if !free {
		return nil, fmt.Errorf("another run is writing into %s: wait for it or choose another folder with --out", o.Out)
	}
	return lock, nil
}

// ownFolder refuses to write results over the notebooks.
func (o *Options) ownFolder() error {
	out, err := os.Stat(o.Out)
	if err != nil {
		return o.unwritable(err)
	}
	for _, path := range o.Notebooks {
		if folder, err := os.Stat(filepath.Dir(path)); err == nil && os.SameFile(out, folder) {
			return fmt.Errorf("the results would replace the notebooks in %s: choose another folder with --out; --in-place writes outputs into the notebooks themselves", o.Out)
		}
	}
	return nil
}

// inTheWay refuses folders where files will be, and a file where the folder of the
// figures will.
func (o *Options) inTheWay() error {
	names := []string{reportFile, "index.html"}
	for _, path := range o.Notebooks {
		name := strings.TrimSuffix(filepath.Base(path), notebook.Ending)
		names = append(names, name+notebook.Ending, name+".html")
	}
	for _, name := range names {
		path := filepath.Join(o.Out, name)
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			return o.unwritable(fmt.Errorf("%s is a folder", path))
		}
	}
	path := filepath.Join(o.Out, figuresFolder)
	if info, err := os.Stat(path); err == nil && !info.IsDir() {
		return o.unwritable(fmt.Errorf("%s is a file", path))
	}
	return nil
}

// clear removes what an earlier run that was killed left, and the report,
// which would speak of other results than those about to come.
func (o *Options) clear() error {
	scratch.Sweep(o.Out)
	err := os.Remove(filepath.Join(o.Out, reportFile))
	if os.IsNotExist(err) {
		return nil
	}
	return err
}

// emptyMemo chooses a folder without results for the memo: the one asked for,
// or one that goes with the stage.
func (o *Options) emptyMemo(stage string) error {
	if o.Memo == "" {
		o.memo = filepath.Join(stage, ".memo")
		return nil
	}
	there, err := os.ReadDir(o.Memo)
	if err != nil && !os.IsNotExist(err) {
		return fmt.Errorf("the memo cannot be kept: %w", err)
	}
	if len(there) > 0 {
		return fmt.Errorf("the memo begins with nothing, and there are files in %s: name another folder with --memo", o.Memo)
	}
	o.memo = o.Memo
	return nil
}

func (o *Options) unwritable(err error) error {
	return fmt.Errorf("the results cannot be written: %w; choose another folder with --out", err)
}
