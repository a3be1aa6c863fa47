package stats

import (
	"math"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/stat"

	"github.com/spikewalk/spikewalk/neuro"
)

// numpy.quantile(v, [0, .1, .25, .5, .75, .9, 1]) of NumPy 1.24.2.
var numpy = []struct{ v, want []float64 }{
	{[]float64{3}, []float64{3, 3, 3, 3, 3, 3, 3}},
	{[]float64{1, 2}, []float64{1, 1.1, 1.25, 1.5, 1.75, 1.9, 2}},
	{[]float64{1, 2, 3, 4}, []float64{1, 1.3, 1.75, 2.5, 3.25, 3.7, 4}},
	{[]float64{5, 1, 4, 2, 3}, []float64{1, 1.4, 2, 3, 4, 4.6, 5}},
	{[]float64{0.3, -1.7, 2.9, 0.1, 11.5, 4.2, -0.8, 3.3, 0.7, 5.1}, []float64{-1.7, -0.89, 0.15, 1.7999999999999998, 3.975, 5.7399999999999975, 11.5}},
	{[]float64{2.5, 7.25, 1.125, 9.5, 3.75, 0.5, 8}, []float64{0.5, 0.875, 1.8125, 3.75, 7.625, 8.600000000000001, 9.5}},
}

func TestQuantilesAreNumPys(t *testing.T) {
	for _, c := range numpy {
		kept := slices.Clone(c.v)
		for i, p := range []float64{0, 0.1, 0.25, 0.5, 0.75, 0.9, 1} {
			if got := Quantile(c.v, p); math.Abs(got-c.want[i]) > 1e-14 {
				t.Errorf("quantile %g of %v is %v, NumPy's is %v", p, c.v, got, c.want[i])
			}
		}
		low, high := Quartiles(c.v)
		if low != Quantile(c.v, 0.25) || high != Quantile(c.v, 0.75) {
			t.Errorf("quartiles of %v are %g and %g", c.v, low, high)
		}
		if got := Median(c.v); math.Abs(got-c.want[3]) > 1e-15 {
			t.Errorf("median of %v is %v, want %v", c.v, got, c.want[3])
		}
		if !slices.Equal(c.v, kept) {
			t.Errorf("%v was left as %v", kept, c.v)
		}
	}
}

// As NumPy, NaN and nothing give NaN; unlike NumPy, whose third quartile of 1,
// ∞, ∞ is NaN, equal neighbours give themselves.
func TestNaNInfinityAndNothing(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	for _, v := range [][]float64{nil, {}, {nan}, {1, nan, 2}} {
		low, high := Quartiles(v)
		for _, got := range []float64{Median(v), Quantile(v, 0.5), low, high} {
			if !math.IsNaN(got) {
				t.Errorf("a statistic of %v is %g, want NaN", v, got)
			}
		}
	}
	for _, c := range []struct {
		v       []float64
		p, want float64
	}{{[]float64{1, 2, inf}, 0.25, 1.5}, {[]float64{1, 2, inf}, 0.75, inf}, {[]float64{1, inf, inf}, 0.75, inf}, {[]float64{-inf, -inf, 0}, 0.25, -inf}} {
		if got := Quantile(c.v, c.p); got != c.want {
			t.Errorf("quantile %g of %v is %g, want %g", c.p, c.v, got, c.want)
		}
	}
	if got := Median([]float64{math.MaxFloat64, math.MaxFloat64}); got != math.MaxFloat64 {
		t.Errorf("the median of two large values is %g", got)
	}
}

// Of normal values the interval of the mean is about ± 1.96 standard errors,
// and covers the true mean about as often as its level says.
func TestBootstrap(t *testing.T) {
	const n, times = 50, 200
	mean := func(v []float64) float64 { return stat.Mean(v, nil) }
	var covered, width float64
	for k := range times {
		rng := neuro.Stream(7, "normal", k)
		v := make([]float64, n)
		for i := range v {
			v[i] = 3 + rng.NormFloat64()
		}
		low, high := Bootstrap(v, mean, 0.95, 400, uint64(k))
		if again, _ := Bootstrap(v, mean, 0.95, 400, uint64(k)); again != low {
			t.Fatalf("the same seed gives %g and %g", low, again)
		}
		width += (high - low) / times
		if low <= 3 && 3 <= high {
			covered += 1.0 / times
		}
	}
	if covered < 0.88 || covered > 0.99 {
		t.Errorf("an interval of 95 %% covers the mean in %.0f %% of samples", 100*covered)
	}
	if want := 2 * 1.96 / math.Sqrt(n); math.Abs(width/want-1) > 0.05 {
		t.Errorf("intervals are %g wide, want %g", width, want)
	}
	if low, high := Bootstrap(nil, mean, 0.95, 10, 1); !math.IsNaN(low) || !math.IsNaN(high) {
		t.Errorf("the interval of nothing is [%g, %g]", low, high)
	}
}

func TestR2(t *testing.T) {
	observed := []float64{1, 2, 3, 4}
	for _, c := range []struct {
		predicted []float64
		want      float64
	}{{observed, 1}, {[]float64{2.5, 2.5, 2.5, 2.5}, 0}, {[]float64{1.5, 2, 3, 3.5}, 0.9}, {[]float64{4, 3, 2, 1}, -3}} {
		if got := R2(c.predicted, observed); math.Abs(got-c.want) > 1e-15 {
			t.Errorf("R² of %v is %g, want %g", c.predicted, got, c.want)
		}
	}
	for _, observed := range [][]float64{nil, {1}, {0.1, 0.1, 0.1}, {1, math.NaN(), 2}} {
		if got := R2(make([]float64, len(observed)), observed); !math.IsNaN(got) {
			t.Errorf("R² of %v is %g, want NaN", observed, got)
		}
	}
	if got := R2(observed[:3], observed); !math.IsNaN(got) {
		t.Errorf("R² of three predictions of four values is %g, want NaN", got)
	}
}

func TestRanked(t *testing.T) {
	v := []float64{3, 1, 2, 2, 5}
	if got := Ranked(v, 0, 0.25, 0.5, 0.74, 1); !slices.Equal(got, []int{1, 2, 3, 3, 4}) {
		t.Errorf("places %v of %v", got, v)
	}
	for _, v := range [][]float64{nil, {1, math.NaN()}} {
		if got := Ranked(v, 0.5); got != nil {
			t.Errorf("places %v of %v", got, v)
		}
	}
}

// What has no meaning panics with one sentence, as documented.
func TestNonsense(t *testing.T) {
	for want, f := range map[string]func(){
		"p is 25":                         func() { Quantile([]float64{1}, 25) },
		"p is -1":                         func() { Ranked([]float64{1}, 0, -1) },
		"p is NaN":                        func() { Quantile(nil, math.NaN()) },
		"no statistic":                    func() { Bootstrap([]float64{1}, nil, 0.95, 10, 1) },
		"the level is 95":                 func() { Bootstrap([]float64{1}, Median, 95, 10, 1) },
		"0 resamples: there must be 1 to": func() { Bootstrap([]float64{1}, Median, 0.95, 0, 1) },
	} {
		func() {
			defer func() {
				if said, ok := recover().(string); !ok || !strings.HasPrefix(said, "stats: ") || !strings.Contains(said, want) {
					t.Errorf("panic %v, want one that says %q", said, want)
				}
			}()
			f()
		}()
	}
}
