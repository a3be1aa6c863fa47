package plotting

import (
	"fmt"
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// FieldPanel shows velocities in a plane; see [Field].
type FieldPanel struct {
	options[*FieldPanel]
	points, vectors mat.Matrix
	seconds         *float64
	role            Role
}

// Field draws a vector field: from each of K points, rows of a K × 2 matrix,
// an arrow along the same row of vectors, in units of the axes per second. A
// dot marks where an arrow starts. Arrows end where the state would be after
// a time that the legend tells and that makes the longest one about as long
// as points are apart; [FieldPanel.Seconds] sets it, so that fields can be
// compared. Both axes have one scale.
func Field(points, vectors mat.Matrix) *FieldPanel {
	p := &FieldPanel{points: points, vectors: vectors}
	p.self, p.kind = p, "field"
	return p
}

// Seconds sets the time that arrows stand for.
func (p *FieldPanel) Seconds(s float64) *FieldPanel {
	p.seconds = &s
	return p
}

// Role says what the field is of, and so the arrows' colour; that of [Learned]
// without it.
func (p *FieldPanel) Role(r Role) *FieldPanel {
	p.role = r
	return p
}

func (p *FieldPanel) frames() ([]Frame, error) {
	from, velocity, err := p.read()
	if err != nil {
		return nil, err
	}
	seconds := p.time(from, velocity)
	if !(seconds > 0) || !finite(seconds) {
		return nil, fmt.Errorf("arrows stand for %g s: it must be positive", seconds)
	}
	q := &quiver{color: p.role.Color()}
	x, y := newSpan(), newSpan()
	for k := range from {
		q.X, q.ToX = append(q.X, from[k][0]), append(q.ToX, from[k][0]+seconds*velocity[k][0])
		q.Y, q.ToY = append(q.Y, from[k][1]), append(q.ToY, from[k][1]+seconds*velocity[k][1])
	}
	x.add(slices.Concat(q.X, q.ToX)...)
	y.add(slices.Concat(q.Y, q.ToY)...)
	arrows := Mark{Kind: "arrows", Legend: "in " + plainNumber(seconds) + " s", Plot: q, Data: q.Data}
	f := Frame{Height: p.heightOr(6), Equal: true, Marks: append([]Mark{arrows}, p.references(&x, &y)...)}
	f.X = axis(or(p.xLabel, "component 1"), x, 0.04, p.xLim)
	f.Y = axis(or(p.yLabel, "component 2"), y, 0.04, p.yLim)
	return []Frame{f}, nil
}

// read returns the rows of both matrices.
func (p *FieldPanel) read() (from, velocity [][2]float64, err error) {
	var rows [2][][2]float64
	for i, m := range []mat.Matrix{p.points, p.vectors} {
		what := [...]string{"the points' matrix", "the vectors' matrix"}[i]
		all, err := columns(what, m)
		if err != nil {
			return nil, nil, err
		}
		if len(all) != 2 {
			return nil, nil, fmt.Errorf("%s has %d columns: give the 2 coordinates of a plane", what, len(all))
		}
		for k := range all[0] {
			rows[i] = append(rows[i], [2]float64{all[0][k], all[1][k]})
		}
	}
	if len(rows[0]) != len(rows[1]) {
		return nil, nil, fmt.Errorf("%d points and %d vectors: give one vector for each point", len(rows[0]), len(rows[1]))
	}
	if len(rows[0]) > mostArrows {
		return nil, nil, fmt.Errorf("%d arrows: at most %d can be drawn: leave some out", len(rows[0]), mostArrows)
	}
	return rows[0], rows[1], nil
}

// mostArrows is how many arrows a field may have.
const mostArrows = 100_000

// time is what arrows stand for: as chosen, or two digits of what makes the
// longest one as long as a square's side if the points shared the area they
// cover in squares.
func (p *FieldPanel) time(from, velocity [][2]float64) float64 {
	if p.seconds != nil {
		return *p.seconds
	}
	x, y, fastest := newSpan(), newSpan(), 0.0
	for k := range from {
		x.add(from[k][0])
		y.add(from[k][1])
		fastest = math.Max(fastest, math.Hypot(velocity[k][0], velocity[k][1]))
	}
	side := math.Max(x.hi-x.lo, y.hi-y.lo) / math.Sqrt(float64(len(from)))
	if fastest == 0 || side == 0 {
		return 1
	}
	seconds := side / fastest
	digit := math.Pow(10, math.Floor(math.Log10(seconds))-1)
	return digit * math.Round(seconds/digit)
}

// quiver is arrows.
type quiver struct {
	Data
	color color.NRGBA
}

// Plot draws the arrows that start inside the axes. A head is at most half as
// long as its arrow, so that a short one may show its dot alone.
func (q *quiver) Plot(c draw.Canvas, p *plot.Plot) {
	tips := onPage(c, p, q.ToX, q.ToY)
	for k, tail := range onPage(c, p, q.X, q.Y) {
		if c.Contains(tail) {
			q.arrow(c, tail, tips[k])
		}
	}
}

func (q *quiver) arrow(c draw.Canvas, tail, tip vg.Point) {
	c.DrawGlyphNoClip(disc(tint(q.color, 0.45), 1.1), tail)
	d := tip.Sub(tail)
	length := vg.Length(math.Hypot(float64(d.X), float64(d.Y)))
	if length < 1 {
		return
	}
	dx, dy := d.X/length, d.Y/length
	head := min(4.5, length/2)
	base := tip.Sub(vg.Point{X: dx * head, Y: dy * head})
	stroke(c, draw.LineStyle{Color: q.color, Width: thinWidth}, []vg.Point{tail, base})
	if c.Contains(tip) {
		half := 0.42 * head
		triangle(c, q.color, tip, base, dx*half, dy*half)
	}
}

// Thumbnail draws one arrow.
func (q *quiver) Thumbnail(c *draw.Canvas) {
	canvas := *c
	y := c.Center().Y
	q.arrow(canvas, vg.Point{X: c.Min.X, Y: y}, vg.Point{X: c.Max.X, Y: y})
}
