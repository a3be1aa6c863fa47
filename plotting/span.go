package plotting

import "math"

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

// axis builds an axis over data with a margin of pad times their range on both
// sides, unless the user fixed the ends.
func axis(label string, data span, pad float64, lim *limits) Axis {
	if lim != nil {
		return Axis{Label: label, Min: lim.lo, Max: lim.hi, Fixed: true}
	}
	data = data.widen()
	margin := pad * (data.hi - data.lo)
	return Axis{Label: label, Min: data.lo - margin, Max: data.hi + margin}
}

// axisFromZero is axis for data of which zero is part and that need room above
// only, as rates.
func axisFromZero(label string, data span, lim *limits) Axis {
	data.add(0)
	a := axis(label, data, 0, lim)
	if lim == nil {
		a.Max += 0.05 * (a.Max - a.Min)
	}
	return a
}

// axisOn is axis, or one with a logarithmic scale, whose data must be positive.
func axisOn(log bool, label string, data span, pad float64, lim *limits) Axis {
	if !log {
		return axis(label, data, pad, lim)
	}
	a := Axis{Label: label, Log: true}
	if lim != nil {
		a.Min, a.Max, a.Fixed = lim.lo, lim.hi, true
		return a
	}
	margin := math.Max(math.Pow(data.hi/data.lo, 0.05), 1.1)
	a.Min, a.Max = data.lo/margin, data.hi*margin
	return a
}
