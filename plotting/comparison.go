package plotting

import (
	"fmt"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/spikewalk/spikewalk/neuro/stats"
)

// Group is a named set of values, such as one measure across seeds.
type Group struct {
	Name   string
	Values []float64
}

// ComparisonPanel shows groups of values side by side; see [Comparison].
type ComparisonPanel struct {
	options[*ComparisonPanel]
	groups []Group
	log    bool
}

// Comparison draws every value of every group as a point and the group's
// median as a bar. Points are spread sideways so that equal values stay
// visible; where a point stands sideways means nothing.
func Comparison(groups ...Group) *ComparisonPanel {
	p := &ComparisonPanel{groups: groups}
	p.self = p
	return p
}

// LogY makes the y axis logarithmic; all values must then be positive.
func (p *ComparisonPanel) LogY() *ComparisonPanel {
	p.log = true
	return p
}

// Content implements [Panel].
func (p *ComparisonPanel) Content() (Content, error) {
	c := Content{Title: p.title}
	if err := p.check(); err != nil {
		return c, fmt.Errorf("comparison: %w", err)
	}
	f := Frame{Height: p.heightOr(4.5)}
	y := newSpan()
	for _, b := range p.hLines {
		y.add(b.value)
		line := &level{at: b.value, style: dashed(rule)}
		f.Marks = append(f.Marks, line)
		if b.label != "" {
			c.Legend = append(c.Legend, LegendEntry{b.label, line})
		}
	}
	var ticks []plot.Tick
	for i, g := range p.groups {
		y.add(g.Values...)
		points := &dots{radius: 2.2, color: tint(Color(i), 0.15)}
		for k, v := range g.Values {
			points.x = append(points.x, float64(i)+0.36*(spread(k)-0.5))
			points.y = append(points.y, v)
		}
		f.Marks = append(f.Marks, &tickMark{float64(i), stats.Median(g.Values), 0.27}, points)
		ticks = append(ticks, plot.Tick{Value: float64(i), Label: g.Name})
	}
	c.Legend = append([]LegendEntry{{"median", &tickMark{}}}, c.Legend...)
	f.X = axis(p.xLabel, span{-0.5, float64(len(p.groups)) - 0.5}, 0, p.xLim)
	f.X.Ticks = ticks
	f.Y = axisOn(p.log, p.yLabel, y, 0.08, p.yLim)
	c.Frames = []Frame{f}
	return c, nil
}

func (p *ComparisonPanel) check() error {
	if len(p.groups) == 0 {
		return fmt.Errorf("there are no groups: give at least one")
	}
	for i, g := range p.groups {
		what := fmt.Sprintf("group %s", nameOr(g.Name, i))
		if err := vector(what, g.Values); err != nil {
			return err
		}
		if !p.log {
			continue
		}
		if k := positive(g.Values); k >= 0 {
			return fmt.Errorf("%s is %g at index %d, which a logarithmic axis cannot show: leave LogY out", what, g.Values[k], k)
		}
	}
	return checkMarks("horizontal line", p.hLines, p.log)
}

// spread returns the k-th of numbers that fill 0 … 1 evenly however many are
// taken (van der Corput's, base 2): no random numbers, the same picture again.
func spread(k int) float64 {
	x, share := 0.0, 0.5
	for k++; k > 0; k /= 2 {
		x += share * float64(k%2)
		share /= 2
	}
	return x
}

// tickMark is a short horizontal line.
type tickMark struct{ x, y, half float64 }

var medianStyle = draw.LineStyle{Color: ink, Width: 2}

// Plot draws the line where it is inside the axes.
func (m *tickMark) Plot(c draw.Canvas, p *plot.Plot) {
	toX, toY := p.Transforms(&c)
	line := []vg.Point{{X: toX(m.x - m.half), Y: toY(m.y)}, {X: toX(m.x + m.half), Y: toY(m.y)}}
	c.StrokeLines(medianStyle, c.ClipLinesXY(line)...)
}

// Thumbnail draws a sample line.
func (m *tickMark) Thumbnail(c *draw.Canvas) {
	y := c.Center().Y
	c.StrokeLine2(medianStyle, c.Min.X+2, y, c.Max.X-2, y)
}
