package remote

import (
	"errors"
	"fmt"
)

const (
	// sweepAfter is how much is downloaded before the folder is looked through
	// again for blocks that are too many.
	sweepAfter = 256 << 20
	// mostAtOnce is how many blocks one request brings at most.
	mostAtOnce = 256
)

// block returns a block. If it is missing, those up to last and some ahead of
// them that are missing as well are downloaded with it.
func (f *File) block(i, last, ahead int64) ([]byte, error) {
	content, err := f.here(i)
	if content != nil || err != nil {
		return content, err
	}
	f.fetching.Lock()
	defer f.fetching.Unlock()
	if content, err = f.here(i); content != nil || err != nil {
		return content, err // another read has fetched it meanwhile
	}
	if f.src.ranges {
		last = min(last+ahead, i+mostAtOnce-1, (f.Size()-1)/f.set.Block)
		for j := i + 1; j <= last; j++ {
			if f.kept.has(j) {
				last = j - 1
			}
		}
		return f.fetch(i, i, last)
	}
	return f.fetch(i, 0, (f.Size()-1)/f.set.Block)
}

// here returns a block from memory or from the disk, nil if it is on neither.
func (f *File) here(i int64) ([]byte, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return nil, errClosed
	}
	if content := f.held.get(i); content != nil {
		return content, nil
	}
	content := f.kept.load(i)
	if content != nil {
		f.held.add(i, content)
	}
	return content, nil
}

// fetch downloads the blocks from first to last with one request, keeps them
// and returns block i.
func (f *File) fetch(i, first, last int64) (wanted []byte, err error) {
	want := span{f.kept.span(first).from, f.kept.span(last).to}
	if done := f.Downloaded(); done+want.to-want.from > f.set.Limit {
		return nil, f.limit(done + want.to - want.from)
	}
	at, content := first, make([]byte, 0, f.set.Block)
	err = f.src.stream(f.ctx, want, func(b []byte) error {
		if err := f.count(len(b)); err != nil {
			return err
		}
		for len(b) > 0 {
			s := f.kept.span(at)
			n := min(len(b), int(s.to-s.from)-len(content))
			content, b = append(content, b[:n]...), b[n:]
			if int64(len(content)) < s.to-s.from {
				return nil
			}
			if at == i {
				wanted = content
			}
			if err := f.keep(at, content); err != nil {
				return err
			}
			at, content = at+1, make([]byte, 0, f.set.Block)
		}
		return nil
	})
	// A break after the block that was asked for is for the next read to find.
	if wanted != nil && f.ctx.Err() == nil {
		return wanted, nil
	}
	if err == nil {
		err = errors.New("the server sent less than it announced")
	}
	return nil, fmt.Errorf("reading %s of the remote file: %w", want, err)
}

// keep saves a block on the disk and in memory, or in memory alone where the folder
// has vanished, is full or cannot be written to any more since the file was opened.
func (f *File) keep(i int64, content []byte) error {
	if !f.lost {
		err := f.kept.save(i, content)
		if err != nil && !f.opened {
			return err
		}
		if f.lost = err != nil; f.lost && f.set.Lost != nil {
			f.set.Lost(err)
		}
	}
	f.mu.Lock()
	f.held.add(i, content)
	sweep := f.downloaded-f.swept >= sweepAfter
	if sweep {
		f.swept = f.downloaded
	}
	f.mu.Unlock()
	if sweep {
		f.trim()
	}
	return nil
}

// count adds to what was downloaded, and refuses more than the limit.
func (f *File) count(n int) error {
	f.mu.Lock()
	f.downloaded += int64(n)
	done := f.downloaded
	f.mu.Unlock()
	if done > f.set.Limit {
		return f.limit(done)
	}
	if f.set.Progress != nil {
		f.set.Progress(done, f.Size())
	}
	return nil
}

func (f *File) limit(bytes int64) error {
	return &LimitError{What: f.src.host, Bytes: bytes, Limit: f.set.Limit}
}
