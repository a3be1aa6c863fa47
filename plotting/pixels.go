package plotting

import (
	"image"
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/recorder"
	"gonum.org/v1/plot/vg/vgimg"
)

// What comes as pixels is drawn here: the whole figure in a PNG, and in vectors
// those marks of which there are too many. Axes and text are never among them.

const (
	// screenDPI is the resolution of PNGs for notebooks and pages: twice that of a
	// common screen.
	screenDPI = 192
	// printDPI is the resolution of PNGs for print, which journals ask for.
	printDPI = 300
	// imageDPI is the resolution of embedded images: two of their pixels to one
	// of a screen's PNG.
	imageDPI = 2 * screenDPI
	// mostPixels bounds an image, of which encoding takes some ten bytes a pixel:
	// a page of A2 at imageDPI, of A0 at half of that.
	mostPixels = 60e6
	// pixel is one pixel of a screen's PNG in points. Layout puts the edges of data areas
	// on whole pixels.
	pixel = vg.Length(72.0 / screenDPI)
)

// pixels draws what lies in an area as an image.
func pixels(area vg.Rectangle, dpi int, background color.Color, drawn func(vg.Canvas)) image.Image {
	size := area.Size()
	c := vgimg.NewWith(vgimg.UseWH(size.X, size.Y), vgimg.UseDPI(affordable(size, dpi)), vgimg.UseBackgroundColor(background))
	c.Translate(vg.Point{X: -area.Min.X, Y: -area.Min.Y})
	drawn(c)
	return c.Image()
}

// affordable is a resolution, halved until an image of that size has no more
// than mostPixels.
func affordable(size vg.Point, dpi int) int {
	for dpi > 1 && float64(size.X/vg.Inch)*float64(size.Y/vg.Inch)*float64(dpi*dpi) > mostPixels {
		dpi /= 2
	}
	return dpi
}

// image draws the figure in pixels, at a resolution or the half of it that can
// be afforded, which it returns.
func (d *Drawing) image(dpi int) (image.Image, int, error) {
	p, err := d.page()
	if err != nil {
		return nil, 0, err
	}
	size := vg.Point{X: p.width, Y: p.height}
	return pixels(vg.Rectangle{Max: size}, dpi, color.White, p.draw), affordable(size, dpi), nil
}

// crowd is a mark that may have very many points.
type crowd interface {
	plot.Plotter
	crowded() bool
}

// uncompressed is a canvas whose file grows with every point drawn.
type uncompressed interface{ uncompressed() }

// drawMark draws a mark, as an image where it is crowded and that saves space.
func drawMark(c draw.Canvas, p *plot.Plot, m plot.Plotter) {
	_, grows := c.Canvas.(uncompressed)
	if many, ok := m.(crowd); !grows || !ok || !many.crowded() {
		m.Plot(c, p)
		return
	}
	c.DrawImage(c.Rectangle, pixels(c.Rectangle, imageDPI, color.Transparent, func(img vg.Canvas) {
		m.Plot(draw.Canvas{Canvas: img, Rectangle: c.Rectangle}, p)
	}))
}

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
var densities = [...]*density{nil, {50_000, imageDPI}, {20_000, screenDPI}, {0, screenDPI}, {0, screenDPI / 2}}

// vector encodes the figure in vectors but, where the file would be too large,
// for the marks of the frames that are the cause.
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
	dc.DrawImage(area, pixels(area, dense.dpi, color.Transparent, f.drawVectors))
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
