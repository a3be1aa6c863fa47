package plotting

import (
	"fmt"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
)

// Distances in points.
const (
	outerMargin = vg.Length(4)
	rowGap      = vg.Length(9)
	columnGap   = vg.Length(14)
	frameGap    = vg.Length(9) // between frames of one panel: room for half tick labels
	tickLength  = vg.Length(3)
	tickGap     = vg.Length(2.5)
	labelGap    = vg.Length(5)
	headGap     = vg.Length(5)
	tagGap      = vg.Length(2) // below the tag
	barGap      = vg.Length(4)
	minimumData = vg.Length(12) // lower bound for a data area's sides
)

// Styles of the texts.
var (
	tickStyle   = textStyle{tickSize, false, ink}
	legendStyle = textStyle{legendSize, false, ink}
	labelStyle  = textStyle{labelSize, false, ink}
	titleStyle  = textStyle{titleSize, false, ink}
	letterStyle = textStyle{letterSize, true, ink}
	figureStyle = textStyle{figureSize, true, ink}
	tagStyle    = textStyle{tickSize, false, rule}
)

// page is a figure with everything in its place.
type page struct {
	width, height vg.Length
	tag, title    []string
	cells         []*cell
	dense         *density // nil: everything in vectors
}

// cell is a panel on the page.
type cell struct {
	spot
	hideX     bool // the panel below labels the x axis
	legend    []Mark
	titleText string
	frames    []*frameBox

	title   []string
	entries []placedEntry
	lines   int // of the legend
	left    vg.Length
	right   vg.Length
	top     vg.Length
	bottom  vg.Length

	x, y vg.Length // top left corner of the cell
}

// frameBox is a frame on the page.
type frameBox struct {
	frame  Frame // axes as drawn: widened for Equal
	data   vg.Rectangle
	xTicks []tick
	yTicks []tick
	key    placedKey
	yLabel []string
	left   vg.Length // from the data to the y label's outer edge
}

// tick is a tick with its label broken into lines.
type tick struct {
	plot.Tick
	lines []string
}

// layout places everything. What is needed left of the data depends on the
// ticks, these on the axes' ranges, with Equal on the data's shape, and that
// on what is needed left of the data: three rounds settle it.
func (d *Drawing) layout(contents []Content) (*page, error) {
	p := d.newPage(contents)
	columns := d.columnsFor(len(contents))
	columnWidth := p.width / vg.Length(columns)
	for _, c := range p.cells {
		for _, f := range c.frames {
			f.data.Max = vg.Point{X: columnWidth * vg.Length(c.span) * 0.8, Y: cm(f.frame.Height)}
		}
	}
	for range 3 {
		for i, c := range p.cells {
			c.measure(contents[i])
		}
		if err := d.place(p); err != nil {
			return nil, err
		}
	}
	return p, p.check()
}

// check finds what is too large for memory or too small to be seen.
func (p *page) check() error {
	width, height := float64(p.width/vg.Centimeter), float64(p.height/vg.Centimeter)
	if height > maxSize*1.001 || width*height > maxArea*1.001 {
		return fmt.Errorf("plotting: the figure would be %.4g cm wide and %.4g cm high: at most %d cm of height and 1 m² are possible: give it fewer panels or rows, lower ones, shorter texts, or more Columns", width, height, maxSize)
	}
	for i, c := range p.cells {
		for _, f := range c.frames {
			if size := f.data.Size(); size.Y < minimumData || !f.hasRoom() {
				return fmt.Errorf("plotting: panel %s: %.2g x %.2g cm are left for its data, which is too small to draw them: give it more Height, or the figure more width or fewer Columns",
					letter(i), float64(size.X/vg.Centimeter), float64(size.Y/vg.Centimeter))
			}
		}
	}
	return nil
}

func (d *Drawing) newPage(contents []Content) *page {
	spots := d.spots(len(contents))
	hidden := shareX(contents, spots)
	p := &page{width: snap(cm(d.width))}
	inner := p.width - 2*outerMargin
	p.tag = tagStyle.wrap(d.tag, inner)
	p.title = figureStyle.wrap(d.title, inner)
	for i, content := range contents {
		c := &cell{
			spot: spots[i], hideX: hidden[i],
			legend: content.legend(), titleText: content.Title,
		}
		if c.noLetter {
			c.letter = ""
		}
		if c.noLegend {
			c.legend = nil
		}
		for _, f := range content.Frames {
			c.frames = append(c.frames, &frameBox{frame: f})
		}
		p.cells = append(p.cells, c)
	}
	return p
}

// norm is where v lies along the axis, 0 at its lower end and 1 at its upper.
func (a Axis) norm(v float64) float64 { return a.scale().Normalize(a.Min, a.Max, v) }

// snap moves a length to a whole pixel of the PNG, which keeps axes and
// raster images crisp.
func snap(x vg.Length) vg.Length {
	return vg.Length(math.Round(float64(x/pixel))) * pixel
}

// errTooSmall says by how much.
func errTooSmall(side string, has, needs vg.Length) error {
	return fmt.Errorf("plotting: a figure %.1f cm %s has no room for these panels: make it at least %.1f cm",
		has/vg.Centimeter, side, math.Ceil(float64(10*needs/vg.Centimeter))/10)
}
