package hdf5

import (
	"errors"
	"fmt"

	"github.com/spikewalk/spikewalk/internal/nearest"
	"github.com/spikewalk/spikewalk/internal/unpack"
)

// What the zero values of the exported types, which no file made, return.
var (
	errNoFile    = errors.New("hdf5: not an open file")
	errNoGroup   = errors.New("hdf5: not a group of an open file")
	errNoDataset = errors.New("hdf5: not a dataset of an open file")
	errNoValues  = errors.New("hdf5: not values of an open file")
)

// unsupported is an error that errors.ErrUnsupported stands behind: the file is
// in order, but this package does not read what it holds.
func unsupported(format string, args ...any) error {
	return &unsupportedError{fmt.Sprintf(format, args...)}
}

type unsupportedError struct{ text string }

func (e *unsupportedError) Error() string { return e.text }
func (e *unsupportedError) Unwrap() error { return errors.ErrUnsupported }

// in names the object, or the attribute, that an error is about.
func in(path string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", path, err)
}

// An allowance adds up what a part of a file takes in memory, where the file's
// own bytes do not bound it.
type allowance struct{ used, file int64 }

func (a *allowance) take(n int64) error {
	if n > 1<<62-a.used {
		n = 1<<62 - a.used
	}
	a.used += n
	return unpack.Check(a.used, a.file)
}

// noSuch says that a name is not among the names there are, and which may be meant.
func noSuch(what, name string, names []string) error {
	return fmt.Errorf("no %s %q: %s", what, name, nearest.Missing(name, names[:min(len(names), 10_000)]))
}
