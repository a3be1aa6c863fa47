package plotting

import (
	"bytes"
	"fmt"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgsvg"
)

// svgCanvas is gonum's SVG canvas; bytes mends what it writes.
type svgCanvas struct{ *vgsvg.Canvas }

func newSVGCanvas(w, h vg.Length) svgCanvas { return svgCanvas{vgsvg.New(w, h)} }

// uncompressed tells marks that every point costs about 15 bytes here, so
// that very many of them had better come as an image.
func (svgCanvas) uncompressed() {}

// The replacements cannot touch a title or label: those are escaped and hold
// no straight quotation mark.
var svgMends = []struct{ from, to string }{
	// Families for machines without Liberation; Arial and Helvetica have its
	// widths.
	{`style="font-family:Liberation Sans;`, `style="font-family:'Liberation Sans',Arial,Helvetica,sans-serif;`},
	// gonum calls its PNG images JPEG.
	{`xlink:href="data:image/jpg;base64,`, `xlink:href="data:image/png;base64,`},
	// The default, mitred joins, puts spikes on noisy lines.
	{"xmlns:xlink=\"http://www.w3.org/1999/xlink\">", "xmlns:xlink=\"http://www.w3.org/1999/xlink\" stroke-linejoin=\"round\">"},
}

func (c svgCanvas) bytes() ([]byte, error) {
	var b bytes.Buffer
	if _, err := c.WriteTo(&b); err != nil {
		return nil, fmt.Errorf("plotting: encoding SVG: %w", err)
	}
	out := b.Bytes()
	for _, m := range svgMends {
		out = bytes.ReplaceAll(out, []byte(m.from), []byte(m.to))
	}
	return out, nil
}
