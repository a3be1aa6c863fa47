package bound_test

import (
	"math"
	"strings"
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

func TestCheckNamesTheFirstFieldThatCannotBe(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for _, c := range []struct {
		field bound.Field
		want  string
	}{
		{bound.Finite("X", -3), ""}, {bound.Finite("X", nan), "X is NaN: it must be finite"}, {bound.Finite("X", inf), "X is +Inf: it must be finite"},
		{bound.Positive("X", 1e-300), ""}, {bound.Positive("X", 0), "X is 0: it must be positive and finite"},
		{bound.Positive("X", nan), "X is NaN"}, {bound.Positive("X", inf), "X is +Inf"},
		{bound.NotNegative("X", 0), ""}, {bound.NotNegative("X", -1), "X is -1: it must be finite and not negative"}, {bound.NotNegative("X", nan), "X is NaN"},
		{bound.Fraction("X", 0), ""}, {bound.Fraction("X", 1), ""}, {bound.Fraction("X", 1.1), "X is 1.1: it must be between 0 and 1"}, {bound.Fraction("X", nan), "X is NaN"},
		{bound.Share("X", 1), ""}, {bound.Share("X", 0), "X is 0: it must be above 0 and at most 1"}, {bound.Share("X", nan), "X is NaN"},
		{bound.AtLeast("X", 2, 2), ""}, {bound.AtLeast("X", 1, 2), "X is 1: it must be at least 2"},
	} {
		err := bound.Check("test", bound.Finite("Y", 0), c.field, bound.Finite("Z", nan))
		if c.want == "" {
			c.want = "Z is NaN"
		}
		if err == nil || !strings.HasPrefix(err.Error(), "test: "+c.want) {
			t.Errorf("got %v, want %s", err, c.want)
		}
	}
	if err := bound.Check("test", bound.Finite("Y", 0)); err != nil {
		t.Error(err)
	}
}
