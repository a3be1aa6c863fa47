package plotting

import (
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
)

// measure finds how much room the cell needs around its data areas.
func (c *cell) measure(content Content) {
	c.left, c.right = 0, 0
	for i, f := range c.frames {
		f.frame = content.Frames[i]
		f.equalize()
		f.setTicks()
		if c.noYLabel {
			f.yLabel = nil
		}
		c.left = max(c.left, f.leftOf())
		c.right = max(c.right, f.rightOf())
	}
	if c.letter != "" {
		c.left = max(c.left, letterStyle.width(c.letter)+labelGap)
	}
	width := c.frames[0].data.Size().X + c.right
	c.title = titleStyle.wrap(c.titleText, width)
	c.entries, c.lines = placeLegend(c.legend, width)
	c.top = c.head()
	c.bottom = c.foot()
}

// head is the height of title, legend and letter above the data.
func (c *cell) head() vg.Length {
	h := titleStyle.height(len(c.title))
	if h > 0 {
		h += headGap
	}
	if c.lines > 0 {
		h += legendStyle.height(c.lines) + headGap
	}
	if c.letter != "" {
		h = max(h, letterStyle.height(1)+headGap/2)
	}
	return max(h, tickSize/2) // the topmost tick label stands out that far
}

// foot is the height of tick labels and axis label below the data.
func (c *cell) foot() vg.Length {
	f := c.frames[len(c.frames)-1]
	if c.hideX {
		return tickSize / 2
	}
	lines := 0
	for _, t := range f.xTicks {
		lines = max(lines, len(t.lines))
	}
	h := tickLength + tickGap + tickStyle.height(lines)
	if f.frame.X.Label != "" {
		h += labelGap + labelStyle.size*1.1
	}
	return h
}

// equalize widens one range so that both axes have the same scale.
func (f *frameBox) equalize() {
	if !f.frame.Equal {
		return
	}
	x, y, size := &f.frame.X, &f.frame.Y, f.data.Size()
	perX := (x.Max - x.Min) / float64(size.X)
	perY := (y.Max - y.Min) / float64(size.Y)
	widen := func(a *Axis, to float64) {
		extra := (to - (a.Max - a.Min)) / 2
		a.Min, a.Max = a.Min-extra, a.Max+extra
	}
	if perX < perY {
		widen(x, perY*float64(size.X))
	} else {
		widen(y, perX*float64(size.Y))
	}
}

// wanted is how many ticks suit an axis.
func wanted(length vg.Length) int {
	switch {
	case length > cm(9):
		return 5
	case length > cm(2.5):
		return 4
	case length > cm(1.2):
		return 3
	}
	return 2
}

// setTicks chooses ticks and wraps their labels and the y label.
func (f *frameBox) setTicks() {
	size := f.data.Size()
	slot := vg.Length(math.Inf(1))
	if n := len(f.frame.X.Ticks); n > 0 {
		slot = max(size.X/vg.Length(n)-4, tickSize)
	}
	var xLabel string
	for want := wanted(size.X); want >= 2; want-- {
		var ticks []plot.Tick
		ticks, xLabel = f.frame.X.labelled(want)
		f.xTicks = nil
		for _, t := range ticks {
			f.xTicks = append(f.xTicks, tick{t, tickStyle.wrap(t.Label, slot)})
		}
		if !f.crowded() {
			break
		}
	}
	f.frame.X.Label = xLabel
	f.yTicks = nil
	ticks, yLabel := f.frame.Y.labelled(wanted(size.Y))
	for _, t := range ticks {
		f.yTicks = append(f.yTicks, tick{t, tickStyle.wrap(t.Label, cm(4))})
	}
	f.yLabel = labelStyle.wrap(yLabel, size.Y+frameGap-2)
	f.setKey()
}

// crowded reports whether x tick labels come too close to each other.
func (f *frameBox) crowded() bool {
	end := vg.Length(math.Inf(-1))
	for _, t := range f.xTicks {
		if t.IsMinor() {
			continue
		}
		var half vg.Length
		for _, line := range t.lines {
			half = max(half, tickStyle.width(line)/2)
		}
		x := vg.Length(f.frame.X.norm(t.Value)) * f.data.Size().X
		if x-half < end+tickSize/2 {
			return true
		}
		end = x + half
	}
	return false
}

// widest is the width of the widest tick label.
func widest(ticks []tick) vg.Length {
	var w vg.Length
	for _, t := range ticks {
		for _, line := range t.lines {
			w = max(w, tickStyle.width(line))
		}
	}
	return w
}

func (f *frameBox) leftOf() vg.Length {
	w := widest(f.yTicks)
	if w > 0 {
		w += tickGap
	}
	if !f.frame.Y.Bare {
		w += tickLength
	}
	if len(f.yLabel) > 0 {
		w += labelGap + labelStyle.height(len(f.yLabel))
	}
	return w
}

// rightOf is how far tick labels, a scale bar and a scale of colours reach beyond
// the data.
func (f *frameBox) rightOf() vg.Length {
	reach := max(axisWidth, f.keyReach())
	for _, t := range f.xTicks {
		for _, line := range t.lines {
			beyond := vg.Length(1-f.frame.X.norm(t.Value)) * f.data.Size().X
			reach = max(reach, tickStyle.width(line)/2-beyond)
		}
	}
	if b := f.frame.Bar; b != nil {
		reach = max(reach, 2*barGap+tickStyle.width(b.Label))
	}
	return reach
}
