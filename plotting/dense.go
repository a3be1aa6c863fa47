package plotting

import (
	"image/color"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/recorder"
	"gonum.org/v1/plot/vg/vgimg"
)

// maxVector is how many bytes a figure in vectors may have. Journals, and
// programs in which figures are edited, have trouble with larger ones.
const maxVector = 1_000_000

// density says which frames' marks come as an image, in a page that would be
// too large in vectors: those above so many bytes, at a resolution.
type density struct {
	above int
	dpi   int
}

// densities are tried in turn, from all in vectors on.
var densities = [...]*density{nil, {50_000, imageDPI}, {20_000, pngDPI}, {0, pngDPI}, {0, pngDPI / 2}}

// vector encodes the figure in vectors but, where the file would be too large,
// for the marks of the frames that are the cause: axes and all text stay what
// they are.
func (d *Drawing) vector(encode func(*page) ([]byte, error)) ([]byte, error) {
	p, err := d.page()
	if err != nil {
		return nil, err
	}
	var out []byte
	for _, p.dense = range densities {
		if out, err = encode(p); err != nil || len(out) <= maxVector {
			break
		}
	}
	return out, err
}

// drawMarks draws the marks of a frame, as an image if they are too dense.
func (f *frameBox) drawMarks(dc vg.Canvas, dense *density) {
	if dense == nil || f.weight() <= dense.above {
		f.drawVectors(dc)
		return
	}
	// Marks at the edge of the data area stand out of it a little. Whole
	// pixels keep them where they would be in a PNG.
	const margin = 16 * pixel
	area := vg.Rectangle{
		Min: f.data.Min.Sub(vg.Point{X: margin, Y: margin}),
		Max: f.data.Max.Add(vg.Point{X: margin, Y: margin}),
	}
	img := vgimg.NewWith(
		vgimg.UseWH(area.Size().X, area.Size().Y),
		vgimg.UseDPI(affordable(area.Size(), dense.dpi)),
		vgimg.UseBackgroundColor(color.Transparent),
	)
	img.Translate(vg.Point{X: -area.Min.X, Y: -area.Min.Y})
	f.drawVectors(img)
	dc.DrawImage(area, img.Image())
}

// weight estimates how many bytes of SVG the marks are: about 100 for each
// line, area or disc and 16 for each of its points.
func (f *frameBox) weight() int {
	var r recorder.Canvas
	f.drawVectors(&r)
	n := 0
	for _, a := range r.Actions {
		switch a := a.(type) {
		case *recorder.Stroke:
			n += 100 + 16*len(a.Path)
		case *recorder.Fill:
			n += 100 + 16*len(a.Path)
		}
	}
	return n
}
