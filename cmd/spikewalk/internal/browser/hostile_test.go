//go:build linux

package browser

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/run"
	"github.com/spikewalk/spikewalk/internal/testkit"
)

// TestHostilePage opens the page of a notebook that tries all it can: the browser
// stays where it is, asks for nothing, and runs nothing, whatever is clicked on.
func TestHostilePage(t *testing.T) {
	testkit.Needs(t, "Chromium")
	notebook, err := filepath.Abs("../page/testdata/hostile.ipynb")
	if err != nil {
		t.Fatal(err)
	}
	out := t.TempDir()
	if err := run.Pages(run.Options{Notebooks: []string{notebook}, Out: out, Say: t.Logf}); err == nil {
		t.Error("nothing was refused")
	}
	b := chromium(t)
	for _, name := range []string{"hostile.html", "index.html"} {
		path := filepath.Join(out, name)
		s := openPage(t, b, path, 1280, "light")
		s.ready()
		const links = `() => Array.from(document.querySelectorAll("main a")).filter(a => !a.href || !/^(https?|mailto|file):/.test(a.href))`
		clicked := s.evaluate(`() => {
			const all = (` + links + `)();
			for (const a of all) a.click();
			for (const e of document.querySelectorAll("main *")) for (const kind of ["focus", "mouseover", "toggle", "error", "load"]) e.dispatchEvent(new Event(kind));
			return all.length;
		}`).Int()
		if name == "hostile.html" && clicked < 5 {
			t.Errorf("%s: %d links clicked on", name, clicked)
		}
		time.Sleep(time.Second) // for what happens after a while
		if ran := s.evaluate(`() => window.ran !== undefined`).Bool(); ran {
			t.Errorf("%s: a program of the notebook ran", name)
		}
		if at := s.evaluate(`() => location.href.split("#")[0]`).Text(); at != "file://"+path {
			t.Errorf("%s: the page left for %s", name, at)
		}
		if covers := s.evaluate(`() => getComputedStyle(document.body).display === "none" || Array.from(document.querySelectorAll("main *")).some(e => getComputedStyle(e).position === "fixed")`).Bool(); covers {
			t.Errorf("%s: the notebook's styles count", name)
		}
		s.quiet()
	}
}
