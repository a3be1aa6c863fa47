package scratch

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"github.com/gofrs/flock"
)

// Unfinished ends the name of a file that grows.
const Unfinished = ".part"

// Growing is a file that grows, see [Grow].
type Growing interface {
	io.Writer
	Sync() error
}

// Grow writes a file whose beginning is worth something without its end: it grows
// beside its place, under its name with [Unfinished] behind it, where it is found if
// the program is killed, and takes its place whole once write returns without an
// error. Where write fails the beginning stays if keep is set. What a killed program
// has left there is overwritten; it is an error if another one is writing it.
func Grow(path string, perm fs.FileMode, write func(Growing) (keep bool, err error)) error {
	part := path + Unfinished
	f, release, err := grow(part, perm)
	if err != nil {
		return err
	}
	defer func() { release() }()
	keep, err := write(f)
	if err == nil || keep {
		err = errors.Join(err, f.Sync())
	}
	if err = errors.Join(err, f.Close()); err != nil {
		if !keep {
			err = errors.Join(err, os.Remove(part))
		}
		return err
	}
	if runtime.GOOS == "windows" { // which renames no open file
		release()
		release = func() {}
	}
	return rename(part, path)
}

// grow opens an empty file that no other program writes.
func grow(part string, perm fs.FileMode) (f *os.File, release func(), err error) {
	if info, err := os.Lstat(part); err == nil && !info.Mode().IsRegular() {
		return nil, nil, fmt.Errorf("%s is in the way, and is no file", part)
	}
	for {
		if f, err = os.OpenFile(part, os.O_RDWR|os.O_CREATE, perm); err != nil {
			return nil, nil, err
		}
		lock := flock.New(part, flock.SetFlag(os.O_RDWR))
		// Where a disk knows no locks there is none.
		if free, err := lock.TryLock(); err == nil && !free {
			_ = f.Close()
			return nil, nil, fmt.Errorf("another program is writing %s: wait for it, or choose another name", filepath.Base(part))
		}
		release = func() { _ = lock.Close() }
		// Another program may have finished it meanwhile.
		mine, err := f.Stat()
		there, gone := os.Stat(part)
		if err == nil && gone == nil && os.SameFile(mine, there) {
			break
		}
		release()
		_ = f.Close()
	}
	if err := f.Truncate(0); err != nil {
		release()
		return nil, nil, errors.Join(err, f.Close())
	}
	return f, release, nil
}
