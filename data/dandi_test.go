package data

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// fakeDANDI is an archive with a few data sets. Its files are given out under
// signed addresses, as Amazon does it.
type fakeDANDI struct {
	*httptest.Server
	mu      sync.Mutex
	answers map[string]string // by path of the interface
	files   map[string][]byte // by identifier
	asked   []string
}

func serveDANDI(t *testing.T) *fakeDANDI {
	t.Helper()
	f := &fakeDANDI{answers: map[string]string{}, files: map[string][]byte{}}
	f.Server = httptest.NewServer(f)
	t.Cleanup(f.Close)
	t.Setenv(dandiVariable, f.URL+"/api/")
	return f
}

func (f *fakeDANDI) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	f.asked = append(f.asked, r.URL.RequestURI())
	f.mu.Unlock()
	if id, ok := strings.CutPrefix(r.URL.Path, "/blobs/"); ok && r.URL.Query().Get("Signature") == "yes" {
		w.Header().Set("ETag", `"`+id+`"`)
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(f.files[id]))
		return
	}
	path := strings.TrimPrefix(r.URL.Path, "/api")
	if id, ok := strings.CutPrefix(path, "/assets/"); ok {
		http.Redirect(w, r, "/blobs/"+strings.TrimSuffix(id, "/download/")+"?Signature=yes", http.StatusFound)
		return
	}
	if page := r.URL.Query().Get("page"); page != "" {
		path += "?page=" + page
	}
	answer, ok := f.answers[path]
	switch {
	case answer == "embargoed":
		w.WriteHeader(http.StatusUnauthorized)
	case !ok:
		http.NotFound(w, r)
	default:
		io.WriteString(w, answer)
	}
}

// asset writes a file as the archive lists it, and publishes it.
func (f *fakeDANDI) asset(path string, content []byte, digests map[string]string) string {
	id := fmt.Sprintf("id-%d", len(f.files))
	f.files[id] = content
	b, err := json.Marshal(map[string]any{
		"asset_id": id, "blob": id, "zarr": nil, "path": path, "size": len(content), "created": "2023-12-20",
		"metadata": map[string]any{"path": path, "digest": digests, "contentUrl": []string{"https://elsewhere.test"}},
	})
	if err != nil {
		panic(err)
	}
	return string(b)
}

const testRecord = `{"id": "DANDI:000941/0.231220.2241", "identifier": "DANDI:000941", "name": "FALCON M1", "version": "0.231220.2241",
	"license": ["spdx:CC-BY-4.0"], "citation": "Rouse, A. (2023) FALCON M1", "doi": "10.48324/dandi.000941/0.231220.2241",
	"access": [{"status": "dandi:OpenAccess", "schemaKey": "AccessRequirements"}],
	"contributor": [{"name": "Rouse, Adam", "email": "a@b.org", "roleName": ["dcite:Author", "dcite:ContactPerson"]}, {"name": "Other", "roleName": ["dcite:Author"]}, {"name": "None"}]}`

// falcon is a data set with a published version, whose list has two pages.
func falcon(t *testing.T) (*fakeDANDI, [][]byte) {
	f := serveDANDI(t)
	contents := [][]byte{bytes.Repeat([]byte("one"), 70_000), []byte("two"), []byte("three"), []byte("four")}
	version := "/dandisets/000941/versions/0.231220.2241/"
	f.answers["/dandisets/000941/"] = `{"identifier": "000941", "draft_version": {"version": "draft"}, "most_recent_published_version": {"version": "0.231220.2241"}}`
	f.answers[version] = testRecord
	f.answers[version+"assets/"] = fmt.Sprintf(`{"count": 4, "next": "%s/api%sassets/?page=2", "results": [%s, %s]}`, f.URL, version,
		f.asset("sub-L/b.nwb", contents[1], map[string]string{"dandi:dandi-etag": etagOf(contents[1])}),
		f.asset("sub-L/a.nwb", contents[0], map[string]string{"dandi:dandi-etag": "no matter", "dandi:sha2-256": sumOf(contents[0])}))
	f.answers[version+"assets/?page=2"] = fmt.Sprintf(`{"count": null, "next": null, "results": [%s, %s, %s]}`,
		f.asset("sub-L2/c.nwb", contents[2], map[string]string{"dandi:sha2-256": sumOf(contents[3])}),
		f.asset("new.nwb", contents[3], nil),
		`{"asset_id": "z", "zarr": "z", "blob": null, "path": "folder.zarr", "size": 5, "metadata": {}}`)
	return f, contents
}

func etagOf(content []byte) string {
	e := newETag(int64(len(content)))
	e.Write(content)
	return e.text()
}

func TestDANDI(t *testing.T) {
	homes(t)
	falcon(t)
	for _, name := range []string{"941", "000941", "DANDI:000941", "dandi:000941/0.231220.2241", " https://dandiarchive.org/dandiset/000941/0.231220.2241/"} {
		d, err := DANDI(t.Context(), name)
		if err != nil {
			t.Fatal(name, err)
		}
		if d.ID != "000941" || d.Version != "0.231220.2241" || d.Name != "FALCON M1" || d.Terms() != "CC-BY-4.0" || d.DOI != "10.48324/dandi.000941/0.231220.2241" ||
			d.Citation != "Rouse, A. (2023) FALCON M1" || d.Access != "open" || len(d.Contacts) != 1 || d.Contacts[0] != "Rouse, Adam <a@b.org>" {
			t.Errorf("%+v", d)
		}
		var paths []string
		for _, a := range d.Assets {
			paths = append(paths, a.Path)
		}
		if got := strings.Join(paths, " "); got != "folder.zarr new.nwb sub-L/a.nwb sub-L/b.nwb sub-L2/c.nwb" {
			t.Errorf("files %s", got)
		}
	}
	for path, want := range map[string]int{"sub-L": 2, "sub-L/": 2, "sub-L/a.nwb": 1, "new.nwb": 1} {
		d, err := DANDI(t.Context(), "dandi:941/"+path)
		if err != nil || len(d.Assets) != want {
			t.Errorf("%s: %+v, %v", path, d, err)
		}
	}
	_, err := DANDI(t.Context(), "dandi:941/sub-L/e.nwb")
	wantError(t, err, `no file or folder "sub-L/e.nwb"`, "did you mean sub-L/a.nwb or sub-L/b.nwb")
}

// One file is chosen by its path, or by what only its path holds.
func TestAssetOfDandiset(t *testing.T) {
	homes(t)
	falcon(t)
	d, err := DANDI(t.Context(), "941")
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"sub-L/a.nwb", "/a.", "a.nwb"} {
		if a, err := d.Asset(part); err != nil || a.Path != "sub-L/a.nwb" || a.String() != "dandi:000941/0.231220.2241/sub-L/a.nwb" {
			t.Errorf("%s: %v, %v", part, a, err)
		}
	}
	_, err = d.Asset("sub-L")
	wantError(t, err, "3 files of dandiset 000941", "sub-L/a.nwb, sub-L/b.nwb and sub-L2/c.nwb")
	_, err = d.Asset("*.nwb")
	wantError(t, err, `no file "*.nwb"`)
	_, err = d.Asset("")
	wantError(t, err, "5 files", "and 1 more")
}

// Files are downloaded once, verified, and then found without the network.
func TestFetchAsset(t *testing.T) {
	cache := homes(t)
	f, contents := falcon(t)
	d, err := DANDI(t.Context(), "941")
	if err != nil {
		t.Fatal(err)
	}
	fetch := func(part string, options ...TransferOption) (string, error) {
		a, err := d.Asset(part)
		if err != nil {
			t.Fatal(err)
		}
		return a.Fetch(t.Context(), options...)
	}
	for i, part := range []string{"a.nwb", "b.nwb"} { // by SHA-256, and by dandi-etag
		path, err := fetch(part)
		if want := filepath.Join(cache, "data", "dandi", "000941", "0.231220.2241", "sub-L", part); err != nil || path != want {
			t.Fatalf("%s, %v", path, err)
		}
		if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, contents[i]) {
			t.Error(err)
		}
		n := len(f.asked)
		if again, err := fetch(part); err != nil || again != path || len(f.asked) != n {
			t.Errorf("again: %s, %v, %d requests", again, err, len(f.asked)-n)
		}
		write(t, path, contents[3])
		_, err = fetch(part)
		wantError(t, err, path, "delete it")
	}
	_, err = fetch("c.nwb")
	if wrong, ok := errors.AsType[*ChecksumError](err); !ok || wrong.Want != sumOf(contents[3]) {
		t.Errorf("error %v, want a ChecksumError", err)
	}
	_, err = fetch("new.nwb")
	wantError(t, err, "no checksum")
	_, err = fetch("zarr")
	wantError(t, err, "Zarr")
	own := t.TempDir()
	t.Setenv(dataVariable, own)
	path := filepath.Join(own, "000941", "sub-L", "a.nwb")
	write(t, path, contents[0])
	if got, err := fetch("a.nwb"); err != nil || got != path {
		t.Errorf("%s, %v", got, err)
	}
	write(t, path, contents[1])
	_, err = fetch("a.nwb")
	wantError(t, err, "another version")
}

// What cannot be fetched is said before anything is.
func TestFetchDandisetRefuses(t *testing.T) {
	cache := homes(t)
	falcon(t)
	d, err := DANDI(t.Context(), "941")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"folder.zarr is a folder in the Zarr format", "no checksum of dandi:000941/0.231220.2241/new.nwb"} {
		_, err = d.Fetch(t.Context())
		wantError(t, err, want)
		d.Assets = d.Assets[1:]
	}
	if l := files(t, cache); len(l) > 0 {
		t.Errorf("downloaded %v", l)
	}
}

// All files of a folder are fetched together, within one limit.
func TestFetchDandiset(t *testing.T) {
	homes(t)
	_, contents := falcon(t)
	d, err := DANDI(t.Context(), "941/sub-L")
	if err != nil {
		t.Fatal(err)
	}
	_, err = d.Fetch(t.Context(), Limit(210_002))
	wantError(t, err, "dandiset 000941: 210 kB would be downloaded", "SPIKEWALK_DOWNLOAD_MB=1")
	var done, total int64
	paths, err := d.Fetch(t.Context(), Limit(210_003), Progress(func(d, n int64) { done, total = d, n }))
	if err != nil || len(paths) != 2 || done != 210_003 || total != 210_003 {
		t.Errorf("%v, %v; reported %d of %d", paths, err, done, total)
	}
	if again, err := d.Fetch(t.Context(), Limit(0)); err != nil || len(again) != 2 {
		t.Errorf("what is here needs no download: %v, %v", again, err)
	}
	path, err := Fetch(t.Context(), "dandi:000941/sub-L/a.nwb", nil)
	if err != nil || path != paths[0] {
		t.Errorf("%s, %v", path, err)
	}
	if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, contents[0]) {
		t.Error(err)
	}
	_, err = Fetch(t.Context(), "dandi:941/sub-L", nil)
	wantError(t, err, "has 2 files: name one of them, such as dandi:000941/0.231220.2241/sub-L/a.nwb")
}

func TestOpenAsset(t *testing.T) {
	homes(t)
	f, contents := falcon(t)
	d, err := DANDI(t.Context(), "941")
	if err != nil {
		t.Fatal(err)
	}
	a, err := d.Asset("a.nwb")
	if err != nil {
		t.Fatal(err)
	}
	r, err := a.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if got, err := io.ReadAll(io.NewSectionReader(r, 0, r.Size())); err != nil || !bytes.Equal(got, contents[0]) {
		t.Error(err)
	}
	f.files["id-1"] = contents[2]
	_, err = a.Open(t.Context())
	wantError(t, err, "has 210000 bytes in the archive's record, and 5 where it is kept")
}

// What a record lacks is said and not guessed.
func TestRecords(t *testing.T) {
	homes(t)
	f := serveDANDI(t)
	f.answers["/dandisets/000007/"] = `{"identifier": "000007", "most_recent_published_version": null}`
	f.answers["/dandisets/000007/versions/draft/assets/"] = `{"results": []}`
	for record, want := range map[string]string{
		`{"name": "Bare"}`:                  "no licence in its record ",
		`{"license": []}`:                   "no licence in its record ",
		`{"license": ""}`:                   "no licence in its record ",
		`{"license": "spdx:CC0-1.0"}`:       "CC0-1.0 ",
		`{"license": ["spdx:a", "b", "c"]}`: "a, b and c ",
		`{"access": [{"status": "dandi:EmbargoedAccess", "embargoedUntil": "2027-01-01"}]}`: "no licence in its record embargoed until 2027-01-01",
		`{"access": [{"status": "by appointment"}]}`:                                        "no licence in its record by appointment",
	} {
		f.answers["/dandisets/000007/versions/draft/"] = record
		d, err := DANDI(t.Context(), "7")
		if err != nil || d.Version != "draft" || d.Terms()+" "+d.Access != want || len(d.Assets) != 0 {
			t.Errorf("%s: %+v, %v", record, d, err)
		}
	}
	for record, want := range map[string]string{
		`<html>log in</html>`:            "log-in page",
		`{"license": 3}`:                 "sends no record",
		`{"identifier": "DANDI:000008"}`: "record of DANDI:000008 instead of dandiset 000007",
	} {
		f.answers["/dandisets/000007/versions/draft/"] = record
		_, err := DANDI(t.Context(), "7")
		wantError(t, err, want)
	}
}

// A draft that changed is downloaded anew.
func TestDraftChanges(t *testing.T) {
	homes(t)
	f := serveDANDI(t)
	f.answers["/dandisets/000007/versions/draft/"] = `{}`
	for _, content := range []string{"before", "after"} {
		f.answers["/dandisets/000007/versions/draft/assets/"] = `{"results": [` +
			f.asset("a.nwb", []byte(content), map[string]string{"dandi:sha2-256": sumOf([]byte(content))}) + `]}`
		path, err := Fetch(t.Context(), "dandi:7/draft/a.nwb", nil)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != content {
			t.Errorf("%s, %v", got, err)
		}
	}
}

// Lists that a user does not want to wait for, or that lead elsewhere.
func TestLists(t *testing.T) {
	homes(t)
	f := serveDANDI(t)
	f.answers["/dandisets/000007/versions/draft/"] = `{}`
	for list, want := range map[string]string{
		`{"next": "/api/dandisets/000007/versions/draft/assets/?page=1", "results": []}`: "a list that does not end",
		`{"next": "https://elsewhere.test/", "results": []}`:                             "which is not the archive",
		`{"results": [{"path": "", "size": 3}]}`:                                         `the path ""`,
		`{"results": [{"path": "a", "size": -3}]}`:                                       "-3 bytes",
	} {
		f.answers["/dandisets/000007/versions/draft/assets/"] = list
		f.answers["/dandisets/000007/versions/draft/assets/?page=1"] = list
		_, err := DANDI(t.Context(), "7/draft")
		wantError(t, err, want)
	}
	f.answers["/dandisets/000007/versions/draft/assets/"] = `{"results": [` + f.asset("../../a", []byte("a"), map[string]string{"dandi:sha2-256": sumOf([]byte("a"))}) + `]}`
	_, err := Fetch(t.Context(), "dandi:7/draft", nil)
	wantError(t, err, "cannot be kept under its name")
}

func TestDANDIRefuses(t *testing.T) {
	homes(t)
	f := serveDANDI(t)
	f.answers["/dandisets/000007/"] = "embargoed"
	f.answers["/dandisets/000008/versions/0.1.2/"] = "embargoed"
	for name, want := range map[string]string{
		"7":                "dandiset 000007 is under embargo",
		"8/0.1.2":          "dandiset 000008 is under embargo",
		"9":                "the archive has no dandiset 000009",
		"9/0.1.2/a.nwb":    "no version 0.1.2 of dandiset 000009",
		"":                 "names no data set of the DANDI archive",
		"dandi:":           "names no data set",
		"1234567":          "names no data set",
		"MC_Maze":          "names no data set",
		"dandi:12a/draft":  "names no data set",
		"-1":               "names no data set",
		"https://host/941": "names no data set",
	} {
		_, err := DANDI(t.Context(), name)
		wantError(t, err, want)
	}
	f.Close()
	_, err := DANDI(t.Context(), "941")
	if _, ok := errors.AsType[*UnavailableError](err); !ok {
		t.Errorf("error %v, want an UnavailableError", err)
	}
	wantError(t, err, "go online once")
	t.Setenv(FolderEnv, Nowhere)
	_, err = DANDI(t.Context(), "941")
	wantError(t, err, "SPIKEWALK_DATA is none")
	var d *Dandiset
	var a *Asset
	_, err = d.Fetch(t.Context())
	wantError(t, err, "no dandiset")
	_, err = a.Fetch(t.Context())
	wantError(t, err, "no asset")
	_, err = new(Asset).Open(t.Context())
	wantError(t, err, "no asset")
}

// Values of the archive's own program (dandischema/digests/tests).
func TestETag(t *testing.T) {
	const mb = 1 << 20
	for _, c := range []struct {
		size  int64
		part  int64
		parts int64
	}{{1, 64 * mb, 1}, {64 * mb, 64 * mb, 1}, {70 * mb, 64 * mb, 2}, {640 * mb, 64 * mb, 10}, {5 << 40, 549755814, 10000}} {
		if e := newETag(c.size); e.part != c.part || (c.size-1)/e.part+1 != c.parts {
			t.Errorf("%d bytes: parts of %d", c.size, e.part)
		}
	}
	for text, want := range map[string]string{
		"123": "d022646351048ac0ba397d12dfafa304-1", "\x00": "7e4696ef25d5faececd853ce5e2a233b-1", "": "d41d8cd98f00b204e9800998ecf8427e-0",
	} {
		if got := etagOf([]byte(text)); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
	e, some := newETag(130*mb), make([]byte, 10*mb)
	for range 13 {
		e.Write(some)
	}
	if got := e.text(); got != "4dc80858c50371577551592f20ac0075-3" {
		t.Errorf("130 MB of zeros: %s", got)
	}
}

// A name that is read is written so that it is read again.
func FuzzNameOfDandiset(f *testing.F) {
	for _, name := range []string{"941", "DANDI:000941/0.1.2/a/b.nwb", "dandi:7/draft", "https://dandiarchive.org/dandiset/000941/", "1/1/1.2.3"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		n, err := parseDANDI(name)
		if err != nil {
			return
		}
		if len(n.id) != 6 || strings.Contains(n.version, "/") {
			t.Errorf("%q is read as %+v", name, n)
		}
		if again, err := parseDANDI(n.String()); err != nil || n.version != "" && again != n {
			t.Errorf("%q is read as %+v, and that as %+v: %v", name, n, again, err)
		}
	})
}
