package scratch

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// WriteFile writes a file as [os.WriteFile] does, but whole or not at all: see
// [Write].
func WriteFile(path string, content []byte, perm fs.FileMode) error {
	return Write(path, perm, func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	})
}

// Write writes a file that appears whole or not at all, even if the machine
// stops: what write writes goes into a file beside its place, which takes its
// name once it is on the disk.
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
	if err := os.Rename(whole, path); err != nil {
		return err
	}
	// The name is on the disk once the folder is; not every system can do it.
	if d, err := os.Open(filepath.Dir(path)); err == nil {
		_ = errors.Join(d.Sync(), d.Close())
	}
	return nil
}
