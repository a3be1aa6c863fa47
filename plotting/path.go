package plotting

import (
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// timedLine is a path whose colour tells time.
type timedLine struct {
	x, y  []float64
	color color.NRGBA
	wide  bool // a target
}

func (l *timedLine) width() vg.Length {
	if l.wide {
		return targetWidth
	}
	return 1.4
}

// shades is how many steps the colour takes.
const shades = 48

// manyPoints is how many points of a path an SVG holds as vectors.
const manyPoints = 20000

func (l *timedLine) crowded() bool { return len(l.x) > manyPoints }

// shade is the colour at time t of 0 … 1: pale to full to dark.
func shade(c color.NRGBA, t float64) color.NRGBA {
	black := color.NRGBA{A: 0xff}
	if c == black {
		return tint(c, 0.75*(1-t))
	}
	if t < 0.6 {
		return tint(c, 0.7*(1-t/0.6))
	}
	return blend(c, black, 0.45*(t-0.6)/0.4)
}

// Plot draws the line in pieces of one colour each.
func (l *timedLine) Plot(c draw.Canvas, p *plot.Plot) {
	n, points := len(l.x), onPage(c, p, l.x, l.y)
	for s := range shades {
		// One sample more than its share, so that no seam shows between pieces.
		first, last := s*(n-1)/shades, min((s+1)*(n-1)/shades+1, n-1)
		style := draw.LineStyle{Color: shade(l.color, (float64(s)+0.5)/shades), Width: l.width()}
		stroke(c, style, thin(points[first:last+1]))
	}
}

// Thumbnail draws the colours from start to end.
func (l *timedLine) Thumbnail(c *draw.Canvas) {
	gradient(c, 12, func(t float64) draw.LineStyle { return draw.LineStyle{Color: shade(l.color, t), Width: 2.5} })
}

const (
	ringOuter, ringInner = vg.Length(3.4), vg.Length(2.1)
	// An arrow's head: its length, half its width, and how far it stands out of
	// the line's end, so that the line does not blunt the tip.
	headLength, headHalf, headForward = vg.Length(6.5), vg.Length(2.6), vg.Length(2)
	// headingLength is the length of path over which its direction is taken.
	headingLength = vg.Length(4)
)

// ring is a white disc with a coloured edge, where a path starts.
type ring struct {
	x, y  float64
	color color.NRGBA
}

func (r *ring) at(c *draw.Canvas, pt vg.Point) {
	c.DrawGlyphNoClip(disc(r.color, ringOuter), pt)
	c.DrawGlyphNoClip(disc(color.White, ringInner), pt)
}

// Plot draws the ring where it is inside the axes.
func (r *ring) Plot(c draw.Canvas, p *plot.Plot) {
	if pt := onPage(c, p, []float64{r.x}, []float64{r.y})[0]; c.Contains(pt) {
		r.at(&c, pt)
	}
}

// Thumbnail draws a sample ring.
func (r *ring) Thumbnail(c *draw.Canvas) { r.at(c, c.Center()) }

// startKey explains the rings.
var startKey = Mark{Legend: "start", Thumb: &ring{color: ink}}

// arrow is a path with a head at its end.
type arrow struct {
	x, y   []float64
	color  color.NRGBA
	dashes []vg.Length
}

func (a *arrow) style() draw.LineStyle {
	return draw.LineStyle{Color: a.color, Width: 1.3, Dashes: a.dashes}
}

// Plot draws the path and, where it ends inside the axes, the head.
func (a *arrow) Plot(c draw.Canvas, p *plot.Plot) {
	points := thin(onPage(c, p, a.x, a.y))
	stroke(c, a.style(), points)
	tip := points[len(points)-1]
	if dx, dy, ok := heading(points); ok && c.Contains(tip) {
		arrowHead(c, a.color, tip, dx, dy)
	}
}

// Thumbnail draws a sample of the line.
func (a *arrow) Thumbnail(c *draw.Canvas) { sample(c, a.style()) }

// arrowHead draws the head of a line that ends at tip in a direction.
func arrowHead(c draw.Canvas, clr color.Color, tip vg.Point, dx, dy vg.Length) {
	tip = tip.Add(vg.Point{X: dx * headForward, Y: dy * headForward})
	triangle(c, clr, tip, tip.Sub(vg.Point{X: dx * headLength, Y: dy * headLength}), dx*headHalf, dy*headHalf)
}

// triangle fills the triangle from tip to a base in its middle, half of which
// is (x, y) turned by a right angle.
func triangle(c draw.Canvas, clr color.Color, tip, base vg.Point, x, y vg.Length) {
	c.FillPolygon(clr, []vg.Point{tip, {X: base.X - y, Y: base.Y + x}, {X: base.X + y, Y: base.Y - x}})
}

// heading is the direction over the last few points of length of a path.
func heading(points []vg.Point) (dx, dy vg.Length, ok bool) {
	tip := points[len(points)-1]
	for i := len(points) - 2; i >= 0; i-- {
		d := tip.Sub(points[i])
		if r := vg.Length(math.Hypot(float64(d.X), float64(d.Y))); r > headingLength || (i == 0 && r > 0) {
			return d.X / r, d.Y / r, true
		}
	}
	return 0, 0, false
}
