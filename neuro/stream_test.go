package neuro

import (
	"math"
	"testing"
)

func TestStreamsAreReproducibleAndApart(t *testing.T) {
	draw := func(seed uint64, purpose Purpose, index ...int) [4]uint64 {
		r := Stream(seed, purpose, index...)
		return [4]uint64{r.Uint64(), r.Uint64(), r.Uint64(), r.Uint64()}
	}
	if first, second := draw(1, "recurrent"), draw(1, "recurrent"); first != second {
		t.Fatal("one stream gives two sequences")
	}
	seen := map[[4]uint64]string{}
	for name, d := range map[string][4]uint64{
		"seed 1": draw(1, "recurrent"), "seed 2": draw(2, "recurrent"),
		"purpose": draw(1, "input"), "trial 0": draw(1, "recurrent", 0),
		"trial 1": draw(1, "recurrent", 1), "trial 0, 1": draw(1, "recurrent", 0, 1),
		"prefix": draw(1, "recurren"), "negative": draw(1, "recurrent", -1),
	} {
		if other, ok := seen[d]; ok {
			t.Errorf("streams %s and %s are the same", name, other)
		}
		seen[d] = name
	}
}

// The first number of many streams must be as uniform as many numbers of one:
// trials are independent.
func TestIndexedStreamsAreIndependent(t *testing.T) {
	const n = 20000
	var mean, lag float64
	last := 0.0
	for i := range n {
		x := Stream(5, "updates", i).Float64() - 0.5
		mean += x / n
		lag += x * last / n
		last = x
	}
	sd := math.Sqrt(1.0 / 12 / n)
	if math.Abs(mean) > 4*sd || math.Abs(lag) > 4/(12*math.Sqrt(n)) {
		t.Errorf("mean %g, lag-1 covariance %g", mean, lag)
	}
}
