package plotting

import (
	"fmt"
	"math"
	"slices"
)

// Line is a named curve.
type Line struct {
	// Name stands in the legend; a lone line may go without.
	Name string
	// X are the places of the values. Panels that count (Learning) take nil
	// to mean 1, 2, 3, ….
	X []float64
	// Y are the values, as many as X.
	Y []float64
}

// check finds lines that cannot be drawn; counted allows a nil X.
func (s Line) check(i int, counted bool) error {
	what := fmt.Sprintf("line %d", i+1)
	if s.Name != "" {
		what = "line " + quoted(s.Name)
	}
	if err := vector(what+": Y", s.Y); err != nil {
		return err
	}
	if s.X == nil && counted {
		return nil
	}
	if len(s.X) != len(s.Y) {
		return fmt.Errorf("%s: %d values of X and %d of Y: give one of each per point", what, len(s.X), len(s.Y))
	}
	return allFinite(what+": X", s.X)
}

// counted returns X, or 1, 2, 3, … where it is nil.
func (s Line) counted() []float64 {
	if s.X != nil {
		return s.X
	}
	x := make([]float64, len(s.Y))
	for i := range x {
		x[i] = float64(i + 1)
	}
	return x
}

// checkAll checks several lines.
func checkAll(lines []Line, counted bool) error {
	if len(lines) == 0 {
		return fmt.Errorf("there are no lines: give at least one")
	}
	for i, s := range lines {
		if err := s.check(i, counted); err != nil {
			return err
		}
	}
	return nil
}

// ascending reports where x fails to increase, or -1.
func ascending(x []float64) int {
	for i := 1; i < len(x); i++ {
		if x[i] <= x[i-1] {
			return i
		}
	}
	return -1
}

// positive reports the first value that a logarithmic axis cannot show.
func positive(v []float64) int {
	return slices.IndexFunc(v, func(x float64) bool { return !(x > 0) || math.IsInf(x, 1) })
}
