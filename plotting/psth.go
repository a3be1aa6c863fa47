package plotting

import (
	"fmt"
	"slices"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg/draw"

	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/spiketrain"
)

// response is the mean response of the neurons in one condition.
type response struct {
	name      string
	mean, sem *mat.Dense // T x N; sem may be nil
}

// PSTHPanel shows firing rates by condition; see [PSTH].
type PSTHPanel struct {
	options[*PSTHPanel]
	first      *spiketrain.Response
	conditions []response
	err        error
	neurons    []int
	names      []string
}

// PSTH draws peri-stimulus time histograms: for each neuron a row of its own,
// in it a line for each condition of the response and, where it has standard
// errors, a band of one to either side. Values stand at the middles of their
// bins. Names are those of the conditions in the legend, one each, or none. The
// first three neurons are drawn unless [PSTHPanel.Neurons] chooses others;
// Height is that of all rows together.
func PSTH(r *spiketrain.Response, names ...string) *PSTHPanel {
	p := &PSTHPanel{first: r}
	p.self = p
	return p.Add(r, names...)
}

// Add draws the conditions of another response of the same neurons at the same
// times, such as what a model predicts.
func (p *PSTHPanel) Add(r *spiketrain.Response, names ...string) *PSTHPanel {
	if err := p.add(r, names); err != nil && p.err == nil {
		p.err = err
	}
	return p
}

func (p *PSTHPanel) add(r *spiketrain.Response, names []string) error {
	switch {
	case r == nil || p.first == nil:
		return fmt.Errorf("the response is nil: give what Trains.PSTH returns")
	case r.Dt != p.first.Dt || r.Start != p.first.Start:
		return fmt.Errorf("bins of %g s from %g s and of %g s from %g s: all responses must have the same", p.first.Dt, p.first.Start, r.Dt, r.Start)
	case len(names) > 0 && len(names) != len(r.Mean):
		return fmt.Errorf("%d names for %d conditions: give one name each, or none", len(names), len(r.Mean))
	case r.SEM != nil && len(r.SEM) != len(r.Mean):
		return fmt.Errorf("means of %d conditions and standard errors of %d: give one of each, or no standard errors", len(r.Mean), len(r.SEM))
	}
	for i, mean := range r.Mean {
		c := response{mean: mean}
		if len(names) > 0 {
			c.name = names[i]
		}
		if r.SEM != nil {
			c.sem = r.SEM[i]
		}
		p.conditions = append(p.conditions, c)
	}
	return nil
}

// Neurons chooses the columns to draw, from the top, counted from 0.
func (p *PSTHPanel) Neurons(columns ...int) *PSTHPanel {
	p.neurons = append([]int{}, columns...)
	return p
}

// Names names the drawn neurons, one each; without it they are called
// "neuron 0" and so on after their columns.
func (p *PSTHPanel) Names(names ...string) *PSTHPanel {
	p.names = names
	return p
}

// Content implements [Panel].
func (p *PSTHPanel) Content() (Content, error) {
	c := Content{Title: p.title}
	mean, sem, err := p.read()
	if err != nil {
		return c, fmt.Errorf("psth: %w", err)
	}
	t, cover, err := sampleTimes(recording.Series{Start: p.first.Start, Dt: p.first.Dt}, len(mean[0][0]))
	if err != nil {
		return c, fmt.Errorf("psth: %w", err)
	}
	for i := range t {
		t[i] += p.first.Dt / 2
	}
	neurons, names, err := p.chosen(len(mean[0]))
	if err != nil {
		return c, fmt.Errorf("psth: %w", err)
	}
	height := p.heightOr(min(2.4*float64(len(neurons)), 14)) / float64(len(neurons))
	for k, n := range neurons {
		f := Frame{X: axis(or(p.xLabel, "time (s)"), cover, 0, p.xLim), Height: height}
		y := p.row(&f, t, mean, sem, n)
		f.Y = axis(names[k]+"\n"+or(p.yLabel, "rate (Hz)"), y, 0, p.yLim)
		if p.yLim == nil {
			f.Y.Max += 0.05 * (f.Y.Max - f.Y.Min)
		}
		c.Frames = append(c.Frames, f)
	}
	c.Legend = p.legend(sem)
	return c, nil
}

// row draws neuron n's responses and returns their range, which has zero in
// it: rates start there.
func (p *PSTHPanel) row(f *Frame, t []float64, mean, sem [][][]float64, n int) span {
	y := newSpan()
	y.add(0)
	for _, e := range p.vLines {
		f.Marks = append(f.Marks, &level{at: e.value, vertical: true, style: dotted(rule)})
	}
	var lines []plot.Plotter
	for c := range p.conditions {
		rate := mean[c][n]
		y.add(rate...)
		lines = append(lines, &polyline{t, rate, p.style(c)})
		if sem[c] == nil {
			continue
		}
		b := &band{x: t, color: Color(c)}
		for i, e := range sem[c][n] {
			b.low, b.high = append(b.low, rate[i]-e), append(b.high, rate[i]+e)
		}
		y.add(b.low...)
		y.add(b.high...)
		f.Marks = append(f.Marks, b)
	}
	f.Marks = append(f.Marks, lines...)
	return y
}

func (p *PSTHPanel) style(c int) draw.LineStyle { return seriesStyle(c, overlaid(len(p.conditions))) }

func (p *PSTHPanel) legend(sem [][][]float64) (legend []LegendEntry) {
	banded := false
	for c, r := range p.conditions {
		banded = banded || sem[c] != nil
		if r.name != "" {
			legend = append(legend, LegendEntry{r.name, &polyline{style: p.style(c)}})
		}
	}
	if banded {
		legend = append(legend, LegendEntry{"± s.e.m.", &band{color: ink}})
	}
	for _, e := range p.vLines {
		if e.label != "" {
			legend = append(legend, LegendEntry{e.label, &level{style: dotted(rule)}})
		}
	}
	return legend
}

// read checks the conditions and returns their columns; sem is nil where there
// is none.
func (p *PSTHPanel) read() (mean, sem [][][]float64, err error) {
	if p.err != nil {
		return nil, nil, p.err
	}
	if len(p.conditions) == 0 {
		return nil, nil, fmt.Errorf("there are no conditions: give at least one")
	}
	for i, r := range p.conditions {
		what := "condition " + nameOr(r.name, i)
		m, err := columns(what, r.mean)
		if err != nil {
			return nil, nil, err
		}
		var s [][]float64
		if !isNil(r.sem) {
			if s, err = columns(what+": SEM", r.sem); err != nil {
				return nil, nil, err
			}
			if len(s) != len(m) || len(s[0]) != len(m[0]) {
				return nil, nil, fmt.Errorf("%s: the mean is %d x %d and its SEM %d x %d: both must be alike", what, len(m[0]), len(m), len(s[0]), len(s))
			}
		}
		for j, column := range s {
			if i := slices.IndexFunc(column, func(e float64) bool { return e < 0 }); i >= 0 {
				return nil, nil, fmt.Errorf("%s: SEM is %g at row %d, column %d: standard errors are not negative", what, column[i], i, j)
			}
		}
		mean, sem = append(mean, m), append(sem, s)
		if len(m) != len(mean[0]) || len(m[0]) != len(mean[0][0]) {
			return nil, nil, fmt.Errorf("%s is %d x %d, the first %d x %d: all must be alike", what, len(m[0]), len(m), len(mean[0][0]), len(mean[0]))
		}
	}
	return mean, sem, checkMarks("vertical line", p.vLines, false)
}

// chosen returns the neurons to draw and their names.
func (p *PSTHPanel) chosen(n int) (neurons []int, names []string, err error) {
	neurons = p.neurons
	if neurons == nil {
		for i := range min(n, 3) {
			neurons = append(neurons, i)
		}
	}
	if len(neurons) == 0 {
		return nil, nil, fmt.Errorf("no neurons chosen: give Neurons at least one column")
	}
	for _, i := range neurons {
		if i < 0 || i >= n {
			return nil, nil, fmt.Errorf("neuron %d does not exist: the responses have columns 0 to %d", i, n-1)
		}
		names = append(names, fmt.Sprintf("neuron %d", i))
	}
	if err := named(p.names, len(neurons), "neurons"); err != nil {
		return nil, nil, err
	}
	if p.names != nil {
		names = p.names
	}
	return neurons, names, nil
}
