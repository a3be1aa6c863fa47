package prepare

import (
	"math"
	"slices"
	"testing"
)

func TestEdgesBelongWhereTheConventionSays(t *testing.T) {
	times := []float64{0.25, 0.25, 0.5, 0.75, 0.75000001, 1, 0.2499, 1.25}
	for edges, want := range map[Edges][]float64{
		LeftClosed:  {2, 1, 2},
		RightClosed: {1, 1, 2},
		Truncated:   {2, 1, 2},
	} {
		got, err := Bin(times, 0.25, 0.25, 3, edges)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v (%v)", edges, got, want, err)
		}
	}
}

// Edges are from + k dt in float64, whatever the division says: each edge, and the
// numbers beside it.
func TestNoEdgeIsMissedByRounding(t *testing.T) {
	for _, from := range []float64{0, -0.1, 0.1, 1234.5678} {
		for _, dt := range []float64{0.001, 0.02, 0.1, 1. / 3} {
			const bins = 300
			var on, before []float64
			for k := range bins {
				on = append(on, from+float64(k)*dt)
				before = append(before, math.Nextafter(from+float64(k+1)*dt, -1e9))
			}
			for _, times := range [][]float64{on, before} {
				got, err := Bin(times, from, dt, bins, LeftClosed)
				if err != nil {
					t.Fatal(err)
				}
				for k, n := range got {
					if n != 1 {
						t.Errorf("from %g, dt %g: %g spikes in bin %d", from, dt, n, k)
					}
				}
			}
		}
	}
}

// A spike 0.4 ns before a millisecond is counted in it, 1 ns before is not.
func TestTruncatedAsTheBenchmarkDoes(t *testing.T) {
	got, err := Bin([]float64{0.0099999996, 0.009999999, 0.0149999996}, 0.005, 0.005, 3, Truncated)
	if err != nil || !slices.Equal(got, []float64{1, 1, 1}) {
		t.Errorf("%v (%v)", got, err)
	}
	if _, err := Bin(nil, 0, 0.0125, 3, Truncated); err == nil {
		t.Error("bins of 12.5 ms")
	}
}

func TestBinsThatMakeNoSense(t *testing.T) {
	for _, c := range []struct {
		from, dt float64
		bins     int
		edges    Edges
		times    []float64
	}{
		{math.NaN(), 1, 1, LeftClosed, nil}, {0, 0, 1, LeftClosed, nil}, {0, math.Inf(1), 1, LeftClosed, nil},
		{0, 1, 0, LeftClosed, nil}, {0, 1, 1, "", nil}, {0, 1, 1, LeftClosed, []float64{math.NaN()}},
	} {
		if _, err := Bin(c.times, c.from, c.dt, c.bins, c.edges); err == nil {
			t.Errorf("%+v was taken", c)
		}
	}
	if got, err := Bin([]float64{1e300, -1e300}, 0, 1e-3, 5, LeftClosed); err != nil || !slices.Equal(got, make([]float64, 5)) {
		t.Errorf("far away: %v (%v)", got, err)
	}
}
