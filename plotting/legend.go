package plotting

import (
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

const (
	thumbWidth = vg.Length(16)
	thumbGap   = vg.Length(4)
	entryGap   = vg.Length(14)
)

// placedEntry is a legend entry with its place: x from the left edge of the
// legend, line from its top.
type placedEntry struct {
	thumb plot.Thumbnailer
	lines []string
	x     vg.Length
	line  int
}

// placeLegend sets the entries side by side in as many lines as needed.
// gonum's legend stands inside the axes, one entry per line, over the data.
func placeLegend(entries []Mark, width vg.Length) (placed []placedEntry, lines int) {
	var x vg.Length
	line, deep := 0, 1
	for _, e := range entries {
		text := legendStyle.wrap(e.Legend, width-thumbWidth-thumbGap)
		w := thumbWidth + thumbGap
		var widest vg.Length
		for _, s := range text {
			widest = max(widest, legendStyle.width(s))
		}
		w += widest
		if x > 0 && x+w > width {
			x, line, deep = 0, line+deep, 1
		}
		placed = append(placed, placedEntry{e.thumb(), text, x, line})
		x += w + entryGap
		deep = max(deep, len(text))
		lines = line + deep
	}
	return placed, lines
}

// drawLegend draws the entries below and to the right of (x, y).
func (c *cell) drawLegend(dc vg.Canvas, x, y vg.Length) {
	for _, e := range c.entries {
		left := x + e.x
		top := y - legendStyle.size*leading*vg.Length(e.line)
		if e.thumb != nil {
			e.thumb.Thumbnail(&draw.Canvas{Canvas: dc, Rectangle: vg.Rectangle{
				Min: vg.Point{X: left, Y: top - legendStyle.size*0.9},
				Max: vg.Point{X: left + thumbWidth, Y: top - legendStyle.size*0.1},
			}})
		}
		legendStyle.lines(dc, left+thumbWidth+thumbGap, top, 0, e.lines)
	}
}
