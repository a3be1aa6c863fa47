package plotting

import (
	"fmt"
	"math"
)

// options are what all panels of this package let one choose. Self is the panel
// itself, so that every method can be followed by the panel's own.
type options[Self any] struct {
	self   Self
	title  string
	xLabel string
	yLabel string
	xLim   *limits
	yLim   *limits
	height *float64 // cm; nil: the panel's own
	hLines []mark
	vLines []mark
}

type limits struct{ lo, hi float64 }

// Title sets the line above the panel; long titles wrap.
func (o *options[Self]) Title(title string) Self {
	o.title = title
	return o.self
}

// XLabel names the x axis and its unit, "time (s)". Neighbouring panels with
// the same label and range share the axis.
func (o *options[Self]) XLabel(label string) Self {
	o.xLabel = label
	return o.self
}

// YLabel names the y axis and its unit, "rate (Hz)".
func (o *options[Self]) YLabel(label string) Self {
	o.yLabel = label
	return o.self
}

// XLim fixes the ends of the x axis. Data outside are cut off.
func (o *options[Self]) XLim(lo, hi float64) Self {
	o.xLim = &limits{lo, hi}
	return o.self
}

// YLim fixes the ends of the y axis. Data outside are cut off.
func (o *options[Self]) YLim(lo, hi float64) Self {
	o.yLim = &limits{lo, hi}
	return o.self
}

// Height sets the height of the panel's data area in centimetres, at most 200;
// in a figure with a fixed size it is the panel's share of the height.
func (o *options[Self]) Height(cm float64) Self {
	o.height = &cm
	return o.self
}

// HLine adds a dashed line at a value of y, such as a threshold or an optimum,
// named in the legend unless the name is empty. It may be called several times.
func (o *options[Self]) HLine(y float64, name string) Self {
	o.hLines = append(o.hLines, mark{y, name})
	return o.self
}

// VLine adds a dotted line at a value of x, such as an event or a chosen place,
// named in the legend unless the name is empty. It may be called several times.
func (o *options[Self]) VLine(x float64, name string) Self {
	o.vLines = append(o.vLines, mark{x, name})
	return o.self
}

// axis builds an axis over data from lo to hi with a margin of pad times that
// distance on both sides, unless the user fixed the ends.
func axis(label string, data span, pad float64, lim *limits) Axis {
	if lim != nil {
		return Axis{Label: label, Min: lim.lo, Max: lim.hi, Fixed: true}
	}
	data = data.widen()
	margin := pad * (data.hi - data.lo)
	return Axis{Label: label, Min: data.lo - margin, Max: data.hi + margin}
}

// logAxis is axis with a logarithmic scale. The data must be positive.
func logAxis(label string, data span, lim *limits) Axis {
	a := Axis{Label: label, Log: true}
	if lim != nil {
		a.Min, a.Max, a.Fixed = lim.lo, lim.hi, true
		return a
	}
	margin := math.Max(math.Pow(data.hi/data.lo, 0.05), 1.1)
	a.Min, a.Max = data.lo/margin, data.hi*margin
	return a
}

// axisOn is logAxis or axis.
func axisOn(log bool, label string, data span, pad float64, lim *limits) Axis {
	if log {
		return logAxis(label, data, lim)
	}
	return axis(label, data, pad, lim)
}

// span is the smallest interval that holds the values it was shown.
type span struct{ lo, hi float64 }

func newSpan() span { return span{math.Inf(1), math.Inf(-1)} }

func (s *span) add(values ...float64) {
	for _, v := range values {
		s.lo, s.hi = math.Min(s.lo, v), math.Max(s.hi, v)
	}
}

// narrowest is the smallest range, as a part of its ends, in which numbers in
// double precision can be told apart well enough to draw them.
const narrowest = 1e-12

// widen gives an interval without extent, as of constant data, some.
func (s span) widen() span {
	size := math.Max(math.Abs(s.lo), math.Abs(s.hi))
	if s.hi-s.lo > narrowest*size {
		return s
	}
	if size == 0 {
		return span{-1, 1}
	}
	return span{s.lo - 0.1*size, s.hi + 0.1*size}
}

// or returns s unless it is empty.
func or(s, fallback string) string {
	if s == "" {
		return fallback
	}
	return s
}

// heightOr returns the chosen height, or the panel's own.
func (o *options[Self]) heightOr(cm float64) float64 {
	if o.height != nil {
		return *o.height
	}
	return cm
}

// named checks a list of names against what they are to name.
func named(names []string, n int, what string) error {
	if names != nil && len(names) != n {
		return fmt.Errorf("%d names for %d %s: give one name each", len(names), n, what)
	}
	return nil
}
