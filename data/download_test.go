package data

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

// A download is verified, reported, kept and then found without the network.
func TestDownload(t *testing.T) {
	cache := homes(t)
	asked := ""
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked = r.URL.Path
		w.Write(testContent)
	})
	var reports []int64
	got, err := s.get(t.Context(), testItem, func(done, total int64) {
		if total != testItem.size {
			t.Errorf("total %d, want %d", total, testItem.size)
		}
		reports = append(reports, done)
	})
	if err != nil {
		t.Fatal(err)
	}
	want := filepath.Join(cache, "data", testItem.file)
	if got.path != want || !bytes.Equal(got.content, testContent) || asked != "/walk/walk_data.mat" {
		t.Errorf("path %s, %d bytes, asked for %s", got.path, len(got.content), asked)
	}
	if n := len(reports); n < 2 || reports[0] != 0 || reports[n-1] != testItem.size {
		t.Errorf("progress %v", reports)
	}
	if kept, err := os.ReadFile(want); err != nil || !bytes.Equal(kept, testContent) {
		t.Errorf("kept %d bytes, %v", len(kept), err)
	}
	if left := files(t, cache); len(left) != 1 {
		t.Errorf("the cache holds %v", left)
	}
	again, err := offline(t).get(t.Context(), testItem, nil)
	if err != nil || again.path != want {
		t.Errorf("again: %v, %v", again.path, err)
	}
}

// What the publisher can do wrong. Nothing of it is kept.
func TestDownloadFails(t *testing.T) {
	wrong := bytes.Repeat([]byte("?"), len(testContent))
	for name, c := range map[string]struct {
		handler     http.HandlerFunc
		unavailable bool
		want        string
	}{
		"404":           {http.NotFound, true, "404 Not Found"},
		"503":           {func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(503) }, true, "503"},
		"a page":        {func(w http.ResponseWriter, r *http.Request) { w.Write([]byte("<html>log in</html>")) }, false, "log-in page"},
		"wrong content": {func(w http.ResponseWriter, r *http.Request) { w.Write(wrong) }, false, "expected SHA-256 " + testItem.sha256 + ", found " + sumOf(wrong)},
		"too long": {func(w http.ResponseWriter, r *http.Request) {
			for range 100 {
				w.Write(testContent)
			}
		}, false, "more than the file's 85000 bytes"},
		"short, in peace": {func(w http.ResponseWriter, r *http.Request) { w.Write(testContent[:4000]) }, false, "4000 bytes instead of the file's 85000"},
	} {
		t.Run(name, func(t *testing.T) {
			cache := homes(t)
			_, err := serve(t, c.handler).get(t.Context(), testItem, nil)
			wantError(t, err, c.want)
			_, unavailable := errors.AsType[*UnavailableError](err)
			if unavailable != c.unavailable {
				t.Errorf("unavailable %v: %v", unavailable, err)
			}
			if left := files(t, cache); len(left) != 0 {
				t.Errorf("the cache holds %v", left)
			}
		})
	}
}

func TestOffline(t *testing.T) {
	cache := homes(t)
	_, err := offline(t).get(t.Context(), testItem, nil)
	wantError(t, err, "not on this machine", filepath.Join(cache, "data", testItem.file), "SPIKEWALK_DATA")
	if _, ok := errors.AsType[*UnavailableError](err); !ok {
		t.Errorf("%T, want an UnavailableError", err)
	}
}

// slow sends a beginning and then nothing until the client goes.
func slow(w http.ResponseWriter, r *http.Request) {
	w.Write(testContent[:100])
	w.(http.Flusher).Flush()
	<-r.Context().Done()
}

func TestCancel(t *testing.T) {
	homes(t)
	ctx, cancel := context.WithCancel(t.Context())
	// The first bytes to come are the moment to give up.
	_, err := serve(t, slow).get(ctx, testItem, func(done, total int64) {
		if done > 0 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want context.Canceled", err)
	}
	if _, unavailable := errors.AsType[*UnavailableError](err); unavailable {
		t.Error("cancelling must not look like a missing network")
	}
	_, err = serve(t, slow).get(ctx, testItem, nil)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled before: error %v", err)
	}
}

// A download that is cut goes on where it was, and is verified as a whole.
func TestDownloadResumes(t *testing.T) {
	homes(t)
	cut := true
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if cut {
			w.Header().Set("Content-Length", "85000")
			w.Write(testContent[:40_000])
			return
		}
		if from := r.Header.Get("Range"); from != "bytes=40000-" {
			t.Errorf("asked for %q", from)
		}
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(testContent))
	})
	s.client.Tries = 1
	_, err := s.get(t.Context(), testItem, nil)
	wantError(t, err, "broke off after 40000 of 85000 bytes")
	if _, ok := errors.AsType[*UnavailableError](err); !ok {
		t.Errorf("%T, want an UnavailableError", err)
	}
	cut = false
	if got, err := s.get(t.Context(), testItem, nil); err != nil || !bytes.Equal(got.content, testContent) {
		t.Error(err)
	}
}

// A publisher that stands still, or takes the call and says nothing, counts as
// not there.
func TestSilence(t *testing.T) {
	homes(t)
	for _, handler := range []http.HandlerFunc{slow, func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() }} {
		s := serve(t, handler)
		s.client.Answer, s.client.Stall, s.client.Tries = 50*time.Millisecond, 50*time.Millisecond, 2
		_, err := s.get(t.Context(), testItem, nil)
		wantError(t, err, "could not be downloaded", "sent nothing for 50ms")
		if _, ok := errors.AsType[*UnavailableError](err); !ok {
			t.Errorf("%T, want an UnavailableError", err)
		}
	}
}

// A cache that cannot be written to is named, with the way out.
func TestReadOnlyCache(t *testing.T) {
	homes(t)
	dir := filepath.Join(t.TempDir(), "cache")
	switch {
	case runtime.GOOS == "linux":
		dir = "/proc/spikewalk" // not even root can
	case os.Geteuid() == 0:
		t.Skip("root writes everywhere")
	default:
		if err := os.Mkdir(dir, 0o555); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv(cacheVariable, dir)
	s := serve(t, func(w http.ResponseWriter, r *http.Request) { w.Write(testContent) })
	_, err := s.get(t.Context(), testItem, nil)
	wantError(t, err, "cannot be kept", "set SPIKEWALK_CACHE")
	if _, unavailable := errors.AsType[*UnavailableError](err); unavailable {
		t.Error("an unwritable cache must not look like a missing network")
	}
}
