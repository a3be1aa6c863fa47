package remote

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"github.com/spikewalk/spikewalk/internal/scratch"
)

// Whole is a file to be downloaded as it is.
type Whole struct {
	Address string
	// Path is where it is to be; the folder is made if need be.
	Path string
	// Size is the number of bytes that it has, Limit how many may be downloaded.
	Size, Limit int64
	// Check verifies the content, which lies in a file of another name until
	// it passed. where is the address, for errors.
	Check func(path, where string) error
	// Progress, unless nil, is called with the bytes that are here and Size.
	Progress func(done, total int64)
}

// Download downloads a file. It appears at its path whole and verified, or not
// at all. Until then it grows in a folder beside it, and what is there already is not
// downloaded again: not after a break, not by the next program, and not by another
// one at the same time, which waits.
func (c Client) Download(ctx context.Context, w Whole) error {
	if _, err := c.source(w.Address); err != nil {
		return err
	}
	if w.Size > w.Limit {
		return &LimitError{What: w.Address, Bytes: w.Size, Limit: w.Limit}
	}
	d := download{w, w.Path + ".part"}
	if err := scratch.Folder(d.folder, scratch.Private); err != nil {
		return &KeepError{err}
	}
	release, err := d.lock(ctx)
	if err != nil {
		return err
	}
	defer release()
	if d.Check(d.Path, d.Path) == nil {
		return nil // another program has downloaded it meanwhile
	}
	resumed := d.here() > 0
	err = d.get(ctx, c)
	if err != nil && resumed && d.here() == 0 {
		err = d.get(ctx, c) // what was here was of something else
	}
	return err
}

// SizeError says that a server has something else under an address.
type SizeError struct {
	Host string
	// Got is the number of bytes that the server has, below 0 if all that is
	// known is that they are more than Want.
	Got, Want int64
}

func (e *SizeError) Error() string {
	if e.Got < 0 {
		return fmt.Sprintf("%s sends more than the file's %d bytes", e.Host, e.Want)
	}
	return fmt.Sprintf("%s sends %d bytes instead of the file's %d", e.Host, e.Got, e.Want)
}

// KeepError says that what is downloaded cannot be written.
type KeepError struct{ Err error }

func (e *KeepError) Error() string { return "what is downloaded cannot be kept: " + e.Err.Error() }
func (e *KeepError) Unwrap() error { return e.Err }

// download is a file on its way, and the folder that it grows in.
type download struct {
	Whole
	folder string
}

func (d download) content() string { return filepath.Join(d.folder, "content") }

// here says how many bytes are here.
func (d download) here() int64 {
	info, err := os.Stat(d.content())
	if err != nil {
		return 0
	}
	return info.Size()
}

// lock waits until no other program downloads the file. The function returned
// removes the folder if nothing is left in it to go on with.
func (d download) lock(ctx context.Context) (release func(), err error) {
	lock := flock.New(filepath.Join(d.folder, "lock"))
	// Where a disk knows no locks there is none.
	_, _ = lock.TryLockContext(ctx, time.Second/10)
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	return func() {
		if d.here() == 0 {
			_ = os.Remove(d.content())
			_ = os.Remove(lock.Path())
			defer os.Remove(d.folder)
		}
		_ = lock.Close()
	}, nil
}

// get downloads what is missing, verifies all, and puts it into its place.
func (d download) get(ctx context.Context, c Client) error {
	if err := d.missing(ctx, c); err != nil {
		return err
	}
	if err := d.Check(d.content(), d.Address); err != nil {
		_ = os.Remove(d.content())
		return err
	}
	if err := scratch.Move(d.content(), d.Path); err != nil {
		return &KeepError{err}
	}
	return nil
}

// missing appends what is missing: a file that grows over several runs of the
// program, until its checksum is right and it takes its name.
func (d download) missing(ctx context.Context, c Client) error {
	f, err := os.OpenFile(d.content(), os.O_WRONLY|os.O_CREATE|os.O_APPEND, scratch.Public)
	if err != nil {
		return &KeepError{err}
	}
	err = d.fill(ctx, c, f)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

func (d download) fill(ctx context.Context, c Client, f *os.File) error {
	c = c.connected()
	defer c.close()
	src, err := c.source(d.Address)
	if err != nil {
		return err
	}
	at := d.here()
	if at > d.Size {
		if err := f.Truncate(0); err != nil {
			return &KeepError{err}
		}
		at = 0
	}
	d.report(at)
	if at == d.Size {
		return nil
	}
	from := at
	err = src.stream(ctx, span{at, -1}, func(b []byte) error {
		if src.Size >= 0 && src.Size != d.Size {
			return &SizeError{src.host, src.Size, d.Size}
		}
		if at+int64(len(b)) > d.Size {
			return &SizeError{src.host, -1, d.Size}
		}
		if _, err := f.Write(b); err != nil {
			return &KeepError{err}
		}
		at += int64(len(b))
		d.report(at)
		return nil
	})
	if err == nil && at < d.Size {
		err = &SizeError{src.host, at, d.Size}
	}
	if _, wrong := errors.AsType[*SizeError](err); wrong {
		return errors.Join(err, f.Truncate(from)) // something else came
	}
	return err
}

func (d download) report(done int64) {
	if d.Progress != nil {
		d.Progress(done, d.Size)
	}
}
