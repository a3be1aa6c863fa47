package task

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// NMSE returns the normalised mean squared error of an output within a
// window,
//
//	Σ|y - ỹ|² / Σ|ỹ|²,
//
// pooled over channels (DePasquale et al. 2023, Methods). Both matrices are T × m;
// the zero Window is the whole trial, as in [Trial].Score. A target that is zero
// throughout the window gives +Inf, unless the output is zero as well; an output
// with NaN gives NaN. NMSE panics if the two differ in size, or if the window has
// no step or lies outside.
func NMSE(output, target *mat.Dense, w Window) float64 {
	steps := sameSize("NMSE", output, target)
	if w == (Window{}) {
		w.To = steps
	}
	if w.From < 0 || w.From >= w.To || w.To > steps {
		panic(fmt.Sprintf("task: NMSE in the window %d-%d of %d steps: it must hold a step and lie within them", w.From, w.To, steps))
	}
	num, den := squares(output, target, w, 1)
	switch {
	// Squares beyond what a float64 holds; their quotient may not be.
	case math.IsInf(num, 1) || math.IsInf(den, 1):
		num, den = squares(output, target, w, 0x1p-600)
	case den < 0x1p-900:
		num, den = squares(output, target, w, 0x1p+600)
	}
	if num == 0 {
		return 0
	}
	return num / den
}

// squares are the sums of squares of the error and of the target, with both
// multiplied by scale.
func squares(output, target *mat.Dense, w Window, scale float64) (num, den float64) {
	for t := w.From; t < w.To; t++ {
		want := target.RawRowView(t)
		for i, y := range output.RawRowView(t) {
			off, value := y*scale-want[i]*scale, want[i]*scale
			num += off * off
			den += value * value
		}
	}
	return num, den
}

// sameSize returns the number of steps of two matrices, which must agree.
func sameSize(what string, output, target *mat.Dense) int {
	if output == nil || target == nil {
		panic("task: " + what + " of an output and a target, of which one is nil")
	}
	t, m := target.Dims()
	if rows, cols := output.Dims(); rows != t || cols != m {
		panic(fmt.Sprintf("task: %s of an output of %d x %d and a target of %d x %d: both must have the same steps and channels", what, rows, cols, t, m))
	}
	return t
}

// PhaseNMSE returns the lowest [NMSE] of an output (T × m) against all circular
// shifts of a target of one period, and that shift, the steps by which the output
// lags. It judges rhythms without any input ([Sinusoids], [Sawtooth]): nothing
// tells such a network the time, so that the slightest error of its frequency adds
// up over trials, and NMSE itself becomes that of a right pattern at a wrong time,
// up to 4. PhaseNMSE panics if the two differ in size or are empty, and is +Inf
// where NMSE is +Inf for every shift. Cost: T² m.
func PhaseNMSE(output, target *mat.Dense) (nmse float64, behind int) {
	length := sameSize("PhaseNMSE", output, target)
	if length == 0 {
		panic("task: PhaseNMSE of no steps: there is nothing to compare")
	}
	_, channels := target.Dims()
	nmse = math.Inf(1)
	shifted := mat.NewDense(length, channels, nil)
	for shift := range length {
		for t := range length {
			shifted.SetRow((t+shift)%length, target.RawRowView(t))
		}
		if e := NMSE(output, shifted, Window{0, length}); e < nmse || shift == 0 {
			nmse, behind = e, shift
		}
	}
	if behind > length/2 {
		behind -= length
	}
	return nmse, behind
}
