// Package trust tells whether only this user, and the machine's administrator, can
// have put a program where it is. In a folder that several people share anybody
// could plant one.
package trust

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// Folder says why others can change what is in a folder, or put another folder in
// its place: it or one above it is theirs, or they may write to it. A folder that is
// not there yet is judged by those above it.
func Folder(path string) error {
	path, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	return chain(path, nil)
}

// chain is Folder of a folder in which below is what matters.
func chain(path string, below fs.FileInfo) error {
	for at := path; ; at = filepath.Dir(at) {
		// Links lead elsewhere: both the link's folder and what it leads to count.
		info, err := os.Lstat(at)
		if err == nil && info.Mode()&fs.ModeSymlink != 0 {
			if err := owned(at, info); err != nil { // who could lead it elsewhere
				return err
			}
			to, err := filepath.EvalSymlinks(at)
			if err != nil {
				return err
			}
			if err := chain(to, below); err != nil {
				return err
			}
			below = info
			continue
		}
		switch {
		case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR): // not there yet, or never
		case err != nil:
			return err
		default:
			if err := ours(at, info, below); err != nil {
				return err
			}
			below = info
		}
		if at == filepath.Dir(at) {
			return nil
		}
	}
}

// File says why others can have changed a file, whose folder is trusted.
func File(path string) error {
	info, err := os.Lstat(path)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return &fs.PathError{Op: "run", Path: path, Err: errors.New("it is no file")}
	}
	return ours(path, info, nil)
}
