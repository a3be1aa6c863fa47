package plotting

import (
	"cmp"
	"fmt"
	"image/color"
	"slices"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// DriftPanel shows how fast an integrator drifts; see [Drift].
type DriftPanel struct {
	looks[*DriftPanel]
	lines []Line
	fit   bool
}

// Drift draws drift velocity (Y) against position (X), one curve per line,
// and a line at zero, where the integrator holds. Points may come in any
// order. Default labels are eye position in degrees and drift in degrees per
// second.
func Drift(lines ...Line) *DriftPanel {
	p := &DriftPanel{lines: lines}
	p.self, p.kind = p, "drift"
	return p
}

// Fit adds the least-squares line of each curve, dashed, and its slope and
// time constant τ = -1/slope to the legend: a leaky integrator has a negative
// slope, an unstable one a positive slope and τ. A curve needs two different
// positions for it.
func (p *DriftPanel) Fit() *DriftPanel {
	p.fit = true
	return p
}

func (p *DriftPanel) frames() ([]Frame, error) {
	if err := checkAll(p.lines, false); err != nil {
		return nil, err
	}
	f := Frame{Height: p.heightOr(4.5)}
	f.Marks = append(f.Marks, hLine(0, "", draw.LineStyle{Color: grey, Width: axisWidth}))
	x, y := newSpan(), newSpan()
	y.add(0)
	styles, err := p.styles(len(p.lines), lineWidth)
	if err != nil {
		return nil, err
	}
	for i, s := range p.lines {
		s = s.sorted()
		x.add(s.X...)
		y.add(s.Y...)
		m := lineMark(fmt.Sprintf("line %d", i+1), s.X, s.Y, styles[i])
		m.Legend = s.Name
		if len(s.X) <= 60 {
			m.Plot = shapes{&polyline{s.X, s.Y, styles[i]}, &dots{x: s.X, y: s.Y, radius: 1.7, color: styles[i].Color.(color.NRGBA)}}
		}
		m.Name = or(s.Name, m.Name)
		f.Marks = append(f.Marks, m)
		if p.fit {
			fit, words, err := fitLine(s, i, styles[i].Color.(color.NRGBA))
			if err != nil {
				return nil, err
			}
			fit.Name = m.Name + ", fit"
			f.Marks[len(f.Marks)-1].Legend = join(s.Name, words)
			f.Marks = append(f.Marks, fit)
		}
	}
	f.Marks = append(f.Marks, p.references(&x, &y)...)
	f.X = axis(or(p.xLabel, "eye position (°)"), x, 0.02, p.xLim)
	f.Y = axis(or(p.yLabel, "drift (°/s)"), y, 0.06, p.yLim)
	return []Frame{f}, nil
}

// sorted returns the line in order of position.
func (s Line) sorted() Line {
	order := make([]int, len(s.X))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(s.X[a], s.X[b]) })
	out := Line{Name: s.Name}
	for _, i := range order {
		out.X, out.Y = append(out.X, s.X[i]), append(out.Y, s.Y[i])
	}
	return out
}

// fitLine returns the least-squares line of line i and its description.
func fitLine(s Line, i int, clr color.NRGBA) (fit Mark, words string, err error) {
	first, last := s.X[0], s.X[len(s.X)-1]
	if first == last {
		return fit, "", fmt.Errorf("line %s: a fit needs two different positions, and all are %g", nameOr(s.Name, i), first)
	}
	offset, slope := stat.LinearRegression(s.X, s.Y, nil, false)
	ends := []float64{offset + slope*first, offset + slope*last}
	if !finite(slope) || !finite(ends[0]) || !finite(ends[1]) {
		return fit, "", fmt.Errorf("line %s: its least-squares line cannot be told in double precision: leave Fit out", nameOr(s.Name, i))
	}
	words = "slope " + plainNumber(slope) + " s⁻¹"
	if slope != 0 && finite(1/slope) {
		words += ", τ = " + plainNumber(-1/slope) + " s"
	}
	style := draw.LineStyle{Color: blend(clr, ink, 0.35), Width: thinWidth, Dashes: []vg.Length{4, 2}}
	return lineMark("", []float64{first, last}, ends, style), words, nil
}

// join puts two parts of a legend together.
func join(name, words string) string {
	if name == "" {
		return words
	}
	return name + ": " + words
}
