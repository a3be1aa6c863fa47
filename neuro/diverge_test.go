package neuro

import (
	"errors"
	"fmt"
	"math"
	"testing"
)

func TestDivergenceErrorIsOneSentence(t *testing.T) {
	err := &DivergenceError{Stage: "training", Trial: 3, Step: 17, What: "the output", Value: 1e300, Advice: "try less"}
	if got, want := err.Error(), "training diverged at trial 3, step 17: the output became 1e+300; try less"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	err.Seconds, err.Cause = 0.018, "it grows without bound"
	if got, want := err.Error(), "training diverged at trial 3, step 17 (0.018 s): the output became 1e+300, as it grows without bound; try less"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	err.Trial, err.Cause = -1, ""
	if got, want := err.Error(), "training diverged at step 17: the output became 1e+300; try less"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestNotFinite(t *testing.T) {
	for _, c := range []struct {
		x    []float64
		want int
	}{{nil, -1}, {[]float64{0, -1e308, 5e-324}, -1}, {[]float64{1, math.Inf(-1)}, 1}, {[]float64{math.NaN(), math.NaN()}, 0}} {
		if got := NotFinite(c.x); got != c.want {
			t.Errorf("%v: %d, want %d", c.x, got, c.want)
		}
	}
}

func TestNilWatchWatchesNothing(t *testing.T) {
	if stop, err := Watch(nil).Report(Progress{}); stop || err != nil {
		t.Error(stop, err)
	}
}

func TestWatchStopsOrFails(t *testing.T) {
	boom := errors.New("boom")
	for _, c := range []struct {
		says error
		stop bool
		err  error
	}{{nil, false, nil}, {boom, false, boom}, {ErrStop, true, nil}, {fmt.Errorf("good enough: %w", ErrStop), true, nil}} {
		stop, err := Watch(func(Progress) error { return c.says }).Report(Progress{})
		if stop != c.stop || err != c.err {
			t.Errorf("%v: stop %t, error %v", c.says, stop, err)
		}
	}
}
