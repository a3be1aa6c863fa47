package remote

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// kept is a block on the disk.
type kept struct {
	path string
	size int64
	used time.Time
}

// evict removes the blocks in a folder that were not used for the longest
// time until the others take at most so many bytes.
func evict(folder string, most int64) {
	var all []kept
	var total int64
	_ = filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return nil // another program may have removed it
		}
		if d.IsDir() && path != folder && strings.HasPrefix(d.Name(), ".") {
			return fs.SkipDir // it is being written in, and has an owner
		}
		if info, err := d.Info(); err == nil && info.Mode().IsRegular() {
			all = append(all, kept{path, info.Size(), info.ModTime()})
			total += info.Size()
		}
		return nil
	})
	if total <= most {
		return
	}
	slices.SortFunc(all, func(a, b kept) int { return a.used.Compare(b.used) })
	for _, k := range all {
		if total <= most {
			break
		}
		if os.Remove(k.path) == nil {
			total -= k.size
		}
		// The folder of the version, and that of the address, if they are empty now.
		version := filepath.Dir(k.path)
		if version != folder && os.Remove(version) == nil && filepath.Dir(version) != folder {
			_ = os.Remove(filepath.Dir(version))
		}
	}
}
