package plotting

import (
	"fmt"
	"image/color"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/plot/vg/draw"
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
// what x is and its unit ("eye position (°)"). There are two hues, one for
// neurons that fire more in the left half of x and one for the others; Names
// gives each a colour and an entry in the legend instead.
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
	styles, sides, err := p.curves(rates)
	if err != nil {
		return nil, err
	}
	for i, r := range rates {
		y.add(r...)
		m := lineMark(fmt.Sprintf("neuron %d", i), p.x, r, styles[i])
		if p.names != nil {
			m.Name, m.Legend = "", p.names[i]
		}
		f.Marks = append(f.Marks, m)
	}
	f.Marks = append(f.Marks, sides...)
	f.Marks = append(f.Marks, p.references(&x, &y)...)
	f.X = axis(or(p.xLabel, "position (°)"), x, 0, p.xLim)
	f.Y = axisFromZero(or(p.yLabel, "firing rate (Hz)"), y, p.yLim)
	return []Frame{f}, nil
}

// curves are the lines of the neurons, and what they are in the legend. Neurons
// without names, roles or order are told apart by the side that they prefer.
func (p *TuningPanel) curves(rates [][]float64) (styles []draw.LineStyle, sides []Mark, err error) {
	if styles, err = p.styles(len(rates), overlaid(len(rates))); err != nil || p.names != nil || p.roles != nil || p.ordered || len(rates) == 1 {
		return styles, nil, err
	}
	some := [2]bool{}
	for i, r := range rates {
		side := p.side(r)
		styles[i] = draw.LineStyle{Color: sideColors[side], Width: overlaid(len(rates))}
		some[side] = true
	}
	if some[0] && some[1] {
		for side, name := range []string{"fires more on the left", "on the right"} {
			sides = append(sides, Mark{Legend: name, Thumb: &polyline{style: draw.LineStyle{Color: sideColors[side], Width: lineWidth}}})
		}
	}
	return styles, sides, nil
}

// sideColors are the hues of neurons that fire more to the left and to the right.
var sideColors = [2]color.NRGBA{okabeIto[2], okabeIto[1]}

// side is 0 of a curve whose mean rate is higher in the left half of x, and 1
// of others.
func (p *TuningPanel) side(rates []float64) int {
	middle := p.x[0] + (p.x[len(p.x)-1]-p.x[0])/2
	var sum, n [2]float64
	for k, r := range rates {
		switch {
		case p.x[k] < middle:
			sum[0], n[0] = sum[0]+r, n[0]+1
		case p.x[k] > middle:
			sum[1], n[1] = sum[1]+r, n[1]+1
		}
	}
	if sum[0]/max(n[0], 1) > sum[1]/max(n[1], 1) {
		return 0
	}
	return 1
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
