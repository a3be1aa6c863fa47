//go:build unix

package run

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spikewalk/spikewalk/internal/testkit"
)

// Notebooks whose names begin alike, in folders whose names are patterns,
// leave each other's figures alone.
func TestFiguresHaveOneOwner(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "notebooks [c]*?")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	a, b, c := write(t, dir, "a", "x"), write(t, dir, "a-b", "x"), write(t, dir, "[a]", "x")
	o := options(t, fake(t, works), a, b, c)
	o.Out = filepath.Join(t.TempDir(), "out [c]*?")
	run := func(paths ...string) Report {
		t.Helper()
		o.Notebooks = paths
		report, err := Run(context.Background(), o)
		if err != nil {
			t.Fatal(err)
		}
		return report
	}
	pngs := func() (names []string) {
		for _, f := range files(t, o.Out) {
			if strings.HasSuffix(f, ".png") {
				names = append(names, f)
			}
		}
		return names
	}
	run(a, b, c)
	all := []string{"figures/[a]-01.png", "figures/a-01.png", "figures/a-b-01.png"}
	if d := cmp.Diff(all, pngs()); d != "" {
		t.Error(d)
	}
	// A file of the user's own, though it is called like one of a's.
	own := filepath.Join(o.Out, figuresFolder, "a-mine.png")
	if err := os.WriteFile(own, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	run(a)
	if d := cmp.Diff(append(all, "figures/a-mine.png"), pngs()); d != "" {
		t.Error("after another run of a: ", d)
	}
	// The run that makes none takes its old ones away, and only those.
	o.Jupyter = fake(t, `cp "$last" "$dir/$name.ipynb"`)
	run(c)
	if d := cmp.Diff([]string{"figures/a-01.png", "figures/a-b-01.png", "figures/a-mine.png"}, pngs()); d != "" {
		t.Error("after a run without figures: ", d)
	}
	// Two notebooks cannot have figures of one name.
	o.Jupyter = fake(t, works+`echo > "$SPIKEWALK_FIGURES/a-b-01.png"`)
	if report := run(a); !strings.Contains(report[0].Error, "a-b-01.png has the name of one of notebook a-b") {
		t.Errorf("error %q", report[0].Error)
	}
}

// nbconvert, which takes names for patterns and for flags, gets none of the
// user's; the results have them.
func TestNamesThatNbconvertWouldMisread(t *testing.T) {
	for _, name := range []string{"-x", "a [c]*", "{b}"} {
		t.Setenv("TMPDIR", filepath.Join(t.TempDir(), "[c]"))
		if err := os.Mkdir(os.TempDir(), 0o755); err != nil {
			t.Fatal(err)
		}
		o := options(t, fake(t, `[ "$last" = notebook.ipynb ] || exit 9`+works), write(t, t.TempDir(), name, "x"))
		report, err := Run(context.Background(), o)
		if err != nil || report[0].Error != "" || report[0].Name != name {
			t.Errorf("%s: %+v, %v", name, report, err)
		}
		want := []string{"figures/" + name + "-01.png", "figures/" + name + "-01.svg", name + ".html", name + ".ipynb", "index.html", "report.json"}
		got := files(t, o.Out)
		slices.Sort(got)
		slices.Sort(want)
		if d := cmp.Diff(want, got); d != "" {
			t.Error(d)
		}
	}
}

// A list of owners that was tampered with removes nothing elsewhere.
func TestOwnersStayInTheirFolder(t *testing.T) {
	o := options(t, fake(t, works), write(t, t.TempDir(), "a", "x"))
	folder := filepath.Join(o.Out, figuresFolder)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	victim := filepath.Join(o.Out, "victim")
	for path, text := range map[string]string{victim: "", filepath.Join(folder, ownersFile): `{"a": ["../victim"]}`} {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Run(context.Background(), o); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(victim); err != nil {
		t.Error(err)
	}
}

// No byte of the list of figures' owners changes without being noticed.
func TestOwnersWithAFlippedBitAreNotRead(t *testing.T) {
	folder := t.TempDir()
	if err := (owners{"b": {"b-01.png"}}).give("a", []string{"a-01.png", "a-01.svg"}, folder); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, ownersFile)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	testkit.Sealed(t, whole, func(data []byte) ([]byte, error) {
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
		_, err := readOwners(folder)
		return nil, err
	})
}
