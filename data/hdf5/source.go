package hdf5

import (
	"errors"
	"fmt"
	"io"
	"sync"
)

// Metadata (headers, trees, heaps) are read and kept in blocks of blockSize
// bytes, at most maxBlocks of them: they lie close together, and each request
// may go over a network. What datasets hold is read as it is asked for, and not
// kept.
const (
	blockSize = 8 << 10
	maxBlocks = 2048
)

// A source is the bytes of a file; offsets are from its start.
type source struct {
	r    io.ReaderAt
	size int64

	mu     sync.Mutex
	blocks map[int64][]byte // by number
}

func newSource(r io.ReaderAt, size int64) *source {
	return &source{r: r, size: size, blocks: map[int64][]byte{}}
}

// meta returns n bytes of metadata, which the caller must not change.
func (s *source) meta(at, n int64, what string) ([]byte, error) {
	if err := s.inside(at, n, what); err != nil {
		return nil, err
	}
	if n == 0 {
		return nil, nil
	}
	if n > blockSize*maxBlocks/4 {
		p := make([]byte, n)
		return p, s.readAt(p, at, what)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	first, last := at/blockSize, (at+n-1)/blockSize
	if err := s.load(first, last, what); err != nil {
		return nil, err
	}
	if from := at - first*blockSize; first == last {
		return s.blocks[first][from : from+n : from+n], nil
	}
	p := make([]byte, 0, n)
	for b := first; b <= last; b++ {
		from := max(at-b*blockSize, 0)
		p = append(p, s.blocks[b][from:min(at+n-b*blockSize, int64(len(s.blocks[b])))]...)
	}
	return p, nil
}

// load reads the blocks first … last that are not there yet, neighbours at once.
func (s *source) load(first, last int64, what string) error {
	missing := func(b int64) bool { return s.blocks[b] == nil }
	need := 0
	for b := first; b <= last; b++ {
		if missing(b) {
			need++
		}
	}
	if need == 0 {
		return nil
	}
	if len(s.blocks)+need > maxBlocks {
		clear(s.blocks)
	}
	for b := first; b <= last; b++ {
		if !missing(b) {
			continue
		}
		end := b + 1
		for end <= last && missing(end) {
			end++
		}
		p := make([]byte, min(end*blockSize, s.size)-b*blockSize)
		if err := s.readAt(p, b*blockSize, what); err != nil {
			return err
		}
		for ; b < end; b++ {
			n := min(blockSize, int64(len(p)))
			s.blocks[b], p = p[:n:n], p[n:]
		}
	}
	return nil
}

// bulk reads values into p.
func (s *source) bulk(p []byte, at int64, what string) error {
	if err := s.inside(at, int64(len(p)), what); err != nil {
		return err
	}
	return s.readAt(p, at, what)
}

func (s *source) inside(at, n int64, what string) error {
	if at < 0 || n < 0 || at > s.size || n > s.size-at {
		return fmt.Errorf("%s of %d bytes at offset %d ends beyond the file's %d bytes: is it truncated?", what, n, at, s.size)
	}
	return nil
}

func (s *source) readAt(p []byte, at int64, what string) error {
	n, err := s.r.ReadAt(p, at)
	if n == len(p) {
		return nil
	}
	if err == nil || errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return fmt.Errorf("%s at offset %d: read %d of %d bytes: %w", what, at, n, len(p), err)
}
