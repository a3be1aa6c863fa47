package remote

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// quick is a client that has no patience.
func quick() Client {
	return Client{Tries: 4, Answer: time.Second, Stall: time.Second, Pause: time.Millisecond, LongestPause: 50 * time.Millisecond}
}

// noise is content that no two places of are alike.
func noise(n int) []byte {
	r := rand.New(rand.NewPCG(1, 2))
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return b
}

// server publishes one content, and counts. before, unless nil, may answer in its
// place: it returns true if it did. It is told the how manieth request it is.
type server struct {
	*httptest.Server
	mu      sync.Mutex
	content []byte
	etag    string
	before  func(n int, w http.ResponseWriter, r *http.Request) bool
	asked   []string // ranges
}

func serve(t *testing.T, content []byte, before func(n int, w http.ResponseWriter, r *http.Request) bool) *server {
	t.Helper()
	s := &server{content: content, etag: `"one"`, before: before}
	s.Server = httptest.NewServer(http.HandlerFunc(s.answer))
	t.Cleanup(s.Close)
	return s
}

func (s *server) answer(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.asked = append(s.asked, r.Header.Get("Range"))
	n, content, etag := len(s.asked), s.content, s.etag
	s.mu.Unlock()
	if s.before != nil && s.before(n, w, r) {
		return
	}
	if etag != "" {
		w.Header().Set("ETag", etag)
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
}

func (s *server) requests() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.asked)
}

// change publishes something else.
func (s *server) change(content []byte, etag string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.content, s.etag = content, etag
}

// part announces all of a range and sends the first n bytes of it.
func part(w http.ResponseWriter, r *http.Request, content []byte, n int) {
	var from, to int
	if _, err := fmt.Sscanf(r.Header.Get("Range"), "bytes=%d-%d", &from, &to); err != nil {
		fmt.Sscanf(r.Header.Get("Range"), "bytes=%d-", &from)
		to = len(content) - 1
	}
	to = min(to, len(content)-1)
	h := w.Header()
	h.Set("ETag", `"one"`)
	h.Set("Content-Range", fmt.Sprintf("bytes %d-%d/%d", from, to, len(content)))
	h.Set("Content-Length", fmt.Sprint(to-from+1))
	w.WriteHeader(http.StatusPartialContent)
	w.Write(content[from : from+min(n, to-from+1)])
	w.(http.Flusher).Flush()
}

const testBlock = 1000

// settings are those of users, but for the block and the patience.
func settings(folder string) Settings {
	return Settings{Client: quick(), Folder: folder, Block: testBlock, Limit: 1e6}
}

func open(t *testing.T, address string, set Settings) *File {
	t.Helper()
	f, err := Open(t.Context(), address, set)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// mustRead reads a part and compares it.
func mustRead(t *testing.T, f *File, content []byte, off, n int) {
	t.Helper()
	b := make([]byte, n)
	if got, err := f.ReadAt(b, int64(off)); err != nil || got != n || !bytes.Equal(b, content[off:off+n]) {
		t.Fatalf("at %d: read %d bytes of %d, %v", off, got, n, err)
	}
}

func wantError(t *testing.T, err error, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("error %v, want %q in it", err, part)
		}
	}
}

// left lists the files under a folder.
func left(t *testing.T, folder string) (found []string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			found = append(found, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// whole is a download whose checksum is known.
func (s *server) whole(path string) Whole {
	want := sha256.Sum256(s.content)
	return Whole{Address: s.URL, Path: path, Size: int64(len(s.content)), Limit: 1e6, Check: func(path, where string) error {
		b, err := os.ReadFile(path)
		if err == nil && sha256.Sum256(b) != want {
			err = errors.New(where + " has another checksum")
		}
		return err
	}}
}
