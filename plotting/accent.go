package plotting

import (
	"unicode/utf8"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// combining marks are placed here, since the canvases draw one glyph after the
// other: without it the hat of x̂ would stand to the right of its x.

// mount places a mark on what is under it: over its middle and, if the mark
// belongs above small letters, as much higher as what is under it is higher
// than these. It returns what the next mark has under it.
func mount(mark placed, base vg.Rectangle) (at vg.Point, both vg.Rectangle) {
	own := covered(mark.face, mark.text)
	at.X = (base.Min.X+base.Max.X)/2 - (own.Min.X+own.Max.X)/2
	if small := covered(mark.face, "x").Max.Y; own.Min.Y > small/2 {
		at.Y = max(mark.at.Y, base.Max.Y-small)
	}
	both = base
	both.Min.Y, both.Max.Y = min(base.Min.Y, own.Min.Y+at.Y), max(base.Max.Y, own.Max.Y+at.Y)
	return at, both
}

// ending is the rectangle that the last character of a run covers, of which
// pen is the end.
func (p placed) ending(pen vg.Length) vg.Rectangle {
	r, _ := utf8.DecodeLastRuneInString(p.text)
	move := vg.Point{X: pen - p.face.Width(string(r)), Y: p.at.Y}
	box := covered(p.face, string(r))
	return vg.Rectangle{Min: box.Min.Add(move), Max: box.Max.Add(move)}
}

// covered is the rectangle that a character covers when its pen starts at the
// origin.
func covered(f font.Face, character string) vg.Rectangle {
	r, _ := utf8.DecodeRuneInString(character)
	var buf sfnt.Buffer
	perEm := fixed.Int26_6(f.Face.UnitsPerEm())
	index, err := f.Face.GlyphIndex(&buf, r)
	if err != nil {
		return vg.Rectangle{}
	}
	box, _, err := f.Face.GlyphBounds(&buf, index, perEm, 0)
	if err != nil {
		return vg.Rectangle{}
	}
	scale := f.Font.Size / vg.Length(perEm)
	return vg.Rectangle{
		Min: vg.Point{X: vg.Length(box.Min.X) * scale, Y: -vg.Length(box.Max.Y) * scale},
		Max: vg.Point{X: vg.Length(box.Max.X) * scale, Y: -vg.Length(box.Min.Y) * scale},
	}
}
