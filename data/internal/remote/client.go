package remote

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"time"
)

// Client says how patient to be. [Default] is for users; tests wait less.
type Client struct {
	// Tries is how often a request is made that brings nothing new.
	Tries int
	// Answer is how long a server may take to be reached and to begin its answer,
	// Stall how long it may then send nothing.
	Answer, Stall time.Duration
	// Pause is the one before the second try. It doubles with every further
	// one, up to LongestPause, and is drawn at random between half of that and
	// all of it, so that many who were refused do not come back at once. A server
	// that asks for a longer pause than LongestPause is not waited for.
	Pause, LongestPause time.Duration

	http *http.Client
}

// Default returns a client that gives up on a silent server after 10 s, on a
// body that stands still after 30 s, and after 5 tries with 7 s of pauses.
func Default() Client {
	return Client{Tries: 5, Answer: 10 * time.Second, Stall: 30 * time.Second, Pause: time.Second / 2, LongestPause: time.Minute}
}

// connected returns the client with what it talks through. Bodies come as they
// are stored: a compressed one would have other offsets.
func (c Client) connected() Client {
	c.http = &http.Client{
		Transport: &http.Transport{
			Proxy:               http.ProxyFromEnvironment,
			DialContext:         (&net.Dialer{Timeout: c.Answer}).DialContext,
			TLSHandshakeTimeout: c.Answer,
			IdleConnTimeout:     time.Minute,
			ForceAttemptHTTP2:   true,
			DisableCompression:  true,
		},
		CheckRedirect: checkRedirect,
	}
	return c
}

func (c Client) close() { c.http.CloseIdleConnections() }

// checkRedirect refuses to leave encryption and to go in circles.
func checkRedirect(request *http.Request, via []*http.Request) error {
	const most = 10
	switch to := request.URL; {
	case to.Scheme != "http" && to.Scheme != "https":
		return &wrongError{fmt.Sprintf("%s leads to %.100q, which is no web address", via[0].URL.Host, to.Redacted())}
	case !safe(to), via[0].URL.Scheme == "https" && to.Scheme != "https":
		return &wrongError{fmt.Sprintf("%s leads to an address without encryption at %s", via[0].URL.Host, to.Host)}
	}
	if len(via) >= most {
		return &wrongError{fmt.Sprintf("%s leads from address to address, %d times", via[0].URL.Host, most)}
	}
	return nil
}

// safe tells whether nobody on the way can put something else into an answer: it
// is encrypted, or does not leave this machine.
func safe(u *url.URL) bool {
	if u.Scheme == "https" {
		return true
	}
	ip := net.ParseIP(u.Hostname())
	return u.Scheme == "http" && (u.Hostname() == "localhost" || ip != nil && ip.IsLoopback())
}

// Bytes returns a whole short answer, such as a record, of at most so many
// bytes.
func (c Client) Bytes(ctx context.Context, address string, most int64) ([]byte, error) {
	c = c.connected()
	defer c.close()
	src, err := c.source(address)
	if err != nil {
		return nil, err
	}
	var content []byte
	err = src.stream(ctx, whole, func(b []byte) error {
		if int64(len(content)+len(b)) > most {
			return &wrongError{fmt.Sprintf("%s sends more than the %s that an answer may have here", src.host, size(most))}
		}
		content = append(content, b...)
		return nil
	})
	return content, err
}

// size writes a number of bytes.
func size(bytes int64) string {
	switch {
	case bytes >= 1e9:
		return fmt.Sprintf("%.3g GB", float64(bytes)/1e9)
	case bytes >= 1e6:
		return fmt.Sprintf("%.3g MB", float64(bytes)/1e6)
	case bytes >= 1e3:
		return fmt.Sprintf("%.3g kB", float64(bytes)/1e3)
	}
	return fmt.Sprintf("%d bytes", bytes)
}
