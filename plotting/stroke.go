package plotting

import (
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
)

// stroke draws a line clipped to the canvas. In images it draws a line that
// crosses the canvas many times over piece by piece: the rasteriser's time
// grows with the square of the edges that cross a row of pixels, and a noisy
// trace would take it 20 s at once.
func stroke(c draw.Canvas, style draw.LineStyle, line []vg.Point) {
	lines := c.ClipLinesXY(line)
	if _, ok := c.Canvas.(*vgimg.Canvas); !ok {
		c.StrokeLines(style, lines...)
		return
	}
	const piece = 16
	for _, l := range lines {
		if pathLength(l) < 8*c.Size().X {
			c.StrokeLines(style, l)
			continue
		}
		for begin := 0; begin < len(l)-1; begin += piece {
			// One segment more than its share closes the joint.
			end := min(begin+piece+2, len(l))
			c.StrokeLines(style, l[begin:end])
			if len(style.Dashes) > 0 {
				style.DashOffs += pathLength(l[begin:min(begin+piece+1, len(l))])
			}
		}
	}
}

func pathLength(l []vg.Point) vg.Length {
	var sum float64
	for i := 1; i < len(l); i++ {
		d := l[i].Sub(l[i-1])
		sum += math.Hypot(float64(d.X), float64(d.Y))
	}
	return vg.Length(sum)
}

// uncompressed is a canvas whose file grows with every point drawn.
type uncompressed interface{ uncompressed() }

// imageDPI is the resolution of embedded images: two of their pixels to one
// of the PNG's.
const imageDPI = 2 * pngDPI

// mostPixels bounds an embedded image, of which encoding takes some ten bytes a
// pixel: a page of A2 at imageDPI, of A0 at half of that.
const mostPixels = 60e6

// affordable is a resolution, halved until an image of that size has no more
// than mostPixels.
func affordable(size vg.Point, dpi int) int {
	for dpi > 1 && float64(size.X/vg.Inch)*float64(size.Y/vg.Inch)*float64(dpi*dpi) > mostPixels {
		dpi /= 2
	}
	return dpi
}

// embed draws marks that have very many points as an image, if the canvas is
// one on which that saves space, and reports whether it did.
func embed(c draw.Canvas, p *plot.Plot, marks plot.Plotter) bool {
	if _, ok := c.Canvas.(uncompressed); !ok {
		return false
	}
	size := c.Size()
	img := vgimg.NewWith(
		vgimg.UseWH(size.X, size.Y),
		vgimg.UseDPI(affordable(size, imageDPI)),
		vgimg.UseBackgroundColor(color.Transparent),
	)
	marks.Plot(draw.New(img), p)
	c.DrawImage(c.Rectangle, img.Image())
	return true
}
