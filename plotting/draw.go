package plotting

import (
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// draw draws the whole page.
func (p *page) draw(c vg.Canvas) {
	fillRect(c, vg.Rectangle{Max: vg.Point{X: p.width, Y: p.height}}, color.White)
	y := p.height
	if n := len(p.tag); n > 0 {
		tagStyle.lines(c, p.width-outerMargin, y-outerMargin, 1, p.tag)
		y -= tagStyle.height(n) + tagGap
	}
	figureStyle.lines(c, p.width/2, y-outerMargin, 0.5, p.title)
	for _, cell := range p.cells {
		cell.draw(c, p.dense)
	}
}

func fillRect(c vg.Canvas, r vg.Rectangle, clr color.Color) {
	c.SetColor(clr)
	c.Fill(r.Path())
}

func (c *cell) draw(dc vg.Canvas, dense *density) {
	for i, f := range c.frames {
		f.drawMarks(dc, dense)
		last := i == len(c.frames)-1
		f.drawX(dc, last && !c.hideX)
		f.drawY(dc)
		f.drawBar(dc)
		f.drawKey(dc)
	}
	letterStyle.lines(dc, c.x, c.y, 0, []string{c.letter})
	// Title and legend stand directly above the data, also where a neighbour
	// in the row needs more room for its own.
	x := c.frames[0].data.Min.X
	y := c.frames[0].data.Max.Y
	if c.lines > 0 {
		y += legendStyle.height(c.lines) + headGap
		c.drawLegend(dc, x, y)
	}
	titleStyle.lines(dc, x, c.titleTop(), 0, c.title)
}

// titleTop is the upper edge of the title: that of the letter, so that both
// stand on one line.
func (c *cell) titleTop() vg.Length { return c.y - (letterStyle.size-titleStyle.size)*0.8 }

// drawVectors lets the marks draw themselves.
func (f *frameBox) drawVectors(dc vg.Canvas) {
	p := f.scales()
	c := draw.Canvas{Canvas: dc, Rectangle: f.data}
	for _, m := range f.frame.ordered() {
		if m.Plot != nil {
			dc.Push()
			drawMark(c, p, m.Plot)
			dc.Pop()
		}
	}
	if f.frame.box != nil {
		f.frame.box.draw(c, p)
	}
}

// scales holds the scales of the frame's axes. gonum's Plot is only their carrier
// here: its own layout shrinks the data area by whatever tick labels and glyphs
// stick out, so that areas of neighbours cannot line up.
func (f *frameBox) scales() *plot.Plot {
	p := plot.New()
	p.X.Min, p.X.Max, p.X.Scale = f.frame.X.Min, f.frame.X.Max, f.frame.X.scale()
	p.Y.Min, p.Y.Max, p.Y.Scale = f.frame.Y.Min, f.frame.Y.Max, f.frame.Y.scale()
	return p
}

var axisLine = draw.LineStyle{Color: ink, Width: axisWidth}

// drawX draws the x axis below the data; where the axis is shared with the
// frame below, only its line and ticks.
func (f *frameBox) drawX(dc vg.Canvas, labels bool) {
	c := draw.Canvas{Canvas: dc, Rectangle: f.data}
	if !f.frame.X.Bare {
		c.StrokeLine2(axisLine, c.Min.X-axisWidth/2, c.Min.Y, c.Max.X, c.Min.Y)
	}
	deepest := 0
	for _, t := range f.xTicks {
		x := c.X(f.frame.X.norm(t.Value))
		if !f.frame.X.Bare {
			c.StrokeLine2(axisLine, x, c.Min.Y, x, c.Min.Y-t.length())
		}
		if labels {
			tickStyle.lines(dc, x, c.Min.Y-tickLength-tickGap, 0.5, t.lines)
			deepest = max(deepest, len(t.lines))
		}
	}
	if labels {
		y := c.Min.Y - tickLength - tickGap - tickStyle.height(deepest) - labelGap - labelStyle.size*0.8
		labelStyle.draw(dc, vg.Point{X: c.Center().X, Y: y}, 0.5, 0, f.frame.X.Label)
	}
}

// drawY draws the y axis left of the data.
func (f *frameBox) drawY(dc vg.Canvas) {
	c := draw.Canvas{Canvas: dc, Rectangle: f.data}
	x := c.Min.X
	if !f.frame.Y.Bare {
		c.StrokeLine2(axisLine, x, c.Min.Y, x, c.Max.Y)
		x -= tickLength
	}
	for _, t := range f.yTicks {
		y := c.Y(f.frame.Y.norm(t.Value))
		if !f.frame.Y.Bare {
			c.StrokeLine2(axisLine, c.Min.X, y, c.Min.X-t.length(), y)
		}
		top := y + tickStyle.height(len(t.lines))/2 - tickStyle.size*0.07
		tickStyle.lines(dc, x-tickGap, top, 1, t.lines)
	}
	base := c.Min.X - f.left + labelStyle.size*0.8
	for i, line := range f.yLabel {
		at := vg.Point{X: base + labelStyle.size*leading*vg.Length(i), Y: c.Center().Y}
		labelStyle.draw(dc, at, 0.5, math.Pi/2, line)
	}
}

func (t tick) length() vg.Length {
	if t.IsMinor() {
		return tickLength / 2
	}
	return tickLength
}

// drawBar draws the scale bar at the lower right, outside of the data area.
func (f *frameBox) drawBar(dc vg.Canvas) {
	b := f.frame.Bar
	if b == nil {
		return
	}
	c := draw.Canvas{Canvas: dc, Rectangle: f.data}
	h := vg.Length(b.Length/(f.frame.Y.Max-f.frame.Y.Min)) * f.data.Size().Y
	x := c.Max.X + barGap
	c.StrokeLine2(draw.LineStyle{Color: ink, Width: 2}, x, c.Min.Y, x, c.Min.Y+h)
	tickStyle.draw(dc, vg.Point{X: x + barGap, Y: c.Min.Y + h/2 - tickSize*0.35}, 0, 0, b.Label)
}
