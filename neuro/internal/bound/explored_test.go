package bound_test

import (
	"testing"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/bound"
)

func TestUnexplored(t *testing.T) {
	gain := func(v float64) bound.Explored {
		return bound.Explored{Name: "Gain", Value: v, From: 3, To: 7, Source: "3 to 7 in A"}
	}
	level := func(v float64) bound.Explored {
		return bound.Explored{Name: "Inhibition", Value: v, From: -0.3, To: -0.3, Source: "-0.3 in B"}
	}
	for _, inside := range [][2]float64{{3, -0.3}, {7, -0.1 * 3}, {5, -0.3}} {
		if w := bound.Unexplored("test", gain(inside[0]), level(inside[1])); w != nil {
			t.Errorf("%v: %v", inside, w)
		}
	}
	w := bound.Unexplored("test", gain(8), level(0), gain(5), gain(2.9))
	const want = "outside what was explored: Gain is 8 (3 to 7 in A), Inhibition is 0 (-0.3 in B), Gain is 2.9 (3 to 7 in A)"
	if len(w) != 1 || w[0].Kind != neuro.Unexplored || w[0].Message != want {
		t.Errorf("%v, want one that says %s", w, want)
	}
}
