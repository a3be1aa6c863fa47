package data

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// published serves a file by ranges.
func published(t *testing.T, content []byte) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"one"`)
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
	}))
	t.Cleanup(server.Close)
	return server
}

// A remote file is read as if it were here, and kept in the cache.
func TestRemote(t *testing.T) {
	cache := homes(t)
	content := bytes.Repeat([]byte("0123456789abcdef"), 3<<16)
	server := published(t, content)
	var done, total int64
	f, err := Remote(t.Context(), server.URL, Progress(func(d, n int64) { done, total = d, n }), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	got, err := io.ReadAll(io.NewSectionReader(f, 0, f.Size()))
	if err != nil || !bytes.Equal(got, content) {
		t.Error(err)
	}
	if done != f.Size() || total != f.Size() || f.Downloaded() != done {
		t.Errorf("reported %d of %d, downloaded %d", done, total, f.Downloaded())
	}
	if l := files(t, cache); len(l) < 20 || !strings.HasPrefix(l[0], filepath.Join(cache, "blocks")) {
		t.Errorf("the cache holds %v", l)
	}
	server.Close()
	if n, err := f.ReadAt(make([]byte, 100), 2<<20); n != 100 || err != nil {
		t.Error("what is here is not read without a network: ", err)
	}
	_, err = Remote(t.Context(), server.URL)
	wantError(t, err, "there is no connection to 127.0.0.1", "offline")
}

// Limits are what is set, in the call before the environment.
func TestRemoteLimits(t *testing.T) {
	cache := homes(t)
	server := published(t, make([]byte, 5<<20))
	read := func(options ...TransferOption) error {
		f, err := Remote(t.Context(), server.URL, options...)
		if err != nil {
			return err
		}
		defer f.Close()
		_, err = io.Copy(io.Discard, io.NewSectionReader(f, 0, f.Size()))
		return err
	}
	t.Setenv(downloadVariable, "3")
	wantError(t, read(), "one call may download 3 MB", "set SPIKEWALK_DOWNLOAD_MB=")
	wantError(t, read(Limit(-1)), "a limit of -1 bytes")
	t.Setenv("SPIKEWALK_CACHE_MB", "2")
	if err := read(Limit(10e6)); err != nil {
		t.Error(err)
	}
	if l := files(t, cache); len(l) != 15 { // blocks of a little more than 128 KiB
		t.Errorf("the cache holds %v", l)
	}
	t.Setenv(downloadVariable, "much")
	wantError(t, read(), `SPIKEWALK_DOWNLOAD_MB="much" is no number of megabytes`)
}

func TestRemoteNonsense(t *testing.T) {
	homes(t)
	_, err := Remote(t.Context(), "session.nwb")
	wantError(t, err, `"session.nwb" is no web address`)
	var none context.Context
	_, err = Remote(none, "https://example.org/session.nwb")
	wantError(t, err, "context is nil")
	t.Setenv(FolderEnv, Nowhere)
	_, err = Remote(t.Context(), "https://example.org/session.nwb")
	wantError(t, err, "SPIKEWALK_DATA is none")
	var f *RemoteFile
	if _, err := f.ReadAt(nil, 0); err == nil || f.Close() == nil || f.Size() != 0 || f.Downloaded() != 0 {
		t.Error("a file that is none is read")
	}
}
