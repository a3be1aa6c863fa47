package plotting

import (
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// timedLine is a line whose colour tells time.
type timedLine struct {
	x, y  []float64
	color color.NRGBA
}

// shades is how many steps the colour takes.
const shades = 48

// manyPoints is how many points of a trajectory an SVG holds as vectors.
const manyPoints = 20000

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
	toX, toY := p.Transforms(&c)
	n := len(l.x)
	if n > manyPoints && embed(c, p, l) {
		return
	}
	for s := range shades {
		// One sample more than its share, so that no seam shows between pieces.
		first, last := s*(n-1)/shades, min((s+1)*(n-1)/shades+1, n-1)
		var points []vg.Point
		for i := first; i <= last; i++ {
			points = append(points, vg.Point{X: toX(l.x[i]), Y: toY(l.y[i])})
		}
		clr := shade(l.color, (float64(s)+0.5)/shades)
		style := draw.LineStyle{Color: clr, Width: 1.4}
		stroke(c, style, thin(points))
	}
}

// thin leaves out points closer than half a pixel to the last one kept.
func thin(points []vg.Point) []vg.Point {
	var out []vg.Point
	for i, pt := range points {
		if last := len(out) - 1; i > 0 && i < len(points)-1 {
			d := pt.Sub(out[last])
			if d.Dot(d) < pixel*pixel/4 {
				continue
			}
		}
		out = append(out, pt)
	}
	return out
}

// Thumbnail draws the colours from start to end.
func (l *timedLine) Thumbnail(c *draw.Canvas) {
	const steps = 12
	w := (c.Max.X - c.Min.X) / steps
	y := c.Center().Y
	for s := range steps {
		x := c.Min.X + w*vg.Length(s)
		clr := shade(l.color, (float64(s)+0.5)/steps)
		c.StrokeLine2(draw.LineStyle{Color: clr, Width: 2.5}, x, y, x+w, y)
	}
}

// ring is a white disc with a coloured edge.
type ring struct {
	x, y  float64
	color color.NRGBA
}

func (r *ring) at(c *draw.Canvas, pt vg.Point) {
	c.DrawGlyphNoClip(draw.GlyphStyle{Color: r.color, Radius: 3.4, Shape: draw.CircleGlyph{}}, pt)
	c.DrawGlyphNoClip(draw.GlyphStyle{Color: color.White, Radius: 2.1, Shape: draw.CircleGlyph{}}, pt)
}

// Plot draws the ring where it is inside the axes.
func (r *ring) Plot(c draw.Canvas, p *plot.Plot) {
	toX, toY := p.Transforms(&c)
	if pt := (vg.Point{X: toX(r.x), Y: toY(r.y)}); c.Contains(pt) {
		r.at(&c, pt)
	}
}

// Thumbnail draws a sample ring.
func (r *ring) Thumbnail(c *draw.Canvas) { r.at(c, c.Center()) }
