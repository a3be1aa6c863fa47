package remote

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"

	"github.com/spikewalk/spikewalk/internal/scratch"
)

// Settings are how a file is read over the network.
type Settings struct {
	Client Client
	// Folder is where blocks are kept, of this file and others. Trim, unless nil, is
	// called when there are many more: it may remove any of them.
	Folder string
	Trim   func()
	// Lost, unless nil, is told once that blocks can be kept no more. Those that are
	// read are then downloaded each time.
	Lost func(error)
	// Block is the number of bytes that are asked for at least.
	Block int64
	// Limit is how many bytes the file may download in all, before it is closed.
	Limit int64
	// Progress, unless nil, is called with the bytes downloaded so far and the
	// size of the file.
	Progress func(done, total int64)
	// Check, unless nil, may refuse the version that the server has.
	Check func(Identity) error
}

// File is a file on a server, read in blocks as they are needed. It is safe for
// concurrent use; one request is under way at a time.
type File struct {
	ctx  context.Context
	stop context.CancelCauseFunc
	src  *source
	set  Settings
	kept blocks
	done func()

	fetching sync.Mutex // held during a request, and for src

	mu         sync.Mutex // for all below
	held       held
	next       int64 // where the last read ended
	ahead      int64 // blocks to read ahead
	downloaded int64
	swept      int64 // downloaded when the folder was last looked through
	opened     bool  // the first block is kept
	lost       bool  // no more blocks can be kept
	closed     bool
}

// mostAhead is how many blocks are read ahead at most, of a file that is read
// from front to back.
const mostAhead = 32

// Open asks a server for a file. The first request tells the size and the version, and
// brings the first block unless blocks of the file are here. Reads end when ctx does.
func Open(ctx context.Context, address string, set Settings) (*File, error) {
	set.Client = set.Client.connected()
	src, err := set.Client.source(address)
	if err != nil {
		return nil, err
	}
	f := &File{src: src, set: set, done: func() {}}
	f.ctx, f.stop = context.WithCancelCause(ctx)
	if err := f.begin(); err != nil {
		_ = f.Close()
		return nil, err
	}
	return f, nil
}

// begin makes the first request, and finds the place for the blocks.
func (f *File) begin() error {
	place := filepath.Join(f.set.Folder, name(f.src.address))
	want := span{0, f.set.Block}
	if _, err := os.Stat(place); err == nil {
		want.to = 1
	}
	if err := f.src.stream(f.ctx, want, f.first(place)); err != nil {
		return err
	}
	f.opened = true
	if f.kept.folder == "" { // nothing came: an empty file
		return f.settle(place)
	}
	return nil
}

// first takes what the first request brings. The rest of a file that comes whole is
// not waited for.
func (f *File) first(place string) func([]byte) error {
	var content []byte
	return func(b []byte) error {
		if f.kept.folder == "" {
			if err := f.settle(place); err != nil {
				return err
			}
		}
		if err := f.count(len(b)); err != nil {
			return err
		}
		content = append(content, b...)
		if s := f.kept.span(0); int64(len(content)) == s.to {
			return f.keep(0, content)
		}
		return nil
	}
}

// settle finds the place of the version that the server has. Without a strong
// version, blocks kept from now on could be taken for those of another one later:
// Close removes them.
func (f *File) settle(place string) error {
	id := f.src.Identity
	if id.Size < 0 {
		return fmt.Errorf("%s does not say how long the file is", f.src.host)
	}
	if f.set.Check != nil {
		if err := f.set.Check(id); err != nil {
			return err
		}
	}
	if !f.src.ranges && id.Size > f.set.Limit {
		return fmt.Errorf("%s gives no parts of files: %w", f.src.host, f.limit(id.Size))
	}
	if err := scratch.Folder(f.set.Folder, scratch.Private); err != nil {
		return &KeepError{err}
	}
	beside, remove, err := scratch.Beside(f.set.Folder)
	if err != nil {
		return &KeepError{err}
	}
	f.done = remove
	folder := filepath.Join(place, name(fmt.Sprintf("%d %d %q %q", id.Size, f.set.Block, id.ETag, id.Modified)))
	if !id.strong() {
		folder = filepath.Join(beside, "blocks")
	}
	f.kept = blocks{folder, beside, id.Size, f.set.Block}
	return nil
}

// name makes a folder's name of a text.
func name(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:12])
}

// Size returns the number of bytes of the file.
func (f *File) Size() int64 { return f.src.Size }

// Downloaded returns how many bytes came over the network so far.
func (f *File) Downloaded() int64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.downloaded
}

// Close ends the use of the file. What was downloaded stays for the next one.
func (f *File) Close() error {
	f.mu.Lock()
	closed := f.closed
	f.closed, f.held = true, held{}
	f.mu.Unlock()
	if !closed {
		f.stop(errClosed)
		f.fetching.Lock()
		defer f.fetching.Unlock()
		f.src.client.close()
		f.done()
		if f.downloaded > f.swept {
			f.trim()
		}
	}
	return nil
}

func (f *File) trim() {
	if f.set.Trim != nil {
		f.set.Trim()
	}
}

// ReadAt reads from the blocks that are here and downloads the others. What is
// missing of one read comes with as few requests as there are gaps.
func (f *File) ReadAt(p []byte, off int64) (n int, err error) {
	if off < 0 {
		return 0, fmt.Errorf("a read at offset %d, before the file", off)
	}
	if off >= f.Size() {
		return 0, io.EOF
	}
	short := int64(len(p)) > f.Size()-off
	if short {
		p = p[:f.Size()-off]
	}
	ahead := f.guess(off, int64(len(p)))
	for n < len(p) {
		i := (off + int64(n)) / f.set.Block
		content, err := f.block(i, (off+int64(len(p))-1)/f.set.Block, ahead)
		if err != nil {
			return n, err
		}
		n += copy(p[n:], content[off+int64(n)-i*f.set.Block:])
	}
	if short {
		return n, io.EOF
	}
	return n, nil
}

// guess returns how many blocks to read ahead: more and more while each read
// begins where the last one ended, none otherwise.
func (f *File) guess(off, n int64) int64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case off != f.next:
		f.ahead = 0
	case off/f.set.Block != (off+n)/f.set.Block: // into another block
		f.ahead = min(max(2*f.ahead, 1), mostAhead)
	}
	f.next = off + n
	return f.ahead
}
