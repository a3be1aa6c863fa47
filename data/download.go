package data

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/spikewalk/spikewalk/data/internal/remote"
)

// inPlace is the advice where something else came than what is published.
const inPlace = "what came was not kept; a network that answers in the publisher's place (a hotel's log-in page) may be the cause: " +
	"try again, or put the file into a folder and name that in " + dataVariable

// download fetches a recording, verifies it and keeps it in the cache. It
// returns an [UnavailableError] where nothing can be downloaded, and another error
// where what came is wrong or cannot be kept.
func (s store) download(ctx context.Context, r listing, looked []string, progress func(done, total int64)) (file, error) {
	path, err := cacheFile(r)
	if err != nil {
		return file{}, err
	}
	err = cmp.Or(s.client, remote.Default()).Download(ctx, remote.Whole{
		Address: s.url(r), Path: path, Size: r.size, Limit: r.size, Progress: progress,
		Check: func(part, where string) error {
			_, err := r.verify(part, where, inPlace)
			return err
		},
	})
	if err != nil {
		return file{}, downloadError(ctx, r.name, s.url(r), looked, err)
	}
	return r.read(path, "delete it, and it is downloaded again")
}

// downloadError says for a recording why its download failed.
func downloadError(ctx context.Context, name, address string, looked []string, err error) error {
	if stopped := ctx.Err(); stopped != nil {
		return fmt.Errorf("downloading the %s recording: %w", name, stopped)
	}
	if _, wrong := errors.AsType[*ChecksumError](err); wrong {
		return err
	}
	if _, wrong := errors.AsType[*remote.SizeError](err); wrong {
		return fmt.Errorf("the %s recording: %w; %s", name, err, inPlace)
	}
	if _, large := errors.AsType[*remote.LimitError](err); large {
		return fmt.Errorf("the %s recording: %w", name, err)
	}
	if kept, ok := errors.AsType[*remote.KeepError](err); ok {
		return fmt.Errorf("the %s recording is downloaded and cannot be kept: %w; set %s to a folder that can be written to", name, kept.Err, cacheVariable)
	}
	return &UnavailableError{Name: name, Address: address, Looked: looked, Err: err}
}
