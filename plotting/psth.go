package plotting

import (
	"errors"
	"fmt"
	"image/color"
	"slices"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/plot/vg/draw"

	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/spiketrain"
)

// PSTHPanel shows firing rates by condition; see [PSTH].
type PSTHPanel struct {
	named[*PSTHPanel]
	responses []namedResponse
	neurons   []int
}

type namedResponse struct {
	*spiketrain.Response
	names []string
}

// PSTH draws peri-stimulus time histograms: for each neuron a row of its own,
// in it a line for each condition of the response and, where it has standard
// errors, a band of one to either side. Values stand at the middles of their
// bins. The names given are those of the conditions in the legend, one each, or
// none. The first three neurons are drawn unless [PSTHPanel.Neurons] chooses
// others; Names names those that are drawn, which are called "neuron 0" and so
// on after their columns without it. Height counts all rows together.
func PSTH(r *spiketrain.Response, names ...string) *PSTHPanel {
	p := &PSTHPanel{}
	p.self, p.kind = p, "psth"
	return p.Add(r, names...)
}

// Add draws the conditions of another response of the same neurons at the same
// times, such as what a model predicts.
func (p *PSTHPanel) Add(r *spiketrain.Response, names ...string) *PSTHPanel {
	p.responses = append(p.responses, namedResponse{r, names})
	return p
}

// Neurons chooses the columns to draw, from the top, counted from 0.
func (p *PSTHPanel) Neurons(columns ...int) *PSTHPanel {
	p.neurons = append([]int{}, columns...)
	return p
}

// rates are the mean responses of all neurons in one condition, neurons × T;
// sem is nil where there are no standard errors.
type rates struct {
	name      string
	mean, sem [][]float64
}

func (p *PSTHPanel) frames() ([]Frame, error) {
	conditions, err := p.read()
	if err != nil {
		return nil, err
	}
	first := p.responses[0]
	t, cover, err := sampleTimes(recording.Series{Start: first.Start, Dt: first.Dt}, len(conditions[0].mean[0]))
	if err != nil {
		return nil, err
	}
	for i := range t {
		t[i] += first.Dt / 2
	}
	neurons, err := choose(p.neurons, len(conditions[0].mean), 3, "neuron", "Neurons")
	if err != nil {
		return nil, err
	}
	if err := checkNames(p.names, len(neurons), "neurons"); err != nil {
		return nil, err
	}
	height := p.heightOr(min(2.4*float64(len(neurons)), 14)) / float64(len(neurons))
	styles, err := p.styles(len(conditions), overlaid(len(conditions)))
	if err != nil {
		return nil, err
	}
	var out []Frame
	for k, n := range neurons {
		name := fmt.Sprintf("neuron %d", n)
		if p.names != nil {
			name = p.names[k]
		}
		f := Frame{X: axis(or(p.xLabel, "time (s)"), cover, 0, p.xLim), Height: height}
		y := newSpan()
		f.Marks = append(rows(t, conditions, n, &y, styles), p.references(nil, &y)...)
		f.Y = axisFromZero(name+"\n"+or(p.yLabel, "rate (Hz)"), y, p.yLim)
		out = append(out, f)
	}
	return out, nil
}

// rows are neuron n's lines and bands, and what the bands are.
func rows(t []float64, conditions []rates, n int, y *span, styles []draw.LineStyle) (marks []Mark) {
	banded := false
	for c, r := range conditions {
		y.add(r.mean[n]...)
		m := lineMark(or(r.name, fmt.Sprintf("condition %d", c+1)), t, r.mean[n], styles[c])
		m.Legend = r.name
		marks = append(marks, m)
		if r.sem == nil {
			continue
		}
		b := &band{x: t, color: styles[c].Color.(color.NRGBA)}
		for i, e := range r.sem[n] {
			b.low, b.high = append(b.low, r.mean[n][i]-e), append(b.high, r.mean[n][i]+e)
		}
		y.add(b.low...)
		y.add(b.high...)
		banded = true
		marks = append(marks, Mark{Name: m.Name + " ± s.e.m.", Kind: "band", Plot: b, Layer: behind, Data: Data{X: t, Low: b.low, High: b.high}})
	}
	if banded {
		marks = append(marks, Mark{Legend: "± s.e.m.", Thumb: &band{color: ink}})
	}
	return marks
}

// read checks the responses and returns their conditions.
func (p *PSTHPanel) read() (out []rates, err error) {
	for _, r := range p.responses {
		if err := p.checkResponse(r); err != nil {
			return nil, err
		}
		for i, mean := range r.Mean {
			c := rates{}
			if len(r.names) > 0 {
				c.name = r.names[i]
			}
			what := "condition " + nameOr(c.name, len(out))
			if c.mean, err = columns(what, mean); err != nil {
				return nil, err
			}
			if r.SEM != nil && r.SEM[i] != nil {
				if c.sem, err = standardErrors(what, r.SEM[i], c.mean); err != nil {
					return nil, err
				}
			}
			out = append(out, c)
			first := out[0].mean
			if len(c.mean) != len(first) || len(c.mean[0]) != len(first[0]) {
				return nil, fmt.Errorf("%s is %d x %d, the first %d x %d: all must be alike", what, len(c.mean[0]), len(c.mean), len(first[0]), len(first))
			}
		}
	}
	if len(out) == 0 {
		return nil, errors.New("there are no conditions: give a response with at least one")
	}
	return out, nil
}

func (p *PSTHPanel) checkResponse(r namedResponse) error {
	if r.Response == nil {
		return errors.New("the response is nil: give what Trains.PSTH returns")
	}
	first := p.responses[0]
	switch {
	case r.Dt != first.Dt || r.Start != first.Start:
		return fmt.Errorf("bins of %g s from %g s and of %g s from %g s: all responses must have the same", first.Dt, first.Start, r.Dt, r.Start)
	case len(r.names) > 0 && len(r.names) != len(r.Mean):
		return fmt.Errorf("%d names for %d conditions: give one name each, or none", len(r.names), len(r.Mean))
	case r.SEM != nil && len(r.SEM) != len(r.Mean):
		return fmt.Errorf("means of %d conditions and standard errors of %d: give one of each, or no standard errors", len(r.Mean), len(r.SEM))
	}
	return nil
}

func standardErrors(what string, m *mat.Dense, mean [][]float64) ([][]float64, error) {
	sem, err := columns(what+": SEM", m)
	if err != nil {
		return nil, err
	}
	if len(sem) != len(mean) || len(sem[0]) != len(mean[0]) {
		return nil, fmt.Errorf("%s: the mean is %d x %d and its SEM %d x %d: both must be alike", what, len(mean[0]), len(mean), len(sem[0]), len(sem))
	}
	for j, column := range sem {
		if i := slices.IndexFunc(column, func(e float64) bool { return e < 0 }); i >= 0 {
			return nil, fmt.Errorf("%s: SEM is %g at row %d, column %d: standard errors are not negative", what, column[i], i, j)
		}
	}
	return sem, nil
}
