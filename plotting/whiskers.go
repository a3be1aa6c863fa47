package plotting

import (
	"image/color"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// whiskers are a line through points with a bar from low to high at each,
// all moved sideways by shift.
type whiskers struct {
	polyline
	low, high []float64
	bars      bool
	shift     vg.Length
}

// Plot draws bars, line and points.
func (w *whiskers) Plot(c draw.Canvas, p *plot.Plot) {
	_, toY := p.Transforms(&c)
	solid := draw.LineStyle{Color: w.style.Color, Width: w.style.Width}
	points := onPage(c, p, w.x, w.y)
	for i := range points {
		points[i].X += w.shift
		if w.bars && w.low[i] != w.high[i] {
			c.StrokeLines(solid, c.ClipLinesXY(errorBar(points[i].X, toY(w.low[i]), toY(w.high[i]))...)...)
		}
	}
	stroke(c, w.style, points)
	for _, pt := range points {
		c.DrawGlyph(disc(w.style.Color, knob), pt)
	}
}

// knob is the radius of a curve's points.
const knob = vg.Length(2.1)

// Thumbnail draws a sample of the line with a point.
func (w *whiskers) Thumbnail(c *draw.Canvas) {
	w.polyline.Thumbnail(c)
	c.DrawGlyphNoClip(disc(w.style.Color, knob), c.Center())
}

// errorBar is an upright line with a cap at either end.
func errorBar(x, low, high vg.Length) [][]vg.Point {
	const half = vg.Length(1.6)
	return [][]vg.Point{
		{{X: x, Y: low}, {X: x, Y: high}},
		{{X: x - half, Y: low}, {X: x + half, Y: low}},
		{{X: x - half, Y: high}, {X: x + half, Y: high}},
	}
}

// sampleWhisker stands for error bars in a legend.
type sampleWhisker struct{}

// Thumbnail draws an error bar about a point.
func (sampleWhisker) Thumbnail(c *draw.Canvas) {
	m := c.Center()
	c.StrokeLines(draw.LineStyle{Color: ink, Width: lineWidth}, errorBar(m.X, c.Min.Y, c.Max.Y)...)
	c.DrawGlyphNoClip(disc(ink, knob), m)
}

// band is the area between two lines over ascending x.
type band struct {
	x, low, high []float64
	color        color.NRGBA
}

// Plot fills the area, pale enough for another to show through. Over a single
// x it is a bar.
func (b *band) Plot(c draw.Canvas, p *plot.Plot) {
	if len(b.x) == 1 {
		toX, toY := p.Transforms(&c)
		const half = vg.Length(4)
		x, low, high := toX(b.x[0]), toY(b.low[0]), toY(b.high[0])
		corners := []vg.Point{{X: x - half, Y: low}, {X: x + half, Y: low}, {X: x + half, Y: high}, {X: x - half, Y: high}}
		c.FillPolygon(b.fill(), c.ClipPolygonXY(corners))
		return
	}
	upper, lower := onPage(c, p, b.x, b.high), onPage(c, p, b.x, b.low)
	slices.Reverse(lower)
	c.FillPolygon(b.fill(), c.ClipPolygonXY(append(decimate(upper), decimate(lower)...)))
}

func (b *band) fill() color.NRGBA {
	clr := b.color
	clr.A = 0x38
	return clr
}

// Thumbnail draws a sample of the area.
func (b *band) Thumbnail(c *draw.Canvas) { fillRect(c, c.Rectangle, b.fill()) }
