package plotting

import (
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// polyline is a line through points with ascending x. It stands in for
// plotter.Line, which draws every sample: 200,000 of them make an SVG of 3 MB.
type polyline struct {
	x, y  []float64
	style draw.LineStyle
}

// Plot draws the line, reduced to what can be seen. A single point is a dot.
func (l *polyline) Plot(c draw.Canvas, p *plot.Plot) {
	toX, toY := p.Transforms(&c)
	if len(l.x) == 1 {
		(&dots{l.x, l.y, 1.5 * l.style.Width, l.style.Color}).Plot(c, p)
		return
	}
	points := make([]vg.Point, len(l.x))
	for i := range points {
		points[i] = vg.Point{X: toX(l.x[i]), Y: toY(l.y[i])}
	}
	stroke(c, l.style, decimate(points))
}

// Thumbnail draws a sample of the line.
func (l *polyline) Thumbnail(c *draw.Canvas) {
	y := c.Center().Y
	c.StrokeLine2(l.style, c.Min.X, y, c.Max.X, y)
}

// pixel is one pixel of the PNG, 1/192 inch, in points. Layout puts the edges
// of data areas on whole pixels.
const pixel = vg.Length(72.0 / pngDPI)

// decimate keeps, of all points that fall into one pixel column, the first,
// the lowest, the highest and the last. A line drawn through these covers the
// same pixels as one drawn through all (Jugel et al., M4: a visualization-
// oriented time series data aggregation, PVLDB 7(10), 2014), and its length is
// bounded by the width of the figure, not by the number of samples.
func decimate(points []vg.Point) []vg.Point {
	var out []vg.Point
	column := func(i int) int { return int(points[i].X / pixel) }
	for begin := 0; begin < len(points); {
		low, high, end := begin, begin, begin+1
		for ; end < len(points) && column(end) == column(begin); end++ {
			if points[end].Y < points[low].Y {
				low = end
			}
			if points[end].Y > points[high].Y {
				high = end
			}
		}
		last := -1
		for _, i := range [...]int{begin, min(low, high), max(low, high), end - 1} {
			if i > last {
				out, last = append(out, points[i]), i
			}
		}
		begin = end
	}
	return out
}

// dots are filled circles.
type dots struct {
	x, y   []float64
	radius vg.Length
	color  color.Color
}

// Plot draws the dots that lie on the canvas. The discs of one series go into
// the file one by one; series are short (a point per trial or seed).
func (d *dots) Plot(c draw.Canvas, p *plot.Plot) { d.plot(c, p, 0) }

// plot draws the dots moved sideways. Of very many, those within half a pixel
// of each other are one.
func (d *dots) plot(c draw.Canvas, p *plot.Plot, shift vg.Length) {
	toX, toY := p.Transforms(&c)
	seen := map[vg.Point]bool{}
	for i := range d.x {
		pt := vg.Point{X: toX(d.x[i]) + shift, Y: toY(d.y[i])}
		if len(d.x) > manyPoints {
			pt = vg.Point{X: snap(2*pt.X) / 2, Y: snap(2*pt.Y) / 2}
			if seen[pt] || !c.Contains(pt) {
				continue
			}
			seen[pt] = true
		}
		c.DrawGlyph(d.glyph(), pt)
	}
}

func (d *dots) glyph() draw.GlyphStyle {
	return draw.GlyphStyle{Color: d.color, Radius: d.radius, Shape: draw.CircleGlyph{}}
}

// Thumbnail draws one dot.
func (d *dots) Thumbnail(c *draw.Canvas) { c.DrawGlyphNoClip(d.glyph(), c.Center()) }

// level is a line across the whole data area at one value of y, or of x.
type level struct {
	at       float64
	vertical bool
	style    draw.LineStyle
}

// Plot draws the line where it is inside the axes.
func (l *level) Plot(c draw.Canvas, p *plot.Plot) {
	toX, toY := p.Transforms(&c)
	if l.vertical {
		if x := toX(l.at); c.ContainsX(x) {
			c.StrokeLine2(l.style, x, c.Min.Y, x, c.Max.Y)
		}
		return
	}
	if y := toY(l.at); c.ContainsY(y) {
		c.StrokeLine2(l.style, c.Min.X, y, c.Max.X, y)
	}
}

// Thumbnail draws a sample of the line.
func (l *level) Thumbnail(c *draw.Canvas) {
	y := c.Center().Y
	c.StrokeLine2(l.style, c.Min.X, y, c.Max.X, y)
}

// diagonal is the line where y equals x, in axes of one kind.
type diagonal struct{ style draw.LineStyle }

// Plot draws the line as far as it is inside the axes.
func (d *diagonal) Plot(c draw.Canvas, p *plot.Plot) {
	low, high := max(p.X.Min, p.Y.Min), min(p.X.Max, p.Y.Max)
	if low < high {
		toX, toY := p.Transforms(&c)
		c.StrokeLine2(d.style, toX(low), toY(low), toX(high), toY(high))
	}
}

// Thumbnail draws a sample of the line.
func (d *diagonal) Thumbnail(c *draw.Canvas) { (&level{style: d.style}).Thumbnail(c) }

// guide is a mark that guides the eye, and its picture in the legend.
type guide interface {
	plot.Plotter
	plot.Thumbnailer
}

// both shows two thumbnails on top of each other.
type both [2]plot.Thumbnailer

// Thumbnail draws the first, then the second.
func (b both) Thumbnail(c *draw.Canvas) {
	b[0].Thumbnail(c)
	b[1].Thumbnail(c)
}
