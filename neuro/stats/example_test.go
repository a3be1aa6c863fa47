package stats_test

import (
	"fmt"

	"github.com/spikewalk/spikewalk/neuro/stats"
)

func Example() {
	errors := []float64{0.012, 0.031, 0.009, 0.044, 0.018, 0.022, 0.015, 0.090, 0.011, 0.027}
	low, high := stats.Quartiles(errors)
	fmt.Printf("median %.4f, quartiles %.4f and %.4f\n", stats.Median(errors), low, high)
	low, high = stats.Bootstrap(errors, stats.Median, 0.95, 2000, 1)
	fmt.Printf("the median lies between %.4f and %.4f\n", low, high)
	// Output:
	// median 0.0200, quartiles 0.0128 and 0.0300
	// the median lies between 0.0120 and 0.0310
}
