package plotting

import (
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/plot"
)

// ticks returns about as many ticks for an axis as are wanted. gonum's own
// tickers are not used because they mix in minor ticks, keep a fixed number of
// digits ("0.50"), label some ranges only twice, and label a logarithmic axis
// outside of its range.
func (a Axis) ticks(want int) []plot.Tick {
	ticks, _ := a.labelled(want)
	return ticks
}

// labelled returns the ticks and the axis's label. Where the ticks' numbers
// would be long, they are counted from a number that the label names.
func (a Axis) labelled(want int) (ticks []plot.Tick, label string) {
	switch {
	case a.Ticks != nil:
		return a.inside(a.Ticks), a.Label
	case a.Log:
		if ticks := a.logTicks(); ticks != nil {
			return ticks, a.Label
		}
	case strings.HasSuffix(a.Label, "(°)") && a.Max-a.Min >= 180 && a.Max-a.Min <= 720:
		return a.quarterTurns(), a.Label
	}
	g := a.grid(want)
	ticks, from := g.ticks()
	if from == "" {
		return ticks, a.Label
	}
	return ticks, strings.TrimPrefix(a.Label+", from "+from, ", ")
}

// quarterTurns are the ticks of an axis of directions: multiples of 90°, or of
// 180° where that would be many.
func (a Axis) quarterTurns() (ticks []plot.Tick) {
	step := 90.0
	if a.Max-a.Min > 400 {
		step = 180
	}
	for at := step * math.Ceil(a.Min/step-1e-6); at <= a.Max+1e-6; at += step {
		ticks = append(ticks, plot.Tick{Value: at, Label: number(at, 0, 0)})
	}
	return ticks
}

// inside drops ticks beyond the ends of the axis.
func (a Axis) inside(ticks []plot.Tick) []plot.Tick {
	const rounding = 1e-9
	slack := rounding * (a.Max - a.Min)
	lo, hi := a.Min-slack, a.Max+slack
	if a.Log {
		lo, hi = a.Min*(1-rounding), a.Max*(1+rounding)
	}
	var out []plot.Tick
	for _, t := range ticks {
		if t.Value >= lo && t.Value <= hi {
			out = append(out, t)
		}
	}
	return out
}

// grid chooses among steps of 1, 2, 2.5 and 5 times a power of ten the one that
// gives a number of ticks closest to want.
func (a Axis) grid(want int) grid {
	exponent := int(math.Floor(math.Log10(a.Max - a.Min)))
	best, bestCost := grid{}, math.Inf(1)
	for e := exponent - 1; e <= exponent; e++ {
		for _, m := range []struct{ mantissa, cost float64 }{{1, 0}, {5, 0.1}, {2, 0.2}, {2.5, 0.7}} {
			g := newGrid(a.Min, a.Max, m.mantissa, e)
			if a.Whole && (e < 0 || (e == 0 && m.mantissa == 2.5)) {
				continue
			}
			n := float64(g.last - g.first + 1)
			if cost := math.Abs(n-float64(want)) + m.cost; cost < bestCost {
				best, bestCost = g, cost
			}
		}
	}
	if math.IsInf(bestCost, 1) { // whole numbers, and a range of less than one or two
		best = newGrid(a.Min, a.Max, 1, 0)
	}
	if a.Whole && best.last < best.first { // not one of them inside
		a.Whole = false
		return a.grid(want)
	}
	return best
}

// number writes x·10^power with a true minus sign.
func number(x float64, decimals, power int) string {
	if x == 0 {
		return "0"
	}
	s := strconv.FormatFloat(x, 'f', decimals, 64)
	if power != 0 {
		s += "×10" + raise(power)
	}
	return strings.Replace(s, "-", "−", 1)
}

// raise writes n as an exponent.
func raise(n int) string {
	to := []rune(raised)
	var b strings.Builder
	for _, r := range strconv.Itoa(n) {
		if r == '-' {
			b.WriteRune('⁻')
		} else {
			b.WriteRune(to[r-'0'])
		}
	}
	return b.String()
}

// logTicks labels decades, or, where fewer than two decades are inside, also
// their doubles and fives; a range below that has nil, and is labelled like a
// linear one.
func (a Axis) logTicks() []plot.Tick {
	first := int(math.Ceil(math.Log10(a.Min) - 1e-9))
	last := int(math.Floor(math.Log10(a.Max) + 1e-9))
	if last-first >= 1 {
		return a.decades(first, last)
	}
	var out []plot.Tick
	for e := first - 1; e <= last+1; e++ {
		for _, m := range []float64{1, 2, 5} {
			out = append(out, plot.Tick{Value: scaled(m, e), Label: logLabel(m, e)})
		}
	}
	if out = a.inside(out); len(out) >= 2 {
		return out
	}
	return nil
}

func (a Axis) decades(first, last int) []plot.Tick {
	stride := (last-first)/5 + 1
	plain := first >= -2 && last <= 3
	var out []plot.Tick
	for e := first - 1; e <= last; e++ {
		label := ""
		switch {
		case (e-first)%stride != 0:
		case plain:
			label = logLabel(1, e)
		default:
			label = "10" + raise(e)
		}
		out = append(out, plot.Tick{Value: scaled(1, e), Label: label})
		if stride > 1 {
			continue
		}
		for m := 2.0; m < 10; m++ {
			out = append(out, plot.Tick{Value: scaled(m, e)})
		}
	}
	return a.inside(out)
}

func logLabel(m float64, e int) string {
	if e < -3 || e > 4 {
		return number(m, 0, e)
	}
	return number(scaled(m, e), max(-e, 0), 0)
}

// plainNumber writes v with at most three digits that matter.
func plainNumber(v float64) string {
	if v == 0 {
		return "0"
	}
	power := int(math.Floor(math.Log10(math.Abs(v)) + 1e-9))
	if power < 5 && power >= -3 {
		power = 0
	}
	s := strconv.FormatFloat(v/math.Pow10(power), 'g', 3, 64)
	if power == 0 && math.Abs(v) >= 100 {
		s = strconv.FormatFloat(v, 'f', 0, 64)
	}
	if power != 0 {
		s += "×10" + raise(power)
	}
	return strings.Replace(s, "-", "−", 1)
}
