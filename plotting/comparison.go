package plotting

import (
	"fmt"
	"image/color"
	"math"

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
	looks[*ComparisonPanel]
	groups []Group
	log    bool
	pairs  *string
}

// Comparison draws every value of every group as a point and the group's
// median as a bar. Points are spread sideways so that equal values stay
// visible; where a point stands sideways means nothing.
func Comparison(groups ...Group) *ComparisonPanel {
	p := &ComparisonPanel{groups: groups}
	p.self, p.kind = p, "comparison"
	return p
}

// LogY makes the y axis logarithmic; all values must then be positive.
func (p *ComparisonPanel) LogY() *ComparisonPanel {
	p.log = true
	return p
}

// Paired joins the values of one index in neighbouring groups by lines, as of one
// seed under several conditions. All groups must have as many values. The label
// says in the legend what a line is: "one seed".
func (p *ComparisonPanel) Paired(label string) *ComparisonPanel {
	p.pairs = &label
	return p
}

func (p *ComparisonPanel) frames() ([]Frame, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	f := Frame{Height: p.heightOr(4.5)}
	y := newSpan()
	var ticks []plot.Tick
	colors, err := p.columnColors()
	if err != nil {
		return nil, err
	}
	pairs := &joins{}
	for i, g := range p.groups {
		y.add(g.Values...)
		at, place := float64(i), make([]float64, len(g.Values))
		radius, width := swarm(len(g.Values))
		if p.pairs != nil {
			width /= 2 // lines tell equal values apart, too
		}
		points := &dots{y: g.Values, radius: radius, color: tint(colors[i], 0.15)}
		for k := range g.Values {
			place[k] = at
			points.x = append(points.x, at+width*(spread(k)-0.5))
		}
		name, middle := or(g.Name, fmt.Sprintf("group %d", i+1)), stats.Median(g.Values)
		median := Mark{Name: name + ", median", Kind: "median", Plot: &dash{at, middle, 0.27}, Data: Data{X: []float64{at}, Y: []float64{middle}}}
		if i == 0 {
			median.Legend = "median"
		}
		pairs.groups = append(pairs.groups, points)
		f.Marks = append(f.Marks, median, Mark{Name: name, Kind: "points", Plot: points, Data: Data{X: place, Y: g.Values}})
		ticks = append(ticks, plot.Tick{Value: at, Label: g.Name})
	}
	if p.pairs != nil {
		f.Marks = append(f.Marks, Mark{Legend: *p.pairs, Plot: pairs, Layer: behind})
	}
	f.Marks = append(f.Marks, p.references(nil, &y)...)
	f.X = axis(p.xLabel, span{-0.5, float64(len(p.groups)) - 0.5}, 0, p.xLim)
	f.X.Ticks = ticks
	f.Y = axisOn(p.log, p.yLabel, y, 0.08, p.yLim)
	return []Frame{f}, nil
}

// joins are lines between the dots of one index in neighbouring groups.
type joins struct{ groups []*dots }

var joinStyle = draw.LineStyle{Color: tint(ink, 0.6), Width: thinWidth}

// Plot draws the lines as far as they are inside the axes.
func (j *joins) Plot(c draw.Canvas, p *plot.Plot) {
	for k := range j.groups[0].x {
		var line []vg.Point
		for _, g := range j.groups {
			line = append(line, onPage(c, p, g.x[k:k+1], g.y[k:k+1])...)
		}
		c.StrokeLines(joinStyle, c.ClipLinesXY(line)...)
	}
}

// Thumbnail draws a sample line.
func (j *joins) Thumbnail(c *draw.Canvas) { sample(c, joinStyle) }

// swarm is the radius of n dots, and how much of its column's width they take:
// more than a few dozen are smaller and wider apart.
func swarm(n int) (radius vg.Length, width float64) {
	few := math.Min(1, math.Sqrt(60/float64(max(n, 1))))
	return vg.Length(math.Max(0.8, 2.2*few)), 0.36 + 0.3*(1-few)
}

// columnColors are those of the groups: of their roles, of the ramp if they are
// ordered, and else one for all, since they are told apart by their places.
func (p *ComparisonPanel) columnColors() ([]color.NRGBA, error) {
	colors, err := p.colors(len(p.groups))
	if err != nil || p.ordered {
		return colors, err
	}
	for i := range colors {
		if p.role(i) == Other {
			colors[i] = tint(plain.Color(), 0.35)
		}
	}
	return colors, nil
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
		if n := len(p.groups[0].Values); p.pairs != nil && len(g.Values) != n {
			return fmt.Errorf("%s has %d values and the first group %d: pairs need as many in each", what, len(g.Values), n)
		}
		if !p.log {
			continue
		}
		if k := positive(g.Values); k >= 0 {
			return fmt.Errorf("%s is %g at index %d, which a logarithmic axis cannot show: leave LogY out", what, g.Values[k], k)
		}
	}
	return nil
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

// dash is a short horizontal line.
type dash struct{ x, y, half float64 }

var medianStyle = draw.LineStyle{Color: ink, Width: 2}

// Plot draws the line where it is inside the axes.
func (m *dash) Plot(c draw.Canvas, p *plot.Plot) {
	line := onPage(c, p, []float64{m.x - m.half, m.x + m.half}, []float64{m.y, m.y})
	c.StrokeLines(medianStyle, c.ClipLinesXY(line)...)
}

// Thumbnail draws a sample line.
func (m *dash) Thumbnail(c *draw.Canvas) {
	y := c.Center().Y
	c.StrokeLine2(medianStyle, c.Min.X+2, y, c.Max.X-2, y)
}
