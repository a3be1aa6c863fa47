package main

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// archive is one with one data set of one file, and none of a licence.
func archive(t *testing.T) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/dandisets/000007/":
			fmt.Fprint(w, `{"most_recent_published_version": {"version": "0.1.2"}}`)
		case "/dandisets/000007/versions/0.1.2/":
			fmt.Fprint(w, `{"name": "Reaches", "citation": "A. Author (2024)", "license": ["spdx:CC-BY-4.0"], "access": [{"status": "dandi:OpenAccess"}]}`)
		case "/dandisets/000007/versions/0.1.2/assets/":
			fmt.Fprint(w, `{"results": [{"asset_id": "a", "path": "sub-1/a.nwb", "size": 3, "metadata": {"digest": {"dandi:dandi-etag": "d022646351048ac0ba397d12dfafa304-1"}}}]}`)
		case "/assets/a/download/":
			fmt.Fprint(w, "123")
		case "/dandisets/000008/versions/draft/":
			fmt.Fprint(w, `{"name": "Drafted"}`)
		case "/dandisets/000008/versions/draft/assets/":
			fmt.Fprint(w, `{"results": []}`)
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(server.Close)
	t.Setenv("SPIKEWALK_DANDI_API", server.URL)
	t.Setenv("SPIKEWALK_CACHE", t.TempDir())
	t.Setenv("SPIKEWALK_DATA", "")
}

// say runs the command and returns what it says.
func say(t *testing.T, args ...string) (string, error) {
	t.Helper()
	cmd := command()
	var out bytes.Buffer
	cmd.SetOut(&out)
	cmd.SetErr(&out)
	cmd.SetArgs(args)
	err := cmd.ExecuteContext(t.Context())
	return out.String(), err
}

func TestDataSets(t *testing.T) {
	archive(t)
	for _, c := range []struct {
		line string
		want []string
	}{
		{"data list", []string{"cycling", "dandi:000941", "zenodo:3854034", "data fetch dandi:NUMBER/PATH"}},
		{"data list dandi:7", []string{"Reaches\ndandi:000007, version 0.1.2, open\nlicence: CC-BY-4.0\ncite: A. Author (2024)\n", "sub-1/a.nwb", "0.0 MB in 1 of its files"}},
		{"data list 8/draft", []string{"dandi:000008, version draft, access not in its record", "no licence in its record: ask before you use it"}},
		{"data fetch dandi:7/sub-1", []string{"dandi:000007/0.1.2/sub-1/a.nwb: " + os.Getenv("SPIKEWALK_CACHE"), "licence: CC-BY-4.0"}},
	} {
		out, err := say(t, strings.Fields(c.line)...)
		if err != nil {
			t.Errorf("%s: %v", c.line, err)
		}
		for _, want := range c.want {
			if !strings.Contains(out, want) {
				t.Errorf("%s lacks %q:\n%s", c.line, want, out)
			}
		}
	}
	path := filepath.Join(os.Getenv("SPIKEWALK_CACHE"), "data", "dandi", "000007", "0.1.2", "sub-1", "a.nwb")
	if b, err := os.ReadFile(path); err != nil || string(b) != "123" {
		t.Error(string(b), err)
	}
	for line, want := range map[string]string{
		"data list MC_Maze":                   "is no data set of the DANDI archive",
		"data list zenodo:3854034":            "https://zenodo.org/records/3854034",
		"data fetch mendeley:tfcwp8bp5j":      "by hand",
		"data fetch dandi:7/sub-2":            `no file or folder "sub-2"`,
		"data fetch dandi:9":                  "no dandiset 000009",
		"data fetch dandi:8/draft":            "has no files yet",
		"data list dandi:000007 dandi:000008": "accepts at most 1 arg",
	} {
		if _, err := say(t, strings.Fields(line)...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q", line, err, want)
		}
	}
}
