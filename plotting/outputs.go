package plotting

import (
	"errors"
	"fmt"
	"slices"

	"gonum.org/v1/plot/vg/draw"

	"github.com/spikewalk/spikewalk/neuro/recording"
)

// OutputsPanel shows what a network put out and what it should have; see
// [Outputs].
type OutputsPanel struct {
	named[*OutputsPanel]
	series     recording.Series
	targetName string
	actualName string
	overlaid   bool
}

// Outputs draws outputs over their targets: targets thick and grey, outputs
// thin and coloured, so that a perfect fit runs down the middle of the grey.
// Each channel has a row of its own; Height counts all rows together. See
// also [OutputsPanel.Overlaid].
//
// What a network did is drawn as it was recorded, plain numbers (T × N) as
//
//	plotting.Outputs(recording.Series{Dt: dt, Values: actual, Targets: target})
func Outputs(s recording.Series) *OutputsPanel {
	p := &OutputsPanel{series: s, targetName: "target", actualName: "output"}
	p.self, p.kind = p, "outputs"
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

func (p *OutputsPanel) frames() ([]Frame, error) {
	target, actual, err := p.read()
	if err != nil {
		return nil, err
	}
	t, cover, err := sampleTimes(p.series, len(target[0]))
	if err != nil {
		return nil, err
	}
	rows := len(target)
	if p.overlaid {
		rows = 1
	}
	styles, err := p.styles(p.colored(len(target)), lineWidth)
	if err != nil {
		return nil, err
	}
	out := make([]Frame, rows)
	for k := range out {
		data := newSpan()
		own := func(of [][]float64) [][]float64 {
			if p.overlaid {
				return of
			}
			return of[k : k+1]
		}
		for _, channel := range slices.Concat(own(target), own(actual)) {
			data.add(channel...)
		}
		f := &out[k]
		f.X, f.Height = axis(or(p.xLabel, "time (s)"), cover, 0, p.xLim), p.rowHeight(rows)
		f.Marks = append(p.marks(t, own(target), own(actual), k, styles), p.references(nil, &data)...)
		f.Y = axis(p.rowLabel(k, rows), data, 0.08, p.yLim)
	}
	return out, nil
}

// marks are the lines of row k, or of all channels.
func (p *OutputsPanel) marks(t []float64, target, actual [][]float64, k int, styles []draw.LineStyle) (marks []Mark) {
	for j := range target {
		m := lineMark(p.targetName+p.channel(k+j), t, target[j], targetStyle)
		if j == 0 {
			m.Legend = p.targetName
		}
		marks = append(marks, m)
	}
	for j := range actual {
		m := lineMark(p.actualName+p.channel(k+j), t, actual[j], styles[(k+j)%len(styles)])
		switch names := channelNames(p.names, p.series); {
		case p.overlaid && names != nil:
			m.Legend = names[j]
		case p.overlaid && len(actual) > 1:
			m.Legend = fmt.Sprintf("%s %d", p.actualName, j+1)
		default:
			m.Legend = p.actualName
		}
		marks = append(marks, m)
	}
	return marks
}

// colored is how many colours n channels have: rows of their own need but one,
// unless each has a role.
func (p *OutputsPanel) colored(n int) int {
	if p.overlaid || len(p.roles) > 1 || p.ordered {
		return n
	}
	return 1
}

// channel is what tells channel j's line from others of the same kind.
func (p *OutputsPanel) channel(j int) string {
	if names := channelNames(p.names, p.series); names != nil {
		return ", " + names[j]
	}
	if _, n := p.series.Dims(); n > 1 {
		return fmt.Sprintf(" %d", j+1)
	}
	return ""
}

func (p *OutputsPanel) rowHeight(rows int) float64 {
	switch {
	case p.height != nil:
		return *p.height / float64(rows)
	case p.overlaid:
		return 3.2
	case rows == 1:
		return 3
	}
	return max(1.7, 3-0.4*float64(rows))
}

// rowLabel prefers the channel's name, then the common label.
func (p *OutputsPanel) rowLabel(j, rows int) string {
	names := channelNames(p.names, p.series)
	switch {
	case names != nil && !p.overlaid:
		return withUnit(names[j], p.series.Unit)
	case p.yLabel != "" || rows == 1:
		return or(p.yLabel, withUnit(p.actualName, p.series.Unit))
	}
	return withUnit(fmt.Sprintf("%s %d", p.actualName, j+1), p.series.Unit)
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
	return target, actual, checkNames(channelNames(p.names, p.series), len(target), "channels")
}
