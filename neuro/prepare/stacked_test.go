package prepare

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/recording"
)

// numbered is a set of trials whose value at bin t, channel j of trial i is
// 100 i + 10 t + j.
func numbered(conditions ...int) *Set {
	s := &Set{Dt: 0.01, Conditions: []string{"a", "b", "none", "c"}}
	for i, c := range conditions {
		m := mat.NewDense(3, 2, nil)
		m.Apply(func(t, j int, _ float64) float64 { return float64(100*i + 10*t + j) }, m)
		s.Trials = append(s.Trials, Trial{Index: i, Condition: c, Series: map[string]*mat.Dense{"x": m}})
	}
	return s
}

func TestStacks(t *testing.T) {
	s := numbered(3, 0, 3, 1)
	all, err := s.Concatenated("x")
	if err != nil {
		t.Fatal(err)
	}
	if rows, columns := all.Dims(); rows != 12 || columns != 2 {
		t.Fatalf("%d x %d", rows, columns)
	}
	for row := range 12 {
		for j := range 2 {
			if got, want := all.At(row, j), float64(100*(row/3)+10*(row%3)+j); got != want {
				t.Errorf("row %d, channel %d is %g, want %g", row, j, got, want)
			}
		}
	}
	means, err := s.StackedAverages("x")
	if err != nil {
		t.Fatal(err)
	}
	// In order of conditions: trial 1, trial 3, and the mean of trials 0 and 2.
	for c, of := range []float64{100, 300, 100} {
		if got := mat.Row(nil, 3*c+2, means); !slices.Equal(got, []float64{of + 20, of + 21}) {
			t.Errorf("condition %d ends with %v, want %g and one more", c, got, of+20)
		}
	}
}

// Targets go where values go: through filters and gaps, and out where rows do.
func TestTargetsFollowValues(t *testing.T) {
	const rows = 400
	s := recording.Series{Values: mat.NewDense(rows, 2, nil), Targets: mat.NewDense(rows, 2, nil)}
	for i := range rows {
		at := 0.01 * float64(i)
		if i >= 250 {
			at += 0.5 // a gap
		}
		s.Times = append(s.Times, at)
		for j := range 2 {
			v := math.Sin(3*at + float64(j))
			s.Values.Set(i, j, v)
			s.Targets.Set(i, j, -2*v)
		}
	}
	half, err := Resample(s, 50)
	if err != nil {
		t.Fatal(err)
	}
	if n, _ := half.Values.Dims(); n != 200 || len(half.Times) != n {
		t.Fatalf("%d rows at %d times, want 200", n, len(half.Times))
	}
	s.Values.Set(7, 1, math.Inf(1))
	s.Values.Set(100, 0, math.NaN())
	left, dropped, err := WithoutNaN(s)
	if err != nil || dropped != 2 || len(left.Times) != rows-2 {
		t.Fatalf("%d dropped, %d left, %v", dropped, len(left.Times), err)
	}
	normal, by, err := Normalise(left, 1)
	if err != nil {
		t.Fatal(err)
	}
	if got := mat.Max(normal.Values); math.Abs(got-1) > 1e-12 || len(by) != 2 {
		t.Errorf("the largest value is %g after division by %v", got, by)
	}
	for name, changed := range map[string]recording.Series{"resampled": half, "without NaN": left, "normalised": normal} {
		var off mat.Dense
		off.Scale(-2, changed.Values)
		if !mat.EqualApprox(&off, changed.Targets, 1e-12) {
			t.Errorf("%s: targets are no longer -2 times the values", name)
		}
	}
	whole, dropped, err := WithoutNaN(recording.Series{Dt: 1, Values: mat.NewDense(2, 1, nil)})
	if err != nil || dropped != 0 || whole.Dt != 1 || whole.Times != nil {
		t.Errorf("a whole series becomes %+v, %d dropped, %v", whole, dropped, err)
	}
}

// One way a filter looks back only, keeps what has always been, and has the gain that
// the bilinear transform gives: 1/√2 at the cutoff.
func TestOneWayIsCausal(t *testing.T) {
	const rate, cutoff, rows = 1000, 50, 4000
	for order := 1; order <= 5; order++ {
		f, err := LowPass(order, cutoff, rate)
		if err != nil {
			t.Fatal(err)
		}
		x := mat.NewDense(rows, 3, nil)
		for i := range rows {
			x.SetRow(i, []float64{7, 0, math.Sin(2 * math.Pi * cutoff * float64(i) / rate)})
		}
		x.Set(2000, 1, 1)
		y, err := f.OneWay(x)
		if err != nil {
			t.Fatal(err)
		}
		amplitude, before, area := 0.0, 0.0, 0.0
		for i := range rows {
			if math.Abs(y.At(i, 0)-7) > 1e-9 {
				t.Fatalf("order %d: what was always 7 is %g at row %d", order, y.At(i, 0), i)
			}
			area += y.At(i, 1)
			if i < 2000 {
				before = math.Max(before, math.Abs(y.At(i, 1)))
			}
			if i > 3000 {
				amplitude = math.Max(amplitude, y.At(i, 2))
			}
		}
		if before != 0 || math.Abs(area-1) > 1e-9 {
			t.Errorf("order %d: an impulse is %g before it comes, and its area is %g", order, before, area)
		}
		// 20 rows a period: the largest is within 1.3 % of the amplitude.
		if amplitude > math.Sqrt2/2+1e-9 || amplitude < 0.987*math.Sqrt2/2 {
			t.Errorf("order %d: the amplitude at the cutoff is %g, want %g", order, amplitude, math.Sqrt2/2)
		}
	}
}

// The bin of a time is where its edges say, however division rounds.
func TestRightClosedEdges(t *testing.T) {
	for _, c := range []struct{ from, dt float64 }{{0, 0.1}, {0.1, 0.1}, {-0.3, 0.005}, {1e3, 1e-3}, {0.7, 0.03}} {
		const bins = 300
		var edges []float64
		for k := 0; k <= bins; k++ {
			edges = append(edges, c.from+float64(k)*c.dt)
		}
		right, err := Bin(edges, c.from, c.dt, bins, RightClosed)
		if err != nil {
			t.Fatal(err)
		}
		left, err := Bin(edges, c.from, c.dt, bins, LeftClosed)
		if err != nil {
			t.Fatal(err)
		}
		// Each edge ends one bin and begins another: one spike in each.
		for k := range bins {
			if right[k] != 1 || left[k] != 1 {
				t.Errorf("from %g by %g: bin %d has %g and %g spikes, want 1 and 1", c.from, c.dt, k, right[k], left[k])
			}
		}
	}
}
