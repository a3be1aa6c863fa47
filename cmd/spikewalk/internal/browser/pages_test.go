//go:build linux

package browser

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/proto"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/run"
	"github.com/spikewalk/spikewalk/internal/testkit"
)

// TestPages opens the pages of all lessons from files, as wide as a screen and
// as a telephone, by day and by night: nothing is loaded, nothing goes wrong,
// nothing is wider than the window, all figures are ready within a second and
// answer within 50 ms. With SPIKEWALK_PICTURES=folder it leaves pictures.
func TestPages(t *testing.T) {
	testkit.Needs(t, "Chromium")
	notebooks, err := filepath.Glob("../../../../notebooks/*.ipynb")
	if err != nil || len(notebooks) < 5 {
		t.Fatalf("the notebooks are %v (%v), want five or more", notebooks, err)
	}
	out := t.TempDir()
	if err := run.Pages(run.Options{Notebooks: notebooks, Out: out, Say: t.Logf}); err != nil {
		t.Fatal(err)
	}
	paths, err := filepath.Glob(filepath.Join(out, "*.html"))
	if err != nil || len(paths) != len(notebooks)+1 {
		t.Fatalf("the pages are %v (%v), want one more than there are notebooks", paths, err)
	}
	b := chromium(t)
	for _, path := range paths {
		for _, width := range []int{1280, 400} {
			for _, scheme := range []string{"light", "dark"} {
				t.Run(fmt.Sprintf("%s-%d-%s", strings.TrimSuffix(filepath.Base(path), ".html"), width, scheme), func(t *testing.T) {
					s := openPage(t, b, path, width, scheme)
					s.interactive()
					s.fits()
					s.folds()
					s.finds()
					s.photograph(filepath.Base(t.Name()))
					s.plays()
					s.quiet()
				})
			}
		}
	}
}

// openPage opens a page from its file, and looks for what it should not do.
func openPage(t *testing.T, b *rod.Browser, path string, width int, scheme string) *static {
	t.Helper()
	tab, err := b.Page(proto.TargetCreateTarget{URL: "about:blank"})
	if err != nil {
		t.Fatal(err)
	}
	s := &static{page: &page{T: t, Page: tab, name: t.Name()}, width: width}
	t.Cleanup(s.shut)
	s.listen()
	s.window(width, 900)
	dark := proto.EmulationSetEmulatedMedia{Features: []*proto.EmulationMediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}
	if err := dark.Call(tab); err != nil {
		t.Fatal(err)
	}
	address := "file://" + path
	go tab.EachEvent(func(e *proto.NetworkRequestWillBeSent) {
		if to := e.Request.URL; to != address && !strings.HasPrefix(to, "data:") && to != "about:blank" {
			s.mu.Lock()
			s.errors = append(s.errors, "it asks for "+to)
			s.mu.Unlock()
		}
	})()
	if err := tab.Timeout(startTime).Navigate(address); err != nil {
		t.Fatal(err)
	}
	return s
}
