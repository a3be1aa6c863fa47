package plotting

import (
	"fmt"
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/spikewalk/spikewalk/neuro/stats"
)

// CurvePanel shows how a measure depends on a quantity; see [Curve].
type CurvePanel struct {
	looks[*CurvePanel]
	curves     []Samples
	band, dots bool
	logX, logY bool
	diagonal   *string
}

// Curve draws the median of the measurements against x, with bars from the
// first to the third quartile where there are several at a place. Quartiles
// interpolate between the two nearest measurements (Hyndman & Fan 1996, type
// 7, the default of NumPy and R). Where there are several curves, each is moved
// sideways by up to a few points so that their bars do not hide each other.
//
// [CurvePanel.Band] shades the quartiles instead, [CurvePanel.Dots] shows every
// measurement. Both may be used together.
func Curve(curves ...Samples) *CurvePanel {
	p := &CurvePanel{curves: curves}
	p.self, p.kind = p, "curve"
	return p
}

// Band shades the range between the quartiles instead of drawing bars.
func (p *CurvePanel) Band() *CurvePanel {
	p.band = true
	return p
}

// Dots draws every measurement as a dot, and no bars.
func (p *CurvePanel) Dots() *CurvePanel {
	p.dots = true
	return p
}

// LogX makes the x axis logarithmic; all places must then be positive.
func (p *CurvePanel) LogX() *CurvePanel {
	p.logX = true
	return p
}

// LogY makes the y axis logarithmic; all measurements must then be positive.
func (p *CurvePanel) LogY() *CurvePanel {
	p.logY = true
	return p
}

// Diagonal adds a dashed line where y equals x, named in the legend: that on
// which what came out is what was wanted. Both axes must be of one kind,
// linear or logarithmic.
func (p *CurvePanel) Diagonal(label string) *CurvePanel {
	p.diagonal = &label
	return p
}

func (p *CurvePanel) frames() ([]Frame, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	f := Frame{Height: p.heightOr(4.5)}
	x, y := newSpan(), newSpan()
	styles, err := p.styles(len(p.curves), lineWidth)
	if err != nil {
		return nil, err
	}
	var under []Mark
	for i, s := range p.curves {
		clr := styles[i].Color.(color.NRGBA)
		x.add(s.X...)
		for _, v := range s.Values {
			y.add(v...)
		}
		line, name := p.line(i, styles[i]), or(s.Name, fmt.Sprintf("curve %d", i+1))
		m := Mark{Name: name, Kind: "line", Legend: s.Name, Plot: line, Data: Data{X: s.X, Y: line.y}}
		if p.repeated() {
			m.Name, m.Data.Low, m.Data.High = name+", median and quartiles", line.low, line.high
		}
		f.Marks = append(f.Marks, m)
		if p.band {
			under = append(under, Mark{Plot: &band{line.x, line.low, line.high, clr}, Layer: behind})
		}
		if p.dots {
			d := s.dots(line.shift, tint(clr, 0.45))
			under = append(under, Mark{Name: name, Kind: "points", Plot: d, Layer: behind, Data: Data{X: d.x, Y: d.y}})
		}
	}
	f.Marks = append(f.Marks, p.references(&x, &y)...)
	f.X = axisOn(p.logX, p.xLabel, x, p.margin(), p.xLim)
	f.X.Whole = !p.logX && p.counts()
	f.Y = axisOn(p.logY, p.yLabel, y, 0.06, p.yLim)
	if p.diagonal != nil {
		ends := []float64{max(f.X.Min, f.Y.Min), min(f.X.Max, f.Y.Max)}
		f.Marks = append(f.Marks, Mark{
			Name: or(*p.diagonal, "y equals x"), Kind: "diagonal", Legend: *p.diagonal,
			Plot: &diagonal{dashed(rule)}, Layer: guiding, Data: Data{X: ends, Y: ends},
		})
	}
	f.Marks = append(append(f.Marks, under...), p.key()...)
	return []Frame{f}, nil
}

// line is the curve of samples i.
func (p *CurvePanel) line(i int, style draw.LineStyle) *whiskers {
	s := p.curves[i]
	w := &whiskers{polyline: polyline{x: s.X, style: style}, bars: !p.band && !p.dots}
	if p.shifted() {
		w.shift = vg.Length(float64(i)-float64(len(p.curves)-1)/2) * 4
	}
	for _, v := range s.Values {
		low, high := stats.Quartiles(v)
		w.y, w.low, w.high = append(w.y, stats.Median(v)), append(w.low, low), append(w.high, high)
	}
	return w
}

// shifted tells whether curves are moved sideways.
func (p *CurvePanel) shifted() bool { return p.repeated() && !p.band }

// margin of the x axis, as a part of its range: room for what is moved
// sideways in a panel as narrow as a column.
func (p *CurvePanel) margin() float64 {
	if p.shifted() {
		return math.Max(0.04, 0.02+0.011*float64(len(p.curves)-1))
	}
	return 0.04
}

// repeated reports whether there are several measurements anywhere.
func (p *CurvePanel) repeated() bool {
	return slices.ContainsFunc(p.curves, func(s Samples) bool {
		return slices.ContainsFunc(s.Values, func(v []float64) bool { return len(v) > 1 })
	})
}

// key says what the marks of repeated measurements are.
func (p *CurvePanel) key() (legend []Mark) {
	if !p.repeated() {
		return nil
	}
	middle := &whiskers{polyline: polyline{style: draw.LineStyle{Color: ink, Width: lineWidth}}}
	if p.band {
		legend = append(legend, Mark{Legend: "median and quartiles", Thumb: shapes{&band{color: ink}, middle}})
	}
	if p.dots {
		legend = append(legend, Mark{Legend: "each value", Thumb: &dots{radius: 1.5, color: tint(ink, 0.45)}})
	}
	switch {
	case legend == nil:
		legend = []Mark{{Legend: "median and quartiles", Thumb: sampleWhisker{}}}
	case !p.band:
		legend = append(legend, Mark{Legend: "median", Thumb: middle})
	}
	return legend
}

// counts reports whether x takes whole numbers only.
func (p *CurvePanel) counts() bool {
	return !slices.ContainsFunc(p.curves, func(s Samples) bool {
		return slices.ContainsFunc(s.X, func(x float64) bool { return x != math.Trunc(x) })
	})
}

func (p *CurvePanel) check() error {
	if len(p.curves) == 0 {
		return fmt.Errorf("there are no curves: give at least one")
	}
	for i, s := range p.curves {
		if err := s.check(p.logX, p.logY); err != nil {
			return fmt.Errorf("%s: %w", nameOr(s.Name, i), err)
		}
	}
	if p.diagonal != nil && p.logX != p.logY {
		return fmt.Errorf("the diagonal is no straight line where one axis is logarithmic and the other is not: use LogX and LogY both, or neither")
	}
	return nil
}
