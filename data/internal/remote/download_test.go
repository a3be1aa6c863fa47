package remote

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

func TestDownload(t *testing.T) {
	content := noise(100_000)
	s := serve(t, content, nil)
	path := filepath.Join(t.TempDir(), "a", "b", "file.nwb")
	w := s.whole(path)
	var reports []int64
	w.Progress = func(done, total int64) { reports = append(reports, done) }
	if err := quick().Download(t.Context(), w); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, content) {
		t.Error(err)
	}
	if l := left(t, filepath.Dir(path)); len(l) != 1 || reports[0] != 0 || reports[len(reports)-1] != 100_000 {
		t.Errorf("left %v, reported %v", l, reports)
	}
	if err := quick().Download(t.Context(), w); err != nil || s.requests() != 1 {
		t.Errorf("again: %v, %d requests", err, s.requests())
	}
}

// A download that broke off goes on where it was, in this program and in the
// next, whether the server gives parts or not.
func TestDownloadResumes(t *testing.T) {
	content := noise(100_000)
	for _, parts := range []bool{true, false} {
		s := serve(t, content, func(n int, w http.ResponseWriter, r *http.Request) bool {
			switch {
			case n == 1:
				part(w, r, content, 30_000)
			case n < 5:
				w.WriteHeader(503)
			case n == 5 && parts:
				part(w, r, content, 20_000)
			case n == 6 || parts:
				return false
			default:
				r.Header.Del("Range")
				return false
			}
			return true
		})
		w := s.whole(filepath.Join(t.TempDir(), "file.nwb"))
		wantError(t, quick().Download(t.Context(), w), "503")
		if l := left(t, filepath.Dir(w.Path)); len(l) != 2 {
			t.Errorf("left %v, want the part and its lock", l)
		}
		if err := quick().Download(t.Context(), w); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(w.Path); err != nil || !bytes.Equal(got, content) {
			t.Error(err)
		}
		if s.asked[4] != "bytes=30000-" || parts && s.asked[5] != "bytes=50000-" {
			t.Errorf("asked for %v", s.asked)
		}
	}
}

// What is here already may be of something else: then all comes anew.
func TestDownloadOfAWrongPart(t *testing.T) {
	content := noise(10_000)
	for _, part := range [][]byte{bytes.Repeat([]byte{1}, 4000), bytes.Repeat([]byte{1}, 10_000), make([]byte, 20_000)} {
		s := serve(t, content, nil)
		w := s.whole(filepath.Join(t.TempDir(), "file.nwb"))
		if err := os.Mkdir(w.Path+".part", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(w.Path+".part", "content"), part, 0o644); err != nil {
			t.Fatal(err)
		}
		if err := quick().Download(t.Context(), w); err != nil {
			t.Error(err)
		}
		if got, err := os.ReadFile(w.Path); err != nil || !bytes.Equal(got, content) {
			t.Error(err)
		}
	}
}

// What is wrong is not kept, and the part that was right is.
func TestDownloadRefuses(t *testing.T) {
	content := noise(10_000)
	html := []byte("<html>log in</html>")
	for name, c := range map[string]struct {
		content []byte
		chunked bool
		want    string
	}{
		"another of that size": {bytes.Repeat([]byte{7}, 10_000), false, "has another checksum"},
		"a page":               {html, false, "sends 19 bytes instead of the file's 10000"},
		"a page in chunks":     {html, true, "sends 19 bytes instead of the file's 10000"},
		"longer":               {make([]byte, 20_000), false, "sends 20000 bytes"},
		"longer in chunks":     {make([]byte, 200_000), true, "sends more than the file's 10000"},
		"empty":                {nil, false, "sends 0 bytes"},
	} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, content, func(n int, w http.ResponseWriter, r *http.Request) bool {
				if !c.chunked {
					w.Header().Set("Content-Length", fmt.Sprint(len(c.content)))
				}
				w.WriteHeader(http.StatusOK)
				w.(http.Flusher).Flush()
				w.Write(c.content)
				return true
			})
			w := s.whole(filepath.Join(t.TempDir(), "file.nwb"))
			wantError(t, quick().Download(t.Context(), w), c.want)
			if l, err := os.ReadDir(filepath.Dir(w.Path)); err != nil || len(l) > 0 {
				t.Errorf("left %v", l)
			}
		})
	}
	s := serve(t, content, nil)
	w := s.whole(filepath.Join(t.TempDir(), "file.nwb"))
	w.Limit = 9999
	err := quick().Download(t.Context(), w)
	if _, ok := errors.AsType[*LimitError](err); !ok || s.requests() > 0 {
		t.Errorf("error %v, %d requests", err, s.requests())
	}
	w.Limit, w.Path = 1e6, filepath.Join(w.Path, "\x00")
	err = quick().Download(t.Context(), w)
	if _, ok := errors.AsType[*KeepError](err); !ok || s.requests() > 0 {
		t.Errorf("error %v, %d requests", err, s.requests())
	}
}

// Two downloads of one file at once are one.
func TestDownloadTwice(t *testing.T) {
	content := noise(50_000)
	s := serve(t, content, nil)
	w := s.whole(filepath.Join(t.TempDir(), "file.nwb"))
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			if err := quick().Download(t.Context(), w); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if s.requests() != 1 {
		t.Errorf("%d requests", s.requests())
	}
	if l, err := os.ReadDir(filepath.Dir(w.Path)); err != nil || len(l) != 1 {
		t.Errorf("left %v", l)
	}
}

func TestDownloadCancelled(t *testing.T) {
	content := noise(100_000)
	s := serve(t, content, func(n int, w http.ResponseWriter, r *http.Request) bool {
		part(w, r, content, 40_000)
		<-r.Context().Done()
		return true
	})
	ctx, cancel := context.WithCancel(t.Context())
	w := s.whole(filepath.Join(t.TempDir(), "file.nwb"))
	w.Progress = func(done, total int64) {
		if done > 0 {
			cancel()
		}
	}
	if err := Default().Download(ctx, w); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestBytes(t *testing.T) {
	s := serve(t, []byte(`{"name": "MC_Maze"}`), func(n int, w http.ResponseWriter, r *http.Request) bool {
		if n == 1 {
			w.WriteHeader(502)
		}
		return n == 1
	})
	b, err := quick().Bytes(t.Context(), s.URL, 100)
	if err != nil || !strings.Contains(string(b), "Maze") {
		t.Errorf("%s, %v", b, err)
	}
	_, err = quick().Bytes(t.Context(), s.URL, 10)
	wantError(t, err, "more than the 10 bytes")
}
