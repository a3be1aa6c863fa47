package plotting

import (
	"fmt"
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/plot/vg/draw"

	"github.com/spikewalk/spikewalk/neuro/stats"
)

// LearningPanel shows how an error falls; see [Learning].
type LearningPanel struct {
	looks[*LearningPanel]
	lines  []Line
	linear bool
	dt     *float64
	window *int // of the median; nil: none
}

// Learning draws errors against trials, or against whatever X holds, on a
// logarithmic y axis; [LearningPanel.Linear] makes it linear, as it must be
// where an error is zero, unless YLim says where the axis begins: what is
// smaller is drawn there.
func Learning(lines ...Line) *LearningPanel {
	p := &LearningPanel{lines: lines}
	p.self, p.kind = p, "learning"
	return p
}

// Linear makes the y axis linear.
func (p *LearningPanel) Linear() *LearningPanel {
	p.linear = true
	return p
}

// Dt draws the lines against time, from 0 in steps of the given length in
// seconds, in place of trials.
func (p *LearningPanel) Dt(seconds float64) *LearningPanel {
	p.dt = &seconds
	return p
}

// Median draws each line pale and on top its running median over the given
// number of points, centred; at either end the window is cut off there. An
// even number counts as the next odd one.
func (p *LearningPanel) Median(window int) *LearningPanel {
	p.window = &window
	return p
}

func (p *LearningPanel) frames() ([]Frame, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	f := Frame{Height: p.heightOr(4)}
	x, y := newSpan(), newSpan()
	var medians []Mark
	styles, err := p.styles(len(p.lines), lineWidth)
	if err != nil {
		return nil, err
	}
	for i, s := range p.lines {
		at := p.places(s)
		x.add(at...)
		y.add(s.Y...)
		m := lineMark(or(s.Name, fmt.Sprintf("line %d", i+1)), at, s.Y, styles[i])
		if p.window == nil {
			m.Legend = s.Name
			m.Plot = &polyline{at, p.visible(s.Y), styles[i]}
			f.Marks = append(f.Marks, m)
			continue
		}
		m.Plot = &polyline{at, p.visible(s.Y), draw.LineStyle{Color: tint(styles[i].Color.(color.NRGBA), 0.6), Width: thinWidth}}
		words := fmt.Sprintf("median of %d", *p.window|1)
		wide := styles[i]
		wide.Width = max(wide.Width, 1.6)
		median := lineMark(m.Name+", "+words, at, runningMedian(s.Y, *p.window/2), wide)
		median.Plot = &polyline{at, p.visible(median.Data.Y), wide}
		median.Legend = or(s.Name, words)
		f.Marks, medians = append(f.Marks, m), append(medians, median)
	}
	f.Marks = append(f.Marks, medians...)
	for _, g := range p.references(&x, &y) {
		g.Layer = 0 // above noisy lines
		f.Marks = append(f.Marks, g)
	}
	label := "trial"
	if p.dt != nil {
		label = "time (s)"
	}
	f.X = axis(or(p.xLabel, label), x, 0, p.xLim)
	f.X.Whole = p.counts()
	f.Y = p.errorAxis(y)
	return []Frame{f}, nil
}

// visible are values of which those that are not negative are no smaller than a
// logarithmic axis begins.
func (p *LearningPanel) visible(y []float64) []float64 {
	if p.linear || p.yLim == nil {
		return y
	}
	y = slices.Clone(y)
	for i, v := range y {
		if v >= 0 {
			y[i] = max(v, p.yLim.lo)
		}
	}
	return y
}

// places are where the values of a line stand.
func (p *LearningPanel) places(s Line) []float64 {
	at := s.counted()
	if p.dt != nil {
		for i := range at {
			at[i] = float64(i) * *p.dt
		}
	}
	return at
}

// counts reports whether the x axis counts trials.
func (p *LearningPanel) counts() bool {
	return p.dt == nil && !slices.ContainsFunc(p.lines, func(s Line) bool { return s.X != nil })
}

func (p *LearningPanel) errorAxis(y span) Axis {
	label := or(p.yLabel, "error")
	if p.linear && y.lo >= 0 {
		return axisFromZero(label, y, p.yLim)
	}
	return axisOn(!p.linear, label, y, 0.05, p.yLim)
}

func (p *LearningPanel) check() error {
	if err := checkAll(p.lines, true); err != nil {
		return err
	}
	if p.window != nil && *p.window < 1 {
		return fmt.Errorf("the median's window is %d: it must be at least 1", *p.window)
	}
	if p.dt != nil && !(*p.dt > 0 && !math.IsInf(*p.dt, 1)) {
		return fmt.Errorf("Dt is %g s: it must be above 0", *p.dt)
	}
	for i, s := range p.lines {
		name := nameOr(s.Name, i)
		if p.dt != nil && s.X != nil {
			return fmt.Errorf("line %s has places X, and Dt asks for time: leave one of them out", name)
		}
		if k := ascending(s.X); k >= 0 {
			return fmt.Errorf("line %s: X goes from %g to %g at index %d: it must increase", name, s.X[k-1], s.X[k], k)
		}
		if p.linear {
			continue
		}
		if k := positive(p.visible(s.Y)); k >= 0 {
			return fmt.Errorf("line %s: the error is %g at index %d, which a logarithmic axis cannot show: use Linear", name, s.Y[k], k)
		}
	}
	return nil
}

// runningMedian takes the median of the values at most half away from each.
// Cost: O(n w), of moving numbers in memory.
func runningMedian(v []float64, half int) []float64 {
	half = min(half, len(v))
	var window []float64 // sorted
	out := make([]float64, len(v))
	for i := -half; i < len(v); i++ {
		if enters := i + half; enters < len(v) {
			k, _ := slices.BinarySearch(window, v[enters])
			window = slices.Insert(window, k, v[enters])
		}
		if leaves := i - half - 1; leaves >= 0 {
			k, _ := slices.BinarySearch(window, v[leaves])
			window = slices.Delete(window, k, k+1)
		}
		if i >= 0 {
			out[i] = stats.Median(window)
		}
	}
	return out
}
