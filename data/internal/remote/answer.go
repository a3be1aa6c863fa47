package remote

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// span is the bytes from from up to, not with, to; a to below 0 stands for
// the end of the file.
type span struct{ from, to int64 }

func (s span) String() string {
	if s.to < 0 {
		return fmt.Sprintf("the bytes from %d", s.from)
	}
	return fmt.Sprintf("the bytes %d-%d", s.from, s.to-1)
}

// whole is all of a file, asked for without a range.
var whole = span{0, -1}

// source is a file somewhere, and what is known of it.
type source struct {
	client  Client
	address string
	host    string
	now     string // where redirections led, empty: nowhere yet
	reached bool   // the host has answered before
	Identity
	ranges bool // the server gives parts
}

// Identity is what tells versions of a file apart.
type Identity struct {
	// Size is the file's length in bytes, below 0 if it is not known.
	Size int64
	// ETag and Modified are what the server says, as it says it.
	ETag, Modified string
}

// strong tells whether the same identity means the same bytes.
func (i Identity) strong() bool {
	return i.ETag != "" && !strings.HasPrefix(i.ETag, "W/") || i.Modified != ""
}

func (i Identity) String() string {
	return fmt.Sprintf("%d bytes, %s", i.Size, cmp.Or(i.ETag, i.Modified, "without a version"))
}

func (c Client) source(address string) (*source, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, fmt.Errorf("%q is no web address: it begins with https:// and a host", address)
	}
	if !safe(u) {
		return nil, fmt.Errorf("%s is an address without encryption, whose answer anybody on the way can change: give one that begins with https://, or download the file yourself", u.Redacted())
	}
	return &source{client: c, address: address, host: u.Host, Identity: Identity{Size: -1}}, nil
}

// answer is a part of a file that is about to come.
type answer struct {
	span
	Identity
	ranges bool
	body   io.ReadCloser
}

// ask requests a span and checks what the server says of what it is going to
// send.
func (s *source) ask(ctx context.Context, want span) (answer, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, cmp.Or(s.now, s.address), nil)
	if err != nil {
		return answer{}, err
	}
	switch {
	case want.to >= 0:
		request.Header.Set("Range", fmt.Sprintf("bytes=%d-%d", want.from, want.to-1))
	case want.from > 0:
		request.Header.Set("Range", fmt.Sprintf("bytes=%d-", want.from))
	}
	request.Header.Set("User-Agent", "spikewalk")
	response, err := s.client.http.Do(request)
	if err != nil {
		return answer{}, s.noAnswer(ctx, err)
	}
	a, err := s.read(response, want)
	if err != nil {
		response.Body.Close()
		return answer{}, err
	}
	s.reached, s.now = true, response.Request.URL.String()
	return a, nil
}

// read checks the head of an answer.
func (s *source) read(response *http.Response, want span) (answer, error) {
	a := answer{body: response.Body, Identity: Identity{-1, response.Header.Get("ETag"), response.Header.Get("Last-Modified")}}
	if coding := response.Header.Get("Content-Encoding"); coding != "" && coding != "identity" {
		return a, &wrongError{fmt.Sprintf("%s sends the file coded (%s), which was not asked for", s.host, coding)}
	}
	switch response.StatusCode {
	case http.StatusPartialContent:
		a.ranges = true
		return a, s.readRange(&a, response, want)
	case http.StatusOK:
		a.span, a.Size = span{0, response.ContentLength}, response.ContentLength
		return a, nil
	case http.StatusRequestedRangeNotSatisfiable:
		text, _ := strings.CutPrefix(response.Header.Get("Content-Range"), "bytes */")
		total, err := strconv.ParseUint(text, 10, 62)
		if err == nil && total == 0 && want.from == 0 {
			response.Body.Close()
			a.ranges, a.Size, a.body = true, 0, http.NoBody
			return a, nil
		}
		if err == nil && s.Size >= 0 && int64(total) != s.Size {
			return a, &ChangedError{s.host, length(s.Size), length(int64(total))}
		}
	case http.StatusRequestTimeout, http.StatusTooEarly, http.StatusTooManyRequests, http.StatusInternalServerError,
		http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		s.reached = true
		return a, &temporaryError{err: s.status(response), after: retryAfter(response.Header.Get("Retry-After"))}
	}
	// The addresses that a server leads to are often valid for an hour.
	if s.now != "" && s.now != s.address {
		s.now = ""
		return a, &temporaryError{err: s.status(response), after: -1}
	}
	return a, s.status(response)
}

func (s *source) status(response *http.Response) error {
	return &StatusError{Host: response.Request.URL.Host, Status: response.Status, Code: response.StatusCode}
}

// readRange checks that a part is the one asked for, or begins there and ends
// with the file.
func (s *source) readRange(a *answer, response *http.Response, want span) error {
	text := response.Header.Get("Content-Range")
	lies := func(why string) error {
		return &wrongError{fmt.Sprintf("%s contradicts itself: it was asked for %s and announces Content-Range %q, %s", s.host, want, text, why)}
	}
	first, last, total, ok := parseRange(text)
	if !ok {
		return lies("which is no range")
	}
	a.span, a.Size = span{first, last + 1}, total
	end := want.to
	if end < 0 || end > total {
		end = total
	}
	switch {
	case first != want.from || a.to > end:
		return lies("which is another part")
	case a.to > total || first >= a.to:
		return lies("which is impossible")
	case response.ContentLength >= 0 && response.ContentLength != a.to-first:
		return lies(fmt.Sprintf("but a length of %d", response.ContentLength))
	}
	return nil
}

// parseRange reads "bytes 0-99/1000".
func parseRange(text string) (first, last, total int64, ok bool) {
	text, ok = strings.CutPrefix(text, "bytes ")
	part, all, ok2 := strings.Cut(text, "/")
	from, to, ok3 := strings.Cut(part, "-")
	for _, n := range []struct {
		text string
		to   *int64
	}{{from, &first}, {to, &last}, {all, &total}} {
		v, err := strconv.ParseUint(n.text, 10, 62)
		if err != nil {
			return 0, 0, 0, false
		}
		*n.to = int64(v)
	}
	return first, last, total, ok && ok2 && ok3
}

// retryAfter reads a pause in seconds or a date; 0: neither.
func retryAfter(text string) time.Duration {
	if seconds, err := strconv.ParseUint(text, 10, 31); err == nil {
		return time.Duration(seconds) * time.Second
	}
	if date, err := http.ParseTime(text); err == nil {
		return max(0, time.Until(date))
	}
	return 0
}
