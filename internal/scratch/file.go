package scratch

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// Whoever writes a file or makes a folder says who may read it. A folder can be
// searched by those who may read it.
const (
	// Public is for results, exports and all that people share: the umask
	// decides.
	Public fs.FileMode = 0o666
	// Private is for what concerns its owner alone: kept results and programs,
	// tokens.
	Private fs.FileMode = 0o600
	// Program is for programs, which the umask decides on.
	Program fs.FileMode = 0o777
)

// WriteFile writes a file as [os.WriteFile] does, but whole or not at all: see
// [Write].
func WriteFile(path string, content []byte, perm fs.FileMode) error {
	return Write(path, perm, func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	})
}

// Write writes a file that appears whole or not at all, even if the program is
// killed, the disk is full or the machine stops: what write writes goes into a file
// beside its place, which takes its name once it is on the disk. A file that was
// there stays until then.
func Write(path string, perm fs.FileMode, write func(io.Writer) error) error {
	folder, remove, err := Beside(filepath.Dir(path))
	if err != nil {
		return err
	}
	defer remove()
	whole := filepath.Join(folder, "whole")
	f, err := os.OpenFile(whole, os.O_WRONLY|os.O_CREATE|os.O_EXCL, perm)
	if err != nil {
		return err
	}
	err = write(f)
	if err == nil {
		err = f.Sync()
	}
	// An open file cannot be renamed everywhere.
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return rename(whole, path)
}

// Move gives a file or a folder another name on the same disk, as [os.Rename]
// does, and returns when both are on the disk, the file's content and its name.
func Move(from, to string) error {
	if err := putOnDisk(from); err != nil {
		return err
	}
	return rename(from, to)
}

func rename(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return err
	}
	syncFolder(filepath.Dir(to))
	return nil
}

// putOnDisk waits for the content of a file that another program has written.
func putOnDisk(path string) error {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return err
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return nil // it may be read alone, and was on its way to the disk before
	}
	return errors.Join(f.Sync(), f.Close())
}

// Folder makes a folder, and those above it that are missing, as [os.MkdirAll]
// does, and returns when their names are on the disk. Folders that are there stay
// as they are.
func Folder(path string, perm fs.FileMode) error {
	var parents []string
	for at := filepath.Clean(path); ; at = filepath.Dir(at) {
		if _, err := os.Stat(at); !errors.Is(err, fs.ErrNotExist) {
			break
		}
		parents = append(parents, filepath.Dir(at))
	}
	if err := os.MkdirAll(path, perm|perm&0o444>>2); err != nil {
		return err
	}
	for _, parent := range slices.Backward(parents) {
		syncFolder(parent)
	}
	return nil
}

// syncFolder puts the names in a folder on the disk, which not every system can
// do.
func syncFolder(path string) {
	if d, err := os.Open(path); err == nil {
		_ = errors.Join(d.Sync(), d.Close())
	}
}
