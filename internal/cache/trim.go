package cache

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Used notes that a file is used now. Where that cannot be noted it counts as used
// when it was written.
func Used(path string) {
	now := time.Now()
	_ = os.Chtimes(path, now, now)
}

// Trim removes, from what goes by itself in a folder of the cache, the files that
// were used least recently until the others take at most so many bytes. Any number of
// programs may do it at once, while others read and write.
func Trim(folder string, most int64) {
	var all []file
	for _, name := range []string{Memo, Blocks} {
		all = append(all, files(filepath.Join(folder, name))...)
	}
	var total int64
	for _, f := range all {
		total += f.size
	}
	if total <= most {
		return
	}
	slices.SortFunc(all, func(a, b file) int { return a.used.Compare(b.used) })
	for _, f := range all {
		if total <= most {
			break
		}
		if f.remove() {
			total -= f.size
		}
	}
}

// file is one of the cache, below the folder top.
type file struct {
	top, path string
	size      int64
	used      time.Time
}

// remove removes a file, and the folders around it that are empty then. It tells
// whether the file is gone, by this program or another.
func (f file) remove() bool {
	if err := os.Remove(f.path); err != nil {
		return errors.Is(err, fs.ErrNotExist)
	}
	for at := filepath.Dir(f.path); at != f.top && os.Remove(at) == nil; at = filepath.Dir(at) {
		continue
	}
	return true
}

// files lists the files in a folder and below it, but for those that are being
// written, which lie in hidden folders, and for locks.
func files(top string) (all []file) {
	_ = filepath.WalkDir(top, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return nil // another program may have removed it
		}
		if d.IsDir() && path != top && (strings.HasPrefix(d.Name(), ".") || d.Name() == Locks) {
			return fs.SkipDir
		}
		if info, err := d.Info(); err == nil && info.Mode().IsRegular() {
			all = append(all, file{top, path, info.Size(), info.ModTime()})
		}
		return nil
	})
	return all
}

// Locks is the name of folders of empty files that programs lock.
const Locks = "locks"
