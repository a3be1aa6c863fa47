package data

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/spikewalk/spikewalk/internal/scratch"
)

const (
	// downloadTimeout is for one recording; the largest has 140 kB.
	downloadTimeout = 60 * time.Second
	// answerTimeout is for the publisher to answer at all. Without a network
	// that says so, a user waits this long for the synthetic data.
	answerTimeout = 10 * time.Second
)

// download fetches a recording, verifies it and keeps it in the cache. It
// returns an [UnavailableError] where nothing can be downloaded, and another error
// where what came is wrong or cannot be kept.
func (s store) download(ctx context.Context, r recording, looked []string, progress func(done, total int64)) (file, error) {
	content, err := s.fetch(ctx, r, progress)
	if stopped := ctx.Err(); err != nil && stopped != nil {
		return file{}, fmt.Errorf("downloading the %s recording: %w", r.name, stopped)
	}
	if err != nil {
		return file{}, &UnavailableError{Name: r.name, Address: s.url(r), Looked: looked, Err: err}
	}
	const advice = "what came was not kept; a network that answers in the publisher's place (a hotel's log-in page) may be the cause: " +
		"try again, or put the file into a folder and name that in " + dataVariable
	if err := r.verify(content, s.url(r), advice); err != nil {
		return file{}, err
	}
	path, err := cacheFile(r)
	if err != nil {
		return file{}, err
	}
	err = os.MkdirAll(filepath.Dir(path), 0o755)
	if err == nil {
		err = scratch.WriteFile(path, content, 0o644)
	}
	if err != nil {
		return file{}, fmt.Errorf("the %s recording was downloaded and cannot be kept: %w; set %s to a folder that can be written to", r.name, err, cacheVariable)
	}
	return file{path, content}, nil
}

// fetch gets the bytes from the publisher, never more than one beyond what
// the recording has: what is longer is wrong anyway.
func (s store) fetch(ctx context.Context, r recording, progress func(done, total int64)) ([]byte, error) {
	timeout := cmp.Or(s.timeout, downloadTimeout)
	ctx, cancel := context.WithTimeoutCause(ctx, timeout, fmt.Errorf("no complete answer within %v", timeout))
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.url(r), nil)
	if err != nil {
		return nil, err
	}
	client, done := newClient(cmp.Or(s.answer, answerTimeout))
	defer done()
	response, err := client.Do(request)
	if err != nil {
		return nil, causeOf(ctx, err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the server answers %s", response.Status)
	}
	var content bytes.Buffer
	sink := io.Writer(&content)
	if progress != nil {
		progress(0, r.size)
		sink = io.MultiWriter(&content, &counter{total: r.size, report: progress})
	}
	if _, err := io.Copy(sink, io.LimitReader(response.Body, r.size+1)); err != nil {
		return nil, fmt.Errorf("the download broke off after %d of %d bytes: %w", content.Len(), r.size, causeOf(ctx, err))
	}
	return content.Bytes(), nil
}

// newClient returns a client that gives up on a silent publisher, and how to
// be done with it.
func newClient(answer time.Duration) (*http.Client, func()) {
	transport := &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: answer}).DialContext,
		TLSHandshakeTimeout:   answer,
		ResponseHeaderTimeout: answer,
		ForceAttemptHTTP2:     true,
	}
	return &http.Client{Transport: transport}, transport.CloseIdleConnections
}

// causeOf prefers our own words for running out of time, and leaves out the
// address, which the caller knows.
func causeOf(ctx context.Context, err error) error {
	if request, ok := errors.AsType[*url.Error](err); ok {
		err = request.Err
	}
	if cause := context.Cause(ctx); cause != nil && !errors.Is(cause, context.Canceled) {
		return cause
	}
	return err
}

// counter reports how much has been written to it.
type counter struct {
	done, total int64
	report      func(done, total int64)
}

func (c *counter) Write(b []byte) (int, error) {
	c.done += int64(len(b))
	c.report(min(c.done, c.total), c.total)
	return len(b), nil
}
