package remote

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/url"
	"time"
)

// OfflineError says that a server cannot be reached from here at all.
type OfflineError struct {
	Host string
	Err  error
}

func (e *OfflineError) Error() string {
	return fmt.Sprintf("there is no connection to %s (%v): this machine is offline, or a firewall or proxy is in between", e.Host, e.Err)
}

func (e *OfflineError) Unwrap() error { return e.Err }

// StatusError is an answer that is no file.
type StatusError struct {
	Host, Status string
	Code         int
}

func (e *StatusError) Error() string { return e.Host + " answers " + e.Status }

// Env is the environment variable for how much one call may download, in
// megabytes.
const Env = "SPIKEWALK_DOWNLOAD_MB"

// LimitError says that more would be downloaded than one call may.
type LimitError struct {
	// What is the address, Bytes what there would be, Limit what may be.
	What         string
	Bytes, Limit int64
}

func (e *LimitError) Error() string {
	return fmt.Sprintf("%s: %s would be downloaded, and one call may download %s; if that is what you want, set %s=%d",
		e.What, size(e.Bytes), size(e.Limit), Env, (e.Bytes-1)/1e6+1)
}

// ChangedError says that a file is another one than before.
type ChangedError struct {
	Host, Before, After string
}

func (e *ChangedError) Error() string {
	return fmt.Sprintf("the file at %s changed while it was read (it was %s and is %s): open it again", e.Host, e.Before, e.After)
}

// wrongError is an answer that makes no sense. Asking again would not help.
type wrongError struct{ text string }

func (e *wrongError) Error() string { return e.text }

// temporaryError is what may pass by itself.
type temporaryError struct {
	err   error
	after time.Duration // the server asks to be left alone for it; 0: it does not say
}

func (e *temporaryError) Error() string { return e.err.Error() }
func (e *temporaryError) Unwrap() error { return e.err }

// noAnswer tells what it means that a request failed: a context that ended,
// something that will stay as it is, or something that may pass. Addresses, which
// may hold signatures, are left out.
func (s *source) noAnswer(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	if request, ok := errors.AsType[*url.Error](err); ok {
		err = request.Err
	}
	if wrong, ok := errors.AsType[*wrongError](err); ok {
		return wrong
	}
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return fmt.Errorf("%s does not prove who it is: %w", s.host, err)
	}
	if dial, ok := errors.AsType[*net.OpError](err); ok && (dial.Op == "dial" || dial.Op == "proxyconnect") && !s.reached {
		return &OfflineError{s.host, err}
	}
	return &temporaryError{err: fmt.Errorf("the connection to %s was lost: %w", s.host, err)}
}
