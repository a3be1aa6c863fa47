package cache

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spikewalk/spikewalk/internal/scratch"
)

// Kind is a kind of things in the cache.
type Kind struct {
	// Name is what it is called, and About what it is.
	Name, About string
	names       []string // of folders and files at the top of the cache
}

// Kinds are all kinds.
var Kinds = []Kind{
	{"memo", "results of notebooks' cells, computed again where they are gone", []string{Memo}},
	{"sweeps", "rows of notebooks' sweeps, computed again where they are gone", []string{Sweeps}},
	{"data", "recordings, downloaded again where they are gone", []string{"data"}},
	{"checkpoints", "where cells were that were stopped while they trained; gone when they have ended", []string{Checkpoints}},
	{"blocks", "parts of remote recordings, downloaded again where they are gone", []string{Blocks}},
	{"programs", "what runs notebooks: the kernel, and Jupyter if it was installed here; set up again in minutes", []string{"bin", "jupyter", "modules", "venv", "cells"}},
	{"other", "logs, and how long notebooks took", []string{"gonb.log", "times.json", "kernel.lock"}},
}

// Content is what there is of a kind.
type Content struct {
	Kind
	Files int
	Bytes int64
	// Last is when a file of it was used, or written, last.
	Last time.Time
}

// List tells what is in a cache, by kinds. A folder that is not there is empty.
func List(folder string) ([]Content, error) {
	var all []Content
	for _, k := range Kinds {
		tops, err := k.tops(folder)
		if err != nil {
			return nil, err
		}
		c := Content{Kind: k}
		for _, top := range tops {
			_ = filepath.WalkDir(top, func(path string, d fs.DirEntry, err error) error {
				if err != nil {
					return nil // another program may have removed it
				}
				if info, err := d.Info(); err == nil && !d.IsDir() && d.Name() != Locks {
					c.add(info)
				}
				if d.IsDir() && d.Name() == Locks {
					return fs.SkipDir
				}
				return nil
			})
		}
		all = append(all, c)
	}
	return all, nil
}

func (c *Content) add(info fs.FileInfo) {
	c.Files, c.Bytes = c.Files+1, c.Bytes+info.Size()
	if info.ModTime().After(c.Last) {
		c.Last = info.ModTime()
	}
}

// tops are the folders and files of a kind that are there.
func (k Kind) tops(folder string) (paths []string, err error) {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	for _, e := range entries {
		if slices.Contains(k.names, e.Name()) {
			paths = append(paths, filepath.Join(folder, e.Name()))
		}
	}
	return paths, err
}

// Clear removes what there is of some kinds and tells how much that was. What other
// programs are writing stays, but for a sweep of which nothing but tasks of a cluster are left.
func Clear(folder string, kinds []Kind) (freed []Content, err error) {
	if err := ours(folder); err != nil {
		return nil, err
	}
	for _, k := range kinds {
		c := Content{Kind: k}
		tops, err := k.tops(folder)
		for _, top := range tops {
			err = errors.Join(err, c.remove(top))
		}
		freed = append(freed, c)
		if err != nil {
			return freed, err
		}
	}
	return freed, nil
}

// ours refuses a folder that holds things of others: SPIKEWALK_CACHE may name a
// folder by mistake.
func ours(folder string) error {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var known []string
	for _, k := range Kinds {
		known = append(known, k.names...)
	}
	for _, e := range entries {
		if name := e.Name(); !slices.Contains(known, name) && !strings.HasPrefix(name, ".spikewalk-") {
			return fmt.Errorf("%s holds %s, which is not of spikewalk: nothing was removed; %s is to name a folder of its own", folder, name, Env)
		}
	}
	return err
}

// Remove removes what is at a path and below it, as [Clear] does.
func Remove(path string) error { return new(Content).remove(path) }

func (c *Content) remove(path string) error {
	info, err := os.Lstat(path)
	if err != nil {
		return nil // gone
	}
	if !info.IsDir() {
		return c.removeFile(path, info)
	}
	// Of what is being written the owner holds a lock.
	for _, name := range locks {
		err := scratch.IfFree(filepath.Join(path, name), func() error { return c.removeFolder(path) })
		if !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return c.removeFolder(path)
}

// locks are the files that are locked in the folder of a download, of a sweep, and of
// what reaches its place by a rename.
var locks = []string{"lock", ".lock", ".owner"}

func (c *Content) removeFolder(path string) error {
	entries, err := os.ReadDir(path)
	for _, e := range entries {
		if at := filepath.Join(path, e.Name()); slices.Contains(locks, e.Name()) {
			err = errors.Join(err, os.Remove(at)) // which this program holds
		} else {
			err = errors.Join(err, c.remove(at))
		}
	}
	_ = os.Remove(path) // unless something is left
	return err
}

func (c *Content) removeFile(path string, info fs.FileInfo) error {
	if strings.HasSuffix(path, ".lock") {
		return scratch.IfFree(path, func() error { return os.Remove(path) })
	}
	err := os.Remove(path)
	if err == nil {
		c.add(info)
	}
	return err
}
