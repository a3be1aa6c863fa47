package plotting

import (
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// spaceBox draws a scene: the three sides of the box that are behind the
// paths, an axis along three of its outer edges, and the paths. It fits itself
// into the data area, so that the frame's own axes play no part.
type spaceBox struct {
	scene spaceScene
	// fixed is where and how large the box is drawn from any side, if it turns.
	fixed *fixedFit
}

// spaceText is a label at a point of the box, moved on the page by offset.
type spaceText struct {
	at     [3]float64
	offset vg.Point
	style  textStyle
	anchor vg.Length
	text   string
}

func (b *spaceBox) draw(c draw.Canvas, p *plot.Plot) {
	v := newView(b.scene.Azimuth, b.scene.Elevation)
	edges, texts := b.edges(v), b.texts(v)
	f := b.fit(v, c, texts)
	b.walls(f, c)
	for k, e := range edges {
		from, to := e, e
		from[k], to[k] = -b.scene.Half[k], b.scene.Half[k]
		c.StrokeLines(axisLine, []vg.Point{f.at(from), f.at(to)})
		out := outward(v, k, e)
		for _, t := range b.scene.Axes[k].Ticks {
			if v.endOn(k) {
				break
			}
			from[k] = t.At
			pt := f.at(from)
			c.StrokeLines(axisLine, []vg.Point{pt, pt.Add(out.Scale(tickLength))})
		}
	}
	drawMark(c, p, &spacePaths{f, b.scene.Paths})
	for _, t := range texts {
		pt := f.at(t.at).Add(t.offset)
		t.style.draw(c, pt, t.anchor, 0, t.text)
	}
}

// texts are the labels of all axes.
func (b *spaceBox) texts(v view) (texts []spaceText) {
	for k, e := range b.edges(v) {
		texts = append(texts, b.labels(v, k, e)...)
	}
	return texts
}

// axis is what the frame's axis would be.
func (b *spaceBox) axis(k int) Axis {
	a := b.scene.Axes[k]
	return Axis{Label: a.Label, Min: a.Min, Max: a.Max}
}

// edges are the edges along which the axes are drawn, as a point on each: for
// x and y the outer ones below, for z the outer one on the left.
func (b *spaceBox) edges(v view) [3][3]float64 {
	e := b.scene.edges(v.eye)
	if dot3(e[3], v.right) < dot3(e[2], v.right) {
		e[2] = e[3]
	}
	return [3][3]float64(e[:3])
}

// edges are those edges for an eye somewhere, and the two that z has to choose
// from.
func (s *spaceScene) edges(eye [3]float64) [4][3]float64 {
	h := s.Half
	near := [2]float64{math.Copysign(h[0], eye[0]), math.Copysign(h[1], eye[1])}
	if math.Signbit(eye[2]) { // from below, the far edges of the floor are the lower ones
		near[0], near[1] = -near[0], -near[1]
	}
	return [4][3]float64{{0, near[1], -h[2]}, {near[0], 0, -h[2]}, {near[0], -near[1], 0}, {-near[0], near[1], 0}}
}

// outward is the direction on the page, at right angles to axis k, that leads
// away from the box.
func outward(v view, k int, edge [3]float64) vg.Point {
	x, y := v.right[k], v.up[k]
	r := math.Hypot(x, y)
	if r < 1e-9 { // seen end-on
		return vg.Point{Y: -1}
	}
	out := vg.Point{X: vg.Length(-y / r), Y: vg.Length(x / r)}
	if ex, ey := v.flat(edge); ex*float64(out.X)+ey*float64(out.Y) < 0 {
		out = out.Scale(-1)
	}
	return out
}

// endOn tells whether axis k points at the eye, so that all its labels would
// be in one place.
func (v view) endOn(k int) bool { return math.Hypot(v.right[k], v.up[k]) < 0.1 }

// labels are the numbers at an axis and its name.
func (b *spaceBox) labels(v view, k int, edge [3]float64) []spaceText {
	a := b.scene.Axes[k]
	if v.endOn(k) {
		return nil
	}
	out := outward(v, k, edge)
	beside := func(at float64, style textStyle, far vg.Length, text string) spaceText {
		// The label's nearest edge, not its middle, keeps the distance.
		pt := out.Scale(far)
		pt.Y += style.size * (out.Y/2 - 0.37)
		p := edge
		p[k] = at
		return spaceText{p, pt, style, (1 - out.X) / 2, text}
	}
	var texts []spaceText
	var widest vg.Length
	for _, t := range a.Ticks {
		texts = append(texts, beside(t.At, tickStyle, tickLength+tickGap, t.Label))
		widest = max(widest, tickStyle.width(t.Label))
	}
	depth := vg.Length(math.Abs(float64(out.X)))*widest + vg.Length(math.Abs(float64(out.Y)))*tickSize
	if k == 2 { // left of its upper end, where no wall is behind it
		return append(texts, spaceText{[3]float64{edge[0], edge[1], b.scene.Half[2]}, vg.Point{Y: 0.7 * labelSize}, labelStyle, 1, a.Label})
	}
	return append(texts, beside(0, labelStyle, tickLength+tickGap+depth+labelGap, a.Label))
}

// walls draws the edges of the three sides that face the eye from behind.
func (b *spaceBox) walls(f fit, c draw.Canvas) {
	h := b.scene.Half
	var back [3]float64
	for k := range back {
		back[k] = -math.Copysign(h[k], f.eye[k])
	}
	var sides [][]vg.Point
	for k := range back {
		var side []vg.Point
		for _, corner := range b.scene.side(k, back[k] > 0) {
			side = append(side, f.at(corner))
		}
		sides = append(sides, append(side, side[0]))
	}
	for _, side := range sides {
		c.FillPolygon(wallColor, side)
	}
	c.StrokeLines(wallEdge, sides...)
}

var (
	wallColor = color.NRGBA{R: 0xf7, G: 0xf7, B: 0xf7, A: 0xff}
	wallEdge  = draw.LineStyle{Color: tint(grey, 0.35), Width: axisWidth}
)

// side is the box's side at the lower or upper end of axis k.
func (s *spaceScene) side(k int, upper bool) (corners [4][3]float64) {
	i, j := (k+1)%3, (k+2)%3
	for n, at := range [4][2]float64{{-1, -1}, {1, -1}, {1, 1}, {-1, 1}} {
		c := &corners[n]
		c[k], c[i], c[j] = -s.Half[k], at[0]*s.Half[i], at[1]*s.Half[j]
		if upper {
			c[k] = s.Half[k]
		}
	}
	return corners
}
