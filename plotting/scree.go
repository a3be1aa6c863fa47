package plotting

import (
	"fmt"
	"strconv"
)

// ScreePanel shows how variance is spread over components; see [Scree].
type ScreePanel struct {
	options[*ScreePanel]
	variances []float64
	threshold float64
	shown     *int
}

// Scree draws the fraction of the variance that each component carries, as
// bars, and the cumulative fraction, as a line. The variances may be in any
// unit, the largest first; their sum counts as the whole. The legend says how
// many components reach the threshold, 99 % unless [ScreePanel.Threshold] sets
// another.
func Scree(variances []float64) *ScreePanel {
	p := &ScreePanel{variances: variances, threshold: 0.99}
	p.self, p.kind = p, "scree"
	return p
}

// Threshold sets the marked fraction, between 0 and 1.
func (p *ScreePanel) Threshold(fraction float64) *ScreePanel {
	p.threshold = fraction
	return p
}

// Components sets how many components to show. Without it they are all shown
// up to 30, and beyond that at least twice as many as reach the threshold.
func (p *ScreePanel) Components(n int) *ScreePanel {
	p.shown = &n
	return p
}

func (p *ScreePanel) frames() ([]Frame, error) {
	total, err := p.check()
	if err != nil {
		return nil, err
	}
	var x, each, sum []float64
	enough, running := len(p.variances), 0.0
	for i, v := range p.variances {
		running += v / total
		x, each, sum = append(x, float64(i+1)), append(each, v/total), append(sum, running)
		// The slack forgives the rounding of a sum that should be 1.
		if running >= p.threshold-1e-12 {
			enough = min(enough, i+1)
		}
	}
	n := p.show(enough)
	x, each, sum = x[:n], each[:n], sum[:n]
	reached := fmt.Sprintf("%s %%: %d of %d components", percent(p.threshold), enough, len(p.variances))
	line := lineMark("", x, sum, first(lineWidth))
	line.Legend = "cumulative"
	if n <= 60 {
		line.Plot = shapes{&polyline{x, sum, first(lineWidth)}, &dots{x: x, y: sum, radius: 1.8, color: okabeIto[0]}}
	}
	marks := []Mark{
		{Kind: "bars", Legend: "each component", Plot: &bars{x, each, 0.7, component.Color()}, Layer: behindAll, Data: Data{X: x, Y: each}},
		line,
		hLine(p.threshold, reached, dashed(rule)),
		vLine(float64(enough), "", dashed(rule)),
	}
	f := Frame{
		X:      axis(or(p.xLabel, "component"), span{0.4, float64(n) + 0.6}, 0, p.xLim),
		Y:      axis(or(p.yLabel, "fraction of variance"), span{0, 1.03}, 0, p.yLim),
		Marks:  append(marks, p.references(nil, nil)...),
		Height: p.heightOr(4),
	}
	f.X.Whole = true
	return []Frame{f}, nil
}

// show is the number of components drawn.
func (p *ScreePanel) show(enough int) int {
	n := len(p.variances)
	if p.shown != nil {
		return min(*p.shown, n)
	}
	return min(n, max(30, 2*enough))
}

// check returns the whole variance.
func (p *ScreePanel) check() (total float64, err error) {
	if err := vector("the variance", p.variances); err != nil {
		return 0, err
	}
	for i, v := range p.variances {
		// Eigenvalues of a singular covariance come out slightly negative.
		if v < -1e-9*p.variances[0] {
			return 0, fmt.Errorf("the variance is %g at index %d: variances are not negative", v, i)
		}
		if i > 0 && v > p.variances[i-1]+1e-9*p.variances[0] {
			return 0, fmt.Errorf("the variance is %g at index %d and %g before it: give the largest first", v, i, p.variances[i-1])
		}
		total += v
	}
	switch {
	case !(total > 0) || !finite(total):
		return 0, fmt.Errorf("the whole variance is %g: it must be positive", total)
	case !(p.threshold > 0 && p.threshold <= 1):
		return 0, fmt.Errorf("the threshold is %g: it must be above 0 and at most 1", p.threshold)
	case p.shown != nil && *p.shown < 1:
		return 0, fmt.Errorf("%d components to show: there must be at least one", *p.shown)
	}
	return total, nil
}

// percent writes a fraction in per cent without needless digits.
func percent(f float64) string { return strconv.FormatFloat(f*100, 'g', 6, 64) }
