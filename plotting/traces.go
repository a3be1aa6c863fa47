package plotting

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"

	"github.com/spikewalk/spikewalk/neuro/recording"
)

// TracesPanel shows channels against time; see [Traces].
type TracesPanel struct {
	options[*TracesPanel]
	series   recording.Series
	channels []int
	names    []string
	stacked  bool
}

// Traces draws the channels of a series against time: on common axes, or one
// above the other with [TracesPanel.Stacked]. However many samples there are,
// the drawing stays small: each line is reduced to what can be seen at the
// figure's width.
//
// Plain numbers (T x N) are drawn as
//
//	plotting.Traces(recording.Series{Dt: dt, Values: x})
func Traces(s recording.Series) *TracesPanel {
	p := &TracesPanel{series: s}
	p.self = p
	return p
}

// Channels chooses the columns to draw, in this order, counted from 0.
func (p *TracesPanel) Channels(columns ...int) *TracesPanel {
	p.channels = append([]int{}, columns...)
	return p
}

// Names names the drawn channels, one each, where the series does not or others
// suit better. Without names, up to eight channels are numbered in the legend,
// from 1, and more than eight are left unnamed; stacked traces are numbered on
// the left.
func (p *TracesPanel) Names(names ...string) *TracesPanel {
	p.names = names
	return p
}

// Stacked offsets the channels so that they stand one above the other, the
// first on top, at one scale: a bar on the right has a round length in the unit
// of the series. YLabel then names what the channels are.
func (p *TracesPanel) Stacked() *TracesPanel {
	p.stacked = true
	return p
}

// Content implements [Panel].
func (p *TracesPanel) Content() (Content, error) {
	c := Content{Title: p.title}
	values, names, err := p.selected()
	if err != nil {
		return c, fmt.Errorf("traces: %w", err)
	}
	t, cover, err := sampleTimes(p.series, len(values[0]))
	if err != nil {
		return c, fmt.Errorf("traces: %w", err)
	}
	if p.stacked && p.yLim != nil {
		return c, fmt.Errorf("traces: stacked traces have no y axis: leave YLim out")
	}
	x := axis(or(p.xLabel, "time (s)"), cover, 0, p.xLim)
	if p.stacked {
		f, err := p.stack(x, t, values, names)
		c.Frames = []Frame{f}
		return c, err
	}
	f := Frame{X: x, Height: p.heightOr(3.2)}
	data := newSpan()
	for i, v := range values {
		style := seriesStyle(i, overlaid(len(values)))
		if names == nil {
			// Dashes are there to be found in the legend.
			style.Dashes = nil
		}
		line := &polyline{t, v, style}
		f.Marks = append(f.Marks, line)
		data.add(v...)
		if names != nil {
			c.Legend = append(c.Legend, LegendEntry{names[i], line})
		}
	}
	f.Y = axis(or(p.yLabel, p.series.Unit), data, 0.05, p.yLim)
	c.Frames = []Frame{f}
	return c, nil
}

// overlaid is the width of one of n lines on common axes.
func overlaid(n int) vg.Length {
	if n > 4 {
		return thinWidth
	}
	return lineWidth
}

// selected returns the chosen columns and their names.
func (p *TracesPanel) selected() (values [][]float64, names []string, err error) {
	all, err := columns("the data", p.series.Values)
	if err != nil {
		return nil, nil, err
	}
	channels := p.channels
	if channels == nil {
		for j := range all {
			channels = append(channels, j)
		}
	}
	if len(channels) == 0 {
		return nil, nil, fmt.Errorf("no channels chosen: give Channels at least one column")
	}
	for _, j := range channels {
		if j < 0 || j >= len(all) {
			return nil, nil, fmt.Errorf("channel %d does not exist: the data have columns 0 to %d", j, len(all)-1)
		}
		values = append(values, all[j])
		names = append(names, strconv.Itoa(j+1))
	}
	given := p.names
	if p.names == nil && p.series.Names != nil {
		if err := named(p.series.Names, len(all), "channels"); err != nil {
			return nil, nil, err
		}
		for _, j := range channels {
			given = append(given, p.series.Names[j])
		}
	}
	if err := named(given, len(channels), "channels"); err != nil {
		return nil, nil, err
	}
	switch {
	case given != nil:
		names = given
	case len(channels) == 1, len(channels) > 8 && !p.stacked:
		names = nil
	}
	return values, names, nil
}

// stack shifts channel i down by i times the largest channel's extent.
func (p *TracesPanel) stack(x Axis, t []float64, values [][]float64, names []string) (Frame, error) {
	pitch := 0.0
	for _, v := range values {
		own := newSpan()
		own.add(v...)
		pitch = math.Max(pitch, own.hi-own.lo)
	}
	if !finite(pitch) {
		return Frame{}, fmt.Errorf("traces: the range of the data is too large to draw")
	}
	if pitch == 0 {
		pitch = 1
	}
	pitch *= 1.1
	n := len(values)
	f := Frame{X: x, Height: p.heightOr(min(max(0.6*float64(n), 2.5), 12))}
	f.Y = Axis{Label: p.yLabel, Min: -(float64(n) - 0.45) * pitch, Max: 0.55 * pitch, Bare: true, Ticks: []plot.Tick{}}
	every := (n-1)/20 + 1 // more than 20 names would not be legible
	for i, v := range values {
		own := newSpan()
		own.add(v...)
		middle, offset := (own.lo+own.hi)/2, -float64(i)*pitch
		shifted := make([]float64, len(v))
		for k := range v {
			shifted[k] = v[k] - middle + offset
		}
		style := seriesStyle(0, thinWidth)
		f.Marks = append(f.Marks, &polyline{t, shifted, style})
		if names != nil && i%every == 0 {
			f.Y.Ticks = append(f.Y.Ticks, plot.Tick{Value: offset, Label: names[i]})
		}
	}
	length := roundDown(pitch * 0.8)
	f.Bar = &ScaleBar{Length: length, Label: strings.TrimSpace(plainNumber(length) + " " + p.series.Unit)}
	return f, nil
}

// roundDown returns the largest of 1, 2, 5 times a power of ten up to x.
func roundDown(x float64) float64 {
	e := int(math.Floor(math.Log10(x)))
	for _, m := range []float64{5, 2} {
		if scaled(m, e) <= x {
			return scaled(m, e)
		}
	}
	return scaled(1, e)
}
