package plotting

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/spikewalk/spikewalk/neuro/recording"
)

// TracesPanel shows channels against time; see [Traces].
type TracesPanel struct {
	named[*TracesPanel]
	series   recording.Series
	channels []int
	stacked  bool
}

// Traces draws the channels of a series against time: on common axes, or one
// above the other with [TracesPanel.Stacked]. Without names, up to eight
// channels are numbered in the legend, from 1, and more than eight are left
// unnamed; stacked traces are numbered on the left. Of more than eight that are
// ordered and have names, the legend names the ends of the ramp. However many
// samples there are, the drawing stays small: each line is reduced to what can be
// seen at the figure's width. Rows of a series that has Times are joined across
// gaps.
//
// Plain numbers (T × N) are drawn as
//
//	plotting.Traces(recording.Series{Dt: dt, Values: x})
func Traces(s recording.Series) *TracesPanel {
	p := &TracesPanel{series: s}
	p.self, p.kind = p, "traces"
	return p
}

// Channels chooses the columns to draw, in this order, counted from 0.
func (p *TracesPanel) Channels(columns ...int) *TracesPanel {
	p.channels = append([]int{}, columns...)
	return p
}

// Stacked offsets the channels so that they stand one above the other, the
// first on top, at one scale: a bar on the right has a round length in the unit
// of the series. YLabel then names what the channels are.
func (p *TracesPanel) Stacked() *TracesPanel {
	p.stacked = true
	return p
}

func (p *TracesPanel) frames() ([]Frame, error) {
	values, names, err := p.selected()
	if err != nil {
		return nil, err
	}
	t, cover, err := sampleTimes(p.series, len(values[0]))
	if err != nil {
		return nil, err
	}
	if p.stacked && (p.yLim != nil || p.hLines != nil) {
		return nil, fmt.Errorf("stacked traces have no y axis: leave YLim and HLine out")
	}
	f := Frame{X: axis(or(p.xLabel, "time (s)"), cover, 0, p.xLim)}
	data := newSpan()
	guides := p.references(nil, &data)
	styles, err := p.styles(len(values), overlaid(len(values)))
	if err != nil {
		return nil, err
	}
	if p.stacked {
		err = p.stack(&f, t, values, names, styles)
	} else {
		p.overlay(&f, t, values, names, data, styles)
	}
	f.Marks = append(f.Marks, guides...)
	return []Frame{f}, err
}

// overlay draws all channels on common axes.
func (p *TracesPanel) overlay(f *Frame, t []float64, values [][]float64, names []string, data span, styles []draw.LineStyle) {
	for i, v := range values {
		data.add(v...)
		style := styles[i]
		m := lineMark(p.channel(i), t, v, style)
		switch {
		case p.oneKey(names):
			m.Name = names[i]
		case names != nil:
			m.Legend = names[i]
		default:
			// Dashes are there to be found in the legend.
			style.Dashes = nil
		}
		m.Name, m.Plot = or(m.Legend, m.Name), &polyline{t, v, style}
		f.Marks = append(f.Marks, m)
	}
	if p.oneKey(names) {
		f.Marks = append(f.Marks, Mark{Legend: names[0] + " to " + names[len(names)-1], Thumb: rampKey{}})
	}
	f.Height = p.heightOr(3.2)
	f.Y = axis(or(p.yLabel, p.series.Unit), data, 0.05, p.yLim)
}

// mostNamed is how many channels on common axes the legend names.
const mostNamed = 8

// oneKey tells whether the legend shows the ramp in place of a line for each name.
func (p *TracesPanel) oneKey(names []string) bool { return p.ordered && len(names) > mostNamed }

// channel is the number of a drawn channel, counted from 1.
func (p *TracesPanel) channel(i int) string {
	if p.channels != nil {
		i = p.channels[i]
	}
	return "channel " + strconv.Itoa(i+1)
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
	chosen, err := choose(p.channels, len(all), len(all), "channel", "Channels")
	if err != nil {
		return nil, nil, err
	}
	if err := checkNames(p.series.Names, len(all), "channels of the series"); err != nil {
		return nil, nil, err
	}
	if err := checkNames(p.names, len(chosen), "channels"); err != nil {
		return nil, nil, err
	}
	for _, j := range chosen {
		values = append(values, all[j])
		name := strconv.Itoa(j + 1)
		if p.series.Names != nil {
			name = p.series.Names[j]
		}
		names = append(names, name)
	}
	switch {
	case p.names != nil:
		names = p.names
	case p.series.Names == nil && (len(chosen) == 1 || len(chosen) > mostNamed && !p.stacked):
		names = nil
	}
	return values, names, nil
}

// stack shifts channel i down by i times the largest channel's extent.
func (p *TracesPanel) stack(f *Frame, t []float64, values [][]float64, names []string, styles []draw.LineStyle) error {
	pitch := 0.0
	for _, v := range values {
		own := newSpan()
		own.add(v...)
		pitch = math.Max(pitch, own.hi-own.lo)
	}
	if !finite(pitch) {
		return fmt.Errorf("the range of the data is too large to draw")
	}
	if pitch == 0 {
		pitch = 1
	}
	pitch *= 1.1
	n := len(values)
	f.Height = p.heightOr(min(max(0.6*float64(n), 2.5), 12))
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
		m := lineMark(p.channel(i), t, v, draw.LineStyle{})
		m.Plot = &polyline{t, shifted, p.stackStyle(styles, i)}
		if names != nil {
			m.Name = names[i]
			if i%every == 0 {
				f.Y.Ticks = append(f.Y.Ticks, plot.Tick{Value: offset, Label: names[i]})
			}
		}
		f.Marks = append(f.Marks, m)
	}
	length := roundDown(pitch * 0.8)
	f.Bar = &ScaleBar{Length: length, Label: strings.TrimSpace(plainNumber(length) + " " + p.series.Unit)}
	return nil
}

// stackStyle is the line of stacked channel i: told apart by its place, it has a
// colour of its own only for a role or an order.
func (p *TracesPanel) stackStyle(styles []draw.LineStyle, i int) draw.LineStyle {
	if p.roles != nil || p.ordered {
		return styles[i]
	}
	return first(thinWidth)
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
