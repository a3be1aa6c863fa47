//go:build linux

package browser

import (
	"bytes"
	"cmp"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/go-rod/rod/lib/proto"

	"github.com/spikewalk/spikewalk/cmd/spikewalk/internal/run"
)

const (
	// sliderEnv names the file for the moving picture of the README.
	sliderEnv = "SPIKEWALK_SLIDER"
	// What the picture shows: a figure of a lesson, as its page has it.
	sliderLesson, sliderFigure = "02_pca", "loops"
	mostBytes                  = 500_000
)

// TestSlider makes the README's picture of a slider that moves: it opens a lesson's
// page, moves the slider of one figure from end to end and back, and takes a picture
// of the figure at each place.
func TestSlider(t *testing.T) {
	to := os.Getenv(sliderEnv)
	if to == "" {
		t.Skip("left out: it makes a picture where " + sliderEnv + " names a file")
	}
	out := t.TempDir()
	lesson := filepath.Join("../../../../notebooks", sliderLesson+".ipynb")
	if err := run.Pages(run.Options{Notebooks: []string{lesson}, Out: out, Say: t.Logf}); err != nil {
		t.Fatal(err)
	}
	s := openPage(t, chromium(t), filepath.Join(out, sliderLesson+".html"), 800, "light")
	s.interactive()
	moving := animation(s.slide(sliderFigure))
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, moving); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d pictures, %d bytes", len(moving.Image), b.Len())
	if b.Len() > mostBytes {
		t.Errorf("%d bytes, want at most %d", b.Len(), mostBytes)
	}
	if err := os.WriteFile(to, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// slide moves the first slider of a figure to each of its values, in order, and
// photographs the figure.
func (s *static) slide(figure string) (pictures []image.Image) {
	s.Helper()
	query := fmt.Sprintf(`.spikewalk-figure[data-name=%q]`, figure)
	values := s.evaluate(`q => Number(document.querySelector(q + " input[type=range]").max) + 1`, query).Int()
	box := s.evaluate(`q => {
		const f = document.querySelector(q), r = f.getBoundingClientRect();
		const wide = f.querySelector(".spikewalk-live").offsetWidth;
		return [r.left + scrollX - 8, r.top + scrollY - 8, wide + 16, r.height + 16];
	}`, query).Value.Arr()
	clip := &proto.PageViewport{X: box[0].Num(), Y: box[1].Num(), Width: box[2].Num(), Height: box[3].Num(), Scale: 1}
	for i := range values {
		s.evaluate(`(q, to) => {
			const range = document.querySelector(q + " input[type=range]");
			range.value = to;
			range.dispatchEvent(new Event("input", { bubbles: true }));
		}`, query, i)
		time.Sleep(200 * time.Millisecond) // the figure is drawn in 50
		text, err := s.Screenshot(true, &proto.PageCaptureScreenshot{Clip: clip})
		if err != nil {
			s.Fatal(err)
		}
		picture, err := png.Decode(bytes.NewReader(text))
		if err != nil {
			s.Fatal(err)
		}
		pictures = append(pictures, picture)
	}
	return pictures
}

// animation shows pictures forth and back, the ends for longer.
func animation(pictures []image.Image) *gif.GIF {
	colours := palette(pictures)
	var frames []*image.Paletted
	for _, p := range pictures {
		frame := image.NewPaletted(p.Bounds(), colours)
		index := map[color.Color]uint8{}
		for y := p.Bounds().Min.Y; y < p.Bounds().Max.Y; y++ {
			for x := p.Bounds().Min.X; x < p.Bounds().Max.X; x++ {
				c := p.At(x, y)
				if _, known := index[c]; !known {
					index[c] = uint8(colours.Index(c))
				}
				frame.SetColorIndex(x, y, index[c])
			}
		}
		frames = append(frames, frame)
	}
	moving := new(gif.GIF)
	add := func(i int) {
		delay := 50 // hundredths of a second
		if i == 0 || i == len(frames)-1 {
			delay = 150
		}
		moving.Image, moving.Delay = append(moving.Image, frames[i]), append(moving.Delay, delay)
	}
	for i := range frames {
		add(i)
	}
	for i := len(frames) - 2; i > 0; i-- {
		add(i)
	}
	return moving
}

// palette are the most frequent colours, of which lines and letters on white need few.
func palette(pictures []image.Image) color.Palette {
	const most = 128
	count := map[color.RGBA]int{}
	for _, p := range pictures {
		for y := p.Bounds().Min.Y; y < p.Bounds().Max.Y; y++ {
			for x := p.Bounds().Min.X; x < p.Bounds().Max.X; x++ {
				c := color.RGBAModel.Convert(p.At(x, y)).(color.RGBA)
				c.R, c.G, c.B = c.R&^7|c.R>>5, c.G&^7|c.G>>5, c.B&^7|c.B>>5
				count[c]++
			}
		}
	}
	all := slices.SortedFunc(maps.Keys(count), func(a, b color.RGBA) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a.R, b.R), cmp.Compare(a.G, b.G), cmp.Compare(a.B, b.B))
	})
	var colours color.Palette
	for _, c := range all[:min(most, len(all))] {
		colours = append(colours, c)
	}
	return colours
}
