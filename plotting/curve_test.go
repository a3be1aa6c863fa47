package plotting

import (
	"slices"
	"testing"
)

// The quartiles of NumPy's and R's default.
func TestQuantileIsTypeSeven(t *testing.T) {
	for _, c := range []struct {
		values      []float64
		first, last float64
	}{
		{[]float64{3}, 3, 3},
		{[]float64{1, 2}, 1.25, 1.75},
		{[]float64{1, 2, 3, 4}, 1.75, 3.25},
		{[]float64{1, 2, 3, 4, 5}, 2, 4},
	} {
		if a, b := quantile(0.25, c.values), quantile(0.75, c.values); a != c.first || b != c.last {
			t.Errorf("quartiles of %v: %g and %g, want %g and %g", c.values, a, b, c.first, c.last)
		}
		if quantile(0, c.values) != c.values[0] || quantile(1, c.values) != slices.Max(c.values) {
			t.Errorf("ends of %v are not its extremes", c.values)
		}
	}
}
