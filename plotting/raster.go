package plotting

import (
	"fmt"
	"image/color"
	"slices"

	"gonum.org/v1/plot/vg/draw"

	"github.com/spikewalk/spikewalk/neuro/recording"
)

// RasterPanel shows spike times; see [Raster].
type RasterPanel struct {
	options[*RasterPanel]
	spikes recording.Spikes
	count  *int
	groups []int
	names  []string
}

// Raster draws a tick for every spike, a row for each unit. Unit 0 is the
// lowest row. Plain numbers are drawn as
//
//	plotting.Raster(recording.Spikes{Times: times, Units: units})
//
// A raster's time axis runs from 0, or shortly before the first spike where
// that is late, to the last spike, unless XLim or a neighbour in the figure
// says otherwise, and its rows end at the highest neuron that fired unless
// [RasterPanel.Rows] does. A recording without spikes needs both.
//
// In SVG more than 2,000 spikes are embedded as an image of 384 dots per inch
// (192 in figures beyond A2), to keep the file small; in PDF they are ticks
// unless the file would have more than 1 MB.
func Raster(s recording.Spikes) *RasterPanel {
	p := &RasterPanel{spikes: s}
	p.self, p.kind = p, "raster"
	return p
}

// Rows sets how many rows there are, those of silent neurons included.
func (p *RasterPanel) Rows(n int) *RasterPanel {
	p.count = &n
	return p
}

// Groups colours neurons by group, as excitatory and inhibitory: neuron i
// belongs to group of[i], which is called names[of[i]].
func (p *RasterPanel) Groups(of []int, names ...string) *RasterPanel {
	p.groups, p.names = of, names
	return p
}

func (p *RasterPanel) frames() ([]Frame, error) {
	n, err := p.check()
	if err != nil {
		return nil, err
	}
	f := Frame{Height: p.heightOr(3.6), Marks: append(p.groupMarks(), p.references(nil, nil)...)}
	data := newSpan()
	data.add(p.spikes.Times...)
	if data.lo > 0 && data.lo < nearly*data.hi {
		data.lo = 0 // recordings start at 0
	}
	if data.lo != 0 { // the axis would hide the first spike
		data.lo -= 0.01 * (data.hi - data.lo)
	}
	f.X = axis(or(p.xLabel, "time (s)"), data, 0, p.xLim)
	f.Y = axis(or(p.yLabel, "neuron"), span{-0.5, float64(n) - 0.5}, 0, p.yLim)
	f.Y.Whole = true
	return []Frame{f}, nil
}

// groupMarks are the spikes of each group, or all.
func (p *RasterPanel) groupMarks() (marks []Mark) {
	add := func(name string, clr color.NRGBA, in func(unit int) bool) {
		s := &spikes{times: []float64{}, units: []float64{}, total: len(p.spikes.Times), color: clr}
		for k, unit := range p.spikes.Units {
			if in(unit) {
				s.times, s.units = append(s.times, p.spikes.Times[k]), append(s.units, float64(unit))
			}
		}
		m := Mark{Name: or(name, "spikes"), Kind: "spikes", Plot: s, Data: Data{X: s.times, Y: s.units}}
		if name != "" {
			m.Legend, m.Thumb = name, &polyline{style: draw.LineStyle{Color: s.color, Width: targetWidth}}
		}
		marks = append(marks, m)
	}
	if p.groups == nil {
		add("", plain.Color(), func(int) bool { return true })
		return marks
	}
	colors := Colors(len(p.names))
	for g, name := range p.names {
		add(name, colors[g], func(unit int) bool { return p.groups[unit] == g })
	}
	return marks
}

// mostNeurons is how many rows a raster may have.
const mostNeurons = 1_000_000_000

// check returns the number of neurons.
func (p *RasterPanel) check() (n int, err error) {
	if len(p.spikes.Times) != len(p.spikes.Units) {
		return 0, fmt.Errorf("%d spike times and %d neuron indices: give one of each per spike", len(p.spikes.Times), len(p.spikes.Units))
	}
	if err := allFinite("the spike time", p.spikes.Times); err != nil {
		return 0, err
	}
	if len(p.spikes.Times) == 0 && (p.xLim == nil || p.count == nil) {
		return 0, fmt.Errorf("there are no spikes: say with XLim and Rows what silence to draw")
	}
	if len(p.spikes.Units) > 0 {
		n = max(min(slices.Max(p.spikes.Units), mostNeurons)+1, 1)
	}
	if p.count != nil {
		if *p.count < 1 {
			return 0, fmt.Errorf("%d rows: there must be at least one", *p.count)
		}
		n = *p.count
	}
	if n > mostNeurons {
		return 0, fmt.Errorf("there would be %d neurons: at most %d can be drawn", n, mostNeurons)
	}
	for k, i := range p.spikes.Units {
		if i < 0 {
			return 0, fmt.Errorf("neuron index %d at spike %d: neurons count from 0", i, k)
		}
		if i >= n {
			return 0, fmt.Errorf("neuron index %d at spike %d: it must be from 0 to %d", i, k, n-1)
		}
	}
	return n, p.checkGroups(n)
}

func (p *RasterPanel) checkGroups(n int) error {
	if p.groups == nil {
		return nil
	}
	if len(p.groups) < n {
		return fmt.Errorf("groups are given for %d of %d neurons: give one for each", len(p.groups), n)
	}
	for i, g := range p.groups {
		if g < 0 || g >= len(p.names) {
			return fmt.Errorf("neuron %d is in group %d: there are %d group names", i, g, len(p.names))
		}
	}
	return nil
}
