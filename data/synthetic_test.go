package data

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"
)

func TestSyntheticCycling(t *testing.T) {
	for seed := range uint64(10) {
		c := SyntheticCycling(seed)
		checkFactors(t, c, 14.4, 0.105)
		if !c.Source.Synthetic || c.Source.Reason != "" || c.Source.Path != "" {
			t.Errorf("source %+v", c.Source)
		}
		for j := range 12 {
			checkPeriodic(t, c.Factors.ColView(j))
		}
		for m := range 3 {
			checkPeriodic(t, c.EMG.ColView(m))
			if low, high := mat.Min(c.EMG.ColView(m)), mat.Max(c.EMG.ColView(m)); low < 0 || high < 0.3 || high > 0.8 {
				t.Errorf("seed %d: muscle %d between %g and %g", seed, m, low, high)
			}
		}
	}
}

// checkPeriodic checks that a column goes on smoothly from its end to its
// beginning: that step is no larger than those elsewhere.
func checkPeriodic(t *testing.T, v mat.Vector) {
	t.Helper()
	largest := 0.0
	for i := 1; i < v.Len(); i++ {
		largest = max(largest, math.Abs(v.AtVec(i)-v.AtVec(i-1)))
	}
	if step := math.Abs(v.AtVec(0) - v.AtVec(v.Len()-1)); step > largest*1.01 {
		t.Errorf("a step of %g from the end to the beginning, elsewhere at most %g", step, largest)
	}
	if amplitude := max(mat.Max(v), -mat.Min(v)); largest > 0.05*amplitude {
		t.Errorf("a step of %g in a signal of %g is not smooth", largest, amplitude)
	}
}

func TestSyntheticReaching(t *testing.T) {
	for seed := range uint64(10) {
		r := SyntheticReaching(seed)
		checkReaches(t, r)
		for m := range 2 {
			low, high := math.Inf(1), math.Inf(-1)
			for _, emg := range r.EMG {
				if mat.Min(emg) < 0 {
					t.Errorf("seed %d: negative EMG", seed)
				}
				peak := mat.Max(emg.ColView(m))
				low, high = min(low, peak), max(high, peak)
			}
			if high < 2*low {
				t.Errorf("seed %d: muscle %d peaks between %g and %g, hardly tuned", seed, m, low, high)
			}
		}
	}
}

// The same seed gives the same bits, another seed other data.
func TestSyntheticSeeds(t *testing.T) {
	if !mat.Equal(SyntheticCycling(1).Factors, SyntheticCycling(1).Factors) || !mat.Equal(SyntheticReaching(1).EMG[3], SyntheticReaching(1).EMG[3]) {
		t.Error("the same seed gave other data")
	}
	if mat.Equal(SyntheticCycling(1).Factors, SyntheticCycling(2).Factors) || mat.Equal(SyntheticCycling(1).EMG, SyntheticCycling(2).EMG) ||
		mat.Equal(SyntheticReaching(1).EMG[3], SyntheticReaching(2).EMG[3]) {
		t.Error("another seed gave the same data")
	}
}

// The numbers stay what they are from version to version: results that were
// published with a seed can be had again. (Other processors may round the last
// digits differently.)
func TestSyntheticGolden(t *testing.T) {
	c, r := SyntheticCycling(1), SyntheticReaching(1)
	for _, v := range []struct{ got, want float64 }{
		{c.Factors.At(500, 3), -5.5702804282981395},
		{c.EMG.At(1500, 1), 0.03437503677254334},
		{r.EMG[5].At(50, 0), 0.56402498522143363},
	} {
		if math.Abs(v.got/v.want-1) > 1e-10 {
			t.Errorf("got %.17g, want %.17g", v.got, v.want)
		}
	}
}
