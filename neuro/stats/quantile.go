package stats

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// Median returns the middle value, of an even number the mean of the middle
// two: Quantile(v, 0.5) up to rounding. It is NaN of none, or where one is NaN.
// Cost: O(n log n), like [Quantile].
func Median(v []float64) float64 {
	s := ascending(v)
	if s == nil {
		return math.NaN()
	}
	m := len(s) / 2
	if len(s)%2 == 1 {
		return s[m]
	}
	return s[m-1]/2 + s[m]/2
}

// Quantile returns the value below which a part p of the values lies: the
// smallest at 0, the largest at 1. With x[0] ≤ x[1] ≤ … it is
//
//	x[i] + (h - i) (x[i+1] - x[i]),   h = p (n - 1),   i = ⌊h⌋,
//
// type 7 of Hyndman & Fan (1996), Sample quantiles in statistical packages,
// doi:10.2307/2684934, the default of NumPy and R. Between a finite value
// and +Inf it is +Inf, between -Inf and another value NaN. A p outside of 0 to 1
// panics.
func Quantile(v []float64, p float64) float64 {
	if !(p >= 0 && p <= 1) {
		panic(fmt.Sprintf("stats: p is %g: it must be from 0 to 1", p))
	}
	return quantile(ascending(v), p)
}

// Quartiles returns the quantiles of 0.25 and 0.75, see [Quantile]; NaN of
// none, or where one is NaN.
func Quartiles(v []float64) (lower, upper float64) {
	s := ascending(v)
	return quantile(s, 0.25), quantile(s, 0.75)
}

// quantile returns the quantile of ascending values, NaN of none.
//
// It is not stat.Quantile with LinInterp, which is type 4: that puts the
// quartiles of 1, 2, 3, 4, 5 at 1.25 and 3.75, not symmetrically about 3.
func quantile(x []float64, p float64) float64 {
	if len(x) == 0 {
		return math.NaN()
	}
	h := p * float64(len(x)-1)
	i := int(h)
	if i+1 == len(x) || h == float64(i) || x[i] == x[i+1] {
		return x[i]
	}
	return x[i] + (h-float64(i))*(x[i+1]-x[i])
}

// ascending is a sorted copy; nil if there is nothing, or a NaN.
func ascending(v []float64) []float64 {
	if len(v) == 0 || slices.ContainsFunc(v, math.IsNaN) {
		return nil
	}
	return slices.Sorted(slices.Values(v))
}

// Ranked returns, for each p, the index of the value of rank p (n - 1), rounded down,
// in ascending order: the smallest at 0, the largest at 1. With rates it chooses
// neurons to show, from the quiet to the busy. Of equal values the earlier ranks
// first. It is nil of none, or where one is NaN. A p outside of 0 to 1 panics.
func Ranked(v []float64, p ...float64) []int {
	if len(v) == 0 || slices.ContainsFunc(v, math.IsNaN) {
		return nil
	}
	order := make([]int, len(v))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(v[a], v[b]) })
	var places []int
	for _, q := range p {
		if !(q >= 0 && q <= 1) {
			panic(fmt.Sprintf("stats: p is %g: it must be from 0 to 1", q))
		}
		places = append(places, order[int(q*float64(len(v)-1))])
	}
	return places
}
