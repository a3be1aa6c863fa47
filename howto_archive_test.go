package spikewalk_test

import (
	"archive/zip"
	"crypto/sha256"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"time"
)

// archive stands for the DANDI archive, with one data set of one session, and for
// a user's cache. The function returned puts an end to it.
func archive() (end func()) {
	files, err := zip.OpenReader("data/nwb/testdata/files.zip")
	check(err)
	defer files.Close()
	f, err := files.Open("session.nwb")
	check(err)
	session, err := io.ReadAll(f)
	check(err)
	answers := map[string]string{
		"/dandisets/000941/":                `{"most_recent_published_version": {"version": "0.1.2"}}`,
		"/dandisets/000941/versions/0.1.2/": `{"name": "Sessions", "citation": "A. Author (2024)", "license": ["spdx:CC-BY-4.0"]}`,
		"/dandisets/000941/versions/0.1.2/assets/": fmt.Sprintf(`{"results": [{"asset_id": "1", "path": "sub-1/session.nwb", "size": %d,
			"metadata": {"digest": {"dandi:sha2-256": "%x"}}}]}`, len(session), sha256.Sum256(session)),
		"/assets/1/download/": string(session),
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer, ok := answers[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		http.ServeContent(w, r, "", time.Time{}, strings.NewReader(answer))
	}))
	environment := map[string]string{"SPIKEWALK_DANDI_API": server.URL, "SPIKEWALK_CACHE": folder(), "SPIKEWALK_DATA": ""}
	for name, value := range environment {
		before := os.Getenv(name)
		check(os.Setenv(name, value))
		environment[name] = before
	}
	return func() {
		server.Close()
		for name, before := range environment {
			check(os.Setenv(name, before))
		}
	}
}
