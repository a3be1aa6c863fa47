package factor

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

func checkConditions(activity []*mat.Dense, cfg JPCAConfig) error {
	if len(activity) == 0 {
		return errors.New("factor: jPCA of no conditions: give the activity of at least one")
	}
	if cfg.RemoveMean && len(activity) == 1 {
		return errors.New("factor: jPCA of one condition less its mean over conditions is zero: give several, or set RemoveMean to false")
	}
	for c, a := range activity {
		if err := check(a); err != nil {
			return fmt.Errorf("condition %d: %w", c, err)
		}
		t, n := a.Dims()
		t0, n0 := activity[0].Dims()
		if n != n0 || (cfg.RemoveMean && t != t0) {
			return fmt.Errorf("factor: condition %d is %d x %d, condition 0 %d x %d: all must be of the same units, and as long for RemoveMean", c, t, n, t0, n0)
		}
		if t < 3 {
			return fmt.Errorf("factor: condition %d has %d steps: at least 3 are needed", c, t)
		}
		if cfg.Components > n {
			return fmt.Errorf("factor: jPCA in %d components of %d units: choose at most as many as units", cfg.Components, n)
		}
	}
	return nil
}

// prepared returns the conditions normalised and without their mean.
func prepared(activity []*mat.Dense, cfg JPCAConfig) []*mat.Dense {
	x := make([]*mat.Dense, len(activity))
	for c := range x {
		x[c] = mat.DenseCopyOf(activity[c])
	}
	if cfg.Normalise {
		scale := ranges(x)
		for j := range scale {
			// A unit that never changes has nothing to normalise.
			if scale[j] += cfg.Soften; scale[j] == 0 {
				scale[j] = 1
			}
		}
		for c := range x {
			x[c].Apply(func(_, j int, v float64) float64 { return v / scale[j] }, x[c])
		}
	}
	if cfg.RemoveMean {
		mean := mat.DenseCopyOf(x[0])
		for _, a := range x[1:] {
			mean.Add(mean, a)
		}
		mean.Scale(1/float64(len(x)), mean)
		for _, a := range x {
			a.Sub(a, mean)
		}
	}
	return x
}

// ranges returns each unit's largest less its smallest value.
func ranges(x []*mat.Dense) []float64 {
	_, n := x[0].Dims()
	out := make([]float64, n)
	for j := range out {
		low, high := math.Inf(1), math.Inf(-1)
		for _, a := range x {
			column := a.ColView(j)
			low, high = math.Min(low, mat.Min(column)), math.Max(high, mat.Max(column))
		}
		out[j] = high - low
	}
	return out
}

func stacked(x []*mat.Dense) *mat.Dense {
	_, n := x[0].Dims()
	total := 0
	for _, a := range x {
		t, _ := a.Dims()
		total += t
	}
	all, row := mat.NewDense(total, n, nil), 0
	for _, a := range x {
		t, _ := a.Dims()
		all.Slice(row, row+t, 0, n).(*mat.Dense).Copy(a)
		row += t
	}
	return all
}

// steps returns the states and their derivatives, a row for each step within
// a condition.
func steps(x []*mat.Dense, basis *Basis, cfg JPCAConfig) (states, slopes *mat.Dense, err error) {
	var at, by []*mat.Dense
	for _, a := range x {
		y, err := basis.Project(a)
		if err != nil {
			return nil, nil, err
		}
		t, k := y.Dims()
		before, after := y.Slice(0, t-1, 0, k), y.Slice(1, t, 0, k)
		var state, slope mat.Dense
		slope.Sub(after, before)
		slope.Scale(1/cfg.Dt, &slope)
		state.CloneFrom(before)
		if !cfg.Forward {
			state.Add(before, after)
			state.Scale(0.5, &state)
		}
		at, by = append(at, &state), append(by, &slope)
	}
	return stacked(at), stacked(by), nil
}
