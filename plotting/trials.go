package plotting

import (
	"fmt"
	"strconv"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/plot/vg/draw"

	"github.com/spikewalk/spikewalk/neuro/task"
)

// TrialsPanel shows trials of a task; see [Trials].
type TrialsPanel struct {
	named[*TrialsPanel]
	shape   task.Shape
	trials  []task.Trial
	outputs []mat.Matrix
}

// Trials draws trials of any task one after the other, as a network meets
// them: a row each for inputs, hints, targets and factors, as far as the task
// has them, in which channels are told apart by colour. Borders of trials are
// dashed; where only part of a trial is scored, that part is shaded. Height is
// that of all rows together; YLabel and YLim are those of the targets' row, and
// so are Names: they name its channels in the legend, which says that they are
// targets, or outputs, if there are other rows.
func Trials(shape task.Shape, trials ...task.Trial) *TrialsPanel {
	p := &TrialsPanel{shape: shape, trials: trials}
	p.self, p.kind = p, "trials"
	return p
}

// Outputs draws what a network put out (T × outputs for each trial) over the
// targets, which become thick and grey.
func (p *TrialsPanel) Outputs(outputs ...mat.Matrix) *TrialsPanel {
	p.outputs = outputs
	return p
}

// trialsRow is one kind of channels through all trials.
type trialsRow struct {
	label    string
	channels int
	of       func(task.Trial) *mat.Dense
}

func (p *TrialsPanel) frames() ([]Frame, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	var rows []trialsRow
	for _, r := range []trialsRow{
		{"input", p.shape.Inputs, func(t task.Trial) *mat.Dense { return t.Inputs }},
		{"hint", p.shape.Hints, func(t task.Trial) *mat.Dense { return t.Hints }},
		{"target", p.shape.Outputs, func(t task.Trial) *mat.Dense { return t.Targets }},
		{"factor", p.shape.Factors, func(t task.Trial) *mat.Dense { return t.Factors }},
	} {
		if r.channels > 0 {
			rows = append(rows, r)
		}
	}
	windows, borders, end := p.landmarks()
	x := axis(or(p.xLabel, "time (s)"), span{0, end}, 0, p.xLim)
	var out []Frame
	for _, r := range rows {
		f := Frame{X: x, Height: p.heightOr(2*float64(len(rows))) / float64(len(rows))}
		data := newSpan()
		var y *span // of the targets alone
		label, lim := r.label, (*limits)(nil)
		if r.label == "target" {
			y, label, lim = &data, or(p.yLabel, r.label), p.yLim
			f.Marks = append(f.Marks, windows...)
		}
		f.Marks = append(append(f.Marks, borders...), p.lines(r, &data)...)
		f.Marks = append(f.Marks, p.references(nil, y)...)
		f.Y = axis(label, data, 0.08, lim)
		out = append(out, f)
	}
	out[0].Marks = append(p.legend(), out[0].Marks...)
	return out, nil
}

// check finds what cannot be drawn.
func (p *TrialsPanel) check() error {
	if len(p.trials) == 0 {
		return fmt.Errorf("there are no trials: give at least one")
	}
	if err := p.shape.Validate(); err != nil {
		return err
	}
	for i, trial := range p.trials {
		if err := trial.Validate(p.shape); err != nil {
			return fmt.Errorf("trial %d: %w", i, err)
		}
	}
	if p.outputs != nil && len(p.outputs) != len(p.trials) {
		return fmt.Errorf("outputs of %d trials for %d trials: give one matrix each", len(p.outputs), len(p.trials))
	}
	for i, out := range p.outputs {
		if _, err := columns(fmt.Sprintf("the output of trial %d", i), out); err != nil {
			return err
		}
		if r, c := out.Dims(); r != p.trials[i].Steps() || c != p.shape.Outputs {
			return fmt.Errorf("the output of trial %d is %d x %d, its target %d x %d: they must have one shape", i, r, c, p.trials[i].Steps(), p.shape.Outputs)
		}
	}
	if err := p.checkRoles(p.shape.Outputs); err != nil {
		return err
	}
	return checkNames(p.names, p.shape.Outputs, "outputs")
}

// landmarks are the scored windows (nil if all of every trial is scored), the
// borders between trials, and the time at which the last ends.
func (p *TrialsPanel) landmarks() (windows, borders []Mark, end float64) {
	begin, all, part := 0, &shaded{color: scored.Color()}, false
	for i, trial := range p.trials {
		at := func(t int) float64 { return float64(begin+t) * p.shape.Dt }
		w := trial.Scored()
		all.from, all.to = append(all.from, at(w.From)), append(all.to, at(w.To))
		part = part || w != (task.Window{From: 0, To: trial.Steps()})
		if i > 0 {
			borders = append(borders, vLine(at(0), "", dashed(grey)))
		}
		begin += trial.Steps()
	}
	if part {
		windows = []Mark{{Kind: "stretches", Legend: "scored", Plot: all, Layer: behindAll, Data: Data{X: all.from, ToX: all.to}}}
	}
	return windows, borders, float64(begin) * p.shape.Dt
}

// lines are a row's channels through all trials, and over targets the outputs.
func (p *TrialsPanel) lines(r trialsRow, data *span) (marks []Mark) {
	matrices := make([]mat.Matrix, len(p.trials))
	for i, trial := range p.trials {
		matrices[i] = r.of(trial)
	}
	over := r.label == "target" && p.outputs != nil
	for j := range r.channels {
		style := p.channelStyle(j, r.channels)
		if r.label == "target" {
			style = p.wanted(j, r.channels)
		}
		marks = append(marks, p.line(p.channel(r.label, j, r.channels), matrices, j, style, data))
	}
	for j := range r.channels {
		if over {
			marks = append(marks, p.line(p.channel("output", j, r.channels), p.outputs, j, p.channelStyle(j, r.channels), data))
		}
	}
	return marks
}

// channel is the name of channel j of n of a kind.
func (p *TrialsPanel) channel(what string, j, n int) string {
	switch {
	case p.names != nil && (what == "target" || what == "output"):
		return what + ", " + p.names[j]
	case n > 1:
		return what + ", channel " + strconv.Itoa(j+1)
	}
	return what
}

// line is one channel through all trials.
func (p *TrialsPanel) line(name string, matrices []mat.Matrix, channel int, style draw.LineStyle, data *span) Mark {
	var x, y []float64
	for _, m := range matrices {
		rows, _ := m.Dims()
		for t := range rows {
			x, y = append(x, float64(len(x))*p.shape.Dt), append(y, m.At(t, channel))
		}
	}
	data.add(y...)
	return lineMark(name, x, y, style)
}

// channelStyle is the line of one of n channels: dashes would be taken for
// pauses here.
func (p *TrialsPanel) channelStyle(i, n int) draw.LineStyle {
	if p.roles != nil || p.ordered {
		if styles, err := p.styles(n, overlaid(n)); err == nil { // else a row of inputs
			return styles[i]
		}
	}
	return draw.LineStyle{Color: Colors(n)[i], Width: overlaid(n)}
}

// wanted is the line of one of n targets: thick, and grey unless several must be
// told apart.
func (p *TrialsPanel) wanted(i, n int) draw.LineStyle {
	if n == 1 || p.outputs != nil {
		return targetStyle
	}
	style := p.channelStyle(i, n)
	style.Width = 2 * lineWidth
	if p.roles == nil {
		style.Color = tint(Colors(n)[i], 0.35)
	}
	return style
}

// coloured is what is coloured in the row with targets.
func (p *TrialsPanel) coloured() string {
	if p.outputs != nil {
		return "output"
	}
	return "target"
}

// legend explains colours, where there are several channels and few enough to
// be told apart. A colour stands for a channel in all rows.
func (p *TrialsPanel) legend() (entries []Mark) {
	s := p.shape
	channels := max(s.Inputs, s.Hints, s.Outputs) // factors are often too many
	var names []string
	for j, name := range p.names {
		if s.Inputs+s.Hints+s.Factors > 0 {
			name = p.channel(p.coloured(), j, s.Outputs)
		}
		names = append(names, name)
	}
	if names == nil && channels > 1 && channels <= len(okabeIto) {
		for j := range channels {
			names = append(names, strconv.Itoa(j+1))
		}
		names[0] = "channel 1"
	}
	if p.outputs != nil {
		entries = append(entries, Mark{Legend: "target", Thumb: &polyline{style: targetStyle}})
		switch {
		case names == nil:
			names = []string{"output"}
		case p.names == nil:
			names[0] = "output, " + names[0]
		}
	}
	for j, name := range names {
		entries = append(entries, Mark{Legend: name, Thumb: &polyline{style: p.channelStyle(j, len(names))}})
	}
	return entries
}
