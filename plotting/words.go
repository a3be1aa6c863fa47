package plotting

import (
	"fmt"
	"reflect"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/bidi"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/recorder"
)

// checkWords finds a text in a panel that cannot be drawn, and says which.
func (c Content) checkWords() error {
	texts := []words{{"the title", c.Title}}
	for _, e := range c.legend() {
		texts = append(texts, words{"the legend", e.Legend})
	}
	for _, f := range c.Frames {
		texts = append(append(texts, f.X.words("x")...), f.Y.words("y")...)
		if f.Bar != nil {
			texts = append(texts, words{"the scale bar's label", f.Bar.Label})
		}
		if f.box != nil {
			for k, a := range f.box.scene.Axes {
				texts = append(texts, words{"the " + [...]string{"x", "y", "z"}[k] + " label", a.Label})
			}
		}
	}
	if err := checkWords(texts...); err != nil {
		return err
	}
	return c.checkForeignWords()
}

// checkForeignWords finds a text that a mark of another package, such as
// gonum's Labels, writes and whose font has not all of its characters.
func (c Content) checkForeignWords() error {
	own := reflect.TypeFor[polyline]().PkgPath()
	for _, f := range c.Frames {
		box := frameBox{frame: f, data: vg.Rectangle{Max: vg.Point{X: cm(10), Y: cm(10)}}}
		for _, m := range f.Marks {
			if m.Plot == nil {
				continue
			}
			t := reflect.TypeOf(m.Plot)
			if t.Kind() == reflect.Pointer {
				t = t.Elem()
			}
			if t.PkgPath() == own {
				continue
			}
			var page wordCanvas
			m.Plot.Plot(draw.Canvas{Canvas: &page, Rectangle: box.data}, box.scales())
			if page.err != nil {
				return fmt.Errorf("a mark of type %T: %w", m.Plot, page.err)
			}
		}
	}
	return nil
}

// wordCanvas is a canvas that only looks at what is written on it.
type wordCanvas struct {
	recorder.Canvas
	err error
}

// FillString looks the characters up in the font.
func (c *wordCanvas) FillString(f font.Face, _ vg.Point, text string) {
	var buf sfnt.Buffer
	for _, r := range text {
		if index, err := f.Face.GlyphIndex(&buf, r); (err != nil || index == 0) && c.err == nil {
			c.err = fmt.Errorf("%s has %q (%U), which its font %s has not", quoted(text), r, r, f.Name())
		}
	}
}

// words are a text and what it is in the figure.
type words struct{ what, text string }

func (a Axis) words(which string) []words {
	texts := []words{{"the " + which + " label", a.Label}}
	for _, t := range a.Ticks {
		texts = append(texts, words{"a name on the " + which + " axis", t.Label})
	}
	return texts
}

func checkWords(texts ...words) error {
	for _, w := range texts {
		if err := drawable(w.text); err != nil {
			return fmt.Errorf("%s %w", w.what, err)
		}
	}
	return nil
}

// longestText is how many bytes a text may have, a page's worth.
const longestText = 4000

// drawable finds the first character of a text that cannot be drawn.
func drawable(text string) error {
	if len(text) > longestText {
		return fmt.Errorf("%s has %d bytes: at most %d can be drawn", quoted(text), len(text), longestText)
	}
	for i, r := range text {
		_, found := faceFor(r, false)
		class, _ := bidi.LookupRune(r)
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(text[i:], "\uFFFD"):
			return fmt.Errorf("%s has the byte 0x%02x, which is not UTF-8: write the text in UTF-8", quoted(text), text[i])
		case unicode.IsSpace(r):
		case unicode.IsControl(r):
			return fmt.Errorf("%s has the control character %U: leave it out", quoted(text), r)
		case rightToLeft(class.Class()):
			return fmt.Errorf("%s has %q (%U), which is written from right to left: figures write from left to right only", quoted(text), r, r)
		case !found && !invisible(r) && plainForm(r) == r:
			return fmt.Errorf("%s has %q (%U), which none of the figure's fonts has: use Latin, Greek, Cyrillic and mathematical characters", quoted(text), r, r)
		}
	}
	return nil
}

func rightToLeft(c bidi.Class) bool {
	switch c {
	case bidi.R, bidi.AL, bidi.RLE, bidi.RLO, bidi.RLI:
		return true
	}
	return false
}
