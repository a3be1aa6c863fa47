package bound_test

import (
	"math"
	"testing"

	"github.com/spikewalk/spikewalk/neuro/internal/bound"
)

func TestArray(t *testing.T) {
	for _, sizes := range [][]int{{1}, {1 << 29}, {23_000, 23_000}} {
		if err := bound.Array("P", sizes...); err != nil {
			t.Errorf("%v: %v", sizes, err)
		}
	}
	// The product of the last would be small in integers, which wrap around.
	for _, sizes := range [][]int{{1<<29 + 1}, {24_000, 24_000}, {math.MaxInt, math.MaxInt}} {
		if bound.Array("P", sizes...) == nil {
			t.Errorf("%v is accepted", sizes)
		}
	}
	const want = "rls: P of 100000 × 100000 numbers would take 80 GB: at most 4.29 GB are given to one array"
	if err := bound.Array("rls: P", 100_000, 100_000); err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestSteps(t *testing.T) {
	if err := bound.Steps("a hold", 86_400, 1e-4); err != nil {
		t.Errorf("a day in steps of 0.1 ms: %v", err)
	}
	for _, seconds := range []float64{2e5, 1e300, math.Inf(1), math.NaN()} {
		if bound.Steps("a hold", seconds, 1e-4) == nil {
			t.Errorf("%g s are accepted", seconds)
		}
	}
}
