package plotting

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"maps"
	"slices"
	"strings"

	"codeberg.org/go-pdf/fpdf"
	xfont "golang.org/x/image/font"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgsvg"
)

// svgCanvas is gonum's SVG canvas; bytes mends what it writes and embeds the
// fonts. gonum's own embedding takes whole fonts, 1.1 MB for the two.
type svgCanvas struct {
	*vgsvg.Canvas
	fonts map[string]*svgFont
}

// svgFont is a font and the characters that the drawing needs of it.
type svgFont struct {
	face font.Face
	used map[rune]bool
}

func newSVGCanvas(w, h vg.Length) *svgCanvas {
	return &svgCanvas{vgsvg.New(w, h), map[string]*svgFont{}}
}

// uncompressed tells marks that every point costs about 15 bytes here, so
// that very many of them had better come as an image.
func (*svgCanvas) uncompressed() {}

// FillString draws text and keeps account of its characters. What is not in
// Liberation Sans is drawn as shapes: programs that ignore embedded fonts
// would look in vain for others. So are combining marks, which browsers would
// put elsewhere.
func (c *svgCanvas) FillString(f font.Face, pt vg.Point, text string) {
	if f.Font.Typeface != liberation || f.Font.Variant != "Sans" || strings.ContainsFunc(text, combining) {
		fillOutlines(c, f, pt, text)
		return
	}
	// SVG takes blanks off the beginning of a text.
	blank := text[:len(text)-len(strings.TrimLeft(text, " "))]
	pt.X += f.Width(blank)
	if text = strings.TrimSpace(text); text == "" {
		return
	}
	name := f.Name()
	if c.fonts[name] == nil {
		c.fonts[name] = &svgFont{f, map[rune]bool{}}
	}
	for _, r := range text {
		c.fonts[name].used[r] = true
	}
	c.Canvas.FillString(f, pt, text)
}

// DrawImage draws an image with a palette, as [Drawing.IndexedPNG] does.
func (c *svgCanvas) DrawImage(r vg.Rectangle, img image.Image) { c.Canvas.DrawImage(r, indexed(img)) }

// The replacements cannot touch a title or label: those are escaped and hold
// no straight quotation mark.
var svgMends = []struct{ from, to string }{
	// Families for programs that ignore embedded fonts (Inkscape,
	// Illustrator) on machines without Liberation; Arial and Helvetica have
	// its widths.
	{`style="font-family:Liberation Sans;`, `style="font-family:'Liberation Sans',Arial,Helvetica,sans-serif;`},
	// gonum calls its PNG images JPEG.
	{`xlink:href="data:image/jpg;base64,`, `xlink:href="data:image/png;base64,`},
	// The default, mitred joins, puts spikes on noisy lines.
	{svgHead, svgHeadEnd + " stroke-linejoin=\"round\">"},
}

const (
	svgHeadEnd = "xmlns:xlink=\"http://www.w3.org/1999/xlink\""
	svgHead    = svgHeadEnd + ">"
)

func (c *svgCanvas) bytes() ([]byte, error) {
	var b bytes.Buffer
	if _, err := c.WriteTo(&b); err != nil {
		return nil, fmt.Errorf("plotting: encoding SVG: %w", err)
	}
	fonts, err := c.embedded()
	if err != nil {
		return nil, fmt.Errorf("plotting: encoding SVG: %w", err)
	}
	// Behind the head, which ends with the first of these.
	out := bytes.Replace(b.Bytes(), []byte(svgHead), append([]byte(svgHead+"\n"), fonts...), 1)
	for _, m := range svgMends {
		out = bytes.ReplaceAll(out, []byte(m.from), []byte(m.to))
	}
	return out, nil
}

// embedded is a style sheet that holds what the drawing needs of its fonts, if
// it has any text.
func (c *svgCanvas) embedded() ([]byte, error) {
	if len(c.fonts) == 0 {
		return nil, nil
	}
	var b bytes.Buffer
	b.WriteString("<style>\n")
	for _, name := range slices.Sorted(maps.Keys(c.fonts)) {
		f := c.fonts[name]
		var whole bytes.Buffer
		if _, err := f.face.Face.WriteSourceTo(nil, &whole); err != nil {
			return nil, fmt.Errorf("reading font %s: %w", name, err)
		}
		weight := "normal"
		if f.face.Font.Weight >= xfont.WeightBold {
			weight = "bold"
		}
		part := fpdf.UTF8CutFont(whole.Bytes(), string(slices.Sorted(maps.Keys(f.used))))
		fmt.Fprintf(&b, "@font-face{font-family:'Liberation Sans';font-weight:%s;src:url(data:font/ttf;base64,%s)}\n",
			weight, base64.StdEncoding.EncodeToString(part))
	}
	b.WriteString("</style>")
	return b.Bytes(), nil
}
