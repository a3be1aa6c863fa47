package data

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"gonum.org/v1/gonum/mat"

	matfile "github.com/spikewalk/spikewalk/data/mat"
)

// load finds a published recording and takes its numbers out of the file.
func load[T any](ctx context.Context, s store, r listing, take func(*File, Source) (*T, error)) (*T, error) {
	found, err := s.get(ctx, r, nil)
	if err != nil {
		return nil, err
	}
	f, err := decode(bytes.NewReader(found.content), int64(len(found.content)), nil)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", found.path, err)
	}
	recorded, err := take(f, s.source(r, found.path))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", found.path, err)
	}
	return recorded, nil
}

// unavailable tells whether an error says that a recording is nowhere, and why.
func unavailable(err error) (reason string, ok bool) {
	missing, ok := errors.AsType[*UnavailableError](err)
	if !ok {
		return "", false
	}
	return missing.Error(), true
}

// shaped returns an array of known shape.
func (f *File) shaped(name string, dims ...int) (*matfile.Array, error) {
	a, err := f.Variable(name)
	if err != nil {
		return nil, err
	}
	if !slices.Equal(a.Dims(), dims) {
		return nil, fmt.Errorf("%s is %s, want %s", name, times(a.Dims()), times(dims))
	}
	return a, nil
}

// times writes 8x81x2.
func times(dims []int) string {
	return strings.ReplaceAll(strings.Trim(fmt.Sprint(dims), "[]"), " ", "x")
}

// matrix returns a matrix of known shape.
func (f *File) matrix(name string, rows, columns int) (*mat.Dense, error) {
	a, err := f.shaped(name, rows, columns)
	if err != nil {
		return nil, err
	}
	return a.Dense()
}
