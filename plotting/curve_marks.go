package plotting

import (
	"image/color"

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
	toX, toY := p.Transforms(&c)
	solid := draw.LineStyle{Color: w.style.Color, Width: w.style.Width}
	points := make([]vg.Point, len(w.x))
	for i := range points {
		points[i] = vg.Point{X: toX(w.x[i]) + w.shift, Y: toY(w.y[i])}
		if !w.bars || w.low[i] == w.high[i] {
			continue
		}
		c.StrokeLines(solid, c.ClipLinesXY(errorBar(points[i].X, toY(w.low[i]), toY(w.high[i]))...)...)
	}
	stroke(c, w.style, points)
	for _, pt := range points {
		c.DrawGlyph(w.glyph(), pt)
	}
}

func (w *whiskers) glyph() draw.GlyphStyle {
	return draw.GlyphStyle{Color: w.style.Color, Radius: 2.1, Shape: draw.CircleGlyph{}}
}

// Thumbnail draws a sample of the line with a point.
func (w *whiskers) Thumbnail(c *draw.Canvas) {
	w.polyline.Thumbnail(c)
	c.DrawGlyphNoClip(w.glyph(), c.Center())
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
	c.DrawGlyphNoClip((&whiskers{polyline: polyline{style: draw.LineStyle{Color: ink}}}).glyph(), m)
}

// band is the area between two lines over ascending x.
type band struct {
	x, low, high []float64
	color        color.NRGBA
}

// Plot fills the area, pale enough for another to show through. Over a single
// x it is a bar.
func (b *band) Plot(c draw.Canvas, p *plot.Plot) {
	toX, toY := p.Transforms(&c)
	n := len(b.x)
	if n == 1 {
		const half = vg.Length(4)
		x, low, high := toX(b.x[0]), toY(b.low[0]), toY(b.high[0])
		corners := []vg.Point{{X: x - half, Y: low}, {X: x + half, Y: low}, {X: x + half, Y: high}, {X: x - half, Y: high}}
		c.FillPolygon(b.fill(), c.ClipPolygonXY(corners))
		return
	}
	upper, lower := make([]vg.Point, n), make([]vg.Point, n)
	for i, x := range b.x {
		upper[i] = vg.Point{X: toX(x), Y: toY(b.high[i])}
		lower[n-1-i] = vg.Point{X: toX(x), Y: toY(b.low[i])}
	}
	c.FillPolygon(b.fill(), c.ClipPolygonXY(append(decimate(upper), decimate(lower)...)))
}

func (b *band) fill() color.NRGBA {
	clr := b.color
	clr.A = 0x38
	return clr
}

// Thumbnail draws a sample of the area.
func (b *band) Thumbnail(c *draw.Canvas) { fillRect(c, c.Rectangle, b.fill()) }

// shiftedDots are dots moved sideways.
type shiftedDots struct {
	dots
	shift vg.Length
}

// Plot draws the dots that lie on the canvas.
func (d *shiftedDots) Plot(c draw.Canvas, p *plot.Plot) { d.plot(c, p, d.shift) }

// dots are all measurements.
func (s Samples) dots(shift vg.Length, clr color.NRGBA) *shiftedDots {
	d := &shiftedDots{dots{radius: 1.5, color: clr}, shift}
	for i, values := range s.Values {
		for _, v := range values {
			d.x, d.y = append(d.x, s.X[i]), append(d.y, v)
		}
	}
	return d
}
