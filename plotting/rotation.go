package plotting

import (
	"cmp"
	"fmt"
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// RotationPanel shows how conditions rotate in a plane; see [Rotation].
type RotationPanel struct {
	options[*RotationPanel]
	conditions []mat.Matrix
	names      []string
}

// Rotation draws one path for each condition in a plane of state space, such
// as that of the first two jPCs: columns 0 and 1 of a matrix T x 2, from a ring
// at the start to an arrow at the end, on one scale. Colours go from blue over
// black to vermillion by where a condition starts along x, as in Churchland et
// al. 2012; [RotationPanel.Names] gives each condition a colour and a name of
// its own instead.
func Rotation(conditions ...mat.Matrix) *RotationPanel {
	p := &RotationPanel{conditions: conditions}
	p.self = p
	return p
}

// Names names the conditions in the legend, one each.
func (p *RotationPanel) Names(names ...string) *RotationPanel {
	p.names = names
	return p
}

// Content implements [Panel].
func (p *RotationPanel) Content() (Content, error) {
	c := Content{Title: p.title}
	paths, err := p.read()
	if err != nil {
		return c, fmt.Errorf("rotation: %w", err)
	}
	f := Frame{Height: p.heightOr(6), Equal: true}
	for _, upright := range []bool{false, true} {
		f.Marks = append(f.Marks, &level{vertical: upright, style: draw.LineStyle{Color: tint(grey, 0.4), Width: axisWidth}})
	}
	x, y := newSpan(), newSpan()
	x.add(0)
	y.add(0)
	var starts []plot.Plotter
	for i, path := range paths {
		x.add(path.x...)
		y.add(path.y...)
		f.Marks = append(f.Marks, path)
		starts = append(starts, &ring{path.x[0], path.y[0], path.color})
		if p.names != nil {
			c.Legend = append(c.Legend, LegendEntry{p.names[i], path})
		}
	}
	f.Marks = append(f.Marks, starts...)
	if p.names == nil && len(paths) > 1 {
		c.Legend = append(c.Legend, LegendEntry{"by start along x", &spectrum{}})
	}
	c.Legend = append(c.Legend, LegendEntry{"start", &ring{color: ink}})
	f.X = axis(or(p.xLabel, "jPC 1 (a.u.)"), x, 0.06, p.xLim)
	f.Y = axis(or(p.yLabel, "jPC 2 (a.u.)"), y, 0.06, p.yLim)
	c.Frames = []Frame{f}
	return c, nil
}

// read checks the conditions and colours them.
func (p *RotationPanel) read() ([]*arrow, error) {
	if len(p.conditions) == 0 {
		return nil, fmt.Errorf("there are no conditions: give at least one")
	}
	if err := named(p.names, len(p.conditions), "conditions"); err != nil {
		return nil, err
	}
	var paths []*arrow
	for i, m := range p.conditions {
		what := fmt.Sprintf("condition %d", i+1)
		if p.names != nil {
			what = "condition " + quoted(p.names[i])
		}
		all, err := columns(what, m)
		if err != nil {
			return nil, err
		}
		if len(all) < 2 {
			return nil, fmt.Errorf("%s has one column: give the two coordinates of a plane", what)
		}
		style := seriesStyle(i, lineWidth)
		paths = append(paths, &arrow{x: all[0], y: all[1], color: Color(i), dashes: style.Dashes})
	}
	if p.names == nil {
		colorByStart(paths)
	}
	return paths, nil
}

// colorByStart spreads the colours evenly over the order of the starts.
func colorByStart(paths []*arrow) {
	order := slices.Clone(paths)
	slices.SortStableFunc(order, func(a, b *arrow) int { return cmp.Compare(a.x[0], b.x[0]) })
	for i, a := range order {
		a.color, a.dashes = diverging(float64(i)/math.Max(1, float64(len(order)-1))), nil
	}
}

// diverging goes from blue at 0 over black to vermillion at 1.
func diverging(t float64) color.NRGBA {
	if t < 0.5 {
		return blend(Color(0), ink, 2*t)
	}
	return blend(ink, Color(4), 2*t-1)
}

// arrow is a path with a head at its end.
type arrow struct {
	x, y   []float64
	color  color.NRGBA
	dashes []vg.Length
}

// Plot draws the path and, where it ends inside the axes, the head.
func (a *arrow) Plot(c draw.Canvas, p *plot.Plot) {
	toX, toY := p.Transforms(&c)
	points := make([]vg.Point, len(a.x))
	for i := range points {
		points[i] = vg.Point{X: toX(a.x[i]), Y: toY(a.y[i])}
	}
	points = thin(points)
	stroke(c, draw.LineStyle{Color: a.color, Width: 1.3, Dashes: a.dashes}, points)
	tip := points[len(points)-1]
	if dx, dy, ok := heading(points); ok && c.Contains(tip) {
		arrowHead(c, a.color, tip, dx, dy)
	}
}

// arrowHead draws the head of a line that ends at tip in a direction.
func arrowHead(c draw.Canvas, clr color.Color, tip vg.Point, dx, dy vg.Length) {
	const length, half = vg.Length(6.5), vg.Length(2.6)
	// Forward of the end, so that the line does not blunt the tip.
	tip = tip.Add(vg.Point{X: dx * 2, Y: dy * 2})
	base := tip.Sub(vg.Point{X: dx * length, Y: dy * length})
	c.FillPolygon(clr, []vg.Point{
		tip,
		{X: base.X - dy*half, Y: base.Y + dx*half},
		{X: base.X + dy*half, Y: base.Y - dx*half},
	})
}

// heading is the direction over the last few points of length of a path.
func heading(points []vg.Point) (dx, dy vg.Length, ok bool) {
	tip := points[len(points)-1]
	for i := len(points) - 2; i >= 0; i-- {
		d := tip.Sub(points[i])
		if r := vg.Length(math.Hypot(float64(d.X), float64(d.Y))); r > 4 || (i == 0 && r > 0) {
			return d.X / r, d.Y / r, true
		}
	}
	return 0, 0, false
}

// Thumbnail draws a sample of the line.
func (a *arrow) Thumbnail(c *draw.Canvas) {
	y := c.Center().Y
	c.StrokeLine2(draw.LineStyle{Color: a.color, Width: 1.3, Dashes: a.dashes}, c.Min.X, y, c.Max.X, y)
}

// spectrum stands for colours from blue to vermillion in a legend.
type spectrum struct{}

// Thumbnail draws the colours.
func (spectrum) Thumbnail(c *draw.Canvas) {
	const n = 16
	w := (c.Max.X - c.Min.X) / n
	for i := range n {
		x := c.Min.X + w*vg.Length(i)
		c.StrokeLine2(draw.LineStyle{Color: diverging((float64(i) + 0.5) / n), Width: 2.5}, x, c.Center().Y, x+w, c.Center().Y)
	}
}
