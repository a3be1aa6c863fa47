package plotting

import (
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/plot"
)

// grid is the multiples first…last of mantissa·10^exponent.
type grid struct {
	mantissa    float64
	exponent    int
	first, last int
}

func newGrid(lo, hi, mantissa float64, exponent int) grid {
	step := scaled(mantissa, exponent)
	return grid{
		mantissa: mantissa, exponent: exponent,
		first: int(math.Ceil(lo/step - 1e-6)),
		last:  int(math.Floor(hi/step + 1e-6)),
	}
}

// scaled is x·10^e with one rounding for negative e, so that 3 steps of 0.1
// are 0.3.
func scaled(x float64, e int) float64 {
	if e < 0 {
		return x / math.Pow10(-e)
	}
	return x * math.Pow10(e)
}

// mostDigits is how many digits a tick's number may have.
const mostDigits = 6

// ticks are the grid's ticks and, if their numbers are counted from another
// than zero, that number: a multiple of the power of ten that is no less than
// their range. All is reckoned in whole tenths of 10^exponent, without
// rounding.
func (g grid) ticks() (ticks []plot.Tick, from string) {
	step := int(10 * g.mantissa)
	origin := 0
	if g.digits() > mostDigits {
		unit := 1
		for unit < max((g.last-g.first)*step, 10) {
			unit *= 10
		}
		origin = g.first * step / unit * unit
		if origin > g.first*step { // division is towards zero
			origin -= unit
		}
		from = written(origin, g.exponent-1)
	}
	label := g.labels(step, origin)
	for i := g.first; i <= g.last; i++ {
		ticks = append(ticks, plot.Tick{Value: scaled(g.mantissa*float64(i), g.exponent), Label: label(i*step - origin)})
	}
	return ticks, from
}

// digits is how many digits the ticks' numbers have at most.
func (g grid) digits() int {
	n := g.mantissa * math.Max(math.Abs(float64(g.first)), math.Abs(float64(g.last)))
	d := 1 + int(math.Floor(math.Log10(math.Max(n, 1))))
	if g.mantissa == 2.5 {
		d++
	}
	return d
}

// written is n·10^e.
func written(n, e int) string {
	for n%10 == 0 && n != 0 {
		n, e = n/10, e+1
	}
	digits := len(strings.TrimPrefix(strconv.Itoa(n), "-"))
	if digits+e <= 15 && e > -15 {
		return number(scaled(float64(n), e), max(-e, 0), 0)
	}
	return number(scaled(float64(n), 1-digits), digits-1, digits+e-1)
}

// labels writes tenths of 10^exponent, all of the grid's with as many decimals
// and, if they are large or small, one power of ten.
func (g grid) labels(step, origin int) func(tenths int) string {
	largest := math.Max(math.Abs(float64(g.first*step-origin)), math.Abs(float64(g.last*step-origin))) / 10
	magnitude := g.exponent + int(math.Floor(math.Log10(math.Max(largest, 1))))
	decimals, power := -g.exponent, 0
	if magnitude >= 5 || magnitude < -3 {
		decimals, power = magnitude-g.exponent, magnitude
	}
	if g.mantissa == 2.5 {
		decimals++
	}
	decimals = max(decimals, 0)
	return func(tenths int) string {
		return number(scaled(float64(tenths)/10, g.exponent-power), decimals, power)
	}
}
