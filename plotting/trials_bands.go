package plotting

import (
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// bands are shaded stretches of the x axis.
type bands struct {
	from, to []float64
	color    color.Color
}

// Plot fills the stretches as far as they are inside the axes.
func (b *bands) Plot(c draw.Canvas, p *plot.Plot) {
	toX, _ := p.Transforms(&c)
	for i := range b.from {
		left, right := max(c.Min.X, toX(b.from[i])), min(c.Max.X, toX(b.to[i]))
		if left < right {
			b.fill(c, left, right)
		}
	}
}

// Thumbnail draws a patch.
func (b *bands) Thumbnail(c *draw.Canvas) { b.fill(*c, c.Min.X, c.Max.X) }

func (b *bands) fill(c draw.Canvas, left, right vg.Length) {
	c.FillPolygon(b.color, []vg.Point{{X: left, Y: c.Min.Y}, {X: right, Y: c.Min.Y}, {X: right, Y: c.Max.Y}, {X: left, Y: c.Max.Y}})
}
