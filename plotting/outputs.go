package plotting

import (
	"errors"
	"fmt"

	"gonum.org/v1/plot/vg/draw"

	"github.com/spikewalk/spikewalk/neuro/recording"
)

// OutputsPanel shows what a network put out and what it should have; see
// [Outputs].
type OutputsPanel struct {
	options[*OutputsPanel]
	series     recording.Series
	names      []string
	targetName string
	actualName string
	overlaid   bool
}

// Outputs draws outputs over their targets: targets thick and grey, outputs
// thin and coloured, so that a perfect fit runs down the middle of the grey.
// Each channel has a row of its own; Height is that of all rows together. See
// also [OutputsPanel.Overlaid].
//
// What a network did is drawn as it was recorded, plain numbers (T x N) as
//
//	plotting.Outputs(recording.Series{Dt: dt, Values: actual, Targets: target})
func Outputs(s recording.Series) *OutputsPanel {
	p := &OutputsPanel{series: s, targetName: "target", actualName: "output"}
	p.self = p
	return p
}

// Names names the channels, one each, where the series does not or others suit
// better: the y labels of the rows, or the legend of overlaid channels.
func (p *OutputsPanel) Names(names ...string) *OutputsPanel {
	p.names = names
	return p
}

// Legend sets the legend's words; "target" and "output" without it.
func (p *OutputsPanel) Legend(target, actual string) *OutputsPanel {
	p.targetName, p.actualName = target, actual
	return p
}

// Overlaid draws all channels on common axes.
func (p *OutputsPanel) Overlaid() *OutputsPanel {
	p.overlaid = true
	return p
}

// Content implements [Panel].
func (p *OutputsPanel) Content() (Content, error) {
	c := Content{Title: p.title}
	target, actual, err := p.read()
	if err != nil {
		return c, fmt.Errorf("outputs: %w", err)
	}
	t, cover, err := sampleTimes(p.series, len(target[0]))
	if err != nil {
		return c, fmt.Errorf("outputs: %w", err)
	}
	x := axis(or(p.xLabel, "time (s)"), cover, 0, p.xLim)
	wanted := draw.LineStyle{Color: grey, Width: targetWidth}
	c.Legend = []LegendEntry{{p.targetName, &polyline{style: wanted}}}
	if p.overlaid {
		c.Frames = []Frame{p.overlay(&c, x, t, target, actual)}
		return c, nil
	}
	style := seriesStyle(0, lineWidth)
	c.Legend = append(c.Legend, LegendEntry{p.actualName, &polyline{style: style}})
	for j := range target {
		data := newSpan()
		data.add(target[j]...)
		data.add(actual[j]...)
		f := Frame{X: x, Height: p.rowHeight(len(target))}
		f.Y = axis(p.rowLabel(j, len(target)), data, 0.08, p.yLim)
		f.Marks = append(f.Marks, &polyline{t, target[j], wanted}, &polyline{t, actual[j], style})
		c.Frames = append(c.Frames, f)
	}
	return c, nil
}

// overlay draws all channels into one frame.
func (p *OutputsPanel) overlay(c *Content, x Axis, t []float64, target, actual [][]float64) Frame {
	f := Frame{X: x, Height: p.heightOr(3.2)}
	data := newSpan()
	for j := range target {
		data.add(target[j]...)
		data.add(actual[j]...)
		f.Marks = append(f.Marks, &polyline{t, target[j], draw.LineStyle{Color: grey, Width: targetWidth}})
	}
	for j := range actual {
		line := &polyline{t, actual[j], seriesStyle(j, lineWidth)}
		f.Marks = append(f.Marks, line)
		name := p.actualName
		if len(actual) > 1 {
			name = fmt.Sprintf("%s %d", p.actualName, j+1)
		}
		if names := channelNames(p.names, p.series); names != nil {
			name = names[j]
		}
		c.Legend = append(c.Legend, LegendEntry{name, line})
	}
	f.Y = axis(or(p.yLabel, p.actualName), data, 0.08, p.yLim)
	return f
}

func (p *OutputsPanel) rowHeight(rows int) float64 {
	if p.height != nil {
		return *p.height / float64(rows)
	}
	if rows == 1 {
		return 3
	}
	return max(1.7, 3-0.4*float64(rows))
}

// rowLabel prefers the channel's name, then the common label.
func (p *OutputsPanel) rowLabel(j, rows int) string {
	names := channelNames(p.names, p.series)
	switch {
	case names != nil:
		return withUnit(names[j], p.series.Unit)
	case p.yLabel != "" || rows == 1:
		return or(p.yLabel, p.actualName)
	}
	return fmt.Sprintf("%s %d", p.actualName, j+1)
}

// read checks the data.
func (p *OutputsPanel) read() (target, actual [][]float64, err error) {
	if p.series.Targets == nil && p.series.Values != nil {
		return nil, nil, errors.New("the series has no targets: set them, or draw it with Traces")
	}
	if target, err = columns("the target", p.series.Targets); err != nil {
		return nil, nil, err
	}
	if actual, err = columns("the output", p.series.Values); err != nil {
		return nil, nil, err
	}
	if len(target) != len(actual) || len(target[0]) != len(actual[0]) {
		return nil, nil, fmt.Errorf("the target is %d x %d and the output %d x %d: they must have one shape",
			len(target[0]), len(target), len(actual[0]), len(actual))
	}
	return target, actual, named(channelNames(p.names, p.series), len(target), "channels")
}
