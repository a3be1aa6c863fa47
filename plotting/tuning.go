package plotting

import (
	"fmt"

	"gonum.org/v1/gonum/mat"
)

// TuningPanel shows firing rates against a stimulus or position; see
// [Tuning].
type TuningPanel struct {
	options[*TuningPanel]
	x     []float64
	rates mat.Matrix
	names []string
}

// Tuning draws tuning curves: column i of rates (len(x) x N, in hertz) is the
// firing rate of neuron i at the places x, which must increase. XLabel names
// what x is and its unit ("eye position (deg)"). Curves take turns with the
// colours; [TuningPanel.Names] adds a legend.
func Tuning(x []float64, rates mat.Matrix) *TuningPanel {
	p := &TuningPanel{x: x, rates: rates}
	p.self = p
	return p
}

// Names names the neurons in a legend, one name each.
func (p *TuningPanel) Names(names ...string) *TuningPanel {
	p.names = names
	return p
}

// Content implements [Panel].
func (p *TuningPanel) Content() (Content, error) {
	c := Content{Title: p.title}
	rates, err := p.check()
	if err != nil {
		return c, fmt.Errorf("tuning: %w", err)
	}
	x, y := newSpan(), newSpan()
	x.add(p.x...)
	y.add(0) // rates start at zero
	f := Frame{Height: p.heightOr(4)}
	for i, r := range rates {
		y.add(r...)
		line := &polyline{p.x, r, seriesStyle(i, overlaid(len(rates)))}
		if p.names == nil {
			line.style.Dashes = nil // nothing to tell apart by name
		} else {
			c.Legend = append(c.Legend, LegendEntry{p.names[i], line})
		}
		f.Marks = append(f.Marks, line)
	}
	f.X = axis(or(p.xLabel, "position (deg)"), x, 0, p.xLim)
	f.Y = axis(or(p.yLabel, "firing rate (Hz)"), y, 0, p.yLim)
	if p.yLim == nil {
		f.Y.Max += 0.05 * (f.Y.Max - f.Y.Min)
	}
	c.Frames = []Frame{f}
	return c, nil
}

func (p *TuningPanel) check() ([][]float64, error) {
	if err := vector("x", p.x); err != nil {
		return nil, err
	}
	if i := ascending(p.x); i >= 0 {
		return nil, fmt.Errorf("x goes from %g to %g at index %d: it must increase", p.x[i-1], p.x[i], i)
	}
	rates, err := columns("the rate matrix", p.rates)
	if err != nil {
		return nil, err
	}
	if len(rates[0]) != len(p.x) {
		return nil, fmt.Errorf("%d places x and rates with %d rows: give one row per place", len(p.x), len(rates[0]))
	}
	return rates, named(p.names, len(rates), "neurons")
}
