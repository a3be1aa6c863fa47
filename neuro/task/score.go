package task

import (
	"math"
	"sort"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"
)

// NMSE returns the normalised mean squared error of an output within a
// window,
//
//	Σ|y - ỹ|² / Σ|ỹ|²,
//
// pooled over channels (DePasquale et al. 2023, Methods). Both matrices are
// T × m. A target that is zero throughout the window gives +Inf unless the
// output is zero as well.
func NMSE(output, target *mat.Dense, w Window) float64 {
	var num, den float64
	for t := w.From; t < w.To; t++ {
		want := target.RawRowView(t)
		for i, y := range output.RawRowView(t) {
			num += (y - want[i]) * (y - want[i])
			den += want[i] * want[i]
		}
	}
	if num == 0 {
		return 0
	}
	return num / den
}

// PhaseNMSE returns the lowest [NMSE] of an output (T × m) against a target of
// one period shifted in a circle, and the shift: the steps by which the output
// runs behind. It is how a rhythm without any input is judged ([Sinusoids],
// [Sawtooth]): nothing tells such a network the time, so that the slightest
// error of its frequency adds up over trials, and NMSE itself becomes that of
// a right pattern at a wrong time, up to 4. Cost: T² m.
func PhaseNMSE(output, target *mat.Dense) (nmse float64, behind int) {
	length, channels := target.Dims()
	nmse = math.Inf(1)
	shifted := mat.NewDense(length, channels, nil)
	for shift := range length {
		for t := range length {
			shifted.SetRow((t+shift)%length, target.RawRowView(t))
		}
		if e := NMSE(output, shifted, Window{0, length}); e < nmse {
			nmse, behind = e, shift
		}
	}
	if behind > length/2 {
		behind -= length
	}
	return nmse, behind
}

// Median returns the median of errors over trials; of an even number the mean
// of the middle two, of none NaN. The errors are left in their order.
func Median(errors []float64) float64 {
	if len(errors) == 0 {
		return math.NaN()
	}
	sorted := append([]float64(nil), errors...)
	sort.Float64s(sorted)
	// The two coincide for an odd number.
	lower := stat.Quantile(0.5, stat.Empirical, sorted, nil)
	upper := sorted[len(sorted)/2]
	return (lower + upper) / 2
}
