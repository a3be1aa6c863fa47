package stats

import (
	"math"

	"gonum.org/v1/gonum/stat"
)

// R2 returns the part of the variance of observed that a prediction explains,
//
//	1 - Σ (observed - predicted)² / Σ (observed - mean)²:
//
// 1 where every value is predicted, 0 where the mean would predict as well,
// negative where it would predict better; NaN where the observed values are
// constant up to rounding, fewer than two, or not as many as the predicted ones.
func R2(predicted, observed []float64) float64 {
	if len(predicted) != len(observed) || Constant(observed) {
		return math.NaN()
	}
	return stat.RSquaredFrom(predicted, observed, nil)
}

// Constant reports whether values differ by no more than rounding: their
// standard deviation is at most 1e-12 of their mean. So do fewer than two
// values, and a NaN.
func Constant(v []float64) bool {
	mean, deviation := stat.MeanStdDev(v, nil)
	return !(deviation > 1e-12*math.Abs(mean))
}
