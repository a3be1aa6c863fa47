//go:build unix

package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/jupyter"
	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/run"
	"github.com/spikewalk/spikewalk/data"
	"github.com/spikewalk/spikewalk/internal/testkit"
)

// TestNotebooksRun executes all notebooks of the module with their quick
// parameters, computing everything anew.
func TestNotebooksRun(t *testing.T) {
	testkit.Needs(t, "Jupyter")
	kept, err := data.CacheDir()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := jupyter.Look(t.Context(), kept, jupyter.Convert); err != nil {
		t.Fatal("there is no Jupyter on this machine (spikewalk notebooks installs one): ", err)
	}
	notebooks, err := filepath.Glob("../../notebooks/*.ipynb")
	if err != nil || len(notebooks) < 5 {
		t.Fatalf("the notebooks are %v (%v), want five or more", notebooks, err)
	}
	testkit.DependOnSources(t, root(t))
	out := t.TempDir()
	cmd := spikewalk(root(t), "notebooks", "--quick", "--out", out)
	cmd.Env = append(cmd.Env, "SPIKEWALK_CACHE="+withoutMemo(t, kept))
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v:\n%s", err, text)
	}
	text, err := os.ReadFile(filepath.Join(out, "report.json"))
	if err != nil {
		t.Fatal(err)
	}
	var report run.Report
	if err := json.Unmarshal(text, &report); err != nil {
		t.Fatal(err)
	}
	if len(report) != len(notebooks) {
		t.Errorf("the report tells of %d notebooks, there are %d", len(report), len(notebooks))
	}
	if pages, err := filepath.Glob(filepath.Join(out, "*.html")); err != nil || len(pages) != len(notebooks)+1 {
		t.Errorf("the pages are %v (%v), want one for each notebook and an index", pages, err)
	}
	for _, entry := range report {
		if entry.Error != "" || entry.Cells == 0 || len(entry.Figures) < 4 {
			t.Errorf("%s: %d cells, %d figures, error %q", entry.Name, entry.Cells, len(entry.Figures), entry.Error)
		}
		checkPage(t, filepath.Join(out, entry.Name+".html"), len(entry.Figures))
	}
}

// All notebooks with their outputs, and what plays in their pages, fit into a repository, and into a mail.
func TestNotebooksStaySmall(t *testing.T) {
	notebooks, err := filepath.Glob("../../notebooks/*.ipynb")
	if err != nil || len(notebooks) == 0 {
		t.Fatalf("the notebooks are %v (%v)", notebooks, err)
	}
	var total int64
	for _, path := range notebooks {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		total += info.Size()
	}
	if total > 8_000_000 {
		t.Errorf("%d bytes, more than 8 MB", total)
	}
}

// TestNotebooksHTML makes the pages of all notebooks where there is no Jupyter
// and no network.
func TestNotebooksHTML(t *testing.T) {
	out := t.TempDir()
	cmd := spikewalk(root(t), "notebooks", "--html", "--out", out)
	cmd.Env = append(cmd.Env, "PATH=", "GOPROXY=off")
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v:\n%s", err, text)
	}
	index, err := os.ReadFile(filepath.Join(out, "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	notebooks, err := filepath.Glob("../../notebooks/*.ipynb")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range notebooks {
		page := strings.TrimSuffix(filepath.Base(path), ".ipynb") + ".html"
		if _, err := os.Stat(filepath.Join(out, page)); err != nil || !strings.Contains(string(index), page) {
			t.Errorf("%s is not there or not in the index: %v", page, err)
		}
	}
}

// checkPage looks for every figure in a page of HTML, embedded, with links to
// its files, and for anything that would have to be loaded.
func checkPage(t *testing.T, path string, figures int) {
	t.Helper()
	page, err := os.ReadFile(path)
	if err != nil {
		t.Error(err)
		return
	}
	if n := strings.Count(string(page), "data:image/png;base64,"); n < figures {
		t.Errorf("%s: %d figures embedded, want %d", path, n, figures)
	}
	if n := strings.Count(string(page), ">data (JSON)</a>"); n != figures {
		t.Errorf("%s: links to the data of %d figures, want %d", path, n, figures)
	}
	for _, s := range []string{"file:///", "<script src", `<link rel="stylesheet"`, `src="http`} {
		if strings.Contains(string(page), s) {
			t.Errorf("%s contains %s", path, s)
		}
	}
}

// withoutMemo is a cache folder that has the programs and recordings of
// another, but none of its results.
func withoutMemo(t *testing.T, cache string) string {
	t.Helper()
	fresh := t.TempDir()
	for _, part := range []string{"bin", "venv", "data"} {
		if _, err := os.Stat(filepath.Join(cache, part)); err != nil {
			continue
		}
		if err := os.Symlink(filepath.Join(cache, part), filepath.Join(fresh, part)); err != nil {
			t.Fatal(err)
		}
	}
	return fresh
}
