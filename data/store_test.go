package data

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/spikewalk/spikewalk/data/internal/remote"
)

// A recording of the tests' own, whose content they know.
var (
	testContent = bytes.Repeat([]byte("spikes and rates\n"), 5000)
	testItem    = listing{name: "walk", file: "walk_data.mat", size: int64(len(testContent)), sha256: sumOf(testContent)}
)

func sumOf(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// homes points the environment at empty folders and returns the cache.
func homes(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	t.Setenv(dataVariable, "")
	t.Setenv(cacheVariable, dir)
	return dir
}

// serve returns a store whose publisher is a server on this machine.
func serve(t *testing.T, handler http.HandlerFunc) store {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return store{server.URL, quickClient}
}

// quickClient is a client that has no patience.
var quickClient = remote.Client{Tries: 3, Answer: time.Second, Stall: time.Second, Pause: time.Millisecond, LongestPause: time.Second}

// offline is a store whose publisher does not answer.
func offline(t *testing.T) store {
	t.Helper()
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	return store{address: server.URL} // as patient as users
}

func write(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
}

// files lists all files under a folder.
func files(t *testing.T, dir string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
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

// wantError checks an error's text.
func wantError(t *testing.T, err error, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("error %v, want %q in it", err, part)
		}
	}
}

// The user's folder comes first, flat or as a clone of the repository; what
// is not in it is looked for in the cache.
func TestSearchOrder(t *testing.T) {
	cache := homes(t)
	own := t.TempDir()
	kept := filepath.Join(cache, "data", testItem.file)
	write(t, kept, testContent)
	for _, want := range []string{kept, filepath.Join(own, "walk", testItem.file), filepath.Join(own, testItem.file)} {
		t.Setenv(dataVariable, own)
		write(t, want, testContent)
		got, err := offline(t).get(t.Context(), testItem, nil)
		if err != nil || got.path != want {
			t.Errorf("got %s, %v; want %s", got.path, err, want)
		}
	}
}

// A file that is there and wrong is an error wherever it lies, although the
// next place has a good one.
func TestWrongFile(t *testing.T) {
	cache := homes(t)
	own := t.TempDir()
	s := serve(t, func(w http.ResponseWriter, r *http.Request) { w.Write(testContent) })
	kept := filepath.Join(cache, "data", testItem.file)
	write(t, kept, testContent[1:])
	_, err := s.get(t.Context(), testItem, nil)
	wantError(t, err, kept, "expected SHA-256 "+testItem.sha256, "found "+sumOf(testContent[1:]), "delete it")
	write(t, kept, testContent)
	t.Setenv(dataVariable, own)
	write(t, filepath.Join(own, testItem.file), nil)
	_, err = s.get(t.Context(), testItem, nil)
	wantError(t, err, filepath.Join(own, testItem.file), "unset SPIKEWALK_DATA")
	if _, ok := errors.AsType[*ChecksumError](err); !ok {
		t.Errorf("%T, want a ChecksumError", err)
	}
}

// A wrong file is hashed, not held.
func TestLargeWrongFile(t *testing.T) {
	path := filepath.Join(homes(t), "data", testItem.file)
	write(t, path, nil)
	if err := os.Truncate(path, 100e6); err != nil {
		t.Fatal(err)
	}
	var err error
	if peak := peakHeap(func() { _, err = offline(t).get(t.Context(), testItem, nil) }); peak > 5e6 {
		t.Errorf("took %d bytes", peak)
	}
	if wrong, ok := errors.AsType[*ChecksumError](err); !ok || wrong.Where != path {
		t.Errorf("error %v, want a ChecksumError", err)
	}
}

// A folder that the user names must be one.
func TestWrongFolder(t *testing.T) {
	cache := homes(t)
	write(t, filepath.Join(cache, "data", testItem.file), testContent)
	t.Setenv(dataVariable, filepath.Join(cache, "mistyped"))
	_, err := offline(t).get(t.Context(), testItem, nil)
	wantError(t, err, "SPIKEWALK_DATA", "mistyped")
	t.Setenv(dataVariable, filepath.Join(cache, "data", testItem.file))
	_, err = offline(t).get(t.Context(), testItem, nil)
	wantError(t, err, "SPIKEWALK_DATA", "no folder")
}

// Where recordings are not to be looked for there are none, though there is
// one in the cache and a publisher to answer; the reason names no path.
func TestNowhere(t *testing.T) {
	cache := homes(t)
	kept := filepath.Join(cache, "data", testItem.file)
	write(t, kept, testContent)
	t.Setenv(FolderEnv, Nowhere)
	s := serve(t, func(http.ResponseWriter, *http.Request) { t.Error("the publisher was asked") })
	found, err := s.get(t.Context(), testItem, nil)
	if _, ok := errors.AsType[*UnavailableError](err); !ok || found.path != "" {
		t.Errorf("found %q, %v", found.path, err)
	}
	wantError(t, err, "SPIKEWALK_DATA is none", "unset it")
	synthetic, err := s.cyclingOrSynthetic(t.Context(), 1)
	if err != nil || !synthetic.Source.Synthetic || strings.Contains(synthetic.Source.Reason, cache) {
		t.Errorf("%+v, %v", synthetic, err)
	}
	for _, info := range s.list() {
		if info.Path != "" || info.Problem != "" {
			t.Errorf("%+v", info)
		}
	}
}

func TestListAndFetch(t *testing.T) {
	cache := homes(t)
	wrong := filepath.Join(cache, "data", reaching.file)
	write(t, wrong, []byte("?"))
	infos := List()
	for _, set := range infos[2:] {
		if !set.Set || set.Path != "" || !strings.HasPrefix(set.Address, "https://") || !strings.HasPrefix(set.Licence, "read from") && set.Licence != "on its page" {
			t.Errorf("%+v", set)
		}
	}
	infos = infos[:2]
	if infos[0].Name != "cycling" || infos[1].Name != "reaching" {
		t.Fatalf("%+v", infos)
	}
	for _, info := range infos {
		if info.Path != "" || info.Size < 10000 || len(info.SHA256) != 64 || info.Licence != "Apache-2.0" ||
			!strings.HasSuffix(info.Address, "/"+info.Name+"/"+info.File) {
			t.Errorf("%+v", info)
		}
	}
	if infos[0].Problem != "" || !strings.Contains(infos[1].Problem, wrong) {
		t.Errorf("problems %q and %q", infos[0].Problem, infos[1].Problem)
	}
	_, err := Fetch(t.Context(), "cycle", nil)
	wantError(t, err, `"cycle"`, "cycling, reaching")
	_, err = Fetch(t.Context(), "zenodo:3854034", nil)
	wantError(t, err, "by hand", "https://zenodo.org/records/3854034")
	_, err = serve(t, http.NotFound).fetchNamed(t.Context(), "cycling", nil)
	wantError(t, err, "404")
	_, err = Fetch(t.Context(), "reaching", nil) // finds the wrong file, asks nobody
	wantError(t, err, wrong, "delete it")
}
