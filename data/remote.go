package data

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strconv"

	"github.com/spikewalk/spikewalk/data/internal/remote"
	"github.com/spikewalk/spikewalk/internal/cache"
)

// The environment that limits what is downloaded, in megabytes.
const (
	downloadVariable = remote.Env

	megabyte        = 1_000_000
	defaultDownload = 2000 * megabyte
	// blockSize is what a small read costs. Headers of HDF5 files lie far
	// apart, between what they describe: with blocks of a megabyte, asking for all of
	// them can mean to download the file.
	blockSize = 1 << 17
)

// RemoteFile is a file on a server, which is read as if it were here: an
// [io.ReaderAt], safe for concurrent use. Close it after use.
type RemoteFile struct{ file *remote.File }

var errNoRemote = errors.New("no remote file: data.Remote opens one")

// Size returns the number of bytes of the file.
func (f *RemoteFile) Size() int64 {
	if f == nil || f.file == nil {
		return 0
	}
	return f.file.Size()
}

// ReadAt reads as [io.ReaderAt] says. Blocks of 128 KiB that are not in the cache are
// downloaded, those next to each other with one request, up to 32 MiB; of a file
// that is read from front to back some more than asked for, up to 4 MiB. One
// request is under way at a time.
func (f *RemoteFile) ReadAt(p []byte, off int64) (int, error) {
	if f == nil || f.file == nil {
		return 0, errNoRemote
	}
	return f.file.ReadAt(p, off)
}

// Downloaded returns how many bytes of the file came over the network since it
// was opened.
func (f *RemoteFile) Downloaded() int64 {
	if f == nil || f.file == nil {
		return 0
	}
	return f.file.Downloaded()
}

// Close ends reads that are under way. The blocks stay in the cache.
func (f *RemoteFile) Close() error {
	if f == nil || f.file == nil {
		return errNoRemote
	}
	return f.file.Close()
}

// Remote opens a file at a web address without downloading it: what is read
// comes over the network as it is read, and is kept. The NewReader functions of hdf5
// and nwb take it and its Size.
//
// Blocks lie in the sub-folder blocks of [CacheDir], under the address and the version
// of the file (its size, ETag and date), for this program and the next. A file that
// changes on the server while it is read is an error; one that changed before is
// another file. If the server names no version, nothing is kept beyond Close. Blocks
// go when the cache is full, those used least recently first. If the folder can be
// written to no more while a file is read, reading goes on and nothing more is kept.
//
// One file may download 2 GB, or what [Limit] or SPIKEWALK_DOWNLOAD_MB says;
// a server that gives no parts of files (HTTP ranges) has to give the whole within
// that. Connections that are lost, bodies that are cut or stand still for 30 s, and
// servers that are overloaded (429, 500, 502 to 504) are tried five times, with pauses
// that double, or as long as the server asks for. A refusal (403, 404), a server that
// contradicts itself, and a machine that is offline are errors at once. Redirections are
// followed, and found anew when they expire. Downloads end as soon as ctx does.
func Remote(ctx context.Context, address string, options ...TransferOption) (*RemoteFile, error) {
	t, err := newTransfer(ctx, options)
	if err != nil {
		return nil, err
	}
	if nowhere() {
		return nil, fmt.Errorf("%s is not opened: %w; unset it", address, errNowhere)
	}
	return t.open(ctx, address, nil)
}

// TransferOption says how a file comes over the network.
type TransferOption func(*transfer)

// Limit sets how many bytes one call may download, where that is a whole file, or
// one open file. Default 2 GB, or the megabytes that SPIKEWALK_DOWNLOAD_MB says.
func Limit(bytes int64) TransferOption { return func(t *transfer) { t.limit = bytes } }

// Progress sets a function that is called as bytes arrive, with how many of
// the file are here and how many it has. It has to return quickly.
func Progress(report func(done, total int64)) TransferOption {
	return func(t *transfer) { t.progress = report }
}

// transfer is what the options set.
type transfer struct {
	limit    int64 // of what is downloaded
	most     int64 // of what is kept
	progress func(done, total int64)
	client   remote.Client
}

func newTransfer(ctx context.Context, options []TransferOption) (t transfer, err error) {
	if ctx == nil {
		return t, errNilContext
	}
	if t.limit, err = megabytes(downloadVariable, defaultDownload); err != nil {
		return t, err
	}
	if t.most, err = cache.Limit(); err != nil {
		return t, err
	}
	for _, option := range options {
		if option != nil {
			option(&t)
		}
	}
	if t.limit < 0 {
		return t, fmt.Errorf("a limit of %d bytes: it has to be 0 or more", t.limit)
	}
	t.client = cmp.Or(t.client, remote.Default())
	return t, nil
}

// megabytes reads a limit from the environment, in bytes.
func megabytes(variable string, otherwise int64) (int64, error) {
	text := os.Getenv(variable)
	if text == "" {
		return otherwise, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 || n > math.MaxInt64/megabyte {
		return 0, fmt.Errorf("%s=%q is no number of megabytes", variable, text)
	}
	return n * megabyte, nil
}

// open opens a file whose blocks are kept in the cache.
func (t transfer) open(ctx context.Context, address string, check func(remote.Identity) error) (*RemoteFile, error) {
	dir, err := cache.Dir()
	if err != nil {
		return nil, err
	}
	f, err := remote.Open(ctx, address, remote.Settings{
		Client: t.client, Folder: filepath.Join(dir, cache.Blocks), Trim: func() { cache.Trim(dir, t.most) }, Lost: notKeptAnyMore, Block: blockSize,
		Limit: t.limit, Progress: t.progress, Check: check,
	})
	if kept, ok := errors.AsType[*remote.KeepError](err); ok {
		return nil, fmt.Errorf("%w; set %s to a folder that can be written to", kept, cacheVariable)
	}
	if err != nil {
		return nil, fmt.Errorf("opening a remote file: %w", err)
	}
	return &RemoteFile{f}, nil
}

// notKeptAnyMore says why a file that is read is slower from now on.
func notKeptAnyMore(err error) {
	fmt.Fprintf(os.Stderr, "data: blocks of a remote file are kept no more, and reading goes on: %v\n", err)
}

var _ io.ReaderAt = (*RemoteFile)(nil)
