// Package stats says once what a median, a quantile, an interval and R² are,
// for networks, experiments and figures alike.
//
//	errors := []float64{0.012, 0.031, 0.009, 0.044}
//	low, high := stats.Quartiles(errors)
//	fmt.Printf("%.3g [%.3g, %.3g]\n", stats.Median(errors), low, high)
//
// Nothing here changes or keeps the slices that it is given. A NaN among the
// values gives NaN, and so does an empty slice: leave out beforehand what is not
// to count. Means, standard deviations and correlations are in gonum/stat.
package stats
