package plotting

import (
	"fmt"

	"gonum.org/v1/gonum/mat"
)

// TuningPanel shows firing rates against a stimulus or position; see
// [Tuning].
type TuningPanel struct {
	named[*TuningPanel]
	x     []float64
	rates mat.Matrix
}

// Tuning draws tuning curves: column i of rates (len(x) × N, in hertz) is the
// firing rate of neuron i at the places x, which must increase. XLabel names
// what x is and its unit ("eye position (°)"). Curves take turns with the
// colours; Names adds a legend.
func Tuning(x []float64, rates mat.Matrix) *TuningPanel {
	p := &TuningPanel{x: x, rates: rates}
	p.self, p.kind = p, "tuning"
	return p
}

func (p *TuningPanel) frames() ([]Frame, error) {
	rates, err := p.check()
	if err != nil {
		return nil, err
	}
	x, y := newSpan(), newSpan()
	x.add(p.x...)
	f := Frame{Height: p.heightOr(4)}
	for i, r := range rates {
		y.add(r...)
		style := seriesStyle(i, overlaid(len(rates)))
		if p.names == nil {
			style.Dashes = nil // nothing to tell apart by name
		}
		m := lineMark(fmt.Sprintf("neuron %d", i), p.x, r, style)
		if p.names != nil {
			m.Name, m.Legend = "", p.names[i]
		}
		f.Marks = append(f.Marks, m)
	}
	f.Marks = append(f.Marks, p.references(&x, &y)...)
	f.X = axis(or(p.xLabel, "position (°)"), x, 0, p.xLim)
	f.Y = axisFromZero(or(p.yLabel, "firing rate (Hz)"), y, p.yLim)
	return []Frame{f}, nil
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
	return rates, checkNames(p.names, len(rates), "neurons")
}
