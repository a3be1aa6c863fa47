// Package room tells whether there is room on the disks for what is about to
// be written.
package room

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spikewalk/spikewalk/internal/scratch"
)

// Need is how much will be written below a folder, which need not exist yet.
type Need struct {
	Folder string
	Bytes  uint64
	// For says what it is for, and Elsewhere how to choose another folder.
	For, Elsewhere string
}

// Check refuses the first need for which there is no room. Needs on one disk
// add up. A disk whose room is not known is taken to have it.
func Check(needs ...Need) error { return check(free, needs) }

func check(free func(folder string) (disk, bytes uint64, ok bool), needs []Need) error {
	used := map[uint64]uint64{}
	for _, n := range needs {
		folder, err := existing(n.Folder)
		if err != nil {
			return err
		}
		disk, bytes, ok := free(folder)
		if !ok {
			continue
		}
		if used[disk] += n.Bytes; bytes < used[disk] {
			return fmt.Errorf("%s needs %s of disk in %s, where %s are free: make room, or %s",
				n.For, Size(used[disk]), n.Folder, Size(bytes), n.Elsewhere)
		}
	}
	return nil
}

// existing is the folder, or the nearest above it that is there.
func existing(folder string) (string, error) {
	folder, err := filepath.Abs(folder)
	for err == nil {
		if _, missing := os.Stat(folder); missing == nil || folder == filepath.Dir(folder) {
			break
		}
		folder = filepath.Dir(folder)
	}
	return folder, err
}

// Size is a number of bytes as people write it.
func Size(bytes uint64) string {
	if bytes >= 1e9 {
		return fmt.Sprintf("%.1f GB", float64(bytes)/1e9)
	}
	return fmt.Sprintf("%.0f MB", float64(bytes)/1e6)
}

// Writable makes a folder, and a file in it that it takes away again: what cannot
// be written is said before time is spent. perm says who may read a folder that is
// made ([scratch.Public], [scratch.Private]), what is for the folder, such as "the
// results", and elsewhere says how to choose another.
func Writable(folder string, perm fs.FileMode, what, elsewhere string) error {
	err := scratch.Folder(folder, perm)
	if err == nil {
		var probe *os.File
		if probe, err = os.CreateTemp(folder, ".spikewalk-"); err == nil {
			err = errors.Join(probe.Close(), os.Remove(probe.Name()))
		}
	}
	if err != nil {
		return fmt.Errorf("%s cannot be written: %w; %s", what, err, elsewhere)
	}
	return nil
}
