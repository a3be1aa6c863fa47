//go:build unix

package scratch

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// WriteFile writes a file as [os.WriteFile] does, but whole or not at all: it
// is written beside its place, and renamed.
func WriteFile(path string, content []byte, perm fs.FileMode) error {
	folder := filepath.Dir(path)
	sweepOnce(folder)
	for {
		temporary := filepath.Join(folder, "."+newName()+part)
		f, err := os.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, perm)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return err
		}
		release, ours := hold(temporary, 0)
		if !ours {
			_ = f.Close()
			continue
		}
		defer release()
		if err = writeAndRename(f, content, path); err != nil {
			_ = f.Close()
			_ = os.Remove(temporary)
		}
		return err
	}
}

func writeAndRename(f *os.File, content []byte, path string) error {
	if _, err := f.Write(content); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
