// Package scratch is how files are written: beside their place, on the disk, and then
// by a rename, so that each is there whole or not at all ([Write], [WriteFile], [Move],
// [Folder]; [Grow] for those whose beginning is worth something), readable by whom the umask
// lets ([Public]) or by their owner alone ([Private]).
//
// Folders that are there only while something is written ([Temp], [Beside]) have a
// name by which they are recognised and a lock that their owner holds. A program that
// is killed leaves them behind, and the next one that writes to the same place removes
// those that nobody holds.
package scratch

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/gofrs/flock"
)

const (
	// stem begins the names; eight letters and digits follow. Folders of the
	// machine's temporary folder have such a name, and what lies beside a user's
	// files a dot before it.
	stem    = "spikewalk-"
	letters = 8
	// owner is the file in a folder that its owner has locked.
	owner = ".owner"
)

func newName() string { return stem + rand.Text()[:letters] }

// isName tells whether newName gives such a name.
func isName(name string) bool {
	random, ok := strings.CutPrefix(name, stem)
	return ok && len(random) == letters && strings.Trim(random, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == ""
}

// Temp makes a folder in the machine's temporary folder ([os.TempDir]), for
// this user alone. The function returned removes it.
func Temp() (folder string, remove func(), err error) { return makeFolder(os.TempDir(), newName) }

// Beside makes a hidden folder in a folder, from where files reach their place
// by a rename. The function returned removes it.
func Beside(parent string) (folder string, remove func(), err error) {
	return makeFolder(parent, func() string { return "." + newName() })
}

func makeFolder(parent string, name func() string) (string, func(), error) {
	sweepOnce(parent)
	for {
		folder := filepath.Join(parent, name())
		if err := os.Mkdir(folder, 0o700); errors.Is(err, fs.ErrExist) {
			continue
		} else if err != nil {
			return "", nil, err
		}
		release, ours := hold(filepath.Join(folder, owner))
		if !ours {
			continue
		}
		return folder, func() {
			release() // before, for systems that remove no open files
			_ = os.RemoveAll(folder)
		}, nil
	}
}

// hold makes and locks a file, and tells whether it is ours: a sweeper may have been
// quicker. Where a disk knows no locks, nothing is held, and nothing swept.
func hold(path string) (release func(), ours bool) {
	lock := flock.New(path, flock.SetFlag(os.O_CREATE|os.O_RDONLY))
	free, err := lock.TryLock()
	if err == nil && !free {
		return nil, false
	}
	release = func() { _ = lock.Close() }
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		release()
		return nil, false
	}
	return release, true
}

// swept holds the folders that this program has looked through.
var swept sync.Map

func sweepOnce(folder string) {
	if _, done := swept.LoadOrStore(folder, true); !done {
		Sweep(folder)
	}
}

// Sweep removes what owners that are gone have left in a folder. What cannot
// be removed, another user's, stays.
func Sweep(folder string) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return
	}
	for _, e := range entries {
		if name := strings.TrimPrefix(e.Name(), "."); e.IsDir() && isName(name) {
			sweepFolder(filepath.Join(folder, e.Name()))
		}
	}
}

// sweepFolder removes a folder that nobody holds. One without a lock belongs
// to nobody yet, or to one who died at once: it is empty.
func sweepFolder(path string) {
	err := IfFree(filepath.Join(path, owner), func() error { return os.RemoveAll(path) })
	if errors.Is(err, fs.ErrNotExist) {
		_ = os.Remove(path)
	}
}

// IfFree does something while it holds a lock that is there and that nobody
// else holds. Where a disk knows no locks, nothing is done.
func IfFree(path string, do func() error) error {
	// Without os.O_CREATE: what is gone is not to come back.
	lock := flock.New(path, flock.SetFlag(os.O_RDONLY))
	free, err := lock.TryLock()
	if err != nil || !free {
		return err
	}
	defer lock.Close()
	return do()
}
