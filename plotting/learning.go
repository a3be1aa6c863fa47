package plotting

import (
	"fmt"
	"slices"

	"github.com/spikewalk/spikewalk/neuro/stats"
)

// LearningPanel shows how an error falls; see [Learning].
type LearningPanel struct {
	options[*LearningPanel]
	lines  []Line
	linear bool
	window *int // of the median; nil: none
}

// mark is a named level.
type mark struct {
	value float64
	label string
}

// Learning draws errors against trials, or against whatever X holds, on a
// logarithmic y axis; [LearningPanel.Linear] makes it linear, as it must be
// where an error is zero.
func Learning(lines ...Line) *LearningPanel {
	p := &LearningPanel{lines: lines}
	p.self = p
	return p
}

// Linear makes the y axis linear.
func (p *LearningPanel) Linear() *LearningPanel {
	p.linear = true
	return p
}

// Median draws each line pale and on top its running median over the given
// number of points, centred; at either end the window is cut off there. An
// even number counts as the next odd one.
func (p *LearningPanel) Median(window int) *LearningPanel {
	p.window = &window
	return p
}

// Content implements [Panel].
func (p *LearningPanel) Content() (Content, error) {
	c := Content{Title: p.title}
	if err := p.check(); err != nil {
		return c, fmt.Errorf("learning: %w", err)
	}
	f := Frame{Height: p.heightOr(4)}
	x, y := newSpan(), newSpan()
	var medians []*polyline
	for i, s := range p.lines {
		at := s.counted()
		x.add(at...)
		y.add(s.Y...)
		line := &polyline{at, s.Y, seriesStyle(i, lineWidth)}
		f.Marks = append(f.Marks, line)
		shown := line
		if p.window != nil {
			shown = &polyline{at, runningMedian(s.Y, *p.window/2), seriesStyle(i, 1.6)}
			line.style.Color, line.style.Dashes = tint(Color(i), 0.6), nil
			line.style.Width = thinWidth
			medians = append(medians, shown)
		}
		name := s.Name
		if name == "" && p.window != nil {
			name = fmt.Sprintf("median of %d", *p.window|1)
		}
		if name != "" {
			c.Legend = append(c.Legend, LegendEntry{name, shown})
		}
	}
	for _, m := range medians {
		f.Marks = append(f.Marks, m)
	}
	for _, b := range p.hLines {
		y.add(b.value)
		line := &level{at: b.value, style: dashed(rule)}
		f.Marks = append(f.Marks, line)
		if b.label != "" {
			c.Legend = append(c.Legend, LegendEntry{b.label, line})
		}
	}
	f.X = axis(or(p.xLabel, "trial"), x, 0, p.xLim)
	f.X.Whole = p.counts()
	f.Y = p.errorAxis(y)
	c.Frames = []Frame{f}
	return c, nil
}

// counts reports whether the x axis counts trials.
func (p *LearningPanel) counts() bool {
	return !slices.ContainsFunc(p.lines, func(s Line) bool { return s.X != nil })
}

func (p *LearningPanel) errorAxis(y span) Axis {
	label := or(p.yLabel, "error")
	if !p.linear {
		return logAxis(label, y, p.yLim)
	}
	if y.lo >= 0 {
		y.add(0)
		a := axis(label, y, 0, p.yLim)
		if p.yLim == nil {
			a.Max += 0.05 * (a.Max - a.Min)
		}
		return a
	}
	return axis(label, y, 0.05, p.yLim)
}

func (p *LearningPanel) check() error {
	if err := checkAll(p.lines, true); err != nil {
		return err
	}
	if p.window != nil && *p.window < 1 {
		return fmt.Errorf("the median's window is %d: it must be at least 1", *p.window)
	}
	for i, s := range p.lines {
		name := nameOr(s.Name, i)
		if k := ascending(s.X); k >= 0 {
			return fmt.Errorf("line %s: X goes from %g to %g at index %d: it must increase", name, s.X[k-1], s.X[k], k)
		}
		if p.linear {
			continue
		}
		if k := positive(s.Y); k >= 0 {
			return fmt.Errorf("line %s: the error is %g at index %d, which a logarithmic axis cannot show: use Linear", name, s.Y[k], k)
		}
	}
	return checkMarks("horizontal line", p.hLines, !p.linear)
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
