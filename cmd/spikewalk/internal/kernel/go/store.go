package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"github.com/klauspost/compress/zstd"

	"github.com/spikewalk/spikewalk/internal/scratch"
)

// limit is how much of the disk the kept programs may take, in bytes. One takes
// 6 MB, so that all cells of our notebooks fit. The ones not used for longest go.
const limit = 2 << 30

// A store keeps programs in a folder, one file each, compressed. Several
// processes may use it at once: files appear and go as wholes.
type store struct {
	folder string
	limit  int64
}

// openStore opens the folder cells beside that of this program.
func openStore() (store, error) {
	if runtime.GOOS == "darwin" {
		// A signed program must not be changed, and restore changes it.
		return store{}, errors.ErrUnsupported
	}
	self, err := os.Executable()
	if err != nil {
		return store{}, err
	}
	s := store{folder: filepath.Join(filepath.Dir(filepath.Dir(self)), "cells"), limit: limit}
	return s, os.MkdirAll(s.folder, 0o755)
}

// keep keeps the cell's program.
func (s store) keep(key string, c cell) error {
	program, err := os.ReadFile(c.program())
	if err != nil {
		return err
	}
	w, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return err
	}
	// The folder's name is in the program, for traces of errors.
	packed := w.EncodeAll(append([]byte(c.folder+"\n"), program...), nil)
	if err := s.makeRoom(int64(len(packed))); err != nil {
		return err
	}
	return scratch.WriteFile(filepath.Join(s.folder, key), packed, 0o644)
}

// restore writes the program that is kept under a key where that of the cell
// belongs. The program was compiled in another folder of GoNB's, whose path is
// as long: it is exchanged for this one. Without debugging symbols, which are
// compressed, that makes it what is compiled here, to the bit but for Go's build
// ID.
func (s store) restore(key string, c cell) error {
	path := filepath.Join(s.folder, key)
	packed, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	r, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return err
	}
	text, err := r.DecodeAll(packed, nil)
	folder, program, ok := bytes.Cut(text, []byte("\n"))
	if err == nil && (!ok || len(folder) != len(c.folder)) {
		err = fmt.Errorf("%s is not of this form", path)
	}
	if err != nil {
		_ = os.Remove(path) // what cannot be read now never can
		return err
	}
	exchange(program, folder, []byte(c.folder))
	exchange(program, []byte(filepath.Base(string(folder))), []byte(c.name))
	// The one of the last cell may still run: it must not be written to. If
	// this fails half-way, go build writes it anew.
	_ = os.Remove(c.program())
	if err := os.WriteFile(c.program(), program, 0o755); err != nil {
		return err
	}
	now := time.Now()
	_ = os.Chtimes(path, now, now)
	return nil
}

// exchange replaces a name by another of the same length, in place.
func exchange(text, old, now []byte) {
	for {
		at := bytes.Index(text, old)
		if at < 0 {
			return
		}
		copy(text[at:], now)
		text = text[at+len(old):]
	}
}

// makeRoom removes what was not used for longest until so many more bytes are
// within the limit.
func (s store) makeRoom(more int64) error {
	entries, err := os.ReadDir(s.folder)
	if err != nil {
		return err
	}
	var kept []os.FileInfo
	for _, e := range entries {
		if info, err := e.Info(); err == nil { // else it just went
			kept = append(kept, info)
			more += info.Size()
		}
	}
	slices.SortFunc(kept, func(a, b os.FileInfo) int {
		return cmp.Or(a.ModTime().Compare(b.ModTime()), cmp.Compare(a.Name(), b.Name()))
	})
	for _, info := range kept {
		if more <= s.limit {
			return nil
		}
		if err := os.Remove(filepath.Join(s.folder, info.Name())); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
		more -= info.Size()
	}
	return nil
}
