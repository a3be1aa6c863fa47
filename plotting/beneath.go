package plotting

import (
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// bringOut widens lines that would be hidden: a line that a later one covers for
// most of its way shows on both sides of it.
func (f *Frame) bringOut() {
	for i := range f.Marks {
		line := lineIn(f.Marks[i].Plot)
		if line == nil || line.style.Width >= targetWidth || f.Marks[i].Legend == "" {
			continue
		}
		over := 0
		for j := i + 1; j < len(f.Marks) && over < 2; j++ {
			if lineIn(f.Marks[j].Plot) != nil && f.covers(f.Marks[i], f.Marks[j]) {
				over++
			}
		}
		line.style.Width *= vg.Length(1 + 1.4*float64(over))
		if over > 0 {
			line.style.Dashes = nil
		}
	}
}

// lineIn is the line that a plotter draws, nil if it draws none.
func lineIn(p plot.Plotter) *polyline {
	switch p := p.(type) {
	case *polyline:
		return p
	case *whiskers:
		if p.shift == 0 {
			return &p.polyline
		}
	case shapes:
		for _, part := range p {
			if line := lineIn(part); line != nil {
				return line
			}
		}
	}
	return nil
}

// covers tells whether a line that is not flat runs less than a 70th of the axis
// from another in nine of ten places, and nowhere far from it.
func (f *Frame) covers(below, above Mark) bool {
	if below.Kind != "line" || above.Kind != "line" || below.Layer != above.Layer || !slices.Equal(below.Data.X, above.Data.X) {
		return false
	}
	if own := slices.Max(below.Data.Y) - slices.Min(below.Data.Y); !f.Y.Log && own < 0.1*(f.Y.Max-f.Y.Min) {
		return false
	}
	near := 0
	for k, y := range below.Data.Y {
		switch apart := math.Abs(f.Y.part(y) - f.Y.part(above.Data.Y[k])); {
		case apart > 0.06:
			return false
		case apart < 0.015:
			near++
		}
	}
	return 10*near >= 9*len(below.Data.Y)
}

// part is where on the axis a value is, from 0 at its start to 1 at its end.
func (a Axis) part(v float64) float64 {
	if a.Log {
		return math.Log(v/a.Min) / math.Log(a.Max/a.Min)
	}
	return (v - a.Min) / (a.Max - a.Min)
}

// tellBeyond marks points that lie beyond the ends that a user chose for the y
// axis: a triangle at the edge for each, and their values in the legend.
func (f *Frame) tellBeyond() {
	if !f.Y.Fixed {
		return
	}
	all := newSpan()
	var marks []Mark
	for _, m := range f.Marks {
		d := dotsIn(m.Plot)
		if d == nil {
			continue
		}
		b := &beyond{color: d.color, shift: d.shift}
		for k, y := range d.y {
			if y < f.Y.Min || y > f.Y.Max {
				b.X, b.Y = append(b.X, d.x[k]), append(b.Y, y)
				all.add(y)
			}
		}
		if b.X != nil {
			marks = append(marks, Mark{Plot: b, Layer: m.Layer})
		}
	}
	if marks == nil {
		return
	}
	words := "beyond the axis: " + plainNumber(all.hi)
	if all.lo < all.hi {
		words = "beyond the axis: " + plainNumber(all.lo) + " to " + plainNumber(all.hi)
	}
	marks[0].Legend, marks[0].Thumb = words, &beyond{color: ink}
	f.Marks = append(f.Marks, marks...)
}

// dotsIn are the points that a plotter draws, nil if it draws none.
func dotsIn(p plot.Plotter) *dots {
	switch p := p.(type) {
	case *dots:
		return p
	case shapes:
		for _, part := range p {
			if d := dotsIn(part); d != nil {
				return d
			}
		}
	}
	return nil
}

// beyond is triangles at the edge of the data area that point to where points
// lie.
type beyond struct {
	Data
	color color.Color
	shift vg.Length
}

// Plot draws the triangles inside the axes.
func (b *beyond) Plot(c draw.Canvas, p *plot.Plot) {
	for k, pt := range onPage(c, p, b.X, b.Y) {
		pt.X += b.shift
		if pt.X < c.Min.X || pt.X > c.Max.X {
			continue
		}
		if b.Y[k] > p.Y.Max {
			b.triangle(&c, pt.X, c.Max.Y, 1)
		} else {
			b.triangle(&c, pt.X, c.Min.Y, -1)
		}
	}
}

// triangle points up or down with its tip at y.
func (b *beyond) triangle(c *draw.Canvas, x, y, up vg.Length) {
	const height, half = vg.Length(6), vg.Length(3.2)
	c.FillPolygon(b.color, []vg.Point{{X: x, Y: y}, {X: x - half, Y: y - up*height}, {X: x + half, Y: y - up*height}})
}

// Thumbnail draws one triangle.
func (b *beyond) Thumbnail(c *draw.Canvas) {
	m := c.Center()
	b.triangle(c, m.X, m.Y+3, 1)
}
