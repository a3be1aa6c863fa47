package remote

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"github.com/spikewalk/spikewalk/internal/cache"
)

// The file is what was published, in whatever pieces it is read.
func TestFile(t *testing.T) {
	content := noise(12345)
	s := serve(t, content, nil)
	f := open(t, s.URL, settings(t.TempDir()))
	if f.Size() != int64(len(content)) {
		t.Errorf("%d bytes", f.Size())
	}
	if err := iotest.TestReader(io.NewSectionReader(f, 0, f.Size()), content); err != nil {
		t.Error(err)
	}
	b := make([]byte, 100)
	if n, err := f.ReadAt(b, 12300); n != 45 || err != io.EOF || !bytes.Equal(b[:n], content[12300:]) {
		t.Errorf("over the end: %d, %v", n, err)
	}
	if n, err := f.ReadAt(b, 12345); n != 0 || err != io.EOF {
		t.Errorf("after the end: %d, %v", n, err)
	}
	if _, err := f.ReadAt(b, -1); err == nil {
		t.Error("read before the file")
	}
}

// Only what is asked for comes, in as few requests as may be, and what came
// once does not come again, in this program or the next.
func TestRequests(t *testing.T) {
	content := noise(100 * testBlock)
	s := serve(t, content, nil)
	set := settings(t.TempDir())
	f := open(t, s.URL, set)
	mustRead(t, f, content, 10, 20)                       // came on opening
	mustRead(t, f, content, 50*testBlock+10, 20)          // one block
	mustRead(t, f, content, 50*testBlock+500, 20)         // the same
	mustRead(t, f, content, 60*testBlock+1, 10*testBlock) // eleven blocks, one request
	if want := "bytes=0-999 bytes=50000-50999 bytes=60000-70999"; strings.Join(s.asked, " ") != want {
		t.Errorf("asked for %v", s.asked)
	}
	if f.Downloaded() != 13*testBlock {
		t.Errorf("downloaded %d", f.Downloaded())
	}
	f.Close()
	f = open(t, s.URL, set)
	mustRead(t, f, content, 60*testBlock+1, 10*testBlock)
	if n := s.requests(); n != 4 || s.asked[3] != "bytes=0-0" {
		t.Errorf("%d requests: %v", n, s.asked)
	}
	mustRead(t, f, content, 59*testBlock, 15*testBlock) // the gaps
	if want := "bytes=59000-59999 bytes=71000-73999"; strings.Join(s.asked[4:], " ") != want {
		t.Errorf("asked for %v", s.asked[4:])
	}
}

// A file that is read from front to back comes in fewer and larger requests.
func TestReadAhead(t *testing.T) {
	content := noise(100 * testBlock)
	s := serve(t, content, nil)
	f := open(t, s.URL, settings(t.TempDir()))
	got, err := io.ReadAll(io.NewSectionReader(f, 0, f.Size()))
	if err != nil || !bytes.Equal(got, content) {
		t.Fatal(err)
	}
	if n := s.requests(); n > 20 {
		t.Errorf("%d requests for 100 blocks", n)
	}
}

// Readers at the same time download every block once.
func TestConcurrentReads(t *testing.T) {
	content := noise(20 * testBlock)
	s := serve(t, content, nil)
	f := open(t, s.URL, settings(t.TempDir()))
	var all sync.WaitGroup
	for i := range 40 {
		all.Go(func() {
			b, off := make([]byte, 700), i*497%(19*testBlock)
			if _, err := f.ReadAt(b, int64(off)); err != nil || !bytes.Equal(b, content[off:off+700]) {
				t.Errorf("at %d: %v", off, err)
			}
		})
	}
	all.Wait()
	if f.Downloaded() > int64(len(content)) {
		t.Errorf("downloaded %d of %d", f.Downloaded(), len(content))
	}
}

// Whatever passes by itself is tried again; what came before is not asked for
// again, and every byte is right.
func TestTriedAgain(t *testing.T) {
	content := noise(10 * testBlock)
	refuse := func(code int, head ...string) func(http.ResponseWriter, *http.Request) {
		return func(w http.ResponseWriter, r *http.Request) {
			if len(head) > 0 {
				w.Header().Set("Retry-After", head[0])
			}
			w.WriteHeader(code)
		}
	}
	for name, bad := range map[string]func(http.ResponseWriter, *http.Request){
		"503":         refuse(503),
		"500":         refuse(500),
		"429":         refuse(429),
		"429, later":  refuse(429, "0"),
		"429, a date": refuse(429, time.Now().UTC().Format(http.TimeFormat)),
		"cut":         func(w http.ResponseWriter, r *http.Request) { part(w, r, content, 300) },
		"stalls": func(w http.ResponseWriter, r *http.Request) {
			part(w, r, content, 300)
			<-r.Context().Done()
		},
		"silent": func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
		"hangs up": func(w http.ResponseWriter, r *http.Request) {
			c, _, _ := w.(http.Hijacker).Hijack()
			c.Close()
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, content, func(n int, w http.ResponseWriter, r *http.Request) bool {
				if n%3 == 0 {
					return false
				}
				bad(w, r)
				return true
			})
			set := settings(t.TempDir())
			set.Client.Answer, set.Client.Stall = 30*time.Millisecond, 30*time.Millisecond
			f := open(t, s.URL, set)
			mustRead(t, f, content, 2500, 5000)
		})
	}
}

// What comes after a break is the rest.
func TestBreakGoesOn(t *testing.T) {
	content := noise(10 * testBlock)
	s := serve(t, content, nil)
	f := open(t, s.URL, settings(t.TempDir()))
	s.before = func(n int, w http.ResponseWriter, r *http.Request) bool {
		if n == 2 {
			part(w, r, content, 1700)
		}
		return n == 2
	}
	mustRead(t, f, content, 3000, 4000)
	if want := "bytes=3000-6999 bytes=4700-6999"; strings.Join(s.asked[1:], " ") != want {
		t.Errorf("asked for %v", s.asked[1:])
	}
}

// What does not pass is not tried again, and says what it is.
func TestRefused(t *testing.T) {
	content := noise(3 * testBlock)
	head := func(key, value string, code int) func(http.ResponseWriter) {
		return func(w http.ResponseWriter) {
			w.Header().Set("ETag", `"one"`)
			w.Header().Set(key, value)
			w.WriteHeader(code)
			w.Write(content[:testBlock])
		}
	}
	for name, c := range map[string]struct {
		answer func(http.ResponseWriter)
		tries  int
		want   string
	}{
		"404":          {func(w http.ResponseWriter) { w.WriteHeader(404) }, 1, "answers 404 Not Found"},
		"403":          {func(w http.ResponseWriter) { w.WriteHeader(403) }, 1, "answers 403"},
		"always 503":   {func(w http.ResponseWriter) { w.WriteHeader(503) }, 4, "503 Service Unavailable (tried 4 times)"},
		"come back":    {head("Retry-After", "7200", 503), 1, "asks for a pause of 2h0m0s"},
		"another part": {head("Content-Range", "bytes 1000-1999/3000", 206), 1, "which is another part"},
		"too large":    {head("Content-Range", "bytes 0-1999/3000", 206), 1, "which is another part"},
		"no range":     {head("Content-Range", "bytes twelve", 206), 1, "which is no range"},
		"no range yet": {func(w http.ResponseWriter) { w.WriteHeader(206) }, 1, "which is no range"},
		"backwards":    {head("Content-Range", "bytes 0-999/500", 206), 1, "another part"},
		"length lies": {func(w http.ResponseWriter) {
			w.Header().Set("Content-Length", "900")
			head("Content-Range", "bytes 0-999/3000", 206)(w)
		}, 1, "but a length of 900"},
		"coded":    {head("Content-Encoding", "gzip", 200), 1, "coded (gzip)"},
		"a circle": {head("Location", "/again", 302), 10, "leads from address to address"},
		"no size": {func(w http.ResponseWriter) {
			w.Write(content)
			w.(http.Flusher).Flush()
		}, 1, "does not say how long"},
	} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, content, func(n int, w http.ResponseWriter, r *http.Request) bool {
				c.answer(w)
				return true
			})
			folder := t.TempDir()
			_, err := Open(t.Context(), s.URL, settings(folder))
			wantError(t, err, c.want)
			if s.requests() != c.tries {
				t.Errorf("%d requests, want %d", s.requests(), c.tries)
			}
			if l := left(t, folder); len(l) > 0 {
				t.Errorf("left %v", l)
			}
		})
	}
}

// A length that is too long never comes to its end.
func TestLengthLies(t *testing.T) {
	content := noise(3 * testBlock)
	s := serve(t, content, func(n int, w http.ResponseWriter, r *http.Request) bool {
		part(w, r, content, 10*n) // some progress each time, never enough for new tries
		return true
	})
	_, err := Open(t.Context(), s.URL, settings(t.TempDir()))
	wantError(t, err, "broke off after 100 of 1000 bytes", "tried 4 times")
}

// Addresses that a server leads to expire: then the first one is asked again.
func TestRedirectExpires(t *testing.T) {
	content := noise(10 * testBlock)
	var hops, refused int
	s := serve(t, content, func(n int, w http.ResponseWriter, r *http.Request) bool {
		ticket := r.URL.Query().Get("ticket")
		switch {
		case ticket == "":
			hops++
			http.Redirect(w, r, fmt.Sprintf("/blob?ticket=%d", hops), http.StatusFound)
		case ticket != fmt.Sprint(hops) || n == 5:
			refused++
			w.WriteHeader(http.StatusForbidden)
		default:
			return false
		}
		return true
	})
	f := open(t, s.URL+"/asset", settings(t.TempDir()))
	mustRead(t, f, content, 2*testBlock, 10) // the third request goes to the blob itself
	hops = 7                                 // the ticket has expired
	mustRead(t, f, content, 5*testBlock, 10)
	if hops != 8 || refused != 1 {
		t.Errorf("followed %d times, refused %d times; asked %v", hops, refused, s.asked)
	}
}

// A file that changes is noticed, within an opening and between two, and never
// mixed.
func TestChanges(t *testing.T) {
	one, two := noise(5*testBlock), bytes.Repeat([]byte("two"), 5*testBlock/3+1)[:5*testBlock]
	s := serve(t, one, nil)
	set := settings(t.TempDir())
	f := open(t, s.URL, set)
	mustRead(t, f, one, 3*testBlock, 10)
	s.change(two, `"two"`)
	_, err := f.ReadAt(make([]byte, 10), 2*testBlock)
	if changed, ok := errors.AsType[*ChangedError](err); !ok || !strings.Contains(changed.Error(), `(it was 5000 bytes, "one" and is 5000 bytes, "two")`) {
		t.Errorf("error %v, want a ChangedError", err)
	}
	s.change(one[:4*testBlock], `"one"`) // a shorter one that claims to be the same
	_, err = f.ReadAt(make([]byte, 10), 4*testBlock)
	if _, ok := errors.AsType[*ChangedError](err); !ok {
		t.Errorf("error %v, want a ChangedError", err)
	}
	s.change(two, `"two"`)
	f = open(t, s.URL, set)
	mustRead(t, f, two, 3*testBlock, 10)
	mustRead(t, f, two, 0, 5*testBlock)
	s.change(one, `"one"`)
	n := s.requests()
	f = open(t, s.URL, set)
	mustRead(t, f, one, 3*testBlock, 10)
	if s.requests() != n+1 {
		t.Error("the block of the first version is gone")
	}
}

// Without a version, nothing outlives the opening.
func TestNoVersion(t *testing.T) {
	content := noise(5 * testBlock)
	for _, etag := range []string{"", `W/"weak"`} {
		s := serve(t, content, nil)
		s.etag = etag
		set := settings(t.TempDir())
		f := open(t, s.URL, set)
		mustRead(t, f, content, 0, 5*testBlock)
		n := s.requests()
		mustRead(t, f, content, 0, 5*testBlock)
		if s.requests() != n {
			t.Error("asked for again while it is open")
		}
		f.Close()
		if l := left(t, set.Folder); len(l) > 0 {
			t.Errorf("left %v", l)
		}
	}
}

// A server that gives no parts gives the whole, once, if that may be.
func TestNoParts(t *testing.T) {
	content := noise(20 * testBlock)
	whole := func(n int, w http.ResponseWriter, r *http.Request) bool {
		w.Header().Set("ETag", `"one"`)
		w.Header().Set("Content-Length", fmt.Sprint(len(content)))
		w.Write(content)
		return true
	}
	s := serve(t, content, whole)
	set := settings(t.TempDir())
	f := open(t, s.URL, set)
	mustRead(t, f, content, 7*testBlock, 3*testBlock)
	mustRead(t, f, content, 17*testBlock, 3*testBlock)
	if s.requests() != 2 {
		t.Errorf("%d requests", s.requests())
	}
	s = serve(t, content, whole)
	set.Limit = 19 * testBlock
	_, err := Open(t.Context(), s.URL, set)
	wantError(t, err, "gives no parts of files", "20 kB would be downloaded", "may download 19 kB")
	if _, ok := errors.AsType[*LimitError](err); !ok {
		t.Errorf("%T", err)
	}
}

// One that stops giving parts is not read from the beginning each time.
func TestNoMoreParts(t *testing.T) {
	content := noise(20 * testBlock)
	s := serve(t, content, func(n int, w http.ResponseWriter, r *http.Request) bool {
		if n > 1 {
			w.Header().Set("ETag", `"one"`)
			w.Header().Set("Content-Length", fmt.Sprint(len(content)))
			w.Write(content)
		}
		return n > 1
	})
	f := open(t, s.URL, settings(t.TempDir()))
	_, err := f.ReadAt(make([]byte, 10), 15*testBlock)
	wantError(t, err, "now gives it whole")
}

func TestLimit(t *testing.T) {
	content := noise(20 * testBlock)
	s := serve(t, content, nil)
	set := settings(t.TempDir())
	set.Limit = 5 * testBlock
	f := open(t, s.URL, set)
	mustRead(t, f, content, 5*testBlock, 2*testBlock)
	n := s.requests()
	_, err := f.ReadAt(make([]byte, 3*testBlock), 10*testBlock)
	limit, ok := errors.AsType[*LimitError](err)
	if !ok || limit.Bytes != 6*testBlock || s.requests() != n {
		t.Errorf("error %v after %d requests", err, s.requests()-n)
	}
	mustRead(t, f, content, 0, testBlock) // what is here can be read
}

// The folder holds the blocks that were used last.
func TestEviction(t *testing.T) {
	content := noise(20 * testBlock)
	s := serve(t, content, nil)
	root := t.TempDir()
	set := settings(filepath.Join(root, cache.Blocks))
	set.Trim = func() { cache.Trim(root, 5*(testBlock+4)) }
	f := open(t, s.URL, set)
	for i := range 20 {
		mustRead(t, f, content, i*testBlock, testBlock)
		time.Sleep(2 * time.Millisecond)
	}
	f.Close()
	if l := left(t, set.Folder); len(l) != 5 || filepath.Base(l[0]) != "00000015" {
		t.Errorf("left %v", l)
	}
	cache.Trim(root, 0)
	if l, err := os.ReadDir(set.Folder); err != nil || len(l) != 0 {
		t.Errorf("left %v, %v", l, err)
	}
	f = open(t, s.URL, set)
	mustRead(t, f, content, 0, 20*testBlock) // more than may be kept
}

// A block that the disk has damaged comes again.
func TestDamagedBlock(t *testing.T) {
	content := noise(3 * testBlock)
	s := serve(t, content, nil)
	set := settings(t.TempDir())
	f := open(t, s.URL, set)
	mustRead(t, f, content, 0, 3*testBlock)
	f.Close()
	for _, path := range left(t, set.Folder) {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		b[len(b)/2] ^= 1
		if err := os.WriteFile(path, b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	mustRead(t, open(t, s.URL, set), content, 0, 3*testBlock)
}

func TestEmptyFile(t *testing.T) {
	s := serve(t, nil, nil)
	f := open(t, s.URL, settings(t.TempDir()))
	if n, err := f.ReadAt(make([]byte, 1), 0); f.Size() != 0 || n != 0 || err != io.EOF {
		t.Errorf("size %d, read %d, %v", f.Size(), n, err)
	}
}

func TestOffline(t *testing.T) {
	s := serve(t, nil, nil)
	s.Close()
	began := time.Now()
	_, err := Open(t.Context(), s.URL, settings(t.TempDir()))
	wantError(t, err, "there is no connection to 127.0.0.1", "offline")
	if _, ok := errors.AsType[*OfflineError](err); !ok || time.Since(began) > time.Second {
		t.Errorf("%T after %v", err, time.Since(began))
	}
	for _, address := range []string{"", "file.nwb", "ftp://host/file", "https://", "http://[::1", "/folder/file"} {
		_, err := Open(t.Context(), address, settings(t.TempDir()))
		wantError(t, err, "is no web address")
	}
}

// A proxy that does not answer is the same.
func TestNoProxy(t *testing.T) {
	s := serve(t, nil, nil)
	s.Close()
	set := settings(t.TempDir())
	set.Client = set.Client.connected()
	src, err := set.Client.source("https://archive.test/file")
	if err != nil {
		t.Fatal(err)
	}
	proxy, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	set.Client.http.Transport.(*http.Transport).Proxy = http.ProxyURL(proxy)
	err = src.stream(t.Context(), whole, nil)
	if _, ok := errors.AsType[*OfflineError](err); !ok {
		t.Errorf("%T: %v", err, err)
	}
}

// A context that ends stops a read at once, in a body and in a pause.
func TestCancel(t *testing.T) {
	content := noise(3 * testBlock)
	for name, bad := range map[string]func(w http.ResponseWriter, r *http.Request){
		"in a body": func(w http.ResponseWriter, r *http.Request) {
			part(w, r, content, 10)
			<-r.Context().Done()
		},
		"in a pause": func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(503) },
	} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, content, func(n int, w http.ResponseWriter, r *http.Request) bool {
				if n > 1 {
					bad(w, r)
				}
				return n > 1
			})
			ctx, cancel := context.WithCancel(t.Context())
			set := settings(t.TempDir())
			set.Client = Default()
			f, err := Open(ctx, s.URL, set)
			if err != nil {
				t.Fatal(err)
			}
			time.AfterFunc(30*time.Millisecond, cancel)
			began := time.Now()
			_, err = f.ReadAt(make([]byte, 10), 2*testBlock)
			if !errors.Is(err, context.Canceled) || time.Since(began) > time.Second {
				t.Errorf("%v after %v", err, time.Since(began))
			}
		})
	}
}

// Close ends a read that is under way, and later ones say so.
func TestClose(t *testing.T) {
	content := noise(3 * testBlock)
	s := serve(t, content, func(n int, w http.ResponseWriter, r *http.Request) bool {
		if n > 1 {
			<-r.Context().Done()
		}
		return n > 1
	})
	f := open(t, s.URL, settings(t.TempDir()))
	time.AfterFunc(20*time.Millisecond, func() { f.Close() })
	for range 2 {
		_, err := f.ReadAt(make([]byte, 10), 2*testBlock)
		wantError(t, err, "is closed")
	}
}

// The version that the server has can be refused.
func TestCheck(t *testing.T) {
	s := serve(t, noise(10), nil)
	set := settings(t.TempDir())
	set.Check = func(i Identity) error {
		if i.ETag != `"one"` || i.Size != 10 {
			t.Errorf("%+v", i)
		}
		return errors.New("not this one")
	}
	_, err := Open(t.Context(), s.URL, set)
	wantError(t, err, "not this one")
}

// An address without encryption is not asked, and none that a server leads to.
func TestEncryption(t *testing.T) {
	for _, address := range []string{"http://archive.test/a", "http://127.0.0.1.archive.test/a", "http://localhost.archive.test/a", "http://10.0.0.1/a", "HTTP://archive.test"} {
		_, err := Open(t.Context(), address, settings(t.TempDir()))
		wantError(t, err, "without encryption", "https://")
		_, err = Default().Bytes(t.Context(), address, 10)
		wantError(t, err, "without encryption")
	}
	for _, address := range []string{"file:///etc/passwd", "ftp://archive.test/a", "/etc/passwd", "https:///a", "unix:///run/docker.sock"} {
		_, err := Open(t.Context(), address, settings(t.TempDir()))
		wantError(t, err, "is no web address")
	}
	for _, c := range []struct{ from, to, want string }{
		{"https://archive.test/a", "http://elsewhere.test/b", "without encryption at elsewhere.test"},
		{"https://archive.test/a", "http://127.0.0.1/b", "without encryption at 127.0.0.1"},
		{"http://127.0.0.1/a", "http://elsewhere.test/b", "without encryption at elsewhere.test"},
		{"https://archive.test/a", "file:///etc/passwd", "no web address"},
		{"http://localhost/a", "ftp://archive.test/b", "no web address"},
		{"https://archive.test/a", "https://elsewhere.test/b", ""},
		{"http://[::1]/a", "https://archive.test/b", ""},
	} {
		from, _ := http.NewRequest("GET", c.from, nil)
		to, _ := http.NewRequest("GET", c.to, nil)
		if err := checkRedirect(to, []*http.Request{from}); c.want != "" {
			wantError(t, err, c.want)
		} else if err != nil {
			t.Errorf("%s leads to %s: %v", c.from, c.to, err)
		}
	}
	// The whole way, by a server that leads elsewhere.
	for _, to := range []string{"http://elsewhere.test/b", "file:///etc/passwd"} {
		s := serve(t, noise(10), func(_ int, w http.ResponseWriter, r *http.Request) bool {
			w.Header().Set("Location", to)
			w.WriteHeader(http.StatusFound)
			return true
		})
		if _, err := Open(t.Context(), s.URL, settings(t.TempDir())); err == nil || s.requests() != 1 {
			t.Errorf("%s: %v after %d requests", to, err, s.requests())
		}
	}
}

// BenchmarkRead is a file of 64 MB read from front to back, against the same by
// plain HTTP.
func BenchmarkRead(b *testing.B) {
	content := noise(64 << 20)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"one"`)
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
	}))
	defer server.Close()
	b.Run("blocks", func(b *testing.B) {
		b.SetBytes(64 << 20)
		for b.Loop() {
			f, err := Open(b.Context(), server.URL, Settings{Client: Default(), Folder: b.TempDir(), Block: 1 << 17, Limit: 1e9})
			if err != nil {
				b.Fatal(err)
			}
			if _, err := io.Copy(io.Discard, io.NewSectionReader(f, 0, f.Size())); err != nil {
				b.Fatal(err)
			}
			f.Close()
		}
	})
	b.Run("plain", func(b *testing.B) {
		b.SetBytes(64 << 20)
		for b.Loop() {
			r, err := http.Get(server.URL)
			if err != nil {
				b.Fatal(err)
			}
			if _, err := io.Copy(io.Discard, r.Body); err != nil {
				b.Fatal(err)
			}
			r.Body.Close()
		}
	})
}
