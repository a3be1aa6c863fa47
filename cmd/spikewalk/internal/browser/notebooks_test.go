//go:build linux

package browser

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/notebook"
)

// TestNotebooks opens every notebook as a reader does, runs it with its quick
// parameters, plays with whatever can be moved, and takes its picture.
func TestNotebooks(t *testing.T) {
	paths, err := filepath.Glob("../../../../notebooks/*.ipynb")
	if err != nil || len(paths) < 5 {
		t.Fatalf("the notebooks are %v (%v), want five or more", paths, err)
	}
	folder := t.TempDir()
	if err := os.CopyFS(filepath.Join(folder, "images"), os.DirFS("../../../../notebooks/images")); err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, path := range paths {
		names = append(names, quick(t, path, folder))
	}
	s, b := serve(t, folder), chromium(t)
	var times []float64
	t.Run("open", func(t *testing.T) {
		for _, name := range names {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				start := time.Now()
				p := open(t, b, s, name)
				p.evaluate(`() => Jupyter.notebook.execute_all_cells()`)
				p.settle(allowed(t))
				t.Logf("run in %.1f s", time.Since(start).Seconds())
				p.inFront(func() {
					times = append(times, p.playAll()...)
					p.turnAll()
					p.check()
					p.pictures()
				})
			})
		}
	})
	if slices.Sort(times); len(times) > 0 {
		t.Logf("from slider to figure: median %.0f ms of %d, at most %.0f ms", times[len(times)/2], len(times), times[len(times)-1])
	}
}

// allowed is the time that go test leaves, but for a moment to end in order.
func allowed(t *testing.T) time.Duration {
	end, limited := t.Deadline()
	if !limited {
		return time.Hour
	}
	return time.Until(end) - 30*time.Second
}

// quick copies a notebook with its quick parameters and returns its name.
func quick(t *testing.T, path, folder string) string {
	t.Helper()
	n, err := notebook.Read(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := n.Set(n.Quick); err != nil {
		t.Fatal(err)
	}
	if err := n.Write(filepath.Join(folder, filepath.Base(path))); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSuffix(filepath.Base(path), notebook.Ending)
}
