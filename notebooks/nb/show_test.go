package nb

import (
	"bytes"
	"encoding/gob"
	"errors"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/janpfeifer/gonb/gonbui/protocol"

	"github.com/spikewalk/spikewalk/internal/player"
)

type fakeFigure struct {
	width, height int
	err           error
}

func (f fakeFigure) IndexedPNG() ([]byte, error) {
	var b bytes.Buffer
	err := png.Encode(&b, image.NewGray(image.Rect(0, 0, f.width, f.height)))
	return b.Bytes(), errors.Join(f.err, err)
}
func (f fakeFigure) SVG() ([]byte, error)  { return []byte("<svg/>"), nil }
func (f fakeFigure) PDF() ([]byte, error)  { return []byte("%PDF"), nil }
func (f fakeFigure) JSON() ([]byte, error) { return []byte("{}"), nil }

func (f fakeFigure) Still() (*player.Figure, error) {
	return &player.Figure{Kind: player.Still, Caption: "A square.", Alt: "a grey square"}, nil
}

// TestFigureBundleArrives sends a bundle as gonbui does, through gob: a type
// that gob does not know would be lost on the way to the kernel.
func TestFigureBundleArrives(t *testing.T) {
	raster, err := fakeFigure{width: 640, height: 480}.IndexedPNG()
	if err != nil {
		t.Fatal(err)
	}
	s, err := newStill(fakeFigure{width: 640, height: 480}, "square")
	if err != nil {
		t.Fatal(err)
	}
	words, err := (&player.Figure{Kind: player.Still, Name: "square", Caption: "A square.", Alt: "a grey square"}).Encode()
	if err != nil {
		t.Fatal(err)
	}
	var pipe bytes.Buffer
	if err := gob.NewEncoder(&pipe).Encode(s.bundle); err != nil {
		t.Fatal(err)
	}
	var got protocol.DisplayData
	if err := gob.NewDecoder(&pipe).Decode(&got); err != nil {
		t.Fatal(err)
	}
	want := protocol.DisplayData{
		Data: map[protocol.MIMEType]any{
			protocol.MIMEImagePNG: raster,
			player.MIME:           words,
		},
		Metadata: map[string]any{"image/png": map[string]int{"width": 320, "height": 240}},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestShowWritesFigures(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "figures")
	t.Setenv(FiguresEnv, folder)
	t.Setenv(NotebookEnv, "02_pca")
	f := fakeFigure{width: 4, height: 4}
	for _, err := range []error{show(f), show(f, "rotation"), show(f)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	want := []string{
		"02_pca-01.json", "02_pca-01.pdf", "02_pca-01.png", "02_pca-01.svg",
		"02_pca-02.json", "02_pca-02.pdf", "02_pca-02.png", "02_pca-02.svg",
		"02_pca-rotation.json", "02_pca-rotation.pdf", "02_pca-rotation.png", "02_pca-rotation.svg",
	}
	if d := cmp.Diff(want, names); d != "" {
		t.Error(d)
	}
}

func TestShowRefuses(t *testing.T) {
	t.Setenv(FiguresEnv, t.TempDir())
	f := fakeFigure{width: 4, height: 4}
	broken := fakeFigure{width: 4, height: 4, err: errors.New("panel A: NaN")}
	cases := map[string]struct {
		err  error
		says string
	}{
		"path as name": {show(f, "../x"), "cannot name"},
		"empty name":   {show(f, ""), "cannot name"},
		"two names":    {show(f, "a", "b"), "one name"},
		"no drawing":   {show(broken), "panel A: NaN"},
	}
	for name, c := range cases {
		if c.err == nil || !strings.Contains(c.err.Error(), c.says) {
			t.Errorf("%s: error %v, want one that says %q", name, c.err, c.says)
		}
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	t.Setenv(FiguresEnv, file)
	if err := show(f); err == nil {
		t.Error("wrote figures into a file")
	}
}

func TestShowOutsideNotebooksDoesNothing(t *testing.T) {
	t.Setenv(FiguresEnv, "")
	f := fakeFigure{width: 4, height: 4}
	if err := show(f); err != nil {
		t.Error(err)
	}
	// What could not be written when all notebooks are run is refused now.
	for _, name := range []string{"a/b", strings.Repeat("x", 101)} {
		if err := show(f, name); err == nil || !strings.Contains(err.Error(), "cannot name a figure") {
			t.Errorf("%q: error %v, want that it cannot name a figure", name, err)
		}
	}
}
