package plotting

import (
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// shape draws a mark and its picture in the legend.
type shape interface {
	plot.Plotter
	plot.Thumbnailer
}

// lineMark is a line with a name.
func lineMark(name string, x, y []float64, style draw.LineStyle) Mark {
	return Mark{Name: name, Kind: "line", Plot: &polyline{x, y, style}, Data: Data{X: x, Y: y}}
}

// polyline is a line through points with ascending x. It stands in for
// plotter.Line, which draws every sample: 200,000 of them make an SVG of 3 MB.
type polyline struct {
	x, y  []float64
	style draw.LineStyle
}

// Plot draws the line, reduced to what can be seen. A single point is a dot.
func (l *polyline) Plot(c draw.Canvas, p *plot.Plot) {
	if len(l.x) == 1 {
		(&dots{x: l.x, y: l.y, radius: 1.5 * l.style.Width, color: l.style.Color}).Plot(c, p)
		return
	}
	stroke(c, l.style, decimate(onPage(c, p, l.x, l.y)))
}

// onPage are the points of a canvas at coordinates in the units of the axes.
func onPage(c draw.Canvas, p *plot.Plot, x, y []float64) []vg.Point {
	toX, toY := p.Transforms(&c)
	points := make([]vg.Point, len(x))
	for i := range points {
		points[i] = vg.Point{X: toX(x[i]), Y: toY(y[i])}
	}
	return points
}

// Thumbnail draws a sample of the line.
func (l *polyline) Thumbnail(c *draw.Canvas) { sample(c, l.style) }

// sample draws a piece of a line in the legend.
func sample(c *draw.Canvas, style draw.LineStyle) {
	c.StrokeLine2(style, c.Min.X, c.Center().Y, c.Max.X, c.Center().Y)
}

// gradient draws a line in the legend whose style changes along it.
func gradient(c *draw.Canvas, steps int, style func(t float64) draw.LineStyle) {
	w := (c.Max.X - c.Min.X) / vg.Length(steps)
	for i := range steps {
		x := c.Min.X + w*vg.Length(i)
		c.StrokeLine2(style((float64(i)+0.5)/float64(steps)), x, c.Center().Y, x+w, c.Center().Y)
	}
}

// dots are filled circles, all moved sideways by shift.
type dots struct {
	x, y   []float64
	radius vg.Length
	color  color.Color
	shift  vg.Length
}

// Plot draws the dots that lie on the canvas, one by one. Of very many, those
// within half a pixel of each other are one.
func (d *dots) Plot(c draw.Canvas, p *plot.Plot) {
	seen := map[vg.Point]bool{}
	for _, pt := range onPage(c, p, d.x, d.y) {
		pt.X += d.shift
		if len(d.x) > manyPoints {
			pt = vg.Point{X: snap(2*pt.X) / 2, Y: snap(2*pt.Y) / 2}
			if seen[pt] || !c.Contains(pt) {
				continue
			}
			seen[pt] = true
		}
		c.DrawGlyph(disc(d.color, d.radius), pt)
	}
}

// Thumbnail draws one dot.
func (d *dots) Thumbnail(c *draw.Canvas) { c.DrawGlyphNoClip(disc(d.color, d.radius), c.Center()) }

func disc(c color.Color, radius vg.Length) draw.GlyphStyle {
	return draw.GlyphStyle{Color: c, Radius: radius, Shape: draw.CircleGlyph{}}
}

// hLine is the mark of a line across the whole data area at a value of y.
func hLine(y float64, name string, style draw.LineStyle) Mark {
	l := &level{at: y, style: style}
	return Mark{Kind: "horizontal line", Legend: name, Plot: l, Layer: guiding, Data: Data{Y: []float64{y}}}
}

// vLine is the mark of a line across the whole data area at a value of x.
func vLine(x float64, name string, style draw.LineStyle) Mark {
	l := &level{at: x, vertical: true, style: style}
	return Mark{Kind: "vertical line", Legend: name, Plot: l, Layer: guiding, Data: Data{X: []float64{x}}}
}

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
func (l *level) Thumbnail(c *draw.Canvas) { sample(c, l.style) }

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
func (d *diagonal) Thumbnail(c *draw.Canvas) { sample(c, d.style) }

// shapes are drawn on top of each other.
type shapes []shape

// Plot draws the first, then the next.
func (s shapes) Plot(c draw.Canvas, p *plot.Plot) {
	for _, one := range s {
		one.Plot(c, p)
	}
}

// Thumbnail draws the first, then the next.
func (s shapes) Thumbnail(c *draw.Canvas) {
	for _, one := range s {
		one.Thumbnail(c)
	}
}

// shaded are stretches of the x axis over the whole height.
type shaded struct {
	from, to []float64
	color    color.Color
}

// Plot fills the stretches as far as they are inside the axes.
func (s *shaded) Plot(c draw.Canvas, p *plot.Plot) {
	toX, _ := p.Transforms(&c)
	for i := range s.from {
		left, right := max(c.Min.X, toX(s.from[i])), min(c.Max.X, toX(s.to[i]))
		if left < right {
			s.fill(c, left, right)
		}
	}
}

// Thumbnail draws a patch.
func (s *shaded) Thumbnail(c *draw.Canvas) { s.fill(*c, c.Min.X, c.Max.X) }

func (s *shaded) fill(c draw.Canvas, left, right vg.Length) {
	c.FillPolygon(s.color, []vg.Point{{X: left, Y: c.Min.Y}, {X: right, Y: c.Min.Y}, {X: right, Y: c.Max.Y}, {X: left, Y: c.Max.Y}})
}

// bars stand on zero.
type bars struct {
	x, y  []float64
	width float64 // in units of x
	color color.Color
}

// Plot draws the bars. plotter.BarChart's widths are in points and do not
// follow the axis.
func (b *bars) Plot(c draw.Canvas, p *plot.Plot) {
	toX, toY := p.Transforms(&c)
	for i, x := range b.x {
		left, right, low, high := toX(x-b.width/2), toX(x+b.width/2), toY(0), toY(b.y[i])
		corners := []vg.Point{{X: left, Y: low}, {X: right, Y: low}, {X: right, Y: high}, {X: left, Y: high}}
		c.FillPolygon(b.color, c.ClipPolygonXY(corners))
	}
}

// Thumbnail draws a sample bar.
func (b *bars) Thumbnail(c *draw.Canvas) {
	m := c.Center().X
	fillRect(c, vg.Rectangle{Min: vg.Point{X: m - 3, Y: c.Min.Y}, Max: vg.Point{X: m + 3, Y: c.Max.Y}}, b.color)
}
