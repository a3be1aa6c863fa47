package remote

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"time"
)

// progress is how much an answer has to bring for the tries to be counted
// anew.
const progress = 1 << 18

// stream hands the bytes of a span to sink, in order and each of them once,
// whatever it takes. Where the server gives whole files only, what comes before the
// span is passed over.
func (s *source) stream(ctx context.Context, want span, sink func([]byte) error) error {
	at := want.from
	for try := 1; ; try++ {
		from := at
		done, err := s.attempt(ctx, span{at, want.to}, func(b []byte) error {
			at += int64(len(b))
			return sink(b)
		})
		if done {
			return nil
		}
		temporary, ok := errors.AsType[*temporaryError](err)
		if !ok {
			return err
		}
		if at-from >= progress {
			try = 0
		}
		if try >= s.client.Tries {
			return fmt.Errorf("%w (tried %d times)", temporary.err, try)
		}
		if err := s.client.pause(ctx, max(try, 1), temporary); err != nil {
			return err
		}
	}
}

// pause waits before another try.
func (c Client) pause(ctx context.Context, try int, why *temporaryError) error {
	if why.after > c.LongestPause {
		return fmt.Errorf("%w and asks for a pause of %v: try again then", why.err, why.after.Round(time.Second))
	}
	wait := min(c.Pause<<min(try-1, 20), c.LongestPause)
	wait = max(why.after, wait/2+rand.N(wait/2+1))
	if why.after < 0 {
		wait = 0
	}
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-time.After(wait):
		return nil
	}
}

// attempt makes one request and hands on what it brings. done says that all
// of the span has come.
func (s *source) attempt(ctx context.Context, want span, sink func([]byte) error) (done bool, err error) {
	// One clock for both silences: before the answer, and within it.
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	silence := func(d time.Duration) error {
		return &temporaryError{err: fmt.Errorf("%s sent nothing for %v", s.host, d)}
	}
	clock := time.AfterFunc(s.client.Answer, func() { cancel(silence(s.client.Answer)) })
	defer clock.Stop()
	a, err := s.ask(ctx, want)
	if err != nil {
		return false, err
	}
	defer a.body.Close()
	if err := s.recognise(a); err != nil {
		return false, err
	}
	clock.Stop()
	clock = time.AfterFunc(s.client.Stall, func() { cancel(silence(s.client.Stall)) })
	defer clock.Stop()
	a.body = &watched{a.body, clock, s.client.Stall}
	end := want.to
	if s.Size >= 0 && (end < 0 || end > s.Size) {
		end = s.Size
	}
	at, err := s.copy(a, span{want.from, end}, sink)
	switch {
	case err == nil && (at == end || end < 0):
		return true, nil
	case err == nil: // a server may send less than asked for
		err = io.ErrUnexpectedEOF
	}
	if cause := context.Cause(ctx); cause != nil {
		return false, cause
	}
	if failed, ok := errors.AsType[*sinkError](err); ok {
		return false, failed.err
	}
	return false, &temporaryError{err: fmt.Errorf("%s broke off after %d of %s: %w", s.host, at, length(end), err)}
}

// watched is a body whose clock runs while it is waited for.
type watched struct {
	io.ReadCloser
	clock *time.Timer
	stall time.Duration
}

func (w *watched) Read(p []byte) (int, error) {
	w.clock.Reset(w.stall)
	defer w.clock.Stop()
	return w.ReadCloser.Read(p)
}

func length(n int64) string {
	if n < 0 {
		return "an unknown number of bytes"
	}
	return fmt.Sprintf("%d bytes", n)
}

// recognise compares an answer with the file known so far.
func (s *source) recognise(a answer) error {
	if !s.known() {
		s.Identity, s.ranges = a.Identity, a.ranges
		return nil
	}
	if a.Size < 0 {
		a.Size = s.Size // a body in chunks, whose end will tell
	}
	if s.ranges && !a.ranges {
		return &wrongError{s.host + " gave parts of the file before, and now gives it whole"}
	}
	if a.Identity != s.Identity {
		return &ChangedError{s.host, s.Identity.String(), a.Identity.String()}
	}
	return nil
}

func (s *source) known() bool { return s.Size >= 0 || s.strong() }

// sinkError is an error of who takes the bytes.
type sinkError struct{ err error }

func (e *sinkError) Error() string { return e.err.Error() }

// copy hands on the bytes of the span want of an answer that may begin before
// it and end after it, and says up to where.
func (s *source) copy(a answer, want span, sink func([]byte) error) (at int64, err error) {
	at = want.from
	if _, err := io.CopyN(io.Discard, a.body, want.from-a.from); err != nil {
		return at, err
	}
	buffer := make([]byte, 1<<15)
	for want.to < 0 || at < want.to {
		b := buffer
		if want.to >= 0 {
			b = b[:min(int64(len(b)), want.to-at)]
		}
		n, err := a.body.Read(b)
		at += int64(n)
		if n > 0 {
			if err := sink(b[:n]); err != nil {
				return at, &sinkError{err}
			}
		}
		if err == io.EOF {
			return at, nil
		}
		if err != nil {
			return at, err
		}
	}
	// Where the answer should end it has to.
	var one [1]byte
	if last := a.to == want.to || a.to < 0 && want.to == s.Size; last {
		if n, _ := a.body.Read(one[:]); n > 0 {
			return at, &sinkError{&wrongError{fmt.Sprintf("%s sends more than the %d bytes that there are", s.host, want.to)}}
		}
	}
	return at, nil
}
